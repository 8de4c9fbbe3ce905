/** @module stats/judge-error/prediction-powered The rate behind a judge's rate, from labels on the run itself. */

import { at } from '../cells.ts';
import { estimateRates, type Trials } from '../rates.ts';
import { type Caution, cautioning } from '../reasons.ts';
import { sum } from '../sum.ts';
import { doubleSampling } from './double-sampling.ts';
import { profileInterval } from './profile-interval.ts';
import { type Because, refusing } from './refusals.ts';
import type { Seen } from './three-shares.ts';
import type { CorrectedRate, Judged } from './types.ts';

/**
 * The rate of adherence of a run in which people have labelled some of what the judge has judged. It holds whatever
 * the judge's errors are, as long as the labelled items were drawn by chance and `inclusion` says by which.
 *
 * Estimate: λ·f̄ + Σ w·(y − λf) / Σ w, f the judge's verdict, f̄ its mean over all items, y the label, w = 1/inclusion,
 * the sums over labelled items. λ = cov_w(f, y) / var_w(f) makes the variance least (power tuning); it is 0 where
 * all labelled items have one verdict. With verdicts of two values this is the share of people's answers within
 * each verdict, weighed by how often the judge gave it.
 *
 * A normal interval collapses where none of the labelled items violates. The interval is therefore that of the same
 * estimate as a double sample (Tenenbein): all rates that the joint likelihood of verdicts and labels leaves possible.
 * Items of one seed are worth fewer (`estimateRates`), and unequal weights cost (Σw)²/Σw² (Kish).
 *
 * Refused (`reason`) without verdicts or without labels.
 *
 * Source: Angelopoulos, Duchi and Zrnic (2023), PPI++, arXiv 2311.01453; Tenenbein (1970), JASA 65, 1350–1361;
 * Kish (1965), Survey Sampling, §11.7 (weights).
 *
 * @throws RangeError where the columns differ in length, or a labelled item's inclusion is not in (0, 1]
 */
export function predictionPowered(items: Judged, confidence = 0.95): CorrectedRate {
  const labelled = labelledOf(items);
  const base = { confidence, labels: labelled.length };
  const refused = (
    why: { reason: string; because: Because },
    labelsNeeded?: number,
  ): CorrectedRate => ({
    ...base,
    estimate: null,
    low: null,
    high: null,
    method: 'prediction-powered',
    ...why,
    ...(labelsNeeded === undefined ? {} : { labelsNeeded }),
  });
  if (items.verdicts.length === 0) {
    return refused(refusing({ code: 'no-trial', data: {} }));
  }
  if (labelled.length === 0) return refused(refusing({ code: 'no-label', data: {} }), LEAST_LABELS);
  const run = worthOfVerdicts(items);
  if (run.reason !== undefined) {
    const because = { code: run.missing ?? 'no-trial', data: {} };
    return refused({ reason: run.reason, because });
  }
  const tuned = powerTuned(items, labelled);
  const seen = seenByLabels(items, labelled, run);
  const [[flagged], [worth, onFlagged, onOther]] = [seen.hits, seen.trials];
  const { low, high } = profileInterval(seen, 1 - tuned.estimate, confidence);
  const cautions: Caution[] = [...(run.cautions ?? [])];
  if (onFlagged === 0 && flagged > 0) cautions.push({ code: 'no-label-on', verdict: 'violates' });
  if (onOther === 0 && flagged < worth) cautions.push({ code: 'no-label-on', verdict: 'adheres' });
  return {
    ...base,
    estimate: tuned.estimate,
    low: 1 - high,
    high: 1 - low,
    method: `prediction-powered (λ ${tuned.power.toFixed(2)}), double-sampling likelihood`,
    ...cautioning(cautions),
    power: tuned.power,
  };
}

/** A run and its labels as the three shares of `doubleSampling`; the rate is one of violation. */
export function seenByLabels(
  items: Judged,
  labelled = labelledOf(items),
  run = worthOfVerdicts(items),
): Seen {
  const labels = worthOfLabels(items, labelled, run);
  return {
    link: doubleSampling,
    hits: [run.flagged, labels.flagged.violating, labels.other.violating],
    trials: [run.effective, labels.flagged.effective, labels.other.effective],
  };
}

/** Labels to ask for first: with none violating among them, a rate of 5 % is excluded at 95 % (0.95⁵⁹ < 0.05). */
const LEAST_LABELS = 59;

/** Places of the items that have a label. */
function labelledOf({ verdicts, labels, inclusion, clusters, clauses }: Judged): number[] {
  const lengths = [verdicts, labels, inclusion, clusters, clauses].map((column) => column.length);
  if (new Set(lengths).size > 1) {
    throw new RangeError(`All columns must be of one length; got ${lengths.join(', ')}.`);
  }
  const places: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    if (at(labels, i) < 0) continue;
    const chance = at(inclusion, i);
    if (!(chance > 0 && chance <= 1)) {
      throw new RangeError(`Item ${i} is labelled, but its chance of being drawn is ${chance}.`);
    }
    places.push(i);
  }
  return places;
}

function powerTuned(items: Judged, labelled: number[]): { estimate: number; power: number } {
  const { verdicts, labels, inclusion } = items;
  let [weight, f, y, ff, fy] = [0, 0, 0, 0, 0];
  for (const i of labelled) {
    const w = 1 / at(inclusion, i);
    weight += w;
    f += w * at(verdicts, i);
    y += w * at(labels, i);
    ff += w * at(verdicts, i) ** 2;
    fy += w * at(verdicts, i) * at(labels, i);
  }
  [f, y, ff, fy] = [f / weight, y / weight, ff / weight, fy / weight];
  const spread = ff - f * f;
  const power = spread > 1e-12 ? (fy - f * y) / spread : 0;
  const mean = sum(verdicts) / verdicts.length;
  return { estimate: Math.min(1, Math.max(0, y + power * (mean - f))), power };
}

/** Verdicts of the whole run, as so many independent ones. */
function worthOfVerdicts(items: Judged) {
  const { verdicts, clauses, clusters } = items;
  const clauseCount = clauses.reduce((most, clause) => Math.max(most, clause), 0) + 1;
  const table = estimateRates({ outcomes: verdicts, clauses, clusters }, clauseCount);
  const rate = table.ofClauses(Array.from({ length: clauseCount }, (_, clause) => clause));
  const { estimate, trials, designEffect, cautions, reason, missing } = rate;
  const effective = trials / designEffect;
  const flagged = effective * (1 - (estimate ?? 0));
  return { effective, flagged, cautions, reason, missing };
}

/**
 * Labels by what the judge said of the item, as so many independent ones; never more than the verdicts they stand
 * on are worth.
 */
function worthOfLabels(
  items: Judged,
  labelled: number[],
  run: { effective: number; flagged: number },
) {
  const trials: Trials = {
    outcomes: new Uint8Array(labelled.length),
    clauses: new Int32Array(labelled.length),
    clusters: new Int32Array(labelled.length),
  };
  for (const [place, i] of labelled.entries()) {
    trials.outcomes[place] = at(items.labels, i);
    trials.clauses[place] = at(items.verdicts, i);
    trials.clusters[place] = at(items.clusters, i);
  }
  const table = estimateRates(trials, 2);
  const worth = (verdict: 0 | 1, most: number) => {
    let [weight, squares, violating] = [0, 0, 0];
    for (const i of labelled) {
      if (at(items.verdicts, i) !== verdict) continue;
      const w = 1 / at(items.inclusion, i);
      weight += w;
      squares += w * w;
      if (at(items.labels, i) === 0) violating += w;
    }
    if (weight === 0) return { effective: 0, violating: 0 };
    const effective = Math.min(
      most,
      (weight * weight) / squares / table.ofClause(verdict).designEffect,
    );
    return { effective, violating: effective * (violating / weight) };
  };
  return { flagged: worth(0, run.flagged), other: worth(1, run.effective - run.flagged) };
}
