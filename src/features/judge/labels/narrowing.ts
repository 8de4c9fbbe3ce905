/**
 * @module features/judge/labels/narrowing
 * Which labels would narrow the interval of the corrected rate most.
 */
import { type LabelStratum, planLabels, sum } from '../../../stats/index.ts';
import type { LabelCase } from './cases.ts';
import { correctedByLabels, type LabelledRun } from './judged.ts';
import { type Allocation, stratumOf } from './sample.ts';

/** How many more labels of each stratum by level and verdict, and how wide the interval is before and after. */
export interface NarrowingPlan {
  allocation: Allocation;
  /** Labels that are worth giving; fewer than asked for where there are no more cases. */
  labels: number;
  /** Of the corrected rate's interval as it is; null where there is none yet. */
  before: number | null;
  /** By the planner's own widths, in proportion to the interval as it is; null where no label would do anything. */
  after: number | null;
}

/**
 * Divides so many labels among the levels and verdicts of the cases that the judge decided. A stratum that nobody
 * has labelled gets one at least, as far as they go, since nothing can be said of a run with a part of it unseen.
 */
export function narrowingPlan(
  run: LabelledRun,
  size: number,
  isIn: (one: LabelCase) => boolean = () => true,
): NarrowingPlan {
  const strata = new Map<string, LabelStratum>();
  for (const [place, one] of run.cases.entries()) {
    const { outcome } = one;
    if (!isIn(one) || (outcome !== 'adheres' && outcome !== 'violates')) continue;
    const name = stratumOf('level verdict', one);
    const empty = { name, verdict: outcome, judged: 0, labelled: 0, labelledAgree: 0 };
    const stratum = strata.get(name) ?? empty;
    strata.set(name, stratum);
    stratum.judged++;
    const said = run.people[place];
    if (run.inclusion[place] === 0 || (said !== 'adheres' && said !== 'violates')) continue;
    stratum.labelled++;
    if (said === outcome) stratum.labelledAgree++;
  }
  const all = [...strata.values()];
  const { more, widthBefore, widthAfter } = planLabels(all, size);
  const allocation = new Map(more.map(({ name, labels }) => [name, labels]));
  for (const { name, labelled } of all) {
    if (labelled > 0 || allocation.get(name) !== 0) continue;
    const [richest, most] = [...allocation].reduce((a, b) => (b[1] > a[1] ? b : a));
    if (most < 2) break;
    allocation.set(richest, most - 1).set(name, 1);
  }
  const labels = sum(allocation.values());
  const { low, high } = correctedByLabels(run, isIn);
  const before = low === null || high === null ? null : high - low;
  const after = before === null ? widthAfter : (before * widthAfter) / widthBefore;
  return { allocation, labels, before, after: labels === 0 ? null : after };
}
