/**
 * @module features/spec/diff/patch
 * The newer text as steps from the older one, section by section, and the way back to the text. Byte for byte:
 * what is not worth telling a person (line ends, blank lines) is in it too.
 */
import { hash } from 'node:crypto';
import type { Spec } from '../../../spec/types.ts';
import { matchesIn } from '../../../text/matches.ts';
import type { PatchHunk, PatchStep, SpecDiff } from './schema.ts';
import { differingHunks } from './sequence.ts';

/** A part of a text that has a name, with all that stands up to the next one. */
interface Piece {
  key: string;
  text: string;
}

/** Stands for what precedes the first section. */
const PREAMBLE = '';
const BYTE_ORDER_MARK = '\ufeff';

/** Steps that make the newer text of the older one; none where both are the same. */
export function patchSteps(
  older: Spec,
  newer: Spec,
  olderIdOf: (id: string) => string,
): PatchStep[] {
  if (older.text === newer.text) return [];
  const before = new Map(piecesOf(older).map(({ key, text }) => [key, text]));
  return piecesOf(newer).map(({ key, text }) => {
    const base = key === PREAMBLE ? PREAMBLE : olderIdOf(key);
    const known = before.get(base);
    if (known === undefined) return { insert: text };
    if (known === text) return { copy: base };
    return { edit: base, hunks: hunksOf(known, text) };
  });
}

/** The text as preamble and sections; one piece where the sections do not lie one after another in it. */
function piecesOf(spec: Spec): Piece[] {
  const { sections, text } = spec;
  const pieces: Piece[] = [];
  let at = 0;
  for (const [place, section] of sections.entries()) {
    const start = section.span.start.offset;
    const next = sections[place + 1]?.span.start.offset ?? text.length;
    if (start < at || next < start) return [{ key: PREAMBLE, text }];
    if (place === 0) pieces.push({ key: PREAMBLE, text: text.slice(0, start) });
    pieces.push({ key: section.id, text: text.slice(start, next) });
    at = next;
  }
  return pieces.length === 0 ? [{ key: PREAMBLE, text }] : pieces;
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return matchesIn(text, /[^\n]*\n|[^\n]+/g);
}

function hunksOf(before: string, after: string): PatchHunk[] {
  const [older, newer] = [linesOf(before), linesOf(after)];
  return differingHunks(older, newer).map(({ olderStart, olderEnd, newerStart, newerEnd }) => ({
    line: olderStart,
    remove: olderEnd - olderStart,
    insert: newer.slice(newerStart, newerEnd).join(''),
  }));
}

/** Whether the document's bytes begin with a byte-order mark. */
export function hasByteOrderMark(spec: Spec): boolean {
  if (spec.encoding !== undefined) return spec.encoding.byteOrderMark;
  const digest = hash('sha256', BYTE_ORDER_MARK + spec.text, 'hex');
  return digest === spec.sha256;
}

/**
 * The newer text, from the older version and the difference: as UTF-8 its bytes are those of the newer
 * document, unless that held bytes that are no UTF-8. Throws a `RangeError` for another older version.
 */
export function applyDiff(older: Spec, diff: SpecDiff): string {
  if (older.sha256 !== diff.older.sha256) {
    throw new RangeError(
      `the difference is from ${diff.older.sha256.slice(0, 12)}, not from ${older.sha256.slice(0, 12)}`,
    );
  }
  const { byteOrderMark, steps } = diff.patch;
  const mark = byteOrderMark ? BYTE_ORDER_MARK : '';
  if (steps.length === 0) return mark + older.text;
  const before = new Map(piecesOf(older).map(({ key, text }) => [key, text]));
  const part = (key: string): string => {
    const text = before.get(key);
    if (text === undefined) throw new RangeError(`the older version has no section '${key}'`);
    return text;
  };
  const parts = steps.map((step) => {
    if ('insert' in step) return step.insert;
    return 'copy' in step ? part(step.copy) : withHunks(part(step.edit), step.hunks);
  });
  return mark + parts.join('');
}

function withHunks(text: string, hunks: readonly PatchHunk[]): string {
  const lines = linesOf(text);
  const parts: string[] = [];
  let at = 0;
  for (const { line, remove, insert } of hunks) {
    if (line < at || line + remove > lines.length) {
      throw new RangeError('the difference does not fit the text');
    }
    parts.push(...lines.slice(at, line), insert);
    at = line + remove;
  }
  parts.push(...lines.slice(at));
  return parts.join('');
}
