/**
 * @module audit/plain-text
 * Text that somebody else wrote, on its way to a judge: what could pass for structure, and what nobody sees,
 * stands as an escape. Inside a JSON string the escape means the very character, so nothing is lost.
 */

/**
 * Angle brackets, and the bars beside them: tags, and the control tokens of chat templates (`<|im_start|>`). Words in
 * square brackets, of which those with capitals side by side are control tokens of other templates (`[INST]`,
 * `[/INST]`, `[gMASK]`). Fences of three and more. Each part is bounded, so that no text takes long.
 */
const STRUCTURE = /<\|?|\|?>|\[\/?[A-Za-z_]{2,32}\]|`{3,}|~{3,}/g;

const TOKEN_WORD = /[A-Z_]{2}/;

/** Where the second look is worth while: most texts are plain, or nearly. */
const UNPLAIN = /[^\n -~]+/g;

/**
 * Controls, formats, direction marks and overrides, all that Unicode lets a screen leave out, tag characters, private
 * use, lone surrogates; and signs that turn into one of `< > " \ [ ] { } |` or a backtick where a tokenizer makes
 * compatibility forms (NFKC) alike. Written out, so that the same text is the same request under every Unicode version.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is meant by itself.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1fef\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufe37\ufe38\ufe47\ufe48\ufe5b\ufe5c\ufe64\ufe65\ufe68\ufeff\uff02\uff1c\uff1e\uff3b-\uff3d\uff40\uff5b-\uff5d\uffa0\ufff0-\uffff\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{10ffff}]|\p{Cs}/gu;

/**
 * The text with everything escaped that is no plain sign. JSON parses to the same value after it as before, stands on
 * one line where it did, and holds no tag, fence, template token or invisible character.
 */
export function plainText(text: string): string {
  return text
    .replace(STRUCTURE, escapedStructure)
    .replace(UNPLAIN, (run) => run.replace(UNSEEN, escaped));
}

/** What identifies this way of writing, for hashes. */
export const PLAIN_TEXT_FORM = `${STRUCTURE.source} ${UNSEEN.source}`;

function escapedStructure(found: string): string {
  if (!found.startsWith('[')) return escaped(found);
  return TOKEN_WORD.test(found) ? `${escaped('[')}${found.slice(1, -1)}${escaped(']')}` : found;
}

function escaped(text: string): string {
  let result = '';
  for (let index = 0; index < text.length; index++) {
    result += `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return result;
}
