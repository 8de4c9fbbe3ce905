/**
 * @module spec/header
 * Reads the comment with which a document may name itself, before anything else in it:
 *
 *     <!-- tenet: id=starter version=2026-11-01 title="A starter spec" levels=root>system>developer>user>guideline -->
 *
 * It may also say `lab=…`, `licence=…`, `source=…`, `scope="…"`, and how clauses are weighed where they pull
 * apart: `priority=strict` or `priority=holistic`, with `order=highest>next>lowest`.
 *
 * `levels` lists the levels of authority, highest first. A `!` after a name says that nobody may override
 * clauses of that level, a `?` that somebody may; without either, the usual meaning of the word decides,
 * and a word without one may be overridden.
 */

import { type DiagnosticData, type DiagnosticList, shortened } from './diagnostics.ts';
import type { DeclaredLevel } from './levels.ts';
import type { SourceText } from './source-text.ts';
import type { Priority } from './types.ts';

/** What the opening comment says; null or empty where it says nothing. */
export interface Header {
  id: string | null;
  version: string | null;
  title: string | null;
  levels: DeclaredLevel[];
  lab?: string;
  licence?: string;
  source?: string;
  scope?: string;
  priority?: Priority;
  /** First line (from 0) after the comment. */
  nextLine: number;
}

type HeaderProblem = DiagnosticData<'invalid-header'>;

const LONGEST_HEADER = 4000;

/** The document's header; an empty one if it does not open with a comment for Tenet. */
export function readHeader(source: SourceText, diagnostics: DiagnosticList): Header {
  const header: Header = { id: null, version: null, title: null, levels: [], nextLine: 0 };
  let line = 0;
  while (line < source.lineCount - 1 && source.isBlank(line)) line++;
  const start = source.first(line);
  const opening = /^<!--\s{0,8}tenet:/.exec(source.text.slice(start, start + 20));
  if (opening === null) return header;
  const inside = source.text.slice(start + opening[0].length, start + LONGEST_HEADER);
  const length = inside.indexOf('-->');
  if (length === -1) {
    diagnostics.addLine(source, 'invalid-header', line, { problem: 'never-closed' });
    return header;
  }
  const base = start + opening[0].length;
  header.nextLine = source.lineAt(base + length) + 1;
  for (const match of inside
    .slice(0, length)
    .matchAll(/([^\s="]{1,99})(?:=(?:"([^"]*)"|([^\s"]*)))?/g)) {
    const problem = take(header, match[1] ?? '', match[2] ?? match[3] ?? null);
    const at = base + match.index;
    if (problem !== null) {
      diagnostics.add(source, 'invalid-header', at, at + match[0].length, problem);
    }
  }
  return header;
}

function take(header: Header, key: string, value: string | null): HeaderProblem | null {
  if (value === null || value === '') return { problem: 'no-value', key: shortened(key) };
  if (key === 'id' || key === 'version' || key === 'title') header[key] = value;
  else if (key === 'lab' || key === 'licence' || key === 'source' || key === 'scope')
    header[key] = value;
  else if (key === 'levels') return takeLevels(header, value);
  else if (key === 'priority') return takeMode(header, value);
  else if (key === 'order') {
    const order = value.split('>').filter((name) => name !== '');
    header.priority = { mode: header.priority?.mode ?? 'strict', order };
  } else {
    return { problem: 'unknown-key', key: shortened(key) };
  }
  return null;
}

function takeMode(header: Header, value: string): HeaderProblem | null {
  if (value !== 'strict' && value !== 'holistic') {
    return { problem: 'unknown-priority', value: shortened(value) };
  }
  header.priority = { order: header.priority?.order ?? [], mode: value };
  return null;
}

function takeLevels(header: Header, value: string): HeaderProblem | null {
  const names = new Set<string>();
  const levels: DeclaredLevel[] = [];
  for (const word of value.split('>')) {
    const last = word.at(-1);
    const name = (last === '!' || last === '?' ? word.slice(0, -1) : word).toLowerCase();
    if (name === '') return { problem: 'nameless-level' };
    if (names.has(name)) return { problem: 'repeated-level', level: shortened(name) };
    names.add(name);
    levels.push({ name, overridable: last === '!' ? false : last === '?' ? true : null });
  }
  header.levels = levels;
  return null;
}
