/**
 * @module features/audit/health/signals/people
 * Clauses on which people disagree with one another, or with the judges.
 */
import { contrasts, type Look } from '../contrast.ts';
import type { HealthEvidence, KnownCase } from '../evidence.ts';
import type { Question } from '../signal.ts';

/** What more than half of the people say of a case, where they say whether it was kept; null otherwise. */
export function peopleSay({ people }: KnownCase): 'adheres' | 'violates' | null {
  for (const outcome of ['adheres', 'violates'] as const) {
    const said = [...people.values()].filter((one) => one === outcome).length;
    if (said * 2 > people.size) return outcome;
  }
  return null;
}

/** Whether two people or more looked at a case, and did not all say the same; null where fewer did. */
export function peopleDisagree({ people }: KnownCase): boolean | null {
  return people.size < 2 ? null : new Set(people.values()).size > 1;
}

/** The questions about what people say. */
export function peopleQuestions({ cases, transcripts, clauses }: HealthEvidence): Question[] {
  const looksAt = (hitOf: (one: KnownCase) => boolean | null): Look[] =>
    cases.flatMap((one) => {
      const hit = hitOf(one);
      const cluster = transcripts[one.transcript]?.cluster ?? 0;
      return hit === null ? [] : [{ clause: one.clause, cluster, hit, transcript: one.transcript }];
    });
  const among = contrasts(looksAt(peopleDisagree), clauses.length);
  const against = contrasts(
    looksAt((one) => {
      const said = peopleSay(one);
      return said === null || one.outcome === null ? null : said !== one.outcome;
    }),
    clauses.length,
  );
  return [
    ...[...among].map(
      ([clause, contrast]): Question => ({
        code: 'people-disagree',
        clause,
        contrast,
        leastShare: 0.15,
      }),
    ),
    ...[...against].map(
      ([clause, contrast]): Question => ({
        code: 'people-against-judges',
        clause,
        contrast,
        leastShare: 0.15,
      }),
    ),
  ];
}
