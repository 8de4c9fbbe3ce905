/**
 * @module features/spec/diff/sentences
 * What became of each sentence of a section, and what that does to the duties it states.
 */
import { diffWordsWithSpace } from 'diff';
import type { Block, Section } from '../../../spec/types.ts';
import { at } from '../../../text/at.ts';
import { because, type Said } from './messages.ts';
import { bindingDifference, bindingWords, isDirecting, isUnknownScript } from './modality.ts';
import { isQuantity } from './quantities.ts';
import type { ChangeClass, SentenceChange, WordPiece } from './schema.ts';
import { differingHunks } from './sequence.ts';
import { likelyPairs, shinglesOf } from './shingles.ts';
import { typographicReason, withoutTags, withoutTypography, wordsAlone } from './typography.ts';

/** Turns the names of levels and clauses that an older text uses into those of the newer version. */
export type Translate = (text: string) => string;

/** A sentence with what its surroundings lend it. */
interface Unit {
  text: string;
  /** In the names of the newer version. */
  translated: string;
  /** Whether a directing sentence introduces the list it stands in. */
  isLed: boolean;
  isDefinition: boolean;
  /** It puts things in an order (`a > b > c`). */
  isRanking: boolean;
}

/** Sentences that have less than this in common are two sentences. */
const LEAST_SIMILARITY = 0.4;
const MOST_WORD_EDITS = 400;
/** A ranking within a sentence: two signs between words, which tags and arrows are not. */
const RANKING = /[^\s<>] > [^<>]{1,200} > [^\s<>]/;

/** What directs behaviour in two versions of a section, sentence by sentence. */
export function textChanges(
  older: Section,
  newer: Section,
  translate: Translate,
): SentenceChange[] {
  return compare(unitsOf(older, 'text', translate), unitsOf(newer, 'text'), newer.isClause);
}

/** What only explains; it never changes a duty. */
export function commentaryChanges(
  older: Section,
  newer: Section,
  translate: Translate,
): SentenceChange[] {
  const before = unitsOf(older, 'commentary', translate);
  const changes = compare(before, unitsOf(newer, 'commentary'), false);
  return changes.map((change) =>
    change.class === 'editorial'
      ? change
      : { ...change, class: 'clarifying', ...because('commentary', {}) },
  );
}

/** Whether a section states anything that directs behaviour. */
export function statesDuty(section: Section): boolean {
  return unitsOf(section, 'text').some((unit) => unit.isLed || isDirecting(unit.text));
}

function unitsOf(
  section: Section,
  part: 'text' | 'commentary',
  translate: Translate = (text) => text,
): Unit[] {
  const units: Unit[] = [];
  const isDefinition = section.kind === 'definition';
  const visit = (blocks: readonly Block[], led: boolean): void => {
    let last = led;
    for (const block of blocks) {
      if (block.type === 'paragraph') {
        const isRanking = block.ranking !== undefined;
        // A ranking is one thing, whatever full stops are in it.
        const sentences =
          block.sentences.length > 0 && !isRanking ? block.sentences : [{ text: block.text }];
        for (const { text } of sentences) {
          const plain = withoutTags(text);
          if (plain === '') continue;
          units.push({
            text: plain,
            translated: translate(plain),
            isLed: led,
            isDefinition: isDefinition || block.term !== undefined,
            isRanking: isRanking || RANKING.test(plain),
          });
        }
        const end = at(sentences, sentences.length - 1).text;
        last = led || (/:\W*$/.test(end) && isDirecting(end));
      } else if (block.type === 'list') {
        for (const item of block.items) visit(item.blocks, last);
      } else if (block.type === 'code') {
        units.push({
          text: block.text,
          translated: translate(block.text),
          isLed: last,
          isDefinition,
          isRanking: false,
        });
      }
    }
  };
  if (part === 'text') visit(section.blocks, false);
  else {
    for (const block of section.blocks) {
      if (block.type === 'commentary') visit(block.blocks, false);
    }
  }
  return units;
}

function compare(
  older: readonly Unit[],
  newer: readonly Unit[],
  isClause: boolean,
): SentenceChange[] {
  const lost: Unit[] = [];
  const gained: Unit[] = [];
  const hunks = differingHunks(
    older.map(({ text }) => text),
    newer.map(({ text }) => text),
  );
  for (const { olderStart, olderEnd, newerStart, newerEnd } of hunks) {
    lost.push(...older.slice(olderStart, olderEnd));
    gained.push(...newer.slice(newerStart, newerEnd));
  }
  const partnerOf = new Map(pairUnits(lost, gained).map((pair) => [pair.newer, pair.older]));
  const paired = new Set(partnerOf.values());
  const removed = lost.filter((unit) => !paired.has(unit));
  return [
    ...removed.map((unit) => single('removed', unit, isClause)),
    ...gained.map((unit) => {
      const partner = partnerOf.get(unit);
      if (partner === undefined) return single('added', unit, isClause);
      return changed(partner, unit, isClause);
    }),
  ];
}

/** The same sentence in another place first, then the likest. */
function pairUnits(lost: readonly Unit[], gained: readonly Unit[]): { older: Unit; newer: Unit }[] {
  const pairs: { older: Unit; newer: Unit }[] = [];
  const places = Map.groupBy(lost, ({ translated }) => withoutTypography(translated));
  const restNewer = gained.filter((newer) => {
    const older = places.get(withoutTypography(newer.text))?.shift();
    if (older !== undefined) pairs.push({ older, newer });
    return older === undefined;
  });
  const left = new Set([...places.values()].flat());
  const restOlder = lost.filter((unit) => left.has(unit));
  const shingles = ({ translated }: Unit): Set<number> =>
    new Set([...shinglesOf(translated, 1), ...shinglesOf(translated, 2)]);
  return [...pairs, ...likelyPairs(restOlder, restNewer, shingles, LEAST_SIMILARITY)];
}

function single(type: 'added' | 'removed', unit: Unit, isClause: boolean): SentenceChange {
  const { text } = unit;
  return {
    type,
    ...weighSingle(type, unit, isClause),
    before: type === 'removed' ? text : null,
    after: type === 'added' ? text : null,
  };
}

type Verdict = Said & { class: ChangeClass };

const normative = (said: Said): Verdict => ({ class: 'normative', ...said });
const clarifying = (said: Said): Verdict => ({ class: 'clarifying', ...said });
const editorial = (said: Said): Verdict => ({ class: 'editorial', ...said });

function weighSingle(change: 'added' | 'removed', unit: Unit, isClause: boolean): Verdict {
  const { text } = unit;
  if (unit.isDefinition) return normative(because('of-definition', { change }));
  if (unit.isRanking) return normative(because('of-ranking', { change }));
  if (isUnknownScript(text) && isClause) return normative(because('unknown-script', { change }));
  if (isDirecting(text) || unit.isLed) {
    return normative(because('directing', { change, words: sayingWords(text) }));
  }
  return clarifying(because('not-directing', { change }));
}

/** The words by which a text binds, each once, without quantities. */
function sayingWords(text: string): string[] {
  return [...new Set(bindingWords(text).filter((word) => !isQuantity(word)))];
}

function changed(older: Unit, newer: Unit, isClause: boolean): SentenceChange {
  const [before, after] = [older.text, newer.text];
  if (before === after) {
    return { type: 'moved', ...editorial(because('stands-elsewhere', {})), before, after };
  }
  return {
    type: 'changed',
    ...weigh(older, newer, isClause),
    before,
    after,
    words: wordPieces(before, after),
  };
}

function weigh(older: Unit, newer: Unit, isClause: boolean): Verdict {
  const [before, after] = [older.text, newer.text];
  if (withoutTypography(before) === withoutTypography(after)) {
    return editorial(because(typographicReason(before, after), {}));
  }
  if (withoutTypography(older.translated) === withoutTypography(after)) {
    return editorial(because('names-only', {}));
  }
  if (older.isDefinition || newer.isDefinition) {
    return normative(because('definition-words', {}));
  }
  if (older.isRanking || newer.isRanking) {
    return normative(because('ranking-words', {}));
  }
  if (isUnknownScript(after) && isClause) {
    return normative(because('unknown-script', { change: 'changed' }));
  }
  const directs = [older, newer].some((unit) => unit.isLed || isDirecting(unit.text));
  const { lost, gained } = bindingDifference(older.translated, after);
  if ((directs || isClause) && lost.length + gained.length > 0) {
    return normative(because('binding', { lost, gained }));
  }
  if (wordsAlone(older.translated) === wordsAlone(after)) {
    return clarifying(because('same-words', {}));
  }
  return clarifying(
    directs
      ? because('same-modality', { words: sayingWords(after) })
      : because('directs-nothing', {}),
  );
}

/** Two texts word by word; as a whole where they have next to nothing in common. */
function wordPieces(before: string, after: string): WordPiece[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_WORD_EDITS });
  if (parts === undefined) {
    return [
      ['-', before],
      ['+', after],
    ];
  }
  return parts.map(({ added, removed, value }) => [added ? '+' : removed ? '-' : '=', value]);
}
