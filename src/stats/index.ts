/** @module stats What numbers mean. Pure: arrays in, numbers out. */
export { cohenKappa } from './agreement/cohen.ts';
export { fleissKappa } from './agreement/fleiss.ts';
export { krippendorffAlpha } from './agreement/krippendorff.ts';
export type { Agreement, Ratings } from './agreement/types.ts';
export { benjaminiHochberg } from './benjamini-hochberg.ts';
export { chanceOfAtLeast, chanceOfAtMost } from './binomial.ts';
export { CAUTION_CODES, type Caution, cautioned, cautionText } from './cautions.ts';
export { clopperPearson } from './clopper-pearson.ts';
export { type BootstrapQuestion, clusterBootstrap } from './cluster-bootstrap.ts';
export {
  type ClusterCorrelation,
  designEffect,
} from './cluster-correlation.ts';
export { type ClusteredRate, clusteredRates } from './clustered-error.ts';
export { dawidSkene, type LatentClasses } from './dawid-skene.ts';
export {
  exactMcNemar,
  probabilityOfPaired,
  probabilityOfUnpaired,
  scoreTest,
} from './difference-tests.ts';
export { expectedWidth } from './expected-width.ts';
export { fisherExact } from './fisher-exact.ts';
export { betaQuantile, regularisedBeta } from './incomplete-beta.ts';
export { type KnownItems, measureJudge } from './judge-error/judge-errors.ts';
export { type LabelPlan, type LabelStratum, planLabels } from './judge-error/label-plan.ts';
export { predictionPowered } from './judge-error/prediction-powered.ts';
export { roganGladen } from './judge-error/rogan-gladen.ts';
export type {
  CorrectedRate,
  Judged,
  JudgeErrors,
  Observed,
} from './judge-error/types.ts';
export {
  differenceOfRates,
  type EffectiveShare,
  type IndependentDifference,
  newcombe,
} from './newcombe.ts';
export { normalProbability } from './normal-probability.ts';
export { estimateDifferences, type PairedTrials } from './paired-difference.ts';
export {
  detectableDrop,
  type PlannedBound,
  type PlannedComparison,
  powerAgainstBound,
  powerOfComparison,
  trialsFor,
} from './power.ts';
export { type Random, seededRandom } from './random.ts';
export { estimateRates, type RateTable, type Trials } from './rates.ts';
export {
  allAdhere,
  type RepeatedRate,
  type RepeatedScenarios,
  violationWithin,
  violationWithinOf,
} from './repeats.ts';
export { type BettingSequence, bettingSequence } from './sequential/betting.ts';
export { sum, sumKnown } from './sum.ts';
export type { Difference, Interval, Rate } from './types.ts';
export { wilson } from './wilson.ts';
export { worstCase } from './worst-case.ts';
export { zeroEventBound } from './zero-events.ts';
