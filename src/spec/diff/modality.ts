/**
 * @module spec/diff/modality
 * The words by which a sentence binds: what must, may or must never be, where it ends, and how much of it.
 * English only; of a text in another script it says that it cannot tell.
 */

const DUTY = [
  'must',
  'shall',
  'should',
  'may',
  'can',
  'never',
  'always',
  'required',
  'prohibited',
  'forbidden',
  'allowed',
  'permitted',
  'avoid',
  'refuse',
  'ought',
];
const LIMIT = [
  'not',
  'no',
  'none',
  'neither',
  'nor',
  'without',
  'unless',
  'except',
  'only',
  'all',
  'any',
  'every',
  'default',
  'least',
  'most',
  'generally',
  'typically',
  'usually',
];
const BINDING = new Set([...DUTY, ...LIMIT]);

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
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{sc=Latin}/gu)?.length ?? 0;
  return letters > 0 && latin * 2 < letters;
}

/** The binding words and the numbers that one of two sentences has more often than the other. */
export function bindingDifference(
  before: string,
  after: string,
): { lost: string[]; gained: string[] } {
  const counts = new Map<string, number>();
  for (const word of bindingWords(before)) counts.set(word, (counts.get(word) ?? 0) - 1);
  for (const word of bindingWords(after)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const of = (sign: number): string[] =>
    [...counts].filter(([, count]) => Math.sign(count) === sign).map(([word]) => word);
  return { lost: of(-1), gained: of(1) };
}

/** The words in a sentence that say how far it binds, each once. */
export function bindingWords(text: string): string[] {
  const words = plain(text).match(/\d+(?:[.,]\d+)*|[a-z]+/g) ?? [];
  return words.filter((word) => BINDING.has(word) || /^\d/.test(word));
}

/** Numbers apart from words. */
export function isNumber(word: string): boolean {
  return /^\d/.test(word);
}
