/**
 * @module features/judge/labels/judged
 * People's labels beside the judge's verdicts: what most people say of each case, the columns from which a rate is
 * corrected, and how often the judge errs on this run's own transcripts.
 */

import type { LabelQueue } from '../../../ledger/labels.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import { consensusOf } from '../../../run/panel/consensus.ts';
import { predictionPowered } from '../../../stats/judge-error/prediction-powered.ts';
import type {
  CorrectedRate,
  Judged,
  JudgeErrors,
  Tally,
} from '../../../stats/judge-error/types.ts';
import { estimateRates } from '../../../stats/rates.ts';
import { at } from '../../../text/at.ts';
import { caseKey, type LabelCase } from './cases.ts';
import { labelChances } from './chances.ts';
import { drawnFromPart } from './messages.ts';
import type { LabelProgress } from './schema.ts';

/** What most people say of a case; `tied`: no outcome has more than half of those who could tell. */
export type PeopleOutcome = 'adheres' | 'violates' | 'not_applicable' | 'cannot_judge' | 'tied';

/** A run's cases with what people say of them; one entry per case in each array. */
export interface LabelledRun {
  cases: readonly LabelCase[];
  /** Null where nobody was asked. */
  people: (PeopleOutcome | null)[];
  /** As `Judged` takes it; 0 where a label can't be weighed. */
  inclusion: Float64Array;
  /** Whether the case could have been labelled. */
  reachable: Uint8Array;
}

/** Puts labels beside the cases of a run. Only labels that count, see `LabelStore.ofRun`. */
export function labelledRun(
  cases: readonly LabelCase[],
  labels: readonly LabelRecord[],
  queues: readonly LabelQueue[],
): LabelledRun {
  const byCase = Map.groupBy(labels, caseKey);
  const people = cases.map((one) => {
    const said = byCase.get(caseKey(one));
    return said === undefined ? null : peopleOutcome(said);
  });
  return { cases, people, ...labelChances(cases, queues, labels) };
}

/** What more than half of the people say who said more than that they can't judge. */
function peopleOutcome(labels: readonly Pick<LabelRecord, 'outcome'>[]): PeopleOutcome {
  const votes = labels.flatMap(({ outcome }) =>
    outcome === null ? [] : [{ outcome, severity: null, cause: null }],
  );
  const { outcome, cause } = consensusOf(votes, { rule: 'majority' });
  if (cause === 'split') return 'tied';
  return outcome === 'unsupported' ? 'cannot_judge' : outcome;
}

/** The labels of a group of cases as `predictionPowered` takes them, and what of them it can't take. */
export interface JudgedLabels {
  /** All cases that the judge decided. */
  items: Judged;
  /** Labels that count in a rate. */
  labels: number;
  /** Labelled cases that count in none, by why. */
  left: LabelProgress['judge']['left'];
  /** How many of the judged cases could have been labelled, where that is not all: then no rate is corrected. */
  part: NonNullable<LabelProgress['judge']['data']> | null;
}

/** The judged cases of a clause, a level, a subject, or of all, with their labels. */
export function judgedLabels(
  run: LabelledRun,
  isIn: (one: LabelCase) => boolean = () => true,
): JudgedLabels {
  const left = { tied: 0, not_applicable: 0, cannot_judge: 0, chosen: 0, undecided: 0 };
  const decided: LabelCase[] = [];
  const inclusion: number[] = [];
  const labels: number[] = [];
  let unreachable = 0;
  for (const [place, one] of run.cases.entries()) {
    if (!isIn(one)) continue;
    const said = at(run.people, place);
    const isDecided = one.outcome === 'adheres' || one.outcome === 'violates';
    if (isDecided) {
      decided.push(one);
      // Read only where there is a label.
      inclusion.push(at(run.inclusion, place) || 1);
      labels.push(-1);
      if (run.reachable[place] !== 1) unreachable++;
    }
    if (said === null) continue;
    if (!isDecided) left.undecided++;
    else if (run.inclusion[place] === 0) left.chosen++;
    else if (said === 'adheres' || said === 'violates') {
      labels[labels.length - 1] = said === 'adheres' ? 1 : 0;
    } else left[said]++;
  }
  const known = labels.filter((label) => label >= 0).length;
  return {
    items: {
      verdicts: Uint8Array.from(decided, ({ outcome }) => (outcome === 'adheres' ? 1 : 0)),
      labels: Int8Array.from(labels),
      inclusion: Float64Array.from(inclusion),
      clusters: Int32Array.from(decided, ({ cluster }) => cluster),
      clauses: Int32Array.from(decided, ({ place }) => place),
    },
    labels: known,
    left,
    part:
      known > 0 && unreachable > 0
        ? { drawn: decided.length - unreachable, judged: decided.length }
        : null,
  };
}

/**
 * The rate behind the judge's rate in a group of cases, by people's labels; refused, with the reason, where these were
 * not drawn from all of the group.
 */
export function correctedByLabels(
  run: LabelledRun,
  isIn: (one: LabelCase) => boolean = () => true,
  confidence = 0.95,
): CorrectedRate {
  const { items, labels, part } = judgedLabels(run, isIn);
  if (part === null) return predictionPowered(items, confidence);
  const method = 'prediction-powered';
  const why = {
    reason: drawnFromPart(part),
    because: { code: 'drawn-from-part', data: { ...part } },
  };
  return { estimate: null, low: null, high: null, method, confidence, labels, ...why };
}

/**
 * How often the judge says what people say, on this run's own transcripts: weighted by the chance with which each
 * was drawn, and counted as what so many weighted and clustered labels are worth (Kish 1965, Survey Sampling, §11.7:
 * n = (Σw)²/Σw², over the design effect of the seeds).
 */
export function judgeErrorsOf({ items }: Pick<JudgedLabels, 'items'>): JudgeErrors {
  return { sensitivity: agreementWith(items, 0), specificity: agreementWith(items, 1) };
}

function agreementWith({ verdicts, labels, inclusion, clusters }: Judged, truth: 0 | 1): Tally {
  const places = [...labels.keys()].filter((place) => labels[place] === truth);
  if (places.length === 0) return { hits: 0, trials: 0 };
  let weights = 0;
  let squares = 0;
  let right = 0;
  const outcomes = Uint8Array.from(places, (place) => (verdicts[place] === truth ? 1 : 0));
  for (const place of places) {
    const weight = 1 / at(inclusion, place);
    weights += weight;
    squares += weight * weight;
    if (verdicts[place] === truth) right += weight;
  }
  const { designEffect } = estimateRates(
    {
      outcomes,
      clauses: new Int32Array(places.length),
      clusters: Int32Array.from(places, (place) => at(clusters, place)),
    },
    1,
  ).ofClause(0);
  const trials = weights ** 2 / squares / designEffect;
  return { hits: (trials * right) / weights, trials };
}
