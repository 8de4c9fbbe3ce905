/**
 * @module features/spec/align/align
 * Which clauses of two specs are about the same. First those that say it word for word, then those that are
 * each other's likest, then further ones that are much alike; what is left only one of the two says.
 */

import { clauseText } from '../../../spec/clause.ts';
import type { Section, Spec } from '../../../spec/types.ts';
import { at } from '../../../text/at.ts';
import type { AlignedClause, AlignedPair, AlignedSpec, Alignment, LoneClause } from './schema.ts';
import {
  type Candidate,
  likest,
  sharedWords,
  type Vector,
  vectorsOf,
  type Wording,
} from './vectors.ts';

/** Measured on real specs: below the first, clauses share some words and no subject. */
const LEAST = 0.14;
const CLEAR = 0.5;
/** A further partner must be this much alike, and nearly as much as the best one. */
const FURTHER_LEAST = 0.2;
const FURTHER_SHARE = 0.75;
const MOST_WORDS = 6;

/** Bounds of likeness, from 0 to 1. */
export interface AlignOptions {
  /** Pairs less alike than this are none. */
  least?: number;
  /** Pairs at least this much alike need no judge. */
  clear?: number;
}

/** One of the two specs, made ready to be compared. */
interface Side {
  clauses: AlignedClause[];
  wordings: Wording[];
  vectors: Vector[];
  /** For each clause the likest ones of the other side. */
  candidates: Candidate[][];
}

interface Sides {
  first: Side;
  second: Side;
}

function prepareSides(first: Spec, second: Spec): Sides {
  const wordings = [wordingsOf(first), wordingsOf(second)] as const;
  const vectors = vectorsOf(...wordings);
  return {
    first: {
      clauses: clauseSections(first).map(described),
      wordings: wordings[0],
      vectors: vectors.first,
      candidates: likest(vectors.first, vectors.second),
    },
    second: {
      clauses: clauseSections(second).map(described),
      wordings: wordings[1],
      vectors: vectors.second,
      candidates: likest(vectors.second, vectors.first),
    },
  };
}

/** The clauses of two specs side by side. */
export function alignSpecs(first: Spec, second: Spec, options: AlignOptions = {}): Alignment {
  const least = options.least ?? LEAST;
  const clear = options.clear ?? CLEAR;
  const sides = prepareSides(first, second);
  const identical = identicalPairs(sides);
  const places = [...identical, ...mutualPairs(sides, least, identical)];
  const further = furtherPairs(sides, Math.max(least, FURTHER_LEAST), places);
  const pairs = [...places, ...further].map((pair) => describedPair(sides, pair));
  return arranged({
    schema: 'tenet.alignment/1',
    first: specOf(first, sides.first),
    second: specOf(second, sides.second),
    least,
    clear,
    judge: null,
    pairs,
    onlyFirst: loneOf(sides.first, sides.second, new Set(pairs.map((pair) => pair.first.id))),
    onlySecond: loneOf(sides.second, sides.first, new Set(pairs.map((pair) => pair.second.id))),
  });
}

/** Pairs in the order of the first spec, the likest first; lone clauses in their own order. */
export function arranged(alignment: Alignment): Alignment {
  const byLine = (a: AlignedClause, b: AlignedClause): number => a.line - b.line;
  return {
    ...alignment,
    pairs: alignment.pairs.toSorted(
      (a, b) =>
        byLine(a.first, b.first) || b.similarity - a.similarity || byLine(a.second, b.second),
    ),
    onlyFirst: alignment.onlyFirst.toSorted(byLine),
    onlySecond: alignment.onlySecond.toSorted(byLine),
  };
}

function clauseSections(spec: Spec): Section[] {
  return spec.sections.filter(({ isClause, isNavigation }) => isClause && isNavigation !== true);
}

function wordingsOf(spec: Spec): Wording[] {
  return clauseSections(spec).map((section) => {
    const { text, commentary, examples } = clauseText(spec, section);
    const beside = [...commentary, ...examples.map(({ title }) => title)].join('\n');
    return { title: section.title, text, beside };
  });
}

function described({ id, title, level, heading }: Section): AlignedClause {
  return { id, title, level, line: heading.start.line };
}

function specOf({ id, version, title, sha256 }: Spec, { clauses }: Side): AlignedSpec {
  return { id, version, title, sha256, clauses: clauses.length };
}

interface PlacedPair {
  first: number;
  second: number;
  similarity: number;
  match: AlignedPair['match'];
}

/** Clauses with the same title and text; where several say the same, in their order. */
function identicalPairs({ first, second }: Sides): PlacedPair[] {
  const waiting = Map.groupBy(second.wordings.entries(), ([, wording]) => keyOf(wording));
  return first.wordings.flatMap((wording, place): PlacedPair[] => {
    const partner = waiting.get(keyOf(wording))?.shift();
    if (partner === undefined) return [];
    return [{ first: place, second: partner[0], similarity: 1, match: 'identical' }];
  });
}

function keyOf({ title, text }: Wording): string {
  return `${title}\n${text}`.replaceAll(/\s+/g, ' ').trim();
}

function mutualPairs(
  { first, second }: Sides,
  least: number,
  taken: readonly PlacedPair[],
): PlacedPair[] {
  const takenFirst = new Set(taken.map((pair) => pair.first));
  const takenSecond = new Set(taken.map((pair) => pair.second));
  const bestOf = (side: Side, place: number, without: ReadonlySet<number>): Candidate | undefined =>
    at(side.candidates, place).find((candidate) => !without.has(candidate.place));
  return first.clauses.flatMap((_, place): PlacedPair[] => {
    if (takenFirst.has(place)) return [];
    const best = bestOf(first, place, takenSecond);
    if (best === undefined || best.similarity < least) return [];
    const back = bestOf(second, best.place, takenFirst);
    if (back?.place !== place) return [];
    return [{ first: place, second: best.place, similarity: best.similarity, match: 'mutual' }];
  });
}

/** What is much like a clause beside its best partner: one of them covers what the other has in parts. */
function furtherPairs(
  { first, second }: Sides,
  least: number,
  taken: readonly PlacedPair[],
): PlacedPair[] {
  // Clauses that are word for word the same need no further partner.
  const settled = taken.filter(({ match }) => match === 'identical');
  const settledFirst = new Set(settled.map((pair) => pair.first));
  const settledSecond = new Set(settled.map((pair) => pair.second));
  const known = new Set(taken.map((pair) => `${pair.first} ${pair.second}`));
  const strong = [
    ...strongOf(first, least).map(([one, other, alike]) => [one, other, alike] as const),
    ...strongOf(second, least).map(([one, other, alike]) => [other, one, alike] as const),
  ];
  return strong.flatMap(([one, other, similarity]): PlacedPair[] => {
    const key = `${one} ${other}`;
    if (settledFirst.has(one) || settledSecond.has(other) || known.has(key)) return [];
    known.add(key);
    return [{ first: one, second: other, similarity, match: 'further' }];
  });
}

/** Places of clauses of a side, each with one of the other side that is much like it, and how much. */
function strongOf(side: Side, least: number): (readonly [number, number, number])[] {
  return side.candidates.flatMap((candidates, place) => {
    const [best] = candidates;
    if (best === undefined) return [];
    const bound = Math.max(least, best.similarity * FURTHER_SHARE);
    const strong = candidates.filter(({ similarity }) => similarity >= bound);
    return strong.map((other) => [place, other.place, other.similarity] as const);
  });
}

function describedPair(
  sides: Sides,
  { first, second, similarity, match }: PlacedPair,
): AlignedPair {
  const [own, other] = [at(sides.first.vectors, first), at(sides.second.vectors, second)];
  return {
    first: at(sides.first.clauses, first),
    second: at(sides.second.clauses, second),
    similarity: rounded(similarity),
    match,
    words: sharedWords(own, other, MOST_WORDS),
    judgement: null,
  };
}

function loneOf(side: Side, other: Side, paired: ReadonlySet<string>): LoneClause[] {
  return side.clauses.flatMap((clause, place): LoneClause[] => {
    if (paired.has(clause.id)) return [];
    const [best] = at(side.candidates, place);
    if (best === undefined) return [{ ...clause, nearest: null }];
    const { id } = at(other.clauses, best.place);
    const words = sharedWords(at(side.vectors, place), at(other.vectors, best.place), MOST_WORDS);
    return [{ ...clause, nearest: { id, similarity: rounded(best.similarity), words } }];
  });
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
