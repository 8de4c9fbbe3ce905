/**
 * @module spec/dialects/headed-sections
 * The sections of a Markdown document, one for each heading: what all dialects with headings share.
 */

import { type BlockContext, blockContext, readBlocks } from '../blocks.ts';
import type { DiagnosticList } from '../diagnostics.ts';
import { type Heading, looksLikeHeading, readHeading } from '../headings.ts';
import { directsBehaviour, isDefinitionList, kindOf } from '../kinds.ts';
import { type DeclaredLevel, orderLevels } from '../levels.ts';
import { assignIds } from '../section-ids.ts';
import { hashOnDemand, sha256 } from '../sha256.ts';
import type { SourceText } from '../source-text.ts';
import type { Block, Level, Section } from '../types.ts';
import { noAttributes, readAttributes } from './attributes.ts';
import type { Unread } from './dialect.ts';

/** How a dialect differs from the others in its headings and blocks. */
export interface HeadedForm {
  /** Whether every heading should name its id. */
  expectsIds: boolean;
  /** Whether Tenet's own attributes of headings are known. */
  knowsExtensions: boolean;
  /** Put in the place of a section's blocks, where the dialect has blocks of its own. */
  rework?: (blocks: Block[], section: string, source: SourceText) => Block[];
}

/** The sections of a document and the levels they use. */
export function readHeadedSections(
  unread: Unread,
  form: HeadedForm,
): { levels: Level[]; sections: Section[]; firstHeading: number } {
  const { source, header, diagnostics } = unread;
  const context = blockContext(source, diagnostics);
  const headings = findHeadings(context, header.nextLine);
  const ids = assignIds(source, headings, diagnostics, form.expectsIds);
  const declared = new Set(header.levels.map((level) => level.name));
  const attributes = headings.map((heading) =>
    readAttributes(source, heading, declared, form.knowsExtensions, diagnostics),
  );
  const used = attributes.flatMap(({ level }) => (level === null ? [] : [level]));
  const levels = orderLevels(used, header.levels);
  const levelByName = new Map(levels.map((level) => [level.name, level]));

  const sections: Section[] = [];
  // The headings above the current one, outermost first.
  const path: { id: string; depth: number; isDefinition: boolean }[] = [];
  for (const [index, heading] of headings.entries()) {
    const id = ids[index] ?? '';
    const read = attributes[index] ?? noAttributes();
    const { level, kind } = read;
    while ((path.at(-1)?.depth ?? 0) >= heading.depth) path.pop();
    const parent = path.at(-1);
    const isAmongDefinitions = parent?.isDefinition === true && level === null;
    const isDefinition =
      kind === 'definition' ||
      (kind === null && (isAmongDefinitions || isDefinitionList(id, heading.title)));
    path.push({ id, depth: heading.depth, isDefinition });

    const nextLine = headings[index + 1]?.line ?? source.lineCount;
    const written = readBlocks(context, heading.line + 1, nextLine, id, isDefinition);
    const blocks = form.rework?.(written, id, source) ?? written;
    const start = source.start(heading.line);
    const end = nextLine < source.lineCount ? source.start(nextLine) : source.text.length;
    const textHash = hashOnDemand(() => hashedText(source.text.slice(start, end)));
    sections.push({
      id,
      title: heading.title,
      depth: heading.depth,
      parent: parent?.id ?? null,
      level,
      kind: read.isWithoutKind
        ? null
        : kindOf(level === null ? null : (levelByName.get(level) ?? null), kind, isDefinition),
      isClause: read.directs ?? directsBehaviour(level, kind, blocks),
      tags: read.tags,
      attributes: heading.attributes,
      heading: source.span(heading.start, heading.end),
      span: source.span(start, end),
      ...read.more,
      get textHash() {
        return textHash();
      },
      blocks,
    });
  }
  return { levels, sections, firstHeading: headings[0]?.line ?? source.lineCount };
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

/** Reports text that stands before every heading, and so has no section to belong to. */
export function reportPreamble(
  source: SourceText,
  from: number,
  to: number,
  diagnostics: DiagnosticList,
): void {
  let first = from;
  while (first < to && source.isBlank(first)) first++;
  if (first >= to) return;
  const end = source.visibleEnd(first, to);
  diagnostics.add(source, 'text-before-first-heading', source.first(first), end, {});
}

/** Hashes a section's text. Line ends, and blank lines after it, differ between copies of the same text. */
export function hashText(text: string): string {
  return sha256(hashedText(text));
}

function hashedText(text: string): string {
  const normalised = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  return normalised.trimEnd();
}

/** Levels in a fixed order, as a dialect has them without saying so. */
export function levelsOf(names: readonly string[], fixed: readonly string[]): Level[] {
  return names.map((name, rank) => ({ name, rank, overridable: !fixed.includes(name) }));
}

/** Declared levels where there are any, otherwise those of the dialect. */
export function declaredOr(declared: readonly DeclaredLevel[], own: readonly Level[]): Level[] {
  return declared.length > 0 ? orderLevels([], declared) : [...own];
}
