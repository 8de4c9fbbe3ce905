/**
 * @module features/spec/diff/outlook
 * What a newer version of a spec leaves of the runs in a ledger, and what would put right what is stale.
 */
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { planDocument } from '../../../run/run.ts';
import { drawSuite } from '../../../run/suite/draw.ts';
import { addUnder } from '../../../spec/groups.ts';
import type { Spec } from '../../../spec/index.ts';
import { rerunCommand } from './rerun-command.ts';
import type { RunOutlook, SpecDiff } from './schema.ts';
import { newClauses, standingOf } from './staleness.ts';

/** Two versions, what differs, and where a command would find the newer one and the ledger. */
export interface OutlookInput {
  older: Spec;
  newer: Spec;
  diff: SpecDiff;
  /** The newer version's file. */
  file: string;
  /** The ledger's file; absent where it is the usual one. */
  ledgerFile?: string;
}

/** Every run of the spec, either version's, with what is left of it. */
export async function outlooksOf(ledger: Ledger, input: OutlookInput): Promise<RunOutlook[]> {
  const { older, newer, diff, file, ledgerFile } = input;
  const scenarios = [...drawSuite(newer).scenarios];
  const untested = newClauses(diff, newer);
  const outlooks: RunOutlook[] = [];
  for (const run of await ledger.runs.list()) {
    const { plan } = await planDocument(ledger, run);
    const { id, version, sha256 } = plan.spec;
    if (id !== older.id && id !== newer.id && sha256 !== older.sha256) continue;
    const verdicts = await countByClause(ledger, run);
    const standing = standingOf({ diff, older, newer, plan, verdicts, scenarios });
    outlooks.push({
      run: run.id,
      created: new Date(run.created).toISOString(),
      simulated: run.simulated,
      spec: { id, version, sha256 },
      subjects: plan.subjects.map(({ name }) => name),
      ...standing,
      untested,
      ...rerunCommand(plan, standing.again, file, ledgerFile),
    });
  }
  return outlooks;
}

async function countByClause(ledger: Ledger, run: RunRecord): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const page of ledger.runs.verdicts(run.ordinal)) {
    for (const { clause } of page) addUnder(counts, clause);
  }
  return counts;
}
