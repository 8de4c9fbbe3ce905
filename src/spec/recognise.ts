/**
 * @module spec/recognise
 * Says in which way a document is written, from its name and its first look.
 */

import type { DialectName } from './dialects/dialect.ts';
import { isInstructionFile } from './dialects/instructions.ts';
import { kindOfChapter } from './dialects/marked.ts';
import { isComparative } from './semantics/form.ts';
import { binds } from './semantics/modality.ts';
import type { SourceText } from './source-text.ts';

/** How a document is written, how sure that is (0 to 1), and what shows it. */
export interface Recognition {
  dialect: DialectName;
  confidence: number;
  why: string;
}

/** Enough to know a way of writing by; a longer document is not read twice. */
const MOST_LINES = 4000;

/** The dialect of a document. One that shows nothing is read as Markdown with ids, which says what is missing. */
export function recognise(source: SourceText): Recognition {
  const byForm = recogniseRecords(source);
  if (byForm !== null) return byForm;
  if (source.text.slice(0, 1000).trimStart().startsWith('<!-- tenet:')) {
    return is('tenet', 1, 'it opens with a comment for Tenet');
  }
  if (source.text.startsWith('<!-- tenet-file:')) {
    return is('instructions', 1, 'it is a set of instruction files');
  }
  if (isInstructionFile(source.file)) {
    return is('instructions', 0.95, 'its file name is one of instructions');
  }
  return recogniseMarkdown(look(source));
}

function is(dialect: DialectName, confidence: number, why: string): Recognition {
  return { dialect, confidence, why };
}

function recogniseRecords(source: SourceText): Recognition | null {
  const start = source.text.slice(0, 4000).trimStart();
  const isYaml = /\.ya?ml$/i.test(source.file);
  if (isYaml || /^(?:schema: *["']?tenet\.spec\/)/m.test(start.slice(0, 300))) {
    return is('yaml', isYaml ? 0.9 : 1, 'it is YAML');
  }
  const opensRecord = /^(?:\{\s*["}]|\[\s*(?:\{\s*"|"|\]))/.test(start);
  if (!opensRecord) return null;
  if (/"schema"\s*:\s*"tenet\.spec-lines\/1"/.test(start)) {
    return is('jsonl', 1, 'its first line says tenet.spec-lines/1');
  }
  if (/"schema"\s*:\s*"tenet\.spec\/1"/.test(start)) {
    return is('json', 1, 'it says tenet.spec/1');
  }
  const traits = is('traits', 0.95, 'it is JSON with traits');
  if (/"(?:trait|principle|rule)"\s*:/.test(start)) return traits;
  // A line such as `[](` opens no JSON where the name says Markdown.
  if (/\.(?:md|markdown)$/i.test(source.file)) return null;
  if (/^\[\s*"/.test(start)) return traits;
  if (/"id"\s*:/.test(start) && /"text"\s*:/.test(start)) {
    return is('speceval', 0.8, 'its records have id and text');
  }
  return is('json', 0.3, 'it is JSON');
}

/** What the lines of a Markdown document show, before any was looked at. */
const NOTHING_SEEN = {
  headings: 0,
  withId: 0,
  conversations: 0,
  items: 0,
  comparisons: 0,
  paragraphs: 0,
  binding: 0,
  marks: 0,
  chapters: 0,
  criteria: 0,
  hazards: 0,
};
type Look = typeof NOTHING_SEEN;

const CRITERIA =
  /\bviolat|\bnon-violating|\bdisallowed content|\ballowed content|^safe\b|\(safe\b/i;

function look(source: SourceText): Look {
  const seen = { ...NOTHING_SEEN };
  const lines: string[] = [];
  let fence = '';
  // A few ids are enough: what else the document holds no longer matters.
  for (let line = 0; line < Math.min(source.lineCount, MOST_LINES) && seen.withId < 3; line++) {
    const text = source.content(line).slice(0, 1000);
    if (text === '') continue;
    const mark = /^(?:~~~+|```+)/.exec(text)?.[0].slice(0, 3) ?? '';
    if (mark !== '') {
      if (fence === '' && /^~~~+xml\b/.test(text)) seen.conversations++;
      fence = fence === '' ? mark : fence === mark ? '' : fence;
    } else if (fence === '') {
      lookAtLine(seen, text);
      lines.push(text);
    }
  }
  if (seen.withId === 0) seen.binding = lines.filter(binds).length;
  return seen;
}

function lookAtLine(seen: Look, text: string): void {
  const heading = /^#{1,6}\s+(.*)$/.exec(text)?.[1];
  if (heading !== undefined) {
    seen.headings++;
    if (/\{#[^{}\s]+[^{}]*\}\s*$/.test(heading)) seen.withId++;
    if (kindOfChapter(heading) !== null && !/^definition|^glossary/i.test(heading)) seen.chapters++;
    if (CRITERIA.test(heading)) seen.criteria++;
  } else if (/^(?:[-*+]|\d{1,3}[.)])\s/.test(text)) {
    seen.items++;
    if (isComparative(text.replace(/^\S+\s+/, ''))) seen.comparisons++;
  } else {
    seen.paragraphs++;
    if (isComparative(text)) seen.comparisons++;
    if (/^\*\*(?:VIOLATES|SAFE)\b/.test(text)) seen.criteria++;
  }
  if (/^(?:#+\s+|[-*+]\s+)?\*{0,2}S\d{1,2}\*{0,2}\s*[:.)–—-]/.test(text)) seen.hazards++;
  if (/^(?:[-*]\s+)?\*{0,2}(?:✅|❌)/u.test(text)) seen.marks++;
}

function recogniseMarkdown(seen: Look): Recognition {
  if (seen.withId > 0) {
    const confidence = seen.withId >= seen.headings / 2 ? 1 : 0.7;
    return is('model-spec', confidence, `${seen.withId} headings have {#id}`);
  }
  if (seen.conversations > 0) {
    const confidence = seen.headings === 0 ? 1 : 0.7;
    return is('model-spec', confidence, 'it has ~~~xml conversations');
  }
  if (seen.hazards >= 3) return is('policy', 0.85, 'it lists hazards by code');
  if (seen.criteria >= 2) {
    return is('policy', 0.85, 'headings say what violates and what is safe');
  }
  if (seen.marks >= 2) return is('marked', 0.85, 'replies are marked ✅ and ❌');
  if (seen.chapters >= 2) {
    return is('marked', 0.85, 'chapters are objectives, rules and defaults');
  }
  if (seen.comparisons >= 2) return is('rules', 0.9, 'its principles choose between replies');
  const isFlat = seen.items >= 3 && seen.items >= 2 * seen.paragraphs && seen.binding >= 1;
  if (isFlat) return is('rules', 0.7, 'it is a list of items');
  if (seen.headings >= 2 && seen.binding >= 3) {
    return is('prose', 0.7, 'headings without ids over sentences that bind');
  }
  return is('model-spec', 0.1, 'nothing in it shows another dialect');
}
