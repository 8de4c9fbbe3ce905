/**
 * @module stats
 * What numbers mean. Pure: arrays in, numbers out; it runs in a browser as in Node. Every method says its formula and
 * its source; what data can't carry is null, with the reason.
 *
 * @example
 * wilson(8, 10); // { estimate: 0.8, low: 0.49, high: 0.943, … }
 * const rates = estimateRates({ outcomes, clauses, clusters }, clauseCount);
 * rates.ofClauses([0, 3]); // one rate for both, its interval widened for what scenarios of one seed share
 */

// Rates.

export { clopperPearson } from './clopper-pearson.ts';
export { type BootstrapQuestion, clusterBootstrap } from './cluster-bootstrap.ts';
export { type ClusterCorrelation, designEffect } from './cluster-correlation.ts';
export { type ClusteredRate, clusteredRates } from './clustered-error.ts';
export { estimateRates, type RateTable, type Trials } from './rates.ts';
export {
  type Assumption,
  type Caution,
  cautionText,
  lacking,
  type Missing,
  toldCautions,
} from './reasons.ts';
export {
  allAdhere,
  type RepeatedRate,
  type RepeatedScenarios,
  violationWithin,
  violationWithinOf,
} from './repeats.ts';
export {
  type BettingSequence,
  bettingSequence,
  type ConfidenceSequence,
  type SequenceSettings,
} from './sequential/betting.ts';
export type { Difference, Interval, Rate } from './types.ts';
export { wilson } from './wilson.ts';
export { type KnownAndUnknown, worstCase } from './worst-case.ts';
export { zeroEventBound } from './zero-events.ts';

// Differences, and how likely chance makes them.

export { benjaminiHochberg } from './benjamini-hochberg.ts';
export { chanceOfAtLeast, chanceOfAtMost } from './binomial.ts';
export {
  exactMcNemar,
  probabilityOfPaired,
  probabilityOfUnpaired,
  scoreTest,
} from './difference-tests.ts';
export { fisherExact } from './fisher-exact.ts';
export {
  differenceOfRates,
  type EffectiveShare,
  type IndependentDifference,
  newcombe,
} from './newcombe.ts';
export {
  type DifferenceTable,
  estimateDifferences,
  type PairedTrials,
} from './paired-difference.ts';

// Judges: whether they agree, how often they err, and what the rates are without their errors.

export { cohenKappa } from './agreement/cohen.ts';
export { fleissKappa } from './agreement/fleiss.ts';
export { krippendorffAlpha, type Metric } from './agreement/krippendorff.ts';
export type { Agreement, Ratings } from './agreement/types.ts';
export {
  dawidSkene,
  type LatentClasses,
  type LatentRater,
  type LatentResult,
} from './dawid-skene.ts';
export { type KnownItems, measureJudge } from './judge-error/judge-errors.ts';
export { type LabelPlan, type LabelStratum, planLabels } from './judge-error/label-plan.ts';
export { predictionPowered } from './judge-error/prediction-powered.ts';
export type { Because } from './judge-error/refusals.ts';
export { roganGladen } from './judge-error/rogan-gladen.ts';
export type { CorrectedRate, Judged, JudgeErrors, Observed, Tally } from './judge-error/types.ts';

// What a plan can be expected to show.

export { expectedWidth, type PlannedRate } from './expected-width.ts';
export {
  detectableDrop,
  type PlannedBound,
  type PlannedComparison,
  powerAgainstBound,
  powerOfComparison,
  trialsFor,
} from './power.ts';

// Distributions, draws, sums.

export { betaQuantile, regularisedBeta } from './incomplete-beta.ts';
export { normalProbability } from './normal-probability.ts';
export { type Random, seededRandom } from './random.ts';
export { sum, sumKnown } from './sum.ts';
