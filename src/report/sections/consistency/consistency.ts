/**
 * @module report/sections/consistency/consistency
 * What a report says of the repeats of one subject, as plain data and in words.
 */
import type { Consistency } from '../../../run/consistency/consistency.ts';
import type { Plan } from '../../../run/plan.ts';
import type { RepeatedRate } from '../../../stats/index.ts';
import { count } from '../../../text/numbers.ts';
import type { ReportConsistency, ReportRepeatedRate } from './consistency-schema.ts';

/** The consistency of a subject; `judge` says whether the judge's errors are known. */
export function consistencyOf(
  plan: Plan,
  { overall, levels, prohibitions }: Consistency,
  judge: ReportRepeatedRate['judge'],
): ReportConsistency {
  const rate = (repeated: RepeatedRate) => repeatedRateOf(repeated, judge);
  return {
    overall: overall.map(rate),
    levels: levels.map(({ level, allAdhere }) => ({ level, allAdhere: allAdhere.map(rate) })),
    prohibitions:
      prohibitions === null
        ? null
        : {
            together: rate(prohibitions.together),
            clauses: prohibitions.clauses.map(({ clause, within }) => ({
              id: plan.clauses[clause]?.id ?? '',
              violationWithin: rate(within),
            })),
          },
  };
}

function repeatedRateOf(
  repeated: RepeatedRate,
  judge: ReportRepeatedRate['judge'],
): ReportRepeatedRate {
  const { estimate, low, high, method, confidence, tries, scenarios } = repeated;
  const { tooFewRepeats, clusters, reason, caution } = repeated;
  return {
    ...{ estimate, low, high, method, confidence, tries, scenarios, tooFewRepeats, clusters },
    correction: 'none',
    judge,
    ...(reason === undefined ? {} : { reason }),
    ...(caution === undefined ? {} : { caution }),
  };
}

/** `all of 3 repeats adhere`. */
export function passingText(tries: number): string {
  return tries === 2 ? 'both of 2 repeats adhere' : `all of ${tries} repeats adhere`;
}

/** `broken within 3 repeats`. */
export function brokenText(tries: number): string {
  return `broken at least once in ${count(tries, 'repeat')}`;
}

/** What the figures count, and what they leave out; `leftOut` is of all subjects together. */
export function aboutRepeats(leftOut: number): string {
  const rest =
    leftOut === 0 ? '' : ` ${count(leftOut, 'case')} with fewer judged repeats left out.`;
  return `n: scenarios, once for each clause they test. Rules: clauses of that kind, and those whose title forbids. A judge’s errors weigh more here: one wrong verdict among the repeats is enough.${rest}`;
}
