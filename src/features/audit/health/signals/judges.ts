/**
 * @module features/audit/health/signals/judges
 * Clauses on which judges disagree, can't tell, or claim what they can't show.
 */
import { isDecision } from '../../../../run/panel/consensus.ts';
import { type Contrast, contrasts, type Look, seedContrasts } from '../contrast.ts';
import type { HealthEvidence, KnownCase } from '../evidence.ts';
import type { Question, SignalCode } from '../signal.ts';

/** The votes of a case that decide, by judge. */
export function decisionsOf({ votes }: KnownCase): Map<number, string> {
  return new Map(
    [...votes].flatMap(([judge, { outcome }]) =>
      isDecision(outcome) ? [[judge, outcome] as const] : [],
    ),
  );
}

/** Whether two judges or more decided, and not all alike; null where fewer did. */
export function isDivided(one: KnownCase): boolean | null {
  const decisions = decisionsOf(one);
  return decisions.size < 2 ? null : new Set(decisions.values()).size > 1;
}

/** The questions about what judges do. */
export function judgeQuestions(evidence: HealthEvidence): Question[] {
  const { cases, transcripts, clauses } = evidence;
  const looksAt = (hitOf: (one: KnownCase) => readonly (boolean | null)[]): Look[] =>
    cases.flatMap((one) =>
      hitOf(one).flatMap((hit) =>
        hit === null
          ? []
          : [
              {
                clause: one.clause,
                cluster: transcripts[one.transcript]?.cluster ?? 0,
                hit,
                transcript: one.transcript,
              },
            ],
      ),
    );
  const questions = (
    code: SignalCode,
    found: ReadonlyMap<number, Contrast>,
    leastShare: number,
  ): Question[] => [...found].map(([clause, contrast]) => ({ code, clause, contrast, leastShare }));
  const divided = looksAt((one) => [isDivided(one)]);
  const against = (looks: readonly Look[]): Map<number, Contrast> =>
    contrasts(looks, clauses.length);
  return [
    ...questions('judges-disagree', against(divided), 0.15),
    ...questions('one-scenario', seedContrasts(divided), 0.5),
    // One look for each transcript: verdicts of several judges on one are no independent looks.
    ...questions(
      'abstains',
      against(
        looksAt((one) => [
          anyVote(one, ({ outcome, cause }) => outcome === 'cannot_judge' && cause === 'judge'),
        ]),
      ),
      0.15,
    ),
    ...questions(
      'unsupported',
      against(looksAt((one) => [anyVote(one, ({ outcome }) => outcome === 'unsupported')])),
      0.15,
    ),
    ...questions(
      'not-applicable',
      against(looksAt((one) => [one.outcome === null ? null : one.outcome === 'not_applicable'])),
      0.3,
    ),
  ];
}

type Vote = KnownCase['votes'] extends Map<number, infer One> ? One : never;

function anyVote({ votes }: KnownCase, test: (vote: Vote) => boolean): boolean | null {
  return votes.size === 0 ? null : [...votes.values()].some(test);
}
