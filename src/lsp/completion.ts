/**
 * @module lsp/completion
 * Proposes names while they are typed. What is wanted is told from the line before the cursor alone, because
 * a line in the middle of being typed is rarely one that the reader understands.
 */
import { hash } from 'node:crypto';
import { type CompletionItem, CompletionItemKind, type Range } from 'vscode-languageserver/node';
import { KINDS } from '../spec/kinds.ts';
import { slug } from '../spec/section-ids.ts';
import { sectionCard } from './hover.ts';
import { writtenId } from './mentions.ts';
import { rangeOf } from './places.ts';
import type { Reading } from './reading.ts';
import { counted, harmless, KIND_MEANINGS, levelMeaning } from './words.ts';

/** Characters after which an editor asks by itself. */
export const TRIGGERS = ['#', '=', '{', '^', ' ', '['];

/** Only this much before and after the cursor decides; paragraphs are single lines, and may be long. */
const LOOK = 400;

interface Typing {
  reading: Reading;
  /** The line up to the cursor, and from it. */
  before: string;
  after: string;
  offset: number;
}

/** What may be written at an offset of a spec. */
export function completions(reading: Reading, offset: number): CompletionItem[] {
  const text = reading.document.getText();
  const before = /[^\r\n]*$/.exec(text.slice(Math.max(0, offset - LOOK), offset))?.[0] ?? '';
  const after = /^[^\r\n]*/.exec(text.slice(offset, offset + LOOK))?.[0] ?? '';
  const typing = { reading, before, after, offset };
  const reference = /\]\(#([^()[\]\s]*)$/.exec(before);
  if (reference !== null) return ids(typing, reference[1] ?? '', ')');
  const pointer = /<!--\s*[A-Za-z]+\[#?([^\]\s]*)$/.exec(before);
  if (pointer !== null && before.includes('[#')) return ids(typing, pointer[1] ?? '', ']');
  const tag = /\[\^([A-Za-z0-9_-]*)$/.exec(before);
  if (tag !== null) return tags(typing, tag[1] ?? '');
  if (/^ {0,3}#{1,6}\s.*\{[^{}]*$/.test(before)) return attributes(typing);
  const mark = /<(?:assistant)[^<>]*>\s*<!--\s*([A-Za-z]*)$/.exec(before);
  return mark === null ? [] : marks(typing, mark[1] ?? '');
}

function ids(typing: Typing, typed: string, closing: string): CompletionItem[] {
  const { reading, after } = typing;
  const rest = /^[^()[\]\s]*/.exec(after)?.[0] ?? '';
  // What stands behind the cursor is another word where nothing closes it.
  const isClosed = after[rest.length] === closing;
  const range = around(typing, typed.length, isClosed ? rest.length : 0);
  return reading.spec.sections.map((section) => ({
    label: section.id,
    kind: CompletionItemKind.Reference,
    detail: [section.title, section.level].filter(Boolean).join(' · '),
    textEdit: { range, newText: isClosed ? section.id : section.id + closing },
    data: { uri: reading.document.uri, id: section.id },
  }));
}

function tags(typing: Typing, typed: string): CompletionItem[] {
  const { reading, after } = typing;
  const isClosed = after.startsWith(']');
  const range = around(typing, typed.length, 0);
  const toText = (name: string): string => (isClosed ? name : `${name}]`);
  const unused = reading.spec.evalFiles.filter(
    (file) => reading.mentionsOfTag(file.tag).length === 0,
  );
  const items: CompletionItem[] = unused.map(({ tag, prompts }) => ({
    label: tag,
    kind: CompletionItemKind.File,
    detail: `${counted(prompts.length, 'prompt')} that no clause has`,
    sortText: `0 ${tag}`,
    textEdit: { range, newText: toText(tag) },
  }));
  const fresh = freshTag(typing, typed);
  items.push({
    label: fresh,
    kind: CompletionItemKind.Value,
    detail: `a new tag; its prompts go into examples/${fresh}.md`,
    sortText: `1 ${fresh}`,
    textEdit: { range, newText: toText(fresh) },
  });
  return items;
}

const TAG_LENGTH = 4;

/** A tag that is nowhere yet. The same place gives the same one, so that asking twice does not confuse. */
function freshTag({ reading, before, offset }: Typing, typed: string): string {
  const start = /^[a-z0-9]{0,4}/.exec(typed)?.[0] ?? '';
  for (let attempt = 0; ; attempt++) {
    const digest = hash('sha256', `${before} ${offset} ${attempt}`, 'hex');
    // A start that is a whole tag already in use is left as it is made longer.
    const length = Math.max(TAG_LENGTH, start.length + (attempt > 99 ? 4 : 0));
    const tag = (start + digest).slice(0, length);
    const isFree = reading.mentionsOfTag(tag).length === 0 && reading.evalFile(tag) === undefined;
    if (isFree || attempt > 999) return tag;
  }
}

const KEYS = {
  authority: 'who may override the clause: its level',
  kind: 'objective, rule, default or definition, where the level does not say it',
  tags: 'words to choose the clause by, with commas',
} as const;

function attributes(typing: Typing): CompletionItem[] {
  const { reading, before, after, offset } = typing;
  const inside = before.slice(before.lastIndexOf('{') + 1);
  const word = /[^\s]*$/.exec(inside)?.[0] ?? '';
  const value = /^(authority|level|kind|tags)="?([^"]*)$/.exec(word);
  if (value !== null) {
    const [, key = '', typed = ''] = value;
    const last = key === 'tags' ? (typed.split(',').at(-1) ?? '') : typed;
    const rest = /^[^\s}",]*/.exec(after)?.[0] ?? '';
    return values(typing, key, around(typing, last.length, rest.length));
  }
  const range = around(typing, word.length, 0);
  const items: CompletionItem[] = [];
  const hasId = /(?:^|\s)#\S+\s/.test(inside);
  const title = before.slice(0, before.lastIndexOf('{')).replace(/^[\s#]+/, '');
  if (!hasId && !word.includes('=')) {
    const id = freeId(reading, title, offset);
    items.push({
      label: `#${id}`,
      kind: CompletionItemKind.Reference,
      detail: 'an id from the title',
      sortText: '0',
      textEdit: { range, newText: `#${id}` },
    });
  }
  if (word.startsWith('#')) return items;
  for (const [key, detail] of Object.entries(KEYS)) {
    const names = key === 'authority' ? '(?:authority|level)' : key;
    if (new RegExp(`(?:^|\\s)${names}=`).test(inside + after)) continue;
    items.push({
      label: `${key}=`,
      kind: CompletionItemKind.Property,
      detail,
      sortText: `1 ${key}`,
      textEdit: { range, newText: `${key}=` },
    });
  }
  return items;
}

/** Where a spec has none yet: the published Model Spec's. */
const USUAL_LEVELS = ['root', 'system', 'developer', 'user', 'guideline'];

function values({ reading }: Typing, key: string, range: Range): CompletionItem[] {
  const { spec } = reading;
  const item = (label: string, index: number, rest: Partial<CompletionItem>): CompletionItem => ({
    label,
    kind: CompletionItemKind.EnumMember,
    sortText: String(index).padStart(3, '0'),
    textEdit: { range, newText: label },
    ...rest,
  });
  if (key === 'kind') {
    return KINDS.map((kind, index) => item(kind, index, { detail: KIND_MEANINGS[kind] }));
  }
  if (key === 'tags') {
    const known = new Set(spec.sections.flatMap((section) => section.tags));
    return [...known].map((tag, index) => item(tag, index, {}));
  }
  if (spec.levels.length === 0) return USUAL_LEVELS.map((name, index) => item(name, index, {}));
  return spec.levels.map((level, index) =>
    item(level.name, index, {
      detail: `level ${level.rank + 1} of ${spec.levels.length}`,
      documentation: { kind: 'markdown', value: harmless(levelMeaning(spec, level)) },
    }),
  );
}

const MARKS = [
  ['GOOD', 'GOOD', 'keeps the clause'],
  ['OK', 'OK', 'keeps it with a flaw'],
  ['BAD', 'BAD', 'breaks it'],
  ['BAD[#…]', 'BAD[#', 'breaks another clause, by its id'],
] as const;

function marks(typing: Typing, typed: string): CompletionItem[] {
  const range = around(typing, typed.length, 0);
  const closing = typing.after.includes('-->') ? '' : ' -->';
  return MARKS.map(([label, text, detail], index) => ({
    label,
    kind: CompletionItemKind.EnumMember,
    detail,
    filterText: label,
    sortText: String(index),
    textEdit: { range, newText: text.endsWith('#') ? text : text + closing },
  }));
}

/** An id from a title that no other heading has. */
function freeId(reading: Reading, title: string, offset: number): string {
  const base = slug(title).slice(0, 80);
  const own = reading.headingAt(offset);
  const taken = new Set(
    reading.spec.sections
      .filter((section) => section !== own)
      .map((section) => writtenId(reading.spec, section)?.id ?? section.id),
  );
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}_${number}`;
  return id;
}

function around({ reading, offset }: Typing, before: number, after: number): Range {
  return rangeOf(reading.document, { start: offset - before, end: offset + after });
}

/** An item with its documentation, for the one that is looked at. */
export function resolved(reading: Reading | null, item: CompletionItem): CompletionItem {
  const id: unknown = item.data?.id;
  const section = typeof id === 'string' ? reading?.section(id) : undefined;
  if (reading === null || section === undefined) return item;
  return { ...item, documentation: { kind: 'markdown', value: sectionCard(reading, section) } };
}
