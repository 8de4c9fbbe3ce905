/**
 * @module spec/dialects/model-spec
 * The dialect of OpenAI's Model Spec: Markdown headings with ids and levels, conversations in ~~~xml
 * fences, commentary in !!! meta blocks, eval tags as [^abcd].
 */

import { hash } from 'node:crypto';
import { type BlockContext, blockContext, readBlocks } from '../blocks.ts';
import { type DiagnosticList, shortened } from '../diagnostics.ts';
import type { Header } from '../header.ts';
import { type Heading, looksLikeHeading, readHeading } from '../headings.ts';
import { directsBehaviour, isDefinitionList, isKind, kindOf } from '../kinds.ts';
import { isKnownLevel, orderLevels } from '../levels.ts';
import { assignIds } from '../section-ids.ts';
import type { SourceText } from '../source-text.ts';
import type { Attribute, Kind, Level, Section } from '../types.ts';

/** What the attributes of a heading say. */
interface Attributes {
  level: string | null;
  kind: Kind | null;
  tags: string[];
}

/** The sections of a document in this dialect and the levels they use. */
export function readModelSpec(
  source: SourceText,
  header: Header,
  diagnostics: DiagnosticList,
): { levels: Level[]; sections: Section[] } {
  const context = blockContext(source, diagnostics);
  const headings = findHeadings(context, header.nextLine);
  const ids = assignIds(source, headings, diagnostics);
  const declared = new Set(header.levels.map((level) => level.name));
  const attributes = headings.map((heading) =>
    readAttributes(source, heading, declared, diagnostics),
  );
  const levels = orderLevels(
    attributes.flatMap(({ level }) => (level === null ? [] : [level])),
    header.levels,
  );
  const levelByName = new Map(levels.map((level) => [level.name, level]));
  reportPreamble(source, header.nextLine, headings[0]?.line ?? source.lineCount, diagnostics);

  const sections: Section[] = [];
  // The headings above the current one, outermost first.
  const path: { id: string; depth: number; isDefinition: boolean }[] = [];
  for (const [index, heading] of headings.entries()) {
    const id = ids[index] ?? '';
    const { level, kind, tags } = attributes[index] ?? { level: null, kind: null, tags: [] };
    while ((path.at(-1)?.depth ?? 0) >= heading.depth) path.pop();
    const parent = path.at(-1);
    const isAmongDefinitions = parent?.isDefinition === true && level === null;
    const isDefinition =
      kind === 'definition' ||
      (kind === null && (isAmongDefinitions || isDefinitionList(id, heading.title)));
    path.push({ id, depth: heading.depth, isDefinition });

    const nextLine = headings[index + 1]?.line ?? source.lineCount;
    const blocks = readBlocks(context, heading.line + 1, nextLine, id, isDefinition);
    const start = source.start(heading.line);
    const end = nextLine < source.lineCount ? source.start(nextLine) : source.text.length;
    const isClause = directsBehaviour(level, kind, blocks);
    sections.push({
      id,
      title: heading.title,
      depth: heading.depth,
      parent: parent?.id ?? null,
      level,
      kind: kindOf(level === null ? null : (levelByName.get(level) ?? null), kind, isDefinition),
      isClause,
      tags,
      attributes: heading.attributes,
      heading: source.span(heading.start, heading.end),
      span: source.span(start, end),
      textHash: hashText(source.text.slice(start, end)),
      blocks,
    });
  }
  return { levels, sections };
}

function findHeadings(context: BlockContext, firstLine: number): Heading[] {
  const { source, fences, diagnostics } = context;
  const headings: Heading[] = [];
  for (let line = firstLine; line < source.lineCount; line++) {
    if (looksLikeHeading(source, line)) headings.push(readHeading(source, line, diagnostics));
    // A deeper indentation belongs to a list or to commentary, which know their own limits.
    else if (source.indent(line) < 4) {
      const fence = fences.at(line, source.lineCount);
      if (fence !== null) line = fence.nextLine - 1;
    }
  }
  return headings;
}

function readAttributes(
  source: SourceText,
  heading: Heading,
  declaredLevels: ReadonlySet<string>,
  diagnostics: DiagnosticList,
): Attributes {
  const read: Attributes = { level: null, kind: null, tags: [] };
  const seen = new Set<string>();
  for (const attribute of heading.attributes) {
    const key = attribute.key === 'level' ? 'authority' : attribute.key;
    const { start, end } = attribute.span;
    if (seen.has(key)) {
      const message = `"${shortened(attribute.key)}" is given twice; the last one counts.`;
      diagnostics.add(source, 'duplicate-attribute', start.offset, end.offset, message);
    }
    seen.add(key);
    const problem = takeAttribute(read, key, attribute, declaredLevels);
    if (problem !== null) {
      diagnostics.add(source, problem.code, start.offset, end.offset, problem.message);
    }
  }
  return read;
}

function takeAttribute(
  read: Attributes,
  key: string,
  attribute: Attribute,
  declaredLevels: ReadonlySet<string>,
): { code: 'unknown-level' | 'unknown-kind' | 'unknown-attribute'; message: string } | null {
  const value = attribute.value.toLowerCase();
  if (key === 'authority') {
    read.level = value === '' || value === 'none' ? null : value;
    const isKnown = declaredLevels.size > 0 ? declaredLevels.has(value) : isKnownLevel(value);
    if (isKnown || read.level === null) return null;
    const message = `"${shortened(value)}" is no level that this document declares or the format knows; it is ranked below the others.`;
    return { code: 'unknown-level', message };
  }
  if (key === 'kind') {
    read.kind = isKind(value) ? value : null;
    if (read.kind !== null) return null;
    const message = `"${shortened(value)}" is no kind; write objective, rule, default or definition.`;
    return { code: 'unknown-kind', message };
  }
  if (key === 'tags') {
    read.tags = attribute.value.split(',').filter((tag) => tag !== '');
    return null;
  }
  const message = `"${shortened(attribute.key)}" is no attribute of the format; it is kept.`;
  return { code: 'unknown-attribute', message };
}

/** Text that stands before every heading has no section to belong to. */
function reportPreamble(
  source: SourceText,
  from: number,
  to: number,
  diagnostics: DiagnosticList,
): void {
  let first = from;
  while (first < to && source.isBlank(first)) first++;
  if (first >= to) return;
  const message = 'This text stands before the first heading and belongs to no section.';
  const end = source.visibleEnd(first, to);
  diagnostics.add(source, 'text-before-first-heading', source.first(first), end, message);
}

/** Line ends, and blank lines after the text, differ between copies of one and the same section. */
function hashText(text: string): string {
  const normalised = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  return hash('sha256', normalised.trimEnd(), 'hex');
}
