/** @module stats/judge-error/judge-errors A judge's record on items of known truth, worth what their seeds leave. */
import { at } from '../cells.ts';
import { estimateRates } from '../rates.ts';
import type { JudgeErrors, Tally } from './types.ts';

/** Items of known truth that a judge gave a verdict on, one entry per item in each array. */
export interface KnownItems {
  /** What is true: 1 adheres, 0 violates. */
  truths: Uint8Array;
  /** What the judge says: 1 adheres, 0 violates. */
  verdicts: Uint8Array;
  /** What the items were drawn from (an example with several replies), numbered from 0 without large gaps. */
  clusters: Int32Array;
}

/**
 * Sensitivity and specificity as counts of independent items: a cluster's items are worth fewer by the design effect
 * of the judge being right, the two kinds of truth taken as clauses are in `estimateRates`.
 *
 * @throws RangeError where the columns differ in length
 */
export function measureJudge({ truths, verdicts, clusters }: KnownItems): JudgeErrors {
  if (verdicts.length !== truths.length) {
    throw new RangeError(`Each item needs a verdict; got ${verdicts.length} for ${truths.length}.`);
  }
  const outcomes = truths.map((truth, i) => (truth === at(verdicts, i) ? 1 : 0));
  const table = estimateRates({ outcomes, clauses: Int32Array.from(truths), clusters }, 2);
  const tallyOf = (truth: 0 | 1): Tally => {
    const { successes, trials, designEffect } = table.ofClause(truth);
    return { hits: successes / designEffect, trials: trials / designEffect };
  };
  return { sensitivity: tallyOf(0), specificity: tallyOf(1) };
}
