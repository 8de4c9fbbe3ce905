/**
 * @module features/audit/compare/trials
 * What a run says of one subject, trial by trial, in names that hold in other runs too.
 */

import { hash } from 'node:crypto';
import type { VerdictRow } from '../../../ledger/rows.ts';
import { canonicalJson } from '../../../model/record.ts';
import { type Plan, sampleAt } from '../../../run/plan.ts';
import { at } from '../../../text/at.ts';

/** One verdict that decides, under names that hold across runs. */
export interface NamedTrial {
  /** Equal for the same question, clause and repeat. */
  key: string;
  clause: string;
  scenario: string;
  cluster: string;
  sample: number;
  adheres: boolean;
}

/** The deciding verdicts on a subject; `verdicts` are one for each transcript and clause. */
export function namedTrials(
  plan: Plan,
  subject: number,
  verdicts: Iterable<Pick<VerdictRow, 'sample' | 'clause' | 'outcome'>>,
): NamedTrial[] {
  const questions = Array.from(plan.suite.scenarios, ({ messages, tools = [] }) =>
    hash('sha256', canonicalJson({ messages, tools }), 'hex'),
  );
  const trials: NamedTrial[] = [];
  for (const { sample, clause, outcome } of verdicts) {
    if (outcome !== 'adheres' && outcome !== 'violates') continue;
    const planned = sampleAt(plan, sample);
    if (planned.subject !== subject) continue;
    const { scenario, place, repeat } = planned;
    trials.push({
      key: `${at(questions, place)} ${repeat} ${clause}`,
      clause,
      scenario: scenario.id,
      cluster: scenario.cluster,
      sample,
      adheres: outcome === 'adheres',
    });
  }
  return trials;
}
