/** @module lsp/outline The tree of sections, what of it can be folded, and finding clauses by name. */
import {
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  type Range,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver/node';
import { type Section, type Spec, walkBlocks } from '../spec/index.ts';
import { rangeOfSpan } from './places.ts';
import type { Reading } from './reading.ts';
import { standing } from './words.ts';

/** The sections as a tree, each with its level. */
export function documentSymbols(reading: Reading): DocumentSymbol[] {
  const { spec, document } = reading;
  const lastOffsets = ends(spec);
  const roots: DocumentSymbol[] = [];
  const byId = new Map<string, DocumentSymbol>();
  for (const [index, section] of spec.sections.entries()) {
    const heading = rangeOfSpan(section.heading);
    const end = document.positionAt(lastOffsets[index] ?? section.span.end.offset);
    const symbol: DocumentSymbol = {
      name: nameOf(section),
      detail: standing(section),
      kind: symbolKind(section),
      range: { start: heading.start, end },
      selectionRange: heading,
      children: [],
    };
    byId.set(section.id, symbol);
    const parent = section.parent === null ? undefined : byId.get(section.parent);
    (parent?.children ?? roots).push(symbol);
  }
  return roots;
}

/** The sections as a list, for an editor that has no tree, and for searches over several documents. */
export function flatSymbols(
  reading: Reading,
  isWanted = (_: Section) => true,
): SymbolInformation[] {
  const { sections } = reading.spec;
  const titles = new Map(sections.map(({ id, title }) => [id, title]));
  return sections.filter(isWanted).map((section) => {
    const symbol: SymbolInformation = {
      name: nameOf(section),
      kind: symbolKind(section),
      location: { uri: reading.document.uri, range: rangeOfSpan(section.heading) },
    };
    const parent = section.parent === null ? undefined : titles.get(section.parent);
    if (parent !== undefined) symbol.containerName = parent;
    return symbol;
  });
}

const MOST_FOUND = 500;

/** Sections whose id or title has the letters of a query in their order. */
export function workspaceSymbols(readings: readonly Reading[], query: string): SymbolInformation[] {
  const letters = query.replace(/^#/, '').toLowerCase().replaceAll(/\s+/g, '').slice(0, 100);
  const found: SymbolInformation[] = [];
  for (const reading of readings) {
    if (found.length >= MOST_FOUND) break;
    const isWanted = ({ id, title }: Section): boolean =>
      hasLetters(id, letters) || hasLetters(title, letters);
    found.push(...flatSymbols(reading, isWanted));
  }
  return found.slice(0, MOST_FOUND);
}

/** Sections, examples and commentary, by lines. */
export function foldingRanges(reading: Reading): FoldingRange[] {
  const { spec, document } = reading;
  const lastOffsets = ends(spec);
  const ranges: FoldingRange[] = [];
  const add = ({ start, end }: Range, kind?: FoldingRangeKind): void => {
    if (end.line <= start.line) return;
    const range: FoldingRange = { startLine: start.line, endLine: end.line };
    if (kind !== undefined) range.kind = kind;
    ranges.push(range);
  };
  for (const [index, section] of spec.sections.entries()) {
    const { start } = rangeOfSpan(section.heading);
    add({ start, end: document.positionAt(lastOffsets[index] ?? section.span.end.offset) });
    for (const block of walkBlocks(section.blocks)) {
      if (block.type === 'commentary') add(rangeOfSpan(block.span), FoldingRangeKind.Comment);
      else if (block.type === 'example') add(rangeOfSpan(block.span), FoldingRangeKind.Region);
      else if (block.type === 'code') add(rangeOfSpan(block.span));
    }
  }
  return ranges;
}

/** Where each section with everything below it ends, blank lines at its end left out. */
function ends(spec: Spec): number[] {
  const { sections, text } = spec;
  const result: number[] = sections.map(() => 0);
  // Sections whose end is not known yet, outermost first.
  const open: { index: number; depth: number }[] = [];
  let lastEnd = 0;
  const close = (depth: number): void => {
    for (let top = open.at(-1); top !== undefined && top.depth >= depth; top = open.at(-1)) {
      result[top.index] = lastEnd;
      open.pop();
    }
  };
  for (const [index, section] of sections.entries()) {
    close(section.depth);
    open.push({ index, depth: section.depth });
    lastEnd = section.span.end.offset;
    while (lastEnd > section.heading.end.offset && isLayout(text.charCodeAt(lastEnd - 1)))
      lastEnd--;
  }
  close(0);
  return result;
}

function isLayout(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** A name must not be empty, and a heading may be. */
function nameOf({ id, title }: Section): string {
  return title === '' ? `#${id}` : title;
}

function symbolKind(section: Section): SymbolKind {
  if (section.kind === 'rule') return SymbolKind.Constant;
  if (section.kind === 'default') return SymbolKind.Property;
  if (section.kind === 'objective') return SymbolKind.Interface;
  if (section.kind === 'definition') return SymbolKind.Key;
  return section.isClause ? SymbolKind.Property : SymbolKind.Namespace;
}

function hasLetters(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of text.toLowerCase()) {
    if (at === letters.length) return true;
    if (letter === letters[at]) at++;
  }
  return at === letters.length;
}
