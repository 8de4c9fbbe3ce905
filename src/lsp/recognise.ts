/**
 * @module lsp/recognise
 * Which Markdown is a spec. Most of what people write in Markdown is none, and an editor that finds fault
 * with their notes is switched off.
 */

/** When a document counts as a spec: if it looks like one, whatever it looks like, or never. */
export type Recognise = 'auto' | 'always' | 'never';

const HEADER = /^\s*<!--\s*tenet:/;
/** A heading that names its id and says its level or kind. */
const CLAUSE = /^ {0,3}#{1,6}[ \t][^\n]{0,2000}\{#?[^{}\n]{0,2000}\b(?:authority|level|kind)=/m;
/** Other tools have headings with ids as well; with a marked reply in the document it is one of ours. */
const HEADING_WITH_ID = /^ {0,3}#{1,6}[ \t][^\n]{0,2000}\{#[^{}\n]{1,2000}\}[ \t]*\r?$/m;
const MARKED_REPLY = /^[* \t]{0,40}<assistant[^>\n]{0,200}>[ \t]{0,40}<!--\s*(?:GOOD|BAD|OK)\b/m;

/** Whether a text says of itself that it is a spec. */
export function looksLikeSpec(text: string): boolean {
  if (HEADER.test(text.slice(0, 2000)) || CLAUSE.test(text)) return true;
  return MARKED_REPLY.test(text) && HEADING_WITH_ID.test(text);
}

const EVAL_HEADER = /^\s*Examples for \[\^[^\]\s]{1,64}\] in /;

/** Whether a text opens like a file of eval prompts. */
export function looksLikeEvalFile(text: string): boolean {
  return EVAL_HEADER.test(text.slice(0, 2000));
}
