/**
 * @module run/judging/plain-text
 * Text that somebody else wrote, on its way to a judge: what could pass for structure, and what nobody sees,
 * stands as an escape. Inside a JSON string the escape means the very character, so nothing is lost.
 */

import { UNSEEN_IN_REQUESTS } from '../../text/invisible.ts';

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
 * The text with everything escaped that is no plain sign. JSON parses to the same value after it as before, stands on
 * one line where it did, and holds no tag, fence, template token or invisible character.
 */
export function plainText(text: string): string {
  return text
    .replace(STRUCTURE, escapedStructure)
    .replace(UNPLAIN, (run) => run.replace(UNSEEN_IN_REQUESTS, escaped));
}

/** What identifies this way of writing, for hashes. */
export const PLAIN_TEXT_FORM = `${STRUCTURE.source} ${UNSEEN_IN_REQUESTS.source}`;

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
