/**
 * @module features/judge/calibration/estimate
 * What calibrating a judge takes, told before anything is asked.
 */
import { costOf, estimateRequestTokens, type Price } from '../../../model/prices.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import { type Questions, requestsOf } from './asking/ask.ts';

export interface CalibrationEstimate {
  schema: 'tenet.calibration-estimate/1';
  judge: string;
  simulated: boolean;
  /** Marked replies and labelled transcripts that it is asked about. */
  items: number;
  /** Items asked a second time. */
  retest: number;
  /** Questions about pairs: each pair is asked in both orders. */
  pairs: number;
  /** Items asked about once more, among other clauses; absent where none are. */
  batched?: number;
  /** At most so many; answers that have to be asked for twice, and retries, come on top. */
  calls: number;
  tokens: { input: number; output: number };
  /** US dollars; null where the price is unknown. */
  cost: number | null;
}

/** Tokens that an answer is taken to have. */
const ASSUMED_OUTPUT = 150;

/** Estimates the questions to a judge from their own words; nobody is asked. */
export function estimateCalibration(
  questions: Questions,
  judge: PlannedJudge,
  price: Price | null,
): CalibrationEstimate {
  const requests = requestsOf(questions, judge);
  const tokens = {
    input: requests.reduce((sum, request) => sum + estimateRequestTokens(request), 0),
    output: requests.length * ASSUMED_OUTPUT,
  };
  return {
    schema: 'tenet.calibration-estimate/1',
    judge: judge.label,
    simulated: judge.simulated,
    items: questions.items.length,
    retest: questions.retest.length,
    pairs: questions.pairs.length * 2,
    ...(questions.batches === undefined ? {} : { batched: questions.batches.items.length }),
    calls: requests.length,
    tokens,
    cost: costOf(price, tokens),
  };
}
