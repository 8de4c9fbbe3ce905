/**
 * @module features/judge/calibration/estimate
 * What calibrating a judge takes, told before anything is asked.
 */
import { costOf, estimateRequestTokens, type Price } from '../../../model/prices.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import { type Questions, requestsOf } from './asking/ask.ts';
import type { CalibrationEstimate } from './schema.ts';

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
