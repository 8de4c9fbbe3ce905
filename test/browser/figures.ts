/**
 * What a library user gets of the rooms that run everywhere, as plain data to compare: of documents what is read in
 * them, of made-up trials what is estimated. Takes the rooms' faces, so that it says the same of any copy of them.
 */

import type * as Spec from '../../src/spec/index.ts';
import type * as Stats from '../../src/stats/index.ts';

/** A document in base64, so that it can be handed over as text. */
export interface Document {
  file: string;
  base64: string;
}

/** What is read in a document. */
export function readingOf(spec: typeof Spec, { file, base64 }: Document) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const read = spec.readSpec({ file, bytes });
  return {
    sha256: read.sha256,
    ids: read.sections.map(({ id }) => id),
    hashes: read.sections.map(({ textHash }) => textHash),
    rules: spec.selectClauses(read, 'kind:rule or text:"must"'),
    clauses: spec.clausesOf(read),
    counts: spec.specStats(read),
    whole: read,
    printed: spec.FORMS.map((form) => spec.printAs(read, form)),
    readAgain: spec.specFromJson(spec.specToJson(read)).sections.map(({ textHash }) => textHash),
    bytes: Array.from(spec.printSpec(read)).reduce((sum, byte) => (sum * 31 + byte) % 1e9, 7),
  };
}

/** Estimates, intervals and tests on made-up data. */
export function estimates(stats: typeof Stats) {
  const random = stats.seededRandom(7);
  const size = 600;
  const draw = (share: number) =>
    Uint8Array.from({ length: size }, () => (random() < share ? 1 : 0));
  const clauses = Int32Array.from({ length: size }, (_, index) => index % 6);
  const clusters = Int32Array.from({ length: size }, (_, index) => Math.floor(index / 12));
  const [first, second] = [draw(0.8), draw(0.7)];
  const trials = { outcomes: first, clauses, clusters };
  const others = { outcomes: second, clauses, clusters };
  const groups = [[0], [1, 2], [0, 1, 2, 3, 4, 5]];
  const rates = stats.estimateRates(trials, 6);
  const otherRates = stats.estimateRates(others, 6);
  const all = [0, 1, 2, 3, 4, 5];
  const difference = stats
    .estimateDifferences({ first, second, clauses, clusters }, 6)
    .ofClauses(all);
  const ratings = {
    values: Int8Array.from(
      { length: size },
      (_, index) => (first[index] ?? 0) ^ (index % 7 === 0 ? 1 : 0),
    ),
    raters: 3,
    categories: 2,
    clusters: Int32Array.from({ length: size / 3 }, (_, index) => index),
  };
  const labels = Int8Array.from(second, (label, index) => (index % 5 === 0 ? label : -1));
  const sequence = stats.bettingSequence({ confidence: 0.95, precision: 0.05 });
  for (const outcome of first) sequence.add(outcome);
  const errors = stats.measureJudge({ truths: second, verdicts: first, clusters });
  const known = { sensitivity: { hits: 45, trials: 50 }, specificity: { hits: 80, trials: 90 } };
  const scenarios = { adheres: [3, 2, 3, 1], repeats: [3, 3, 3, 3], clusters: [0, 1, 2, 3] };
  return {
    wilson: [stats.wilson(8, 10), stats.wilson(0, 10), stats.wilson(999, 1000, 0.99)],
    exact: [
      stats.clopperPearson(8, 10),
      stats.zeroEventBound(300),
      stats.worstCase({ adheres: 5, violates: 2, unknown: 1 }),
    ],
    ofClauses: all.map((clause) => rates.ofClause(clause)),
    correlation: rates.correlation,
    clustered: stats.clusteredRates(trials, 6, groups),
    bootstrap: stats.clusterBootstrap({
      samples: [trials, others],
      clauseCount: 6,
      groups,
      resamples: 500,
      seed: 11,
    }),
    difference,
    unpaired: stats.differenceOfRates(rates.ofClauses(all), otherRates.ofClauses(all)),
    newcombe: stats.newcombe({ share: 0.8, effective: 40 }, { share: 0.6, effective: 55 }),
    tests: [
      stats.exactMcNemar(3, 12),
      stats.scoreTest({ share: 0.8, effective: 40 }, { share: 0.6, effective: 55 }),
      stats.probabilityOfPaired(difference),
      stats.probabilityOfUnpaired(rates.ofClauses(all), otherRates.ofClauses(all)),
      stats.fisherExact(9, 10, 4, 12),
      ...stats.benjaminiHochberg([0.01, 0.04, 0.03, 0.5]),
      stats.chanceOfAtLeast(8, 10, 0.5),
      stats.chanceOfAtMost(80, 1000, 0.1),
      stats.normalProbability(1.5),
      stats.regularisedBeta(0.3, 2.5, 7),
      stats.betaQuantile(0.975, 9, 3),
    ],
    sequential: sequence.interval(),
    agreement: [
      stats.cohenKappa(ratings, 0, 1),
      stats.fleissKappa(ratings),
      stats.krippendorffAlpha(ratings, 'nominal'),
    ],
    latent: stats.dawidSkene(ratings),
    errors,
    corrected: stats.roganGladen({ adheres: 480, trials: size, effective: 400 }, known),
    predicted: stats.predictionPowered({
      verdicts: first,
      labels,
      inclusion: new Float64Array(size).fill(0.2),
      clusters,
      clauses,
    }),
    labels: stats.planLabels(
      [{ name: 'a', verdict: 'violates', judged: 90, labelled: 10, labelledAgree: 7 }],
      20,
    ),
    repeats: [stats.allAdhere(scenarios, 2), stats.violationWithin(scenarios, 2)],
    plans: [
      stats.expectedWidth({ trials: 100, rate: 0.9 }),
      stats.powerOfComparison({ first: 0.9, second: 0.8, trials: 200 }),
      stats.detectableDrop({ first: 0.9, trials: 200 }),
      stats.powerAgainstBound({ rate: 0.95, bound: 0.9, trials: 300 }),
      stats.designEffect([1, 3, 5], 0.2),
    ],
  };
}
