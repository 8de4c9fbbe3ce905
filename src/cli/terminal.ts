/**
 * @module cli/terminal
 * Where words go: results to stdout, everything else to stderr; how wide, and in colour or not.
 */
import type { WriteStream } from 'node:tty';
import type { Block } from '../text/blocks.ts';
import { toTerminal } from '../text/blocks-terminal.ts';

const STANDARD_WIDTH = 80;
const WIDEST = 120;

/** The width and colours of a stream. `NO_COLOR`, `CI` and pipes get plain text of 80 columns. */
export function screen(stream: NodeJS.WriteStream & { fd: number }): {
  width: number;
  color: boolean;
} {
  const terminal = stream.isTTY === true;
  const { NO_COLOR: none, CI: ci, FORCE_COLOR: forced } = process.env;
  const wanted = forced !== undefined && forced !== '0';
  const color = wanted || (terminal && !none && !ci && process.env.TERM !== 'dumb');
  const columns = terminal ? (stream as WriteStream).columns : STANDARD_WIDTH;
  return { width: Math.max(40, Math.min(columns || STANDARD_WIDTH, WIDEST)), color };
}

/** A line for the person at the terminal. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Blocks for the person at the terminal. */
export function show(blocks: readonly Block[]): void {
  process.stderr.write(toTerminal(blocks, screen(process.stderr)));
}

/** Ours, whatever stands in its place later. */
const writeStdout = process.stdout.write.bind(process.stdout);

/** Writes a result, or a part of one, to stdout. */
export function writeResult(text: string): void {
  writeStdout(text);
}

/**
 * From now on stdout is the result's alone: what a provider, a judge or a configuration of the user's writes there
 * goes to stderr, also what comes late. A document with a line of somebody else's in it is none.
 */
export function keepStdoutForResult(): void {
  process.stdout.write = process.stderr.write.bind(process.stderr);
}
