/** @module stats/judge-error/simulation How often corrected rates hold a rate that is known, over planted audits. */
import { at } from '../cells.ts';
import { type PlannedCluster, plantTrials } from '../planted-trials.ts';
import { type Random, seededRandom } from '../random.ts';
import { estimateRates } from '../rates.ts';
import { isPossible } from './cutoff.ts';
import { measureJudge } from './judge-errors.ts';
import { predictionPowered, seenByLabels } from './prediction-powered.ts';
import { isBetterThanChance, roganGladen, seenThroughJudge } from './rogan-gladen.ts';
import type { Judged } from './types.ts';

export type SimulatedMethod = 'uncorrected' | 'Rogan–Gladen' | 'prediction-powered';

/** One cell of the grid; `rate` is the planted rate of violation. */
export interface CorrectionQuestion {
  method: SimulatedMethod;
  rate: number;
  sensitivity: number;
  specificity: number;
  /** Items labelled: elsewhere, half of them violating (Rogan–Gladen), or in the run (prediction-powered). */
  labels: number;
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
const TRIALS_PER_CLAUSE = 20;
const SEEDS_PER_CLAUSE = 10;
const TRIALS_PER_SEED = 3;
/** Replies of one kind to one example, where calibration items come in seeds. */
const ITEMS_PER_SEED = 2;

/** Every so many audits the interval's ends are looked for too, which takes ten times as long. */
const MEASURED = 50;

/**
 * Runs the audits of one cell: planted, judged, labelled and estimated blindly. An interval holds the planted rate
 * where the data leave it possible; its ends are found in every 50th audit, for the mean width. The same question
 * gives the same answer.
 */
export function measureCorrection(question: CorrectionQuestion): CorrectionCoverage {
  const random = seededRandom(question.seed);
  let [given, held, measured, width] = [0, 0, 0, 0];
  for (let audit = 0; audit < question.audits; audit++) {
    const { holds, interval } = auditOnce(random, question);
    if (holds === null) continue;
    given++;
    if (holds) held++;
    if (audit % MEASURED !== 0) continue;
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
interface Answer {
  holds: boolean | null;
  interval(): { low: number | null; high: number | null };
}

function auditOnce(random: Random, question: CorrectionQuestion): Answer {
  const { method, rate: planted, labels } = question;
  const clauseCount = method === 'prediction-powered' ? 30 : 20;
  const run = judgedRun(random, question, clauseCount);
  if (method === 'prediction-powered') {
    const items = labelRun(random, run, labels);
    return {
      holds: isPossible(seenByLabels(items), planted, CONFIDENCE),
      interval: () => predictionPowered(items, CONFIDENCE),
    };
  }
  const { verdicts: outcomes, clauses, clusters } = run;
  const rate = estimateRates({ outcomes, clauses, clusters }, clauseCount, CONFIDENCE).ofClauses(
    Array.from({ length: clauseCount }, (_, clause) => clause),
  );
  if (method === 'uncorrected') {
    const holds = (rate.low ?? 0) <= 1 - planted && 1 - planted <= (rate.high ?? 1);
    return { holds, interval: () => rate };
  }
  const { successes, trials, designEffect } = rate;
  const observed = { adheres: successes, trials, effective: trials / designEffect };
  const errors = calibrate(random, question);
  const holds = isBetterThanChance(errors)
    ? isPossible(seenThroughJudge(observed, errors), planted, CONFIDENCE)
    : null;
  return { holds, interval: () => roganGladen(observed, errors, CONFIDENCE) };
}

const CONFIDENCE = 0.95;

/** Truth and verdicts of one run. */
function judgedRun(random: Random, question: CorrectionQuestion, clauseCount: number) {
  const seeds = question.clusters ? SEEDS_PER_CLAUSE : TRIALS_PER_CLAUSE;
  const scenarios = question.clusters ? TRIALS_PER_SEED : 1;
  const plan: PlannedCluster[] = [];
  for (let clause = 0; clause < clauseCount; clause++) {
    for (let seed = 0; seed < seeds; seed++) plan.push({ clause, scenarios, repeats: 1 });
  }
  const plant = (share: number) =>
    plantTrials(random, plan, new Float64Array(clauseCount).fill(share), alikeness(question));
  const { outcomes: truths, clauses, clusters } = plant(1 - question.rate);
  const { outcomes: caught } = plant(question.sensitivity);
  const { outcomes: quiet } = plant(question.specificity);
  const verdicts = truths.map((truth, i) => (truth === 1 ? at(quiet, i) : 1 - at(caught, i)));
  return { truths, verdicts, clauses, clusters };
}

/** The judge's record on half as many violating items as labels, and as many adhering ones. */
function calibrate(random: Random, question: CorrectionQuestion) {
  const ofAKind = question.labels / 2;
  const perSeed = question.clusters ? ITEMS_PER_SEED : 1;
  const plan: PlannedCluster[] = [];
  for (const clause of [0, 1]) {
    for (let left = ofAKind; left > 0; left -= perSeed) {
      plan.push({ clause, scenarios: Math.min(perSeed, left), repeats: 1 });
    }
  }
  const rates = [question.sensitivity, question.specificity];
  const { outcomes, clauses, clusters } = plantTrials(random, plan, rates, alikeness(question));
  const truths = Uint8Array.from(clauses);
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
