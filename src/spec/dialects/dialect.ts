/**
 * @module spec/dialects/dialect
 * What every dialect is given and gives back.
 */

import type { DiagnosticList } from '../diagnostics.ts';
import type { Header } from '../header.ts';
import type { SourceText } from '../source-text.ts';
import type { Spec } from '../types.ts';

/** The ways of writing a spec that Tenet reads. */
export const DIALECTS = [
  'model-spec',
  'tenet',
  'prose',
  'marked',
  'rules',
  'traits',
  'policy',
  'instructions',
  'json',
  'jsonl',
  'yaml',
  'speceval',
] as const;

/** The name of a way of writing a spec. */
export type DialectName = (typeof DIALECTS)[number];

/** Whether a word names a dialect. */
export function isDialect(word: string): word is DialectName {
  return (DIALECTS as readonly string[]).includes(word);
}

/** A document on its way to being understood. */
export interface Unread {
  source: SourceText;
  header: Header;
  diagnostics: DiagnosticList;
}

/**
 * What a dialect makes of a document, eval prompts that the document itself holds included. What it leaves out is
 * taken from the header or the path.
 */
export type Reading = Pick<Spec, 'levels' | 'sections'> & Partial<Spec>;

/** Reads one way of writing. It never throws: what it cannot understand it reports. */
export type ReadDialect = (unread: Unread) => Reading;
