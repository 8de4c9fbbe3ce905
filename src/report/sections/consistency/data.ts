/** @module report/sections/consistency/data What a report says of the repeats of one subject, as data. */
import type { Consistency } from '../../../run/consistency/consistency.ts';
import { clauseAt, type Plan } from '../../../run/plan.ts';
import { type RepeatedRate, toldCautions } from '../../../stats/index.ts';
import { fieldsOf } from '../../schema-parts.ts';
import { type ReportConsistency, type ReportRepeatedRate, repeatedRateSchema } from './schema.ts';

/** The consistency of a subject; `judge` says whether the judge's errors are known. */
export function consistencyOf(
  plan: Plan,
  { overall, levels, prohibitions }: Consistency,
  judge: ReportRepeatedRate['judge'],
): ReportConsistency {
  const rate = (repeated: RepeatedRate): ReportRepeatedRate =>
    fieldsOf(repeatedRateSchema, {
      ...repeated,
      ...toldCautions(repeated.cautions),
      correction: 'none',
      judge,
    });
  return {
    overall: overall.map(rate),
    levels: levels.map(({ level, allAdhere }) => ({ level, allAdhere: allAdhere.map(rate) })),
    prohibitions:
      prohibitions === null
        ? null
        : {
            together: rate(prohibitions.together),
            clauses: prohibitions.clauses.map(({ clause, within }) => ({
              id: clauseAt(plan, clause).id,
              violationWithin: rate(within),
            })),
          },
  };
}
