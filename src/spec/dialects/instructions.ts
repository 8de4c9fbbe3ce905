/**
 * @module spec/dialects/instructions
 * Instruction files for coding agents: AGENTS.md, CLAUDE.md, rules of editors. Their bullets are clauses,
 * each holds for the folder of its file or for the files it names, and the nearest one wins.
 *
 * Several files are read as one text, each after a line that names it (`joinInstructions`).
 */

import { joinBytes } from '../bytes.ts';
import { PartText } from '../part-text.ts';
import { present } from '../present.ts';
import { binds } from '../semantics/modality.ts';
import type { SourceText } from '../source-text.ts';
import type { Diagnostic, Section, SpecSource } from '../types.ts';
import { walkParagraphs } from '../walk.ts';
import type { Reading, Unread } from './dialect.ts';
import { declaredOr, readHeadedSections } from './headed-sections.ts';
import { FreshIds } from './lift.ts';
import { rootSection } from './root-section.ts';
import { liftRules } from './rules.ts';

const FILE_LINE = /^<!-- tenet-file: (.{1,1000}?) -->[ \t]*$/;

/** One file of a set, as lines (from 0) of the text that joins them. */
export interface Part {
  file: string;
  from: number;
  to: number;
}

/** Whether a file is one of instructions, by its name. */
export function isInstructionFile(path: string): boolean {
  const name = path.split(/[/\\]/).at(-1) ?? '';
  if (/^(?:AGENTS|CLAUDE|GEMINI|copilot-instructions)(?:\.local|\.override)?\.md$/i.test(name))
    return true;
  if (name === '.cursorrules' || name === '.windsurfrules' || name.endsWith('.mdc')) return true;
  return /(?:^|[/\\])\.(?:cursor|claude|github)[/\\](?:rules|instructions)[/\\].*\.md$/.test(path);
}

/** Several files as one text; `partsOf` finds them again. */
export function joinInstructions(files: readonly SpecSource[]): Uint8Array {
  const encoder = new TextEncoder();
  const pieces = files.flatMap(({ file, bytes }, index) => {
    const hasEnd = bytes.length === 0 || bytes.at(-1) === 10;
    const isLast = index === files.length - 1;
    return [
      encoder.encode(`<!-- tenet-file: ${file.replaceAll(/[\r\n]/g, ' ')} -->\n`),
      bytes,
      encoder.encode(hasEnd || isLast ? '' : '\n'),
    ];
  });
  return joinBytes(pieces);
}

/** The files of a joined text; the whole text as one if it is none. */
function partsOf(source: SourceText): Part[] {
  const parts: Part[] = [];
  for (let line = 0; line < source.lineCount; line++) {
    if (!source.text.startsWith('<!-- tenet-file:', source.start(line))) continue;
    const file = FILE_LINE.exec(source.line(line))?.[1];
    if (file === undefined) continue;
    const last = parts.at(-1);
    if (last !== undefined) last.to = line;
    parts.push({ file, from: line + 1, to: source.lineCount });
  }
  return parts.length > 0 ? parts : [{ file: source.file, from: 0, to: source.lineCount }];
}

/** Diagnostics with the file and line that a person opens, not those of the joined text. */
export function inTheirFiles(diagnostics: readonly Diagnostic[], source: SourceText): Diagnostic[] {
  const parts = partsOf(source);
  if (parts.length === 1 && parts[0]?.from === 0) return [...diagnostics];
  return diagnostics.map((diagnostic) => {
    const { start, end } = diagnostic.span;
    const part = parts.findLast(({ from }) => start.line - 1 >= from);
    if (part === undefined || diagnostic.file !== source.file) return diagnostic;
    const base = source.start(part.from);
    const moved = ({ line, column, offset }: typeof start): typeof start => ({
      line: line - part.from,
      column,
      offset: offset - base,
    });
    return { ...diagnostic, file: part.file, span: { start: moved(start), end: moved(end) } };
  });
}

/** The instructions of a file, or of a set of them, with the paths they hold for. */
export function readInstructions(unread: Unread): Reading {
  const { source, header } = unread;
  const parts = partsOf(source);
  const isSet = parts.length > 1 || parts[0]?.from !== 0;
  const ids = new FreshIds([]);
  const written = parts.flatMap((part) => readPart(unread, part, isSet, ids));
  const sections = written.flatMap((section) => {
    const facts = { kind: null, ...present({ scope: section.scope }) };
    const [rest, ...clauses] = liftRules(unread, section, ids, facts);
    if (rest === undefined) return clauses;
    return [{ ...rest, isClause: rest.isClause || instructs(rest) }, ...clauses];
  });
  return {
    levels: declaredOr(header.levels, []),
    sections,
    ...(isSet ? { priority: { mode: 'strict', order: nearestFirst(parts) } } : {}),
  };
}

/** The sections of one file, with ids that no file before it has. */
function readPart(unread: Unread, part: Part, isSet: boolean, ids: FreshIds): Section[] {
  const { source, header } = unread;
  const end = part.to < source.lineCount ? source.start(part.to) : source.text.length;
  const text = isSet ? new PartText(source, source.start(part.from), end) : source;
  const { next, globs } = frontMatter(text);
  const first = Math.max(next, isSet ? 0 : header.nextLine);
  const inside = { ...unread, source: text, header: { ...header, nextLine: first } };
  const headed = readHeadedSections(inside, { expectsIds: false, knowsExtensions: true });
  const name = isSet ? part.file : undefined;
  const root = rootSection(inside, first, headed.firstHeading, headed.sections, name);
  const scope = globs ?? (isSet ? scopeOf(part.file) : undefined);
  const sections = root === null ? headed.sections : [root, ...headed.sections];
  const renamed = new Map(sections.map(({ id }) => [id, ids.from(id)]));
  return sections.map((section) => ({
    ...section,
    id: renamed.get(section.id) ?? section.id,
    parent: section.parent === null ? null : (renamed.get(section.parent) ?? null),
    ...present({ file: name, scope }),
  }));
}

function instructs(section: Section): boolean {
  return walkParagraphs(section.blocks).some(({ sentences }) =>
    sentences.some(({ text }) => binds(text)),
  );
}

/** Deeper folders are nearer to the file that is worked on. */
function nearestFirst(parts: readonly Part[]): string[] {
  const depth = (scope: string): number => (scope === '**' ? 0 : scope.split('/').length);
  const scopes = [...new Set(parts.map(({ file }) => scopeOf(file)))];
  return scopes.sort((a, b) => depth(b) - depth(a));
}

/** The files that an instruction file is about: those in its folder, however deep. */
function scopeOf(file: string): string {
  const folders = file.split(/[/\\]/).slice(0, -1);
  const special = folders.findIndex((folder) => /^\.(?:cursor|claude|github)$/.test(folder));
  const above = special === -1 ? folders : folders.slice(0, special);
  return above.length === 0 ? '**' : `${above.join('/')}/**`;
}

/** What stands between `---` lines at the top; its `globs` say which files the rules are for. */
function frontMatter(source: SourceText): { next: number; globs?: string } {
  if (source.line(0).trim() !== '---') return { next: 0 };
  let globs: string | undefined;
  for (let line = 1; line < source.lineCount; line++) {
    const text = source.line(line).trim();
    if (text === '---') return { next: line + 1, globs };
    const match = /^(?:globs|paths|applyTo)\s*:\s*(.+)$/.exec(text);
    if (match !== null) globs = match[1]?.replaceAll(/["'[\]]/g, '').trim();
  }
  return { next: 0 };
}
