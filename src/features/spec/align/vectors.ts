/**
 * @module features/spec/align/vectors
 * Clauses as weighted words, and how alike two of them are: the more a word tells clauses of a spec apart, the
 * more it counts that both have it.
 */

import { addUnder, itemsUnder, putUnder } from '../../../spec/groups.ts';
import { at } from '../../../text/at.ts';
import { topicsOf } from './topics.ts';
import { type Word, wordsOf } from './words.ts';

/** What a clause says, in parts of unequal weight. */
export interface Wording {
  title: string;
  text: string;
  /** What explains or shows it: commentary, and the titles of its examples. */
  beside: string;
}

/** Weighted stems; the squares of the weights add up to 1, or to 0 for a text without telling words. */
export interface Vector {
  weights: ReadonlyMap<string, number>;
  /** How a stem is written, for those who read it. */
  written: ReadonlyMap<string, string>;
}

/** A title says in a few words what the text is about. */
const TITLE_WEIGHT = 2;
const BESIDE_WEIGHT = 0.5;
/** A common topic is less than a common word. */
const TOPIC_WEIGHT = 0.7;
/** Before a topic's name; no word begins so. */
const TOPIC_SIGN = '~';

/** The vectors of the clauses of two specs, weighed by how rare a word is in each of them. */
export function vectorsOf(
  first: readonly Wording[],
  second: readonly Wording[],
): { first: Vector[]; second: Vector[] } {
  const counts = [first.map(countsOf), second.map(countsOf)] as const;
  const shares = counts.map(sharesOf);
  // A word that stands everywhere in one of them ("assistant", "Claude") says little about any pair.
  const telling = (stem: string): number =>
    // What no clause of a spec has is no share of them.
    Math.log(1 / Math.max(...shares.map((ofStem) => ofStem.get(stem) ?? 0))) + 0.05;
  return {
    first: counts[0].map((counted) => vectorOf(counted, telling)),
    second: counts[1].map((counted) => vectorOf(counted, telling)),
  };
}

interface Counted {
  counts: Map<string, number>;
  written: Map<string, string>;
}

function countsOf({ title, text, beside }: Wording): Counted {
  const counts = new Map<string, number>();
  const written = new Map<string, string>();
  const add = (words: readonly Word[], weight: number): void => {
    for (const word of words) {
      addUnder(counts, word.stem, weight);
      const known = written.get(word.stem);
      if (known === undefined || word.written.length < known.length) {
        written.set(word.stem, word.written);
      }
      for (const topic of topicsOf(word.stem)) {
        addUnder(counts, TOPIC_SIGN + topic, weight * TOPIC_WEIGHT);
      }
    }
  };
  add(wordsOf(title), TITLE_WEIGHT);
  add(wordsOf(text), 1);
  add(wordsOf(beside), BESIDE_WEIGHT);
  return { counts, written };
}

/** In what share of the clauses each stem stands. */
function sharesOf(clauses: readonly Counted[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { counts } of clauses) {
    for (const stem of counts.keys()) addUnder(shares, stem);
  }
  for (const [stem, number] of shares) shares.set(stem, number / clauses.length);
  return shares;
}

function vectorOf({ counts, written }: Counted, telling: (stem: string) => number): Vector {
  const weights = new Map<string, number>();
  let squares = 0;
  for (const [stem, number] of counts) {
    const weight = Math.log1p(number) * telling(stem);
    weights.set(stem, weight);
    squares += weight * weight;
  }
  const length = Math.sqrt(squares);
  if (length > 0) for (const [stem, weight] of weights) weights.set(stem, weight / length);
  return { weights, written };
}

/** The cosine of two vectors, from 0 (no word in common) to 1. */
function similarityOf(first: Vector, second: Vector): number {
  const [small, large] =
    first.weights.size < second.weights.size ? [first, second] : [second, first];
  let sum = 0;
  for (const [stem, weight] of small.weights) {
    const other = large.weights.get(stem);
    if (other !== undefined) sum += weight * other;
  }
  return Math.min(1, sum);
}

/**
 * The words that two vectors share and that count most for their likeness, as the first one writes them. A topic
 * stands there (`~honesty`) where they have different words for it.
 */
export function sharedWords(first: Vector, second: Vector, most: number): string[] {
  const shared: { stem: string; word: string; part: number }[] = [];
  const said = new Set<string>();
  for (const [stem, weight] of first.weights) {
    const other = second.weights.get(stem);
    if (other === undefined) continue;
    shared.push({ stem, word: first.written.get(stem) ?? stem, part: weight * other });
    for (const topic of topicsOf(stem)) said.add(TOPIC_SIGN + topic);
  }
  return shared
    .filter(({ stem }) => !said.has(stem))
    .sort((a, b) => b.part - a.part || (a.word < b.word ? -1 : 1))
    .slice(0, most)
    .map(({ word }) => word);
}

/** So many entries of the index are looked at for one clause: all of them, in specs of a usual size. */
const MOST_ENTRIES = 5_000;
/** So many of the likeliest partners are compared word by word. */
const CANDIDATES = 16;

export interface Candidate {
  place: number;
  similarity: number;
}

/** Where a word stands, and with which weight. */
interface Entry {
  place: number;
  weight: number;
}

/** For each vector the likest ones among others, likest first. Linear in the number of vectors. */
export function likest(vectors: readonly Vector[], others: readonly Vector[]): Candidate[][] {
  const index = indexOf(others);
  const sums = new Float64Array(others.length);
  return vectors.map((vector) => {
    const touched: number[] = [];
    let left = MOST_ENTRIES;
    for (const { weight, entries } of entriesOf(vector, index)) {
      left -= entries.length;
      if (left < 0) break;
      for (const { place, weight: other } of entries) {
        const sum = at(sums, place);
        if (sum === 0) touched.push(place);
        sums[place] = sum + weight * other;
      }
    }
    const top = touched.sort((a, b) => at(sums, b) - at(sums, a) || a - b).slice(0, CANDIDATES);
    const found = top.map((place) => ({
      place,
      similarity: similarityOf(vector, at(others, place)),
    }));
    for (const place of touched) sums[place] = 0;
    return found.sort((a, b) => b.similarity - a.similarity || a.place - b.place);
  });
}

function indexOf(vectors: readonly Vector[]): Map<string, Entry[]> {
  const index = new Map<string, Entry[]>();
  for (const [place, { weights }] of vectors.entries()) {
    for (const [stem, weight] of weights) putUnder(index, stem, { place, weight });
  }
  return index;
}

/** What the index has of a vector's words, the shortest entries first: rare words cost least and say most. */
function entriesOf(
  vector: Vector,
  index: ReadonlyMap<string, Entry[]>,
): { weight: number; entries: readonly Entry[] }[] {
  return [...vector.weights]
    .map(([stem, weight]) => ({ weight, entries: itemsUnder(index, stem) }))
    .sort((a, b) => a.entries.length - b.entries.length);
}
