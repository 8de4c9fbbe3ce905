/**
 * @module features/spec/align/words
 * The words of a clause that say what it is about, brought to their stems, so that "lying" and "lies" meet.
 */

/** Words that stand in any text, and those of duty: they say how a clause binds, not what it is about. */
const COMMON = new Set(
  `a about above after again all also although always am an and another any are aren as at be because been
before being below best both but by can cannot case cases could did didn do does doesn doing don down during each either
else e.g eg etc even every few for from further get gets give given gives go good had has hasn have having he her here hers
him his how however i if in instead into is isn it its itself just keep less let like make makes making many may might more
most much must my need needs neither never no nor not of off often on once one ones only onto or other others otherwise our
out over own per rather same say says see shall she should shouldn since so some something sometimes still such take
takes than that the their theirs them themselves then there these they thing things this those though through thus to too
two under unless until up upon us use used uses using usually very via was way ways we well were what whatever when where
whether which while who whole whom whose why will with within without won would yes yet you your yours default example
examples following include includes including generally typically`.split(/\s+/),
);

/** Chinese, Japanese and Thai put no spaces between words: two letters at a time are as near as it gets. */
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]+$/u;
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]+|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{N}\p{M}])+/gu;
const MARKUP = /\]\([^)\s]*\)|https?:\/\/[^\s)]+|<!--[\s\S]*?-->/g;

/** A word as written, and what it counts as. */
export interface Word {
  written: string;
  stem: string;
}

/** The telling words of a text, in order, each as often as it stands there. */
export function wordsOf(text: string): Word[] {
  const plain = text.replace(MARKUP, ' ').toLowerCase().replaceAll(/[’']/g, ' ');
  const words: Word[] = [];
  for (const [written] of plain.matchAll(WORD)) {
    if (UNSPACED.test(written)) {
      for (const pair of pairsOf(written)) words.push({ written: pair, stem: pair });
    } else if (written.length > 1 && !COMMON.has(written)) {
      words.push({ written, stem: stemOf(written) });
    }
  }
  return words;
}

function pairsOf(text: string): string[] {
  const letters = [...text];
  if (letters.length < 2) return letters;
  return letters.slice(1).map((letter, place) => `${letters[place]}${letter}`);
}

/** Endings of English words with what they leave, longest first. Light on purpose: a stem is never shown. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['iveness', 'ive'],
  ['ousness', 'ous'],
  ['ibility', 'ible'],
  ['ability', 'able'],
  ['ically', 'ic'],
  ['ations', 'ate'],
  ['ation', 'ate'],
  ['ingly', ''],
  ['ments', 'ment'],
  ['iness', 'y'],
  ['ness', ''],
  ['ally', 'al'],
  ['edly', ''],
  ['ying', 'y'],
  ['ies', 'y'],
  ['ied', 'y'],
  ['ily', 'y'],
  ['ity', ''],
  ['ing', ''],
  ['sses', 'ss'],
  ['ers', ''],
  ['ly', ''],
  ['ed', ''],
  ['es', ''],
  ['er', ''],
  ['s', ''],
];
const LEAST_STEM = 3;

/** What is left of a word without its ending. */
export function stemOf(word: string): string {
  if (!/^[a-z]+$/.test(word) || word.length <= LEAST_STEM) return word;
  // "less", "focus" and "crisis" end in no plural.
  if (/(?:ss|us|is)$/.test(word) && !/(?:ness|less)$/.test(word)) return word;
  for (const [ending, left] of ENDINGS) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length) + left;
    if (stem.length >= LEAST_STEM) return plainEnd(stem);
  }
  return plainEnd(word);
}

/** "planning" and "plan", "care" and "caring" end alike. */
function plainEnd(stem: string): string {
  const single = /([bdgkmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
  return single.length > LEAST_STEM && single.endsWith('e') ? single.slice(0, -1) : single;
}
