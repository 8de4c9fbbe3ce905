/** @module test/simulation/judge-error How often corrected rates hold a rate that is known, over planted audits. */
import { at } from '../../src/stats/cells.ts';
import { isPossible } from '../../src/stats/judge-error/cutoff.ts';
import { measureJudge } from '../../src/stats/judge-error/judge-errors.ts';
import { predictionPowered, seenByLabels } from '../../src/stats/judge-error/prediction-powered.ts';
import {
  isBetterThanChance,
  roganGladen,
  seenThroughJudge,
} from '../../src/stats/judge-error/rogan-gladen.ts';
import type { Seen, Three } from '../../src/stats/judge-error/three-shares.ts';
import type { Judged } from '../../src/stats/judge-error/types.ts';
import { type Random, seededRandom } from '../../src/stats/random.ts';
import { estimateRates } from '../../src/stats/rates.ts';
import { type PlannedCluster, plantTrials } from './planted-trials.ts';

export type SimulatedMethod = 'uncorrected' | 'Rogan–Gladen' | 'prediction-powered';

/** One cell of the grid; `rate` is the planted rate of violation. */
export interface CorrectionQuestion {
  method: SimulatedMethod;
  rate: number;
  sensitivity: number;
  specificity: number;
  /** Items labelled: elsewhere, half of them violating (Rogan–Gladen), or in the run (prediction-powered). */
  labels: number;
  /** Trials of the run, a multiple of 30. */
  trials: number;
  /** Do trials come in seeds, within which truth and the judge's errors are alike? */
  clusters: boolean;
  audits: number;
  seed: number;
}

export interface CorrectionCoverage {
  /** Share of the intervals given that held the planted rate. */
  coverage: number;
  /** Mean width of the intervals given. */
  width: number;
  /** Share of audits in which no interval was given. */
  refused: number;
}

/** How alike truth and the judge's errors are within a seed, where there are seeds. */
const ALIKE = 0.5;
const CLAUSES = 10;
const TRIALS_PER_SEED = 3;
/**
 * Where calibration items come in seeds every fifth has two of a kind, about as in the replies that the Model Spec
 * marks: of 181 examples 16 have two good ones or more, and 37 two bad ones or more.
 */
const ITEMS_OF_SEEDS = [1, 1, 2, 1, 1];

/** Every so many audits the interval's ends are looked for too, which takes far longer than to ask for one rate. */
const MEASURED = 80;
const CONFIDENCE = 0.95;

/**
 * Runs the audits of one cell: planted, judged, labelled and estimated blindly. An interval holds the planted rate
 * where the data leave it possible; its ends are found in every 80th audit, for the mean width. The same question
 * gives the same answer.
 */
export function measureCorrection(question: CorrectionQuestion): CorrectionCoverage {
  const random = seededRandom(question.seed);
  const audit = auditOf(question);
  let [given, held, measured, width] = [0, 0, 0, 0];
  for (let i = 0; i < question.audits; i++) {
    const { holds, interval } = audit(random);
    if (holds === null) continue;
    given++;
    if (holds) held++;
    if (i % MEASURED !== 0) continue;
    const { low, high } = interval();
    if (low === null || high === null) continue;
    measured++;
    width += high - low;
  }
  return {
    coverage: held / given,
    width: width / measured,
    refused: 1 - given / question.audits,
  };
}

/** One audit's answer: whether its interval holds the planted rate (null: refused), and the interval at request. */
export interface Answer {
  holds: boolean | null;
  interval(): { low: number | null; high: number | null };
}

/** The audit that a question describes, to be run with any source of chance. */
export function auditOf(question: CorrectionQuestion): (random: Random) => Answer {
  const { method, rate: planted, labels } = question;
  const run = plannedRun(question);
  const record = plannedRecord(question);
  const holds = remembered(planted);
  const clauses = Array.from({ length: CLAUSES }, (_, clause) => clause);
  return (random) => {
    const judged = judgedRun(random, question, run);
    if (method === 'prediction-powered') {
      const items = labelRun(random, judged, labels);
      return {
        holds: holds(seenByLabels(items)),
        interval: () => predictionPowered(items, CONFIDENCE),
      };
    }
    const trials = { ...judged, outcomes: judged.verdicts };
    const rate = estimateRates(trials, CLAUSES, CONFIDENCE).ofClauses(clauses);
    if (method === 'uncorrected') {
      const inside = (rate.low ?? 0) <= 1 - planted && 1 - planted <= (rate.high ?? 1);
      return { holds: inside, interval: () => rate };
    }
    const observed = {
      adheres: rate.successes,
      trials: rate.trials,
      effective: rate.trials / rate.designEffect,
    };
    const errors = calibrate(random, question, record);
    return {
      holds: isBetterThanChance(errors) ? holds(seenThroughJudge(observed, errors)) : null,
      interval: () => roganGladen(observed, errors, CONFIDENCE),
    };
  };
}

/** Parts of a trial to which effective trials are rounded before data count as seen before. */
const PARTS = 4;

/**
 * Do such data leave this rate possible? Audits of few events repeat one another, and an answer takes long to find: it is kept. What
 * trials are worth is rounded to quarters of a trial for that; the shares are not.
 */
function remembered(rate: number): (seen: Seen) => boolean {
  const answers = new Map<string, boolean>();
  return ({ link, hits, trials }) => {
    const shares = hits.map((count, i) => (count === 0 ? 0 : count / (trials[i] as number)));
    const worth = trials.map((count) => Math.round(PARTS * count) / PARTS);
    const key = [...shares.map((share) => share.toFixed(9)), ...worth].join();
    let answer = answers.get(key);
    if (answer === undefined) {
      const [a, b, c] = shares.map((share, i) => share * (worth[i] as number));
      const seen = { link, hits: [a, b, c] as unknown as Three, trials: worth as unknown as Three };
      answer = isPossible(seen, rate, CONFIDENCE);
      answers.set(key, answer);
    }
    return answer;
  };
}

function plannedRun({ clusters, trials }: CorrectionQuestion): PlannedCluster[] {
  const scenarios = clusters ? TRIALS_PER_SEED : 1;
  const seeds = trials / CLAUSES / scenarios;
  return Array.from({ length: CLAUSES * seeds }, (_, seed) => ({
    clause: Math.floor(seed / seeds),
    scenarios,
    repeats: 1,
  }));
}

/** As many items that violate as adhere, clauses 0 and 1. */
function plannedRecord({ labels, clusters }: CorrectionQuestion): PlannedCluster[] {
  const perSeed = clusters ? ITEMS_OF_SEEDS : [1];
  const plan: PlannedCluster[] = [];
  for (const clause of [0, 1]) {
    for (let [left, seed] = [labels / 2, 0]; left > 0; seed++) {
      const scenarios = Math.min(left, at(perSeed, seed % perSeed.length));
      plan.push({ clause, scenarios, repeats: 1 });
      left -= scenarios;
    }
  }
  return plan;
}

/** Truth and verdicts of one run. */
function judgedRun(random: Random, question: CorrectionQuestion, plan: PlannedCluster[]) {
  const plant = (share: number) =>
    plantTrials(random, plan, new Float64Array(CLAUSES).fill(share), alikeness(question));
  const { outcomes: truths, clauses, clusters } = plant(1 - question.rate);
  const { outcomes: caught } = plant(question.sensitivity);
  const { outcomes: quiet } = plant(question.specificity);
  const verdicts = truths.map((truth, i) => (truth === 1 ? at(quiet, i) : 1 - at(caught, i)));
  return { truths, verdicts, clauses, clusters };
}

/** The judge's record on items that violate and items that adhere. */
function calibrate(random: Random, question: CorrectionQuestion, plan: PlannedCluster[]) {
  const rates = [question.sensitivity, question.specificity];
  const { outcomes, clauses, clusters } = plantTrials(random, plan, rates, alikeness(question));
  const truths = new Uint8Array(clauses);
  const verdicts = truths.map((truth, i) => (at(outcomes, i) === 1 ? truth : 1 - truth));
  return measureJudge({ truths, verdicts, clusters });
}

function alikeness({ clusters }: CorrectionQuestion) {
  return { cluster: clusters ? ALIKE : 0 };
}

/** People label so many items: half of them among the judge's violations as far as there are, by simple draws. */
function labelRun(random: Random, run: ReturnType<typeof judgedRun>, labels: number): Judged {
  const { truths, verdicts, clauses, clusters } = run;
  const flagged: number[] = [];
  const other: number[] = [];
  for (let i = 0; i < verdicts.length; i++) (at(verdicts, i) === 0 ? flagged : other).push(i);
  const items: Judged = {
    verdicts,
    labels: new Int8Array(verdicts.length).fill(-1),
    inclusion: new Float64Array(verdicts.length),
    clusters,
    clauses,
  };
  const draw = (from: number[], count: number): void => {
    for (let drawn = 0; drawn < count; drawn++) {
      const other = drawn + Math.floor(random() * (from.length - drawn));
      const place = at(from, other);
      from[other] = at(from, drawn);
      from[drawn] = place;
      items.labels[place] = at(truths, place);
      items.inclusion[place] = count / from.length;
    }
  };
  const ofFlagged = Math.min(
    flagged.length,
    Math.max(Math.ceil(labels / 2), labels - other.length),
  );
  draw(flagged, ofFlagged);
  draw(other, Math.min(other.length, labels - ofFlagged));
  return items;
}
