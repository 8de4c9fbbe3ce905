/**
 * @module features/audit/health/known-replies
 * Clauses whose own marked replies judges don't follow, as their calibrations tell it.
 */
import { fisherExact } from '../../../stats/index.ts';
import type { HealthEvidence } from './evidence.ts';
import type { RateContrast } from './rate-contrast.ts';

/** What measured judges made of the replies known to keep, or to break, one clause. */
export interface KnownReplies {
  wrong: number;
  calls: number;
  /** Judges measured on such replies of the clause, and those of them that were wrong. */
  judges: string[];
  wrongJudges: string[];
  /** Replies on which somebody was wrong, with who was. */
  items: { item: string; judges: string[] }[];
}

/** `good-fails`: known to keep it and called a violation; `bad-passes`: known to break it and let pass. */
export type KnownError = 'good-fails' | 'bad-passes';

/** Fewer calls on a clause's known replies say nothing. */
const MINIMUM_CALLS = 3;

const KINDS = {
  'good-fails': { truth: 'adheres', share: 'specificity' },
  'bad-passes': { truth: 'violates', share: 'sensitivity' },
} as const;

/** The calls on known replies of each clause, by its index. */
export function knownReplies(
  { clauses, calibrations }: HealthEvidence,
  error: KnownError,
): Map<number, KnownReplies> {
  const { truth, share } = KINDS[error];
  const indices = new Map(clauses.map(({ id }, index) => [id, index]));
  const found = new Map<number, KnownReplies>();
  for (const { judge, body } of calibrations) {
    for (const measured of body.clauses) {
      const clause = indices.get(measured.clause);
      const { trials } = measured[share];
      if (clause === undefined || trials === 0) continue;
      const none = { wrong: 0, calls: 0, judges: [], wrongJudges: [], items: [] };
      const own = found.get(clause) ?? none;
      found.set(clause, own);
      own.calls += trials;
      own.judges.push(judge);
      const wrong = body.wrong.filter(
        (one) => one.clause === measured.clause && one.truth === truth,
      );
      own.wrong += wrong.length;
      if (wrong.length > 0) own.wrongJudges.push(judge);
      for (const { item } of wrong) {
        const known = own.items.find((other) => other.item === item);
        if (known === undefined) own.items.push({ item, judges: [judge] });
        else known.judges.push(judge);
      }
    }
  }
  return found;
}

/** The contrast of every clause with enough calls here and elsewhere: Fisher's exact test of the share that is wrong. */
export function contrastKnownReplies(
  evidence: HealthEvidence,
  error: KnownError,
): Map<number, RateContrast> {
  const replies = knownReplies(evidence, error);
  const total = { wrong: 0, calls: 0 };
  for (const own of replies.values()) {
    total.wrong += own.wrong;
    total.calls += own.calls;
  }
  const found = new Map<number, RateContrast>();
  for (const [clause, own] of replies) {
    const elsewhere = { hits: total.wrong - own.wrong, trials: total.calls - own.calls };
    const { hits, trials } = elsewhere;
    if (own.calls < MINIMUM_CALLS || trials < MINIMUM_CALLS) continue;
    found.set(clause, {
      hits: own.wrong,
      trials: own.calls,
      seeds: own.items.length,
      elsewhere,
      designEffect: 1,
      probability: fisherExact(own.wrong, own.calls, hits, trials),
      least: fisherExact(own.calls, own.calls, hits, trials),
      seed: { cluster: -1, hits: own.wrong, concentrated: false },
      evidence: [],
    });
  }
  return found;
}
