/**
 * @module features/audit/rejudge/compare
 * What became of the verdicts of a run whose transcripts were judged again.
 */
import type { VerdictOutcome } from '../../../ledger/records.ts';
import type { VerdictRow } from '../../../ledger/rows.ts';
import type { RunView } from '../../../report/run-view.ts';
import { judgeIds } from '../../../run/names.ts';
import { numbered } from '../../../run/numbered.ts';
import { countedVerdicts } from '../../../run/panel/panel.ts';
import { type Plan, sampleAt } from '../../../run/plan.ts';
import { planOutline } from '../../../run/run.ts';
import { type Agreement, cohenKappa } from '../../../stats/index.ts';

/** A case whose verdict is another now. */
export interface Change {
  sample: number;
  clause: string;
  from: VerdictOutcome;
  to: VerdictOutcome;
}

export interface Rejudged {
  /** The run whose transcripts these are, and who judged it. */
  run: string;
  judges: string[];
  /** Cases (a transcript and a clause) that have a verdict in both runs. */
  cases: number;
  /** In the plan's order. */
  changes: Change[];
  /** Cohen's kappa of both runs' verdicts where both decided. */
  agreement: Agreement;
}

type Verdicts = Map<string, Omit<Change, 'from' | 'to'> & { outcome: VerdictOutcome }>;

const DECISIONS: readonly VerdictOutcome[] = ['adheres', 'violates', 'not_applicable'];

/**
 * The verdicts of a run beside those of the run whose transcripts it judged again; of a panel, what it came to.
 * Null where that run is not in this ledger.
 */
export function compareWithSource({ ledger, plan, verdicts }: RunView): Rejudged | null {
  const { transcriptsOf } = plan;
  if (transcriptsOf === undefined) return null;
  const found = ledger.runs.find(transcriptsOf.run);
  if (!('run' in found) || found.run.planHash !== transcriptsOf.plan) return null;
  const source = found.run;
  // Scenarios and subjects are the same in both; only who judges is not.
  const { plan: outline } = planOutline(ledger, source);
  const stored = ledger.runs.verdicts(source.ordinal);
  const before = verdictsOf({ ...outline, suite: plan.suite }, stored);
  const after = verdictsOf(plan, verdicts());
  const both = [...after].flatMap(([key, now]) => {
    const then = before.get(key);
    return then === undefined
      ? []
      : [{ sample: now.sample, clause: now.clause, from: then.outcome, to: now.outcome }];
  });
  return {
    run: source.id,
    judges: judgeIds(outline),
    cases: both.length,
    changes: both.filter(({ from, to }) => from !== to),
    agreement: agreementOf(plan, both),
  };
}

function verdictsOf(plan: Plan, rows: Iterable<VerdictRow>): Verdicts {
  const verdicts: Verdicts = new Map();
  for (const { sample, clause, outcome } of countedVerdicts(plan, rows)) {
    verdicts.set(`${sample} ${clause}`, { sample, clause, outcome });
  }
  return verdicts;
}

function agreementOf(plan: Plan, cases: readonly Change[]): Agreement {
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
