/**
 * @module features/spec/lint/put-right
 * Puts a spec and the eval prompts beside it right, round by round, until nothing is left that can be.
 */

import { readSpec } from '../../../spec/read.ts';
import { decodeText } from '../../../spec/source-text.ts';
import type { SpecSource } from '../../../spec/types.ts';
import { applyFixes } from './fixes.ts';
import { type CheckSettings, checkSpec, type LintedFile } from './linted-file.ts';
import type { LintFinding } from './types.ts';

/** Fixes rarely bring up others; should two of them undo each other, this ends it. */
const MOST_ROUNDS = 10;

/** What came of putting right. */
export interface PutRight {
  /** What is left to say. */
  linted: LintedFile;
  /** What was put right in which file, in order; a file stands again where a later round found more. */
  rounds: { file: string; applied: LintFinding[] }[];
  /** The new bytes of every file that is another one now. */
  changed: ReadonlyMap<string, Uint8Array>;
}

/** The texts of a spec with every fix in it that is safe. Line ends and a byte-order mark stay as they are. */
export function putRight(source: SpecSource, settings: CheckSettings = {}): PutRight {
  let current = source;
  let linted = checkSpec(readSpec(current), settings);
  const rounds: PutRight['rounds'] = [];
  const changed = new Map<string, Uint8Array>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = rounds.length;
    for (const [file, own] of Map.groupBy(linted.findings, (finding) => finding.file)) {
      const bytes = bytesIn(current, file);
      if (bytes === null) continue;
      const { text, applied } = applyFixes(decodeText(bytes), own);
      if (applied.length === 0) continue;
      const fixed = new TextEncoder().encode(markOf(bytes) + text);
      rounds.push({ file, applied });
      changed.set(file, fixed);
      current = withBytes(current, file, fixed);
    }
    if (rounds.length === before) break;
    linted = checkSpec(readSpec(current), settings);
  }
  return { linted, rounds, changed };
}

/** A file's bytes; null for one that the source only names, such as one of several that were joined. */
function bytesIn(
  { file: document, bytes, evalFiles = [] }: SpecSource,
  file: string,
): Uint8Array | null {
  if (file === document) return bytes;
  return evalFiles.find((one) => one.file === file)?.bytes ?? null;
}

function withBytes(source: SpecSource, file: string, bytes: Uint8Array): SpecSource {
  if (file === source.file) return { ...source, bytes };
  const evalFiles = source.evalFiles?.map((one) => (one.file === file ? { file, bytes } : one));
  return { ...source, evalFiles };
}

/** The byte-order mark, which is no part of the text. */
function markOf(bytes: Uint8Array): string {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? '\ufeff' : '';
}
