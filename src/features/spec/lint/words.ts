/** @module features/spec/lint/words What rules count as words, duties and hedges, in English. */

const REFERENCE = /\[\?\]\(#[^()[\]\s]{1,200}\)/g;
const LINK = /\[([^[\]]{0,500})\]\([^()\s]{0,2000}\)/g;
const EVAL_TAG = / ?\[\^[A-Za-z0-9_-]{1,64}\]/g;

/** A sentence as it is read: links are their text, a reference is one word, eval tags are gone. */
import { matchesIn } from '../../../text/matches.ts';

export function plainText(text: string): string {
  if (!text.includes('[')) return text;
  return text.replace(EVAL_TAG, '').replace(REFERENCE, 'reference').replace(LINK, '$1');
}

/** The words of a plain text: whatever stands between white space. */
export function wordsOf(plain: string): string[] {
  return matchesIn(plain, /\S+/g);
}

/** A verb that binds: what it is about must, should or must not be done. */
export const DUTY =
  /\b(?:(?:must|should)(?:n['’]t)?|shall|never|cannot|can['’]t|may not|required|prohibited|ought to|(?:needs?|has|have) to)\b/i;

/** Every binding verb in a text, a "must never" counted once. */
export const DUTIES =
  /\b(?:(?:must|should)n['’]t|(?:must|should|shall)(?: (?:not|never|always))?|never|cannot|can['’]t|may not|required|prohibited|ought to|(?:needs?|has|have) to)\b/gi;

/** A duty that allows no exception. */
export const ABSOLUTE =
  /\b(?:must(?: not| never| always)?|never|shall(?: not)?|under no circumstances)\b/i;

/** Words that leave open whether a duty holds at all. */
export const HEDGE =
  /\b(?:generally|typically|usually|normally|ordinarily|in general|as a rule|for the most part|as appropriate|as needed|as necessary|to the extent (?:possible|feasible)|where (?:possible|feasible|practical)|if (?:possible|feasible|practical)|ideally|preferably)\b/i;

/** How many syllables an English word has, as a reader of its letters would guess. */
export function syllablesIn(word: string): number {
  const letters = word
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .slice(0, 60);
  if (letters.length <= 3) return 1;
  const trimmed = letters.replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, '').replace(/^y/, '');
  return Math.max(1, trimmed.match(/[aeiouy]{1,2}/g)?.length ?? 1);
}

/** Text made comparable: lower case, no punctuation, single spaces. */
export function normalised(text: string): string {
  return matchesIn(text.toLowerCase(), /[\p{L}\p{N}]+/gu).join(' ');
}
