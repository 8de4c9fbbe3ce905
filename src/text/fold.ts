/**
 * @module text/fold
 * Texts made comparable in two degrees: by how they look, for looking quotes up, and by their words, for finding
 * copies of a text.
 */

const SINGLE_QUOTE = /[\u2018\u2019\u201a\u2032]/;
const DOUBLE_QUOTE = /[\u201c\u201d\u201e\u2033]/;

/**
 * The text as it looks, and where each of its UTF-16 units came from: runs of white space as one space, quotation
 * marks made alike, invisible characters left out, compatibility forms (full-width letters, ligatures) and accented
 * letters taken apart (NFKD). Otherwise a text could be written so that no honest quote of it would hold.
 */
export function foldLooks(text: string): { text: string; origin: number[] } {
  const origin: number[] = [];
  let folded = '';
  let inSpace = false;
  for (let index = 0; index < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
    const plain = foldCharacter(character);
    const isSpace = plain === ' ';
    if (!(isSpace && inSpace)) {
      folded += plain;
      for (let unit = 0; unit < plain.length; unit++) origin.push(index);
    }
    // What can't be seen does not end a run of white space.
    if (plain !== '') inSpace = isSpace;
    index += character.length;
  }
  return { text: folded, origin };
}

/** One character as it looks: empty where it can't be seen, a space for white space of any kind. */
function foldCharacter(character: string): string {
  if (character >= '!' && character <= '~') return character;
  // JavaScript takes the byte order mark for white space, which nobody sees.
  if (/[^\S\ufeff]/.test(character)) return ' ';
  if (/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(character)) return '';
  if (SINGLE_QUOTE.test(character)) return "'";
  return DOUBLE_QUOTE.test(character) ? '"' : character.normalize('NFKD');
}

/**
 * Alike for texts that differ in case, white space and the kind of quotation mark only. It folds less than
 * `foldLooks`: invisible characters, compatibility forms and accents still tell texts apart here.
 */
export function foldWords(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Finds words folded by `foldWords` in text as it was written. */
export function foldedPattern(words: string): RegExp {
  const source = words
    .split(/(['" ])/)
    .map((part) => ANY_FORM[part] ?? RegExp.escape(part))
    .join('');
  return new RegExp(source, 'gi');
}

const ANY_FORM: Readonly<Record<string, string>> = {
  "'": "['‘’]",
  '"': '["“”]',
  ' ': '\\s+',
};
