/**
 * @module features/spec/diff/shingles
 * How much of two texts is the same: by the short sequences of words they share. An index from sequence to
 * text keeps the search for likely pairs near linear, however many texts there are.
 */

import { addUnder } from '../../../spec/groups.ts';
/** The sequences of words of a text, as hashes of 32 bits. */
import { at } from '../../../text/at.ts';
import { matchesIn } from '../../../text/matches.ts';

export type Shingles = ReadonlySet<number>;

/** Scripts without spaces between words count letter by letter. */
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{N}\p{M}])+/gu;
const PLAIN_WORD = /[a-z0-9]+/g;
const ASCII = /^[\0-\x7f]*$/;
/** A sequence in more texts than this says nothing about which of them is meant. */
const MOST_TEXTS = 16;
/** So many of the likeliest partners are looked at closely. */
const CANDIDATES = 6;
const EMPTY_WORD = 1;

/** The words of a text in lower case. */
function wordsOf(text: string): string[] {
  const lower = text.toLowerCase();
  return matchesIn(lower, ASCII.test(lower) ? PLAIN_WORD : WORD);
}

/** Its sequences of `size` words; a text shorter than that is one sequence, and one without words has none. */
export function shinglesOf(text: string, size = 3): Shingles {
  const shingles = new Set<number>();
  const hashes = wordsOf(text).map(hashWord);
  if (hashes.length === 0) return shingles;
  while (hashes.length < size) hashes.push(EMPTY_WORD);
  for (let start = 0; start + size <= hashes.length; start++) {
    let hash = 0;
    for (let next = start; next < start + size; next++) {
      hash = Math.imul(hash ^ at(hashes, next), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    shingles.add(hash);
  }
  return shingles;
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  }
  return hash;
}

/** How many sequences two texts share; those in `without` do not count. */
export function sharedCount(first: Shingles, second: Shingles, without?: Shingles): number {
  const [small, large] = first.size < second.size ? [first, second] : [second, first];
  let count = 0;
  for (const shingle of small) {
    if (large.has(shingle) && without?.has(shingle) !== true) count++;
  }
  return count;
}

/** Twice the shared sequences over all of both, from 0 to 1; two empty texts are alike. */
export function similarityOf(first: Shingles, second: Shingles): number {
  const total = first.size + second.size;
  return total === 0 ? 1 : (2 * sharedCount(first, second)) / total;
}

/** Which of many texts share most with a given one. */
export interface ShingleIndex {
  /** Places (from 0) of the texts that share most with this one, likeliest first. */
  likeliest(shingles: Shingles, without?: Shingles): number[];
}

/** An index over texts. */
export function indexShingles(texts: readonly Shingles[]): ShingleIndex {
  const places = new Map<number, number[]>();
  for (const [place, shingles] of texts.entries()) {
    for (const shingle of shingles) {
      const known = places.get(shingle);
      if (known === undefined) places.set(shingle, [place]);
      else if (known.length <= MOST_TEXTS) known.push(place);
    }
  }
  return {
    likeliest: (shingles, without) => {
      const counts = new Map<number, number>();
      for (const shingle of shingles) {
        const known = places.get(shingle);
        if (known === undefined || known.length > MOST_TEXTS || without?.has(shingle)) continue;
        for (const place of known) addUnder(counts, place);
      }
      return [...counts]
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, CANDIDATES)
        .map(([place]) => place);
    },
  };
}

/** Pairs of things whose texts are at least so alike, the likest first, none in two pairs. */
export function likelyPairs<T>(
  older: readonly T[],
  newer: readonly T[],
  textOf: (one: T) => Shingles,
  least: number,
): { older: T; newer: T }[] {
  if (older.length === 0 || newer.length === 0) return [];
  const texts = older.map(textOf);
  const index = indexShingles(texts);
  const found = newer.flatMap((one, newerPlace) => {
    const shingles = textOf(one);
    return index.likeliest(shingles).map((olderPlace) => {
      const similarity = similarityOf(at(texts, olderPlace), shingles);
      return { olderPlace, newerPlace, similarity };
    });
  });
  found.sort(
    (a, b) =>
      b.similarity - a.similarity || a.newerPlace - b.newerPlace || a.olderPlace - b.olderPlace,
  );
  const freeOlder = new Map(older.entries());
  const freeNewer = new Map(newer.entries());
  return found.flatMap(({ olderPlace, newerPlace, similarity }) => {
    const [first, second] = [freeOlder.get(olderPlace), freeNewer.get(newerPlace)];
    if (similarity < least || first === undefined || second === undefined) return [];
    freeOlder.delete(olderPlace);
    freeNewer.delete(newerPlace);
    return [{ older: first, newer: second }];
  });
}
