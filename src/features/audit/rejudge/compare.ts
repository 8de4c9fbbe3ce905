/**
 * @module features/audit/rejudge/compare
 * What became of the verdicts of a run whose transcripts were judged again.
 */
import { collect } from '../../../ledger/pages.ts';
import type { VerdictOutcome } from '../../../ledger/records.ts';
import type { RunView } from '../../../report/run-view.ts';
import { fieldsOf } from '../../../report/schema-parts.ts';
import { agreementSchema } from '../../../report/sections/panel/schema.ts';
import { judgeIds } from '../../../run/names.ts';
import { numbered } from '../../../run/numbered.ts';
import { countedVerdicts } from '../../../run/panel/panel.ts';
import { type Plan, sampleAt, transcriptId } from '../../../run/plan.ts';
import { planOutline } from '../../../run/run.ts';
import { type Agreement, cohenKappa } from '../../../stats/index.ts';
import type { ReportAgain } from './schema.ts';

/** A case (a transcript and a clause) that has a verdict in both runs. */
interface Case {
  sample: number;
  clause: string;
  from: VerdictOutcome;
  to: VerdictOutcome;
}

const MOST_CHANGES = 1_000;

const DECISIONS: readonly VerdictOutcome[] = ['adheres', 'violates', 'not_applicable'];

/**
 * The verdicts of a run beside those of the run whose transcripts it judged again; of a panel, what it came to.
 * Null where that run is not in this ledger.
 */
export async function compareWithSource({
  ledger,
  plan,
  verdicts,
}: RunView): Promise<ReportAgain | null> {
  const { transcriptsOf } = plan;
  if (transcriptsOf === undefined) return null;
  const found = await ledger.runs.find(transcriptsOf.run);
  if (!('run' in found) || found.run.planHash !== transcriptsOf.plan) return null;
  const source = found.run;
  // Scenarios and subjects are the same in both; only who judges is not.
  const { plan: outline } = await planOutline(ledger, source);
  const stored = await collect(ledger.runs.verdicts(source.ordinal));
  const before = new Map<string, VerdictOutcome>();
  for (const then of countedVerdicts({ ...outline, suite: plan.suite }, stored)) {
    before.set(keyOf(then), then.outcome);
  }
  const both: Case[] = [];
  for (const now of countedVerdicts(plan, await verdicts())) {
    const from = before.get(keyOf(now));
    const { sample, clause, outcome: to } = now;
    if (from !== undefined) both.push({ sample, clause, from, to });
  }
  const changes = both.filter(({ from, to }) => from !== to);
  const kinds = Map.groupBy(changes, ({ from, to }) => `${from} ${to}`);
  return {
    run: source.id,
    judges: judgeIds(outline),
    cases: both.length,
    changed: changes.length,
    transitions: [...kinds.values()]
      .flatMap((same) => same.slice(0, 1).map(({ from, to }) => ({ from, to, count: same.length })))
      .toSorted((a, b) => b.count - a.count),
    agreement: fieldsOf(agreementSchema, agreementOf(plan, both)),
    changes: changes.slice(0, MOST_CHANGES).map(({ sample, clause, from, to }) => {
      return { transcript: transcriptId(sample), clause, from, to };
    }),
  };
}

function keyOf({ sample, clause }: { sample: number; clause: string }): string {
  return `${sample} ${clause}`;
}

function agreementOf(plan: Plan, cases: readonly Case[]): Agreement {
  const decided = cases.filter(
    ({ from, to }) => DECISIONS.includes(from) && DECISIONS.includes(to),
  );
  const clusters = numbered(decided.map(({ sample }) => sampleAt(plan, sample).scenario.cluster));
  return cohenKappa(
    {
      values: Int8Array.from(
        decided.flatMap(({ from, to }) => [DECISIONS.indexOf(from), DECISIONS.indexOf(to)]),
      ),
      raters: 2,
      categories: DECISIONS.length,
      clusters,
    },
    0,
    1,
  );
}
