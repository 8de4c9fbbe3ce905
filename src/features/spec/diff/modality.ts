/**
 * @module features/spec/diff/modality
 * The words by which a sentence binds: what must, may or must never be, where it ends, and how much of it.
 * English only; of a text in another script it says that it cannot tell.
 */
import { addUnder } from '../../../spec/groups.ts';
import { matchesIn } from '../../../text/matches.ts';
import { quantitiesIn } from './quantities.ts';

const DUTY =
  'must shall should may can never always required prohibited forbidden allowed permitted avoid refuse ought';
const LIMIT =
  'not no none neither nor without unless except only all any every default least most generally typically usually before after until';
const BINDING = new Set(`${DUTY} ${LIMIT}`.split(' '));

/** Words that come and go with the wording, and bind where one of them takes the place of another. */
const OPPOSITES = [
  ['and', 'or', 'and/or'],
  ['more', 'less', 'fewer'],
  ['above', 'below'],
  ['over', 'under'],
  ['minimum', 'maximum'],
  ['first', 'last'],
];

const DIRECTS =
  /\b(?:must|shall|should|never|always|ought to|prohibited|forbidden|required to|expected to|needs? to|has to|have to|do not|is not to|(?:assistant|model|claude|developers?|users?|operators?|messages?) (?:may|can|will|is allowed to|is permitted to))\b/;
/** Sentences that begin so are orders. */
const ORDER =
  /^\W*(?:do|avoid|never|always|refuse|ensure|make sure|keep|use|provide|treat|follow|respect|ask|assume|consider|decline|respond|answer|choose|prefer|protect|be)\b/;

/** The text in lower case, with one kind of apostrophe and contractions in full. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02bc\u2032]/g, "'")
    .replaceAll(/\bcan't\b|\bcannot\b/g, 'can not')
    .replaceAll(/\bwon't\b/g, 'will not')
    .replaceAll(/n't\b/g, ' not');
}

/** Whether a sentence directs behaviour by itself. */
export function isDirecting(text: string): boolean {
  const words = plain(text);
  return DIRECTS.test(words) || ORDER.test(words);
}

/** True for a text in a script whose binding words are not known here. */
export function isUnknownScript(text: string): boolean {
  const letters = matchesIn(text, /\p{L}/gu).length;
  const latin = matchesIn(text, /\p{sc=Latin}/gu).length;
  return letters > 0 && latin * 2 < letters;
}

/**
 * The binding words, numbers and signs that one of two sentences has more often than the other; places in
 * the spec that it refers to only where others took their place, for a new reference alone explains.
 */
export function bindingDifference(before: string, after: string): Difference {
  const plainly = difference(bindingWords(before), bindingWords(after));
  const swapped = [
    exchanged(difference(targetsIn(before), targetsIn(after))),
    ...OPPOSITES.map((group) => {
      const of = (text: string): string[] => wordsIn(text).filter((word) => group.includes(word));
      return exchanged(difference(of(before), of(after)));
    }),
  ];
  return {
    lost: [...plainly.lost, ...swapped.flatMap(({ lost }) => lost)],
    gained: [...plainly.gained, ...swapped.flatMap(({ gained }) => gained)],
  };
}

interface Difference {
  lost: string[];
  gained: string[];
}

/** What one of two lists has more often than the other. */
function difference(before: readonly string[], after: readonly string[]): Difference {
  const counts = new Map<string, number>();
  for (const word of before) addUnder(counts, word, -1);
  for (const word of after) addUnder(counts, word);
  const of = (sign: number): string[] =>
    [...counts].filter(([, count]) => Math.sign(count) === sign).map(([word]) => word);
  return { lost: of(-1), gained: of(1) };
}

function exchanged(found: Difference): Difference {
  const isExchange = found.lost.length > 0 && found.gained.length > 0;
  return isExchange ? found : { lost: [], gained: [] };
}

/** The words and quantities in a sentence that say how far it binds. */
export function bindingWords(text: string): string[] {
  const words = wordsIn(text).filter((word) => BINDING.has(word));
  return [...words, ...quantitiesIn(withoutTargets(plain(text)))];
}

function wordsIn(text: string): string[] {
  return matchesIn(withoutTargets(plain(text)), /and\/or|[a-z]+/g);
}

/** Where the links within the spec lead. */
function targetsIn(text: string): string[] {
  return [...text.matchAll(/\]\((#[^()\s]+)\)/g)].map(([, target = '']) => target);
}

/** An id or address may hold any word. */
function withoutTargets(text: string): string {
  return text.replaceAll(/\]\([^()\s]*\)/g, '] ');
}
