/** @module app/file-problem Something wrong in a file that a user wrote, and all of it as one error. */

import { safeLine } from '../text/safe-text.ts';
import type { Said } from './errors.ts';

/** Something wrong, as data and in words, with its place (both from 1). */
export interface FileProblem {
  file: string;
  line: number;
  column: number;
  code: string;
  data: Readonly<Record<string, unknown>>;
  message: string;
}

/**
 * Several problems as the parts of one error: a line each, the first one's place apart.
 * @param more what stands below them
 */
export function saidOfAll(problems: readonly FileProblem[], more: readonly string[] = []): Said {
  const [first, ...rest] = problems;
  if (first === undefined) return { what: more.join('\n') };
  const { file, line, column, message } = first;
  const others = rest.map((one) =>
    safeLine(`${one.file}:${one.line}:${one.column}: ${one.message}`),
  );
  return {
    where: { file: safeLine(file), line, column },
    what: [safeLine(message), ...others, ...more].join('\n'),
  };
}
