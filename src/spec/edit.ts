/**
 * @module spec/edit
 * Changes to a spec through what it says, as edits of its text: each touches its own lines and no others.
 */

import { collapsed, lineEndOf, partOfSpan, partsOf, textOf, within } from './edit-places.ts';
import { printExample } from './formats/markdown.ts';
import { findSection } from './locate.ts';
import { exampleOf } from './plain-conversation.ts';
import { inOrder } from './text-edits.ts';
import type { Attribute, Example, Section, Span, Spec, TextEdit } from './types.ts';
import { examplesOf, isInternal, repliesOf, tagsIn, walkInlines } from './walk.ts';

/** A change to a spec. */
export type SpecEdit =
  | { type: 'setTitle'; id: string; title: string }
  | { type: 'setLevel'; id: string; level: string | null }
  /** Null takes the attribute away. */
  | { type: 'setAttribute'; id: string; key: string; value: string | null }
  /** Replaces the words of one of the section's blocks; `block` counts from 0. */
  | { type: 'setText'; id: string; block: number; text: string }
  /** A new id, in the heading and wherever it is referred to. */
  | { type: 'renameId'; id: string; to: string }
  | { type: 'addExample'; id: string; example: Pick<Example, 'title' | 'turns'> & Partial<Example> }
  /** `ordinal` counts from 1, as in `id#1`. */
  | { type: 'removeExample'; id: string; ordinal: number }
  /** After the section `after` and everything below it, at its depth; at the end where it is absent. */
  | { type: 'addClause'; after?: string; id: string; title: string; level?: string; text: string }
  | { type: 'removeClause'; id: string };

/** Edits of one file. */
export interface FileEdits {
  file: string;
  edits: TextEdit[];
}

/** Why an edit cannot be made. */
export class EditProblem extends Error {
  override name = 'EditProblem';
}

/**
 * The edits of the document, and of its eval-prompt files, that make these changes. Several changes to
 * the same words do not go together.
 * @throws EditProblem where a change cannot be made, with the reason
 */
export function editSpec(spec: Spec, changes: readonly SpecEdit[]): FileEdits[] {
  const files = Map.groupBy(
    changes.flatMap((change) => editsOf(spec, change)),
    ({ file }) => file,
  );
  const all = [...files].map(([file, parts]) => ({
    file,
    edits: inOrder(parts.flatMap(({ edits }) => edits)),
  }));
  for (const { file, edits } of all) {
    for (const [index, { span }] of edits.entries()) {
      const before = edits[index - 1];
      if (before !== undefined && before.span.end.offset > span.start.offset) {
        throw new EditProblem(
          `${file}:${span.start.line}:${span.start.column}: two of the changes are to the same words; make one after the other.`,
        );
      }
    }
  }
  return all;
}

function editsOf(spec: Spec, change: SpecEdit): FileEdits[] {
  if (change.type === 'addClause') return inDocument(spec, [clauseEdit(spec, change)]);
  const section = sectionOf(spec, change.id);
  switch (change.type) {
    case 'setTitle':
      return titleEdits(spec, section, oneLine(change.title, 'title'));
    case 'setLevel':
      return inDocument(spec, [levelEdit(spec, section, change.level)]);
    case 'setAttribute':
      return inDocument(spec, [attributeEdit(spec, section, change.key, change.value)]);
    case 'setText':
      return inDocument(spec, [textEdit(spec, section, change.block, change.text)]);
    case 'renameId':
      return inDocument(spec, renameEdits(spec, section, change.to));
    case 'addExample':
      return inDocument(spec, [exampleEdit(spec, section, change.example)]);
    case 'removeExample':
      return inDocument(spec, [removalOf(spec, exampleSpan(section, change.ordinal))]);
    case 'removeClause':
      return inDocument(spec, [removalOf(spec, section.span)]);
  }
}

function inDocument(spec: Spec, edits: TextEdit[]): FileEdits[] {
  return [{ file: spec.file, edits }];
}

/** Headings in Markdown can be edited; clauses made of items, or of records in JSON, have none. */
function sectionOf(spec: Spec, id: string): Section {
  const section = findSection(spec, id);
  if (section === undefined) throw new EditProblem(`${spec.file}: there is no section #${id}.`);
  if (spec.text[section.heading.start.offset] !== '#') {
    const { line, column } = section.heading.start;
    throw new EditProblem(
      `${spec.file}:${line}:${column}: #${id} has no heading of its own to edit; 'tenet spec convert --to tenet' gives it one.`,
    );
  }
  return section;
}

function titleEdits(spec: Spec, section: Section, title: string): FileEdits[] {
  const { title: place, braces } = partsOf(spec, section);
  if (braces === null && /(?:^|[ \t])#+$/.test(title)) {
    throw new EditProblem(
      `"${title}" can't be the title of a heading without an id: marks at its end close the heading.`,
    );
  }
  const gap = section.title === '' ? ` ${title}` : title;
  const files = inDocument(spec, [{ span: place, text: gap }]);
  const tags = new Set(tagsIn(section.blocks).map(({ tag }) => tag));
  for (const { tag, file, titleSpan } of spec.evalFiles) {
    if (tags.has(tag) && titleSpan !== undefined)
      files.push({ file, edits: [{ span: titleSpan, text: title }] });
  }
  return files;
}

function levelEdit(spec: Spec, section: Section, level: string | null): TextEdit {
  const key = section.attributes.some((attribute) => attribute.key === 'level')
    ? 'level'
    : 'authority';
  return attributeEdit(spec, section, key, level);
}

function attributeEdit(spec: Spec, section: Section, key: string, value: string | null): TextEdit {
  if (!/^[\w-]+$/.test(key))
    throw new EditProblem(`"${key}" is no name of an attribute: letters, digits, - and _ only.`);
  const known = section.attributes.findLast((attribute) => attribute.key === key);
  if (value === null) {
    if (known === undefined) return { span: collapsed(section.heading.end), text: '' };
    return { span: withSpaceBefore(spec, known), text: '' };
  }
  const written = `${key}=${quotedValue(value)}`;
  if (known !== undefined) return { span: known.span, text: written };
  const { title, braces } = partsOf(spec, section);
  if (braces === null) {
    // In the place of marks that close the heading, which would be words of its title before braces.
    const span = { start: title.end, end: section.heading.end };
    return { span, text: ` {#${section.id} ${written}}` };
  }
  const inside = braces.end.offset - 1 - braces.start.offset;
  return { span: within(braces, inside, inside), text: ` ${written}` };
}

function withSpaceBefore(spec: Spec, { span }: Attribute): Span {
  let by = 0;
  while (/[ \t]/.test(spec.text[span.start.offset - by - 1] ?? '')) by++;
  return { start: within(span, -by, 0).start, end: span.end };
}

function quotedValue(value: string): string {
  if (/["{}\r\n]/.test(value))
    throw new EditProblem(
      `"${value}" can't be written as a value: it holds quotation marks, braces or line ends.`,
    );
  return /^[^\s=]+$/.test(value) ? value : `"${value}"`;
}

function oneLine(text: string, what: string): string {
  if (/[\r\n]/.test(text) || text.trim() === '')
    throw new EditProblem(`A ${what} is one line of text.`);
  return text.trim();
}

function textEdit(spec: Spec, section: Section, index: number, text: string): TextEdit {
  const block = section.blocks[index];
  if (block === undefined) {
    throw new EditProblem(
      `#${section.id} has ${section.blocks.length} blocks; there is none of number ${index}.`,
    );
  }
  return { span: block.span, text: text.replaceAll('\n', lineEndOf(spec)) };
}

function renameEdits(spec: Spec, section: Section, to: string): TextEdit[] {
  if (!/^[^\s{}#()[\]]+$/.test(to))
    throw new EditProblem(`"${to}" is no id: no white space, brackets or #.`);
  if (findSection(spec, to) !== undefined)
    throw new EditProblem(`#${to} is the id of another section already.`);
  const { braces } = partsOf(spec, section);
  const edits: TextEdit[] = [];
  const written = braces === null ? -1 : textOf(spec, braces).indexOf(`#${section.id}`);
  if (braces === null || written === -1) {
    edits.push({ span: collapsed(section.heading.end), text: ` {#${to}}` });
  } else
    edits.push({ span: within(braces, written + 1, written + 1 + section.id.length), text: to });
  for (const other of spec.sections) edits.push(...referenceEdits(spec, other, section.id, to));
  return edits;
}

function referenceEdits(spec: Spec, section: Section, id: string, to: string): TextEdit[] {
  const edits: TextEdit[] = [];
  const replies = examplesOf(section).flatMap(repliesOf);
  const notes = replies.flatMap(({ inlines }) => inlines);
  for (const inline of [...walkInlines(section.blocks), ...notes]) {
    if (!isInternal(inline) || inline.target !== id) continue;
    const raw = textOf(spec, inline.span);
    const at = raw.lastIndexOf('](#');
    if (at === -1) continue;
    edits.push({ span: partOfSpan(spec, inline.span, at + 3, raw.length - 1), text: to });
  }
  for (const { violates, span } of replies) {
    if (violates !== id) continue;
    const pointer = textOf(spec, span).indexOf(`[#${id}]`);
    if (pointer !== -1)
      edits.push({ span: partOfSpan(spec, span, pointer + 2, pointer + 2 + id.length), text: to });
  }
  return edits;
}

function exampleEdit(
  spec: Spec,
  section: Section,
  example: Extract<SpecEdit, { type: 'addExample' }>['example'],
): TextEdit {
  const place = { span: section.span, section: section.id, ordinal: 0 };
  return insertion(spec, section, printExample(exampleOf({ ...place, ...example })));
}

/** Puts a block after a section's last visible line, a blank line apart. */
function insertion(spec: Spec, section: Section, text: string): TextEdit {
  const raw = textOf(spec, section.span);
  const length = raw.trimEnd().length;
  const { start } = partOfSpan(spec, section.span, length, length);
  const end = lineEndOf(spec);
  return { span: collapsed(start), text: `${end}${end}${text.replaceAll('\n', end)}` };
}

function exampleSpan(section: Section, ordinal: number): Span {
  const example = examplesOf(section).find((candidate) => candidate.ordinal === ordinal);
  if (example === undefined)
    throw new EditProblem(`#${section.id} has no example of number ${ordinal}.`);
  return example.span;
}

/** Takes whole lines away, and the blank lines after them. */
function removalOf(spec: Spec, span: Span): TextEdit {
  const raw = spec.text.slice(span.end.offset);
  const isAtLineStart = span.end.column === 1 && span.end.offset > span.start.offset;
  const after = isAtLineStart
    ? 0
    : (/^[ \t]*(?:(?:\r\n|\r|\n)[ \t]*(?=[\r\n]|$))*(?:\r\n|\r|\n)?/.exec(raw)?.[0].length ?? 0);
  const length = span.end.offset - span.start.offset + after;
  const whole = { start: { ...span.start }, end: { ...span.end, offset: span.end.offset + after } };
  return { span: partOfSpan(spec, whole, 0, length), text: '' };
}

function clauseEdit(spec: Spec, change: Extract<SpecEdit, { type: 'addClause' }>): TextEdit {
  if (findSection(spec, change.id) !== undefined)
    throw new EditProblem(`#${change.id} is the id of another section already.`);
  const after = change.after === undefined ? spec.sections.at(-1) : sectionOf(spec, change.after);
  const depth = after?.depth ?? 1;
  const level = change.level === undefined ? '' : ` authority=${quotedValue(change.level)}`;
  const heading = `${'#'.repeat(depth)} ${oneLine(change.title, 'title')} {#${change.id}${level}}`;
  const text = `${heading}\n\n${change.text.trim()}`;
  if (after === undefined) {
    const start = { line: 1, column: 1, offset: 0 };
    return { span: collapsed(start), text: `${text}\n` };
  }
  const index = spec.sections.indexOf(after);
  const next = spec.sections.findIndex(({ depth: other }, at) => at > index && other <= depth);
  const last = (next === -1 ? spec.sections.at(-1) : spec.sections[next - 1]) ?? after;
  return insertion(spec, last, text);
}
