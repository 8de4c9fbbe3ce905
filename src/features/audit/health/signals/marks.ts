/**
 * @module features/audit/health/signals/marks
 * Clauses whose own marked replies judges don't follow, as certificates tell it.
 */
import { fisherExact } from '../../../../stats/index.ts';
import type { Contrast } from '../contrast.ts';
import type { HealthEvidence } from '../evidence.ts';
import type { Question, SignalCode } from '../signal.ts';

/** What measured judges made of the replies known to keep, or to break, one clause. */
export interface MarkCalls {
  wrong: number;
  calls: number;
  /** Judges measured on such replies of the clause, and those of them that were wrong. */
  judges: string[];
  wrongJudges: string[];
  /** Replies on which somebody was wrong, with how many were. */
  items: { item: string; judges: string[] }[];
}

/** Fewer calls on a clause's known replies say nothing. */
const MINIMUM_CALLS = 3;

const KINDS = [
  { code: 'good-fails', truth: 'adheres', share: 'specificity' },
  { code: 'bad-passes', truth: 'violates', share: 'sensitivity' },
] as const satisfies readonly { code: SignalCode; truth: string; share: string }[];

/** The calls on known replies of each clause, by its place. */
export function markCalls(
  { clauses, certificates }: HealthEvidence,
  code: (typeof KINDS)[number]['code'],
): Map<number, MarkCalls> {
  const kind = code === KINDS[0].code ? KINDS[0] : KINDS[1];
  const places = new Map(clauses.map(({ id }, place) => [id, place]));
  const found = new Map<number, MarkCalls>();
  for (const { judge, body } of certificates) {
    for (const measured of body.clauses) {
      const place = places.get(measured.clause);
      const { trials } = measured[kind.share];
      if (place === undefined || trials === 0) continue;
      const own = found.get(place) ?? {
        wrong: 0,
        calls: 0,
        judges: [],
        wrongJudges: [],
        items: [],
      };
      found.set(place, own);
      own.calls += trials;
      own.judges.push(judge);
      const items = body.wrong.filter(
        ({ clause, truth }) => clause === measured.clause && truth === kind.truth,
      );
      own.wrong += items.length;
      if (items.length > 0) own.wrongJudges.push(judge);
      for (const { item } of items) {
        const known = own.items.find((other) => other.item === item);
        if (known === undefined) own.items.push({ item, judges: [judge] });
        else known.judges.push(judge);
      }
    }
  }
  return found;
}

/** The questions about marked replies. */
export function markQuestions(evidence: HealthEvidence): Question[] {
  return KINDS.flatMap(({ code }) => {
    const calls = markCalls(evidence, code);
    const total = { wrong: 0, calls: 0 };
    for (const own of calls.values()) {
      total.wrong += own.wrong;
      total.calls += own.calls;
    }
    return [...calls].flatMap(([clause, own]): Question[] => {
      const elsewhere = { hits: total.wrong - own.wrong, trials: total.calls - own.calls };
      if (own.calls < MINIMUM_CALLS || elsewhere.trials < MINIMUM_CALLS) return [];
      return [{ code, clause, leastShare: 0.3, contrast: contrastOf(own, elsewhere) }];
    });
  });
}

function contrastOf(own: MarkCalls, elsewhere: Contrast['elsewhere']): Contrast {
  const { hits, trials } = elsewhere;
  return {
    hits: own.wrong,
    trials: own.calls,
    seeds: own.items.length,
    elsewhere,
    designEffect: 1,
    probability: fisherExact(own.wrong, own.calls, hits, trials),
    least: fisherExact(own.calls, own.calls, hits, trials),
    seed: { cluster: -1, hits: own.wrong, concentrated: false },
    evidence: [],
  };
}
