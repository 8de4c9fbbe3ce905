/** @module stats/judge-error/label-plan Which labels to ask for next. */
import { criticalValue } from '../normal.ts';

/** Judged items of one kind: all those of one clause with one verdict, say. */
export interface LabelStratum {
  name: string;
  /** What the judge says of all of them. */
  verdict: 'adheres' | 'violates';
  judged: number;
  labelled: number;
  /** Of the labelled: how often people agree with the judge. */
  labelledAgree: number;
}

/** How many more labels each stratum should get, and what they should bring. */
export interface LabelPlan {
  /** In the order of the strata given. */
  more: { name: string; labels: number }[];
  /** Width of the corrected rate's interval as it is, and as it should be with those labels. */
  widthBefore: number;
  widthAfter: number;
}

/** Labels' worth of its verdict's pooled disagreement that a stratum's own share is drawn by. */
const PRIOR_LABELS = 4;

/**
 * Divides a budget of labels so that the prediction-powered interval narrows most.
 *
 * The variance that labels can take away is V = Σ_h W_h²·σ_h²·(1/n_h − 1/N_h), W_h = N_h/N the stratum's share of
 * the run, n_h its labels, σ_h² = d_h(1 − d_h) with d_h the share on which people disagree with the judge. A further
 * label in h takes W_h²σ_h²/(n_h(n_h + 1)) away; each goes where that is most, which gives Neyman's allocation in
 * whole labels, never more than there are items. d_h of few labels is drawn towards its verdict's pooled
 * share, itself drawn to ½ by one agreement and one disagreement: a stratum never looked at is not taken for sure.
 * A stratum without labels counts as having a half.
 *
 * Widths are 2z·√(V + σ²/N), σ² = θ(1 − θ): those of a normal interval of independent items, a guide and no promise.
 *
 * Source: Neyman (1934), JRSS 97, 558–606; whole numbers: Wright (2012), The American Statistician 66, 217–224.
 *
 * @param budget labels to give, a whole number of 0 or more
 * @throws RangeError where counts are not whole or exceed those they are part of
 */
export function planLabels(
  strata: readonly LabelStratum[],
  budget: number,
  confidence = 0.95,
): LabelPlan {
  check(strata, budget);
  const total = strata.reduce((sum, { judged }) => sum + judged, 0);
  const disagreement = disagreementOf(strata);
  const weight = strata.map(({ judged }, h) => {
    const share = disagreement[h] as number;
    return total === 0 ? 0 : (judged / total) ** 2 * share * (1 - share);
  });
  const labels = strata.map(({ labelled }) => labelled);
  const variance = (): number =>
    strata.reduce(
      (sum, { judged }, h) => {
        const own = Math.max(labels[h] as number, 0.5);
        return judged === 0 ? sum : sum + (weight[h] as number) * Math.max(0, 1 / own - 1 / judged);
      },
      sampling(strata, disagreement, total),
    );
  const width = (): number => Math.min(1, 2 * criticalValue(confidence) * Math.sqrt(variance()));
  const widthBefore = width();
  for (let left = budget; left > 0; left--) {
    let [best, most] = [-1, 0];
    for (const [h, { judged }] of strata.entries()) {
      const own = labels[h] as number;
      if (own >= judged) continue;
      const gain = (weight[h] as number) * (1 / Math.max(own, 0.5) - 1 / (own + 1));
      if (gain > most) [best, most] = [h, gain];
    }
    if (best < 0) break;
    labels[best] = (labels[best] as number) + 1;
  }
  return {
    more: strata.map(({ name, labelled }, h) => ({
      name,
      labels: (labels[h] as number) - labelled,
    })),
    widthBefore,
    widthAfter: width(),
  };
}

/** The run's own sampling variance at the rate that verdicts and labels so far make likely. */
function sampling(strata: readonly LabelStratum[], disagreement: number[], total: number): number {
  if (total === 0) return 0;
  const violating = strata.reduce((sum, { judged, verdict }, h) => {
    const differs = disagreement[h] as number;
    return sum + (judged / total) * (verdict === 'violates' ? 1 - differs : differs);
  }, 0);
  return (violating * (1 - violating)) / total;
}

function disagreementOf(strata: readonly LabelStratum[]): number[] {
  const pooled = (verdict: LabelStratum['verdict']): number => {
    let [differ, labelled] = [1, 2];
    for (const stratum of strata) {
      if (stratum.verdict !== verdict) continue;
      differ += stratum.labelled - stratum.labelledAgree;
      labelled += stratum.labelled;
    }
    return differ / labelled;
  };
  const prior = { adheres: pooled('adheres'), violates: pooled('violates') };
  return strata.map(
    ({ verdict, labelled, labelledAgree }) =>
      (labelled - labelledAgree + PRIOR_LABELS * prior[verdict]) / (labelled + PRIOR_LABELS),
  );
}

function check(strata: readonly LabelStratum[], budget: number): void {
  if (!(Number.isInteger(budget) && budget >= 0)) {
    throw new RangeError(`A budget is a whole number of labels; got ${budget}.`);
  }
  for (const { name, judged, labelled, labelledAgree } of strata) {
    const whole = [judged, labelled, labelledAgree].every(Number.isInteger);
    if (!(whole && 0 <= labelledAgree && labelledAgree <= labelled && labelled <= judged)) {
      throw new RangeError(
        `Stratum ${name}: agreed ≤ labelled ≤ judged must hold in whole numbers; got ${labelledAgree}, ${labelled}, ${judged}.`,
      );
    }
  }
}
