/**
 * @module features/audit/health/votes
 * What judges and people say of one transcript under one clause, and whether they agree.
 */

import { isDecision, type Vote } from '../../../run/panel/consensus.ts';
import { at } from '../../../text/at.ts';
import type { HealthEvidence, KnownCase } from './evidence.ts';
import type { Observation } from './rate-contrast.ts';

/** The votes of a case that decide, by judge. */
export function decisionsOf({ votes }: KnownCase): Map<number, string> {
  return new Map(
    [...votes].flatMap(([judge, { outcome }]) =>
      isDecision(outcome) ? [[judge, outcome] as const] : [],
    ),
  );
}

/** Whether two judges or more decided, and not all alike; null where fewer did. */
export function judgesDisagree(one: KnownCase): boolean | null {
  const decisions = decisionsOf(one);
  return decisions.size < 2 ? null : new Set(decisions.values()).size > 1;
}

/** Whether some judge gave such a vote; null where none gave any. */
export function someVote({ votes }: KnownCase, test: (vote: Vote) => boolean): boolean | null {
  return votes.size === 0 ? null : [...votes.values()].some(test);
}

/** Does the judge say that it can't tell? */
export function abstains({ outcome, cause }: Vote): boolean {
  return outcome === 'cannot_judge' && cause === 'judge';
}

/** What more than half of the people say of a case, where they say whether it was kept; null otherwise. */
export function peopleSay({ people }: KnownCase): 'adheres' | 'violates' | null {
  for (const outcome of ['adheres', 'violates'] as const) {
    const said = [...people.values()].filter((one) => one === outcome).length;
    if (said * 2 > people.size) return outcome;
  }
  return null;
}

/** Whether two people or more labelled a case, and did not all say the same; null where fewer did. */
export function peopleDisagree({ people }: KnownCase): boolean | null {
  return people.size < 2 ? null : new Set(people.values()).size > 1;
}

/** Whether most people say otherwise than the judges; null where either don't decide. */
export function peopleAgainstJudges(one: KnownCase): boolean | null {
  const said = peopleSay(one);
  return said === null || one.outcome === null ? null : said !== one.outcome;
}

/**
 * One observation of each case of which the question can be asked. One for each transcript: verdicts of several judges
 * on one are no independent observations.
 * @param ask null where it can't
 */
export function observeCases(
  { cases, transcripts }: HealthEvidence,
  ask: (one: KnownCase) => boolean | null,
): Observation[] {
  return cases.flatMap((one) => {
    const hit = ask(one);
    const { clause, transcript } = one;
    const { cluster } = at(transcripts, transcript);
    return hit === null ? [] : [{ clause, cluster, hit, transcript }];
  });
}
