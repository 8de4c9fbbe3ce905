/**
 * @module features/judge/labels/cases
 * What there is to label in a run: every transcript with a reply, under every clause that its scenario tests.
 */

import type { Ledger } from '../../../ledger/ledger.ts';
import { collect } from '../../../ledger/pages.ts';
import type { VerdictOutcome } from '../../../ledger/records.ts';
import type { SampleRow, VerdictRow } from '../../../ledger/rows.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { degreeOf, votesOf } from '../../../run/panel/disagreement.ts';
import { readPanel } from '../../../run/panel/panel.ts';
import { clauseAt, type Plan, sampleAt } from '../../../run/plan.ts';
import { valueAt } from '../../../text/at.ts';

/** A transcript under a clause, with what the judges came to. */
export interface LabelCase {
  sample: number;
  subject: number;
  clause: string;
  /** Place of the clause in the plan. */
  place: number;
  level: string | null;
  /** The scenario's seed, numbered from 0. */
  cluster: number;
  /** The judge's verdict, or the panel's; null where there is none. */
  outcome: VerdictOutcome | null;
  /** How far the judges of a panel disagree: the share of pairs of their votes that differ; 0 for one judge. */
  dispute: number;
}

/** What a run is read from. */
export interface RunRows {
  plan: Plan;
  samples: Iterable<SampleRow>;
  verdicts: Iterable<VerdictRow>;
}

/** No judge said anything, so none contradicts another. */
const UNSPOKEN = { outcome: null, dispute: 0 };

/** The cases of a run, in the order of transcripts and then of the plan's clauses. */
export function labelCases({ plan, samples, verdicts }: RunRows): LabelCase[] {
  const places = new Map(plan.clauses.map(({ id }, place) => [id, place]));
  const everyJudge = [...plan.judges.keys()];
  const { verdicts: judged, cases: votes } = readPanel(plan, verdicts);
  const spoken = new Map(
    judged.map((one, place) => [
      caseKey(one),
      { outcome: one.outcome, dispute: degreeOf(votesOf(votes[place], everyJudge)) },
    ]),
  );
  const clusters = new Map<string, number>();
  const result: LabelCase[] = [];
  for (const { index, outcome, subject } of samples) {
    if (outcome !== 'replied') continue;
    const { scenario } = sampleAt(plan, index);
    const cluster = clusters.get(scenario.cluster) ?? clusters.size;
    clusters.set(scenario.cluster, cluster);
    const own = scenario.clauses.map((id) => valueAt(places, id)).toSorted((a, b) => a - b);
    for (const place of own) {
      const { id, level } = clauseAt(plan, place);
      const verdict = spoken.get(caseKey({ sample: index, clause: id })) ?? UNSPOKEN;
      result.push({ sample: index, subject, clause: id, place, level, cluster, ...verdict });
    }
  }
  return result;
}

/** The cases of a stored run. */
export async function readCases(
  { runs }: Pick<Ledger, 'runs'>,
  run: RunRecord,
  plan: Plan,
): Promise<LabelCase[]> {
  const samples = await collect(runs.samples(run.ordinal));
  return labelCases({ plan, samples, verdicts: await collect(runs.verdicts(run.ordinal)) });
}

/** One name for a transcript under a clause. */
export function caseKey({ sample, clause }: Pick<LabelCase, 'sample' | 'clause'>): string {
  return `${sample} ${clause}`;
}
