/**
 * @module features/audit/health/signals/pairs
 * Clauses that pull apart: whoever keeps the one tends to break the other.
 */
import { estimateRates, exactMcNemar, fisherExact } from '../../../../stats/index.ts';
import { deflated, MINIMUM_LOOKS } from '../contrast.ts';
import type { Question } from '../signal.ts';
import type { SubjectTrial } from './subjects.ts';

/** What became of transcripts that were judged under both of two clauses. */
export interface PairTable {
  first: number;
  second: number;
  both: number;
  onlyFirst: number;
  onlySecond: number;
  neither: number;
  seeds: number;
  designEffect: number;
  /** Transcripts that kept one of them alone. */
  apart: number[];
}

/** Every pair of clauses with transcripts judged under both; `first` stands earlier in the spec. */
export function pairTables(trials: readonly SubjectTrial[]): PairTable[] {
  const shared = new Map<string, { first: SubjectTrial; second: SubjectTrial }[]>();
  for (const own of Map.groupBy(trials, ({ transcript }) => transcript).values()) {
    const ordered = own.toSorted((a, b) => a.clause - b.clause);
    for (const [place, first] of ordered.entries()) {
      for (const second of ordered.slice(place + 1)) {
        const key = `${first.clause} ${second.clause}`;
        const pairs = shared.get(key) ?? [];
        pairs.push({ first, second });
        shared.set(key, pairs);
      }
    }
  }
  return [...shared.values()].flatMap((pairs) => {
    const [any] = pairs;
    return any === undefined ? [] : [tableOf(any.first.clause, any.second.clause, pairs)];
  });
}

function tableOf(
  first: number,
  second: number,
  pairs: readonly { first: SubjectTrial; second: SubjectTrial }[],
): PairTable {
  const count = (one: boolean, other: boolean): number =>
    pairs.filter((pair) => pair.first.hit === one && pair.second.hit === other).length;
  const rate = estimateRates(
    {
      outcomes: Uint8Array.from(pairs, (pair) => (pair.first.hit === pair.second.hit ? 0 : 1)),
      clauses: new Int32Array(pairs.length),
      clusters: Int32Array.from(pairs, (pair) => pair.first.cluster),
    },
    1,
  ).ofClause(0);
  return {
    first,
    second,
    both: count(false, false),
    onlyFirst: count(false, true),
    onlySecond: count(true, false),
    neither: count(true, true),
    seeds: rate.clusters,
    designEffect: Math.max(1, rate.designEffect),
    apart: pairs.flatMap((pair) =>
      pair.first.hit === pair.second.hit ? [] : [pair.first.transcript],
    ),
  };
}

/**
 * The questions about pairs: is the first kept more often where the second is broken than where it is kept? Fisher's
 * exact test, on as many transcripts as are left once those of one seed are reckoned alike.
 */
export function pairQuestions(tables: readonly PairTable[]): Question[] {
  return tables.flatMap((table): Question[] => {
    const { first, second, both, onlyFirst, onlySecond, neither, designEffect } = table;
    const broken = onlyFirst + neither;
    const kept = both + onlySecond;
    if (broken + kept < MINIMUM_LOOKS || broken === 0 || kept === 0) return [];
    const one = deflated(onlyFirst, broken, designEffect);
    // Rounded against the signal on this side too.
    const other = deflated(kept - both, kept, designEffect);
    const otherHits = other.trials - other.hits;
    const all = one.hits + otherHits;
    const most = Math.min(one.trials, all);
    return [
      {
        code: 'pulls-apart',
        clause: second,
        partner: first,
        leastShare: 0.3,
        contrast: {
          hits: onlyFirst,
          trials: broken,
          seeds: table.seeds,
          elsewhere: { hits: both, trials: kept },
          designEffect,
          probability: fisherExact(one.hits, one.trials, otherHits, other.trials),
          least: fisherExact(most, one.trials, all - most, other.trials),
          seed: { cluster: -1, hits: onlyFirst, concentrated: false },
          evidence: table.apart.slice(0, 5),
        },
      },
    ];
  });
}

/** Which of the two is kept where only one is; null where neither is favoured beyond chance. */
export function winnerOf(table: PairTable): 'first' | 'second' | null {
  const { onlyFirst, onlySecond, designEffect } = table;
  const probability = exactMcNemar(onlyFirst / designEffect, onlySecond / designEffect);
  if (probability > 0.05) return null;
  return onlyFirst > onlySecond ? 'first' : 'second';
}
