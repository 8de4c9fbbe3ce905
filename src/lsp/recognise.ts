/**
 * @module lsp/recognise
 * Which documents are specs. Most of what people write in Markdown is none, and an editor that finds fault
 * with their notes is switched off.
 */
import { isInstructionFile } from '../spec/index.ts';
import { recognise } from '../spec/recognise.ts';
import { SourceText } from '../spec/source-text.ts';

/** When a document counts as a spec: if it looks like one, whatever it looks like, or never. */
export type Recognise = 'auto' | 'always' | 'never';

const HEADER = /^\s*<!--\s*tenet:/;
/** A heading that names its id and says its level or kind. */
const CLAUSE = /^ {0,3}#{1,6}[ \t][^\n]{0,2000}\{#?[^{}\n]{0,2000}\b(?:authority|level|kind)=/m;
/** Other tools have headings with ids as well; with a marked reply in the document it is one of ours. */
const HEADING_WITH_ID = /^ {0,3}#{1,6}[ \t][^\n]{0,2000}\{#[^{}\n]{1,2000}\}[ \t]*\r?$/m;
const MARKED_REPLY = /^[* \t]{0,40}<assistant[^>\n]{0,200}>[ \t]{0,40}<!--\s*(?:GOOD|BAD|OK)\b/m;

/** A way of writing shows early; what comes later is not looked at with every keystroke. */
const LOOKED_AT = 200_000;

/** Who a spec of behaviour binds, and that it does: "the assistant should …". */
const BINDS_A_MODEL =
  /\b(?:assistants?|the (?:ai|model|agent|chatbot)|our models|(?:ai|language) (?:models?|systems?)|claude|chatgpt|gemini|grok|llama|mistral)\b[^.!?\n]{0,80}\b(?:should|must|shall|ought to|never|may not)\b/gi;
/** Guides to a library say once or twice what a model must be given; a constitution says little else. */
const LEAST_BINDING = 3;
const LINES_PER_BINDING = 20;

/** What a reply is called where two of them are told apart. */
const SPEAKS_OF_REPLIES = /\b(?:responses?|repl(?:y|ies)|answers?|assistant)\b/i;
const MARK = /^(?:[-*]\s+)?\*{0,2}(✅|❌)/gmu;

const DATA_LANGUAGES: ReadonlySet<string> = new Set(['json', 'jsonc', 'jsonl', 'yaml']);

/** Whether an editor's language is one in which a spec can stand as data. */
export function isDataLanguage(languageId: string): boolean {
  return DATA_LANGUAGES.has(languageId);
}

/** Whether a text, or the name of its file, says of itself that it is a spec. */
export function looksLikeSpec(text: string, file = '', languageId = 'markdown'): boolean {
  const start = text.slice(0, LOOKED_AT).replace(/^\ufeff/, '');
  if (isDataLanguage(languageId)) return looksLikeData(start);
  if (HEADER.test(start.slice(0, 2000)) || CLAUSE.test(text)) return true;
  if (MARKED_REPLY.test(text) && HEADING_WITH_ID.test(text)) return true;
  return isInstructionFile(file) || isWrittenAnotherWay(start);
}

/** Our own forms name themselves. Other JSON may well have a field `rule`, but no list of traits. */
function looksLikeData(start: string): boolean {
  const opening = start.slice(0, 4000).trimStart();
  if (/"?\bschema"?\s*:\s*["']?tenet\.spec(?:-lines)?\/1\b/.test(opening)) return true;
  return /^[[{]/.test(opening) && /"(?:trait|principle)"\s*:\s*"/.test(opening);
}

/** Markdown without ids: what `recognise` sees in it must also be about how a model behaves. */
function isWrittenAnotherWay(start: string): boolean {
  // Without a name, so that its ending does not make data of it.
  const { dialect, confidence } = recognise(new SourceText('', start));
  if (dialect === 'policy') return confidence >= 0.8;
  if (dialect === 'rules') return confidence >= 0.9 && SPEAKS_OF_REPLIES.test(start);
  if (dialect === 'marked') {
    const marks = new Set([...start.matchAll(MARK)].map(([, mark]) => mark));
    return (marks.size === 2 && SPEAKS_OF_REPLIES.test(start)) || bindsModels(start);
  }
  return dialect === 'prose' && bindsModels(start);
}

function bindsModels(start: string): boolean {
  const count = [...start.matchAll(BINDS_A_MODEL)].length;
  const lines = start.split('\n').filter((line) => line.trim() !== '').length;
  return count >= LEAST_BINDING && count * LINES_PER_BINDING >= lines;
}

const EVAL_HEADER = /^\s*Examples for \[\^[^\]\s]{1,64}\] in /;

/** Whether a text opens like a file of eval prompts. */
export function looksLikeEvalFile(text: string): boolean {
  return EVAL_HEADER.test(text.slice(0, 2000));
}
