/**
 * @module features/audit/health/clause-pairs
 * Clauses that pull apart: whoever keeps the one tends to break the other.
 */
import { clauseAt } from '../../../run/plan.ts';
import { clauseText } from '../../../spec/index.ts';
import { exactMcNemar, fisherExact } from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import type { HealthEvidence } from './evidence.ts';
import {
  EVIDENCE_NAMED,
  effectiveCounts,
  MINIMUM_OBSERVATIONS,
  type RateContrast,
  ratesOf,
} from './rate-contrast.ts';
import type { SubjectTrial } from './subject-trials.ts';

/** What became of transcripts that were judged under both of two clauses. */
export interface PairTable {
  /** Stands earlier in the spec. */
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

/** Every pair of clauses with transcripts judged under both. */
export function pairTables(trials: readonly SubjectTrial[]): PairTable[] {
  const byTranscript = [...Map.groupBy(trials, ({ transcript }) => transcript).values()];
  const pairs = byTranscript.flatMap((own) => {
    const ordered = own.toSorted((a, b) => a.clause - b.clause);
    return ordered.flatMap((first, index) =>
      ordered.slice(index + 1).map((second) => ({ first, second })),
    );
  });
  const byClauses = Map.groupBy(pairs, ({ first, second }) => `${first.clause} ${second.clause}`);
  return [...byClauses.values()].map((own) => {
    const { first, second } = at(own, 0);
    return tableOf(first.clause, second.clause, own);
  });
}

function tableOf(
  first: number,
  second: number,
  pairs: readonly { first: SubjectTrial; second: SubjectTrial }[],
): PairTable {
  const count = (one: boolean, other: boolean): number =>
    pairs.filter((pair) => pair.first.hit === one && pair.second.hit === other).length;
  const apart = pairs.map(({ first: one, second: other }) => ({
    ...one,
    clause: 0,
    hit: one.hit !== other.hit,
  }));
  const rate = ratesOf(apart, 1, ({ hit }) => hit).ofClause(0);
  return {
    first,
    second,
    both: count(false, false),
    onlyFirst: count(false, true),
    onlySecond: count(true, false),
    neither: count(true, true),
    seeds: rate.clusters,
    designEffect: Math.max(1, rate.designEffect),
    apart: apart.filter(({ hit }) => hit).map(({ transcript }) => transcript),
  };
}

/**
 * Is the first kept more often where the second is broken than where it is kept? Fisher's exact test, on as many
 * transcripts as are left once those of one seed are reckoned alike. Null with too few transcripts to ask.
 */
export function contrastPair(table: PairTable): RateContrast | null {
  const { both, onlyFirst, onlySecond, neither, designEffect } = table;
  const broken = onlyFirst + neither;
  const kept = both + onlySecond;
  if (broken + kept < MINIMUM_OBSERVATIONS || broken === 0 || kept === 0) return null;
  const one = effectiveCounts(onlyFirst, broken, designEffect);
  // Rounded against the signal on this side too.
  const other = effectiveCounts(kept - both, kept, designEffect);
  const otherHits = other.trials - other.hits;
  const all = one.hits + otherHits;
  const most = Math.min(one.trials, all);
  return {
    hits: onlyFirst,
    trials: broken,
    seeds: table.seeds,
    elsewhere: { hits: both, trials: kept },
    designEffect,
    probability: fisherExact(one.hits, one.trials, otherHits, other.trials),
    least: fisherExact(most, one.trials, all - most, other.trials),
    seed: { cluster: -1, hits: onlyFirst, concentrated: false },
    evidence: table.apart.slice(0, EVIDENCE_NAMED),
  };
}

/** What there is to say of two clauses that pull apart; clauses by their ids. */
export interface PairEvidence {
  first: string;
  second: string;
  both: number;
  onlyFirst: number;
  onlySecond: number;
  transcripts: number;
  sameLevel: boolean;
  lower: string;
  /** Which of them is kept where one is; null where neither is favoured beyond chance. */
  wins: 'higher' | 'lower' | null;
  /** Whether the lower clause names the higher one. */
  givesWay: boolean;
}

/** Holds a pair against the levels and the text of the spec. */
export function pairEvidence(evidence: HealthEvidence, table: PairTable): PairEvidence {
  const { levels, sections } = evidence.spec;
  const { first, second, both, onlyFirst, onlySecond, neither } = table;
  const idOf = (clause: number): string => clauseAt(evidence, clause).id;
  const rank = (clause: number): number => {
    const found = levels.findIndex(({ name }) => name === clauseAt(evidence, clause).level);
    return found < 0 ? levels.length : found;
  };
  const [higher, lower] = rank(first) <= rank(second) ? [first, second] : [second, first];
  const winner = winnerOf(table);
  const section = sections.find(({ id }) => id === idOf(lower));
  const named = section === undefined ? [] : clauseText(evidence.spec, section).references;
  return {
    first: idOf(first),
    second: idOf(second),
    both,
    onlyFirst,
    onlySecond,
    transcripts: both + onlyFirst + onlySecond + neither,
    sameLevel: rank(first) === rank(second),
    lower: idOf(lower),
    wins: winner === null ? null : winner === higher ? 'higher' : 'lower',
    givesWay: named.some(({ id }) => id === idOf(higher)),
  };
}

/** The clause that is kept where only one is; null where neither is favoured beyond chance (exact McNemar). */
function winnerOf({
  first,
  second,
  onlyFirst,
  onlySecond,
  designEffect,
}: PairTable): number | null {
  const probability = exactMcNemar(onlyFirst / designEffect, onlySecond / designEffect);
  if (probability > 0.05) return null;
  return onlyFirst > onlySecond ? first : second;
}
