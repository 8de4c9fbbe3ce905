/**
 * @module cli/main
 * From arguments to an exit code. Whatever goes wrong on the way is one message on stderr.
 */
import { CommanderError } from 'commander';
import type { Capability } from '../app/capability.ts';
import type { Command, Result } from '../app/command.ts';
import type { Context } from '../app/context.ts';
import { messageOf, TenetError } from '../app/errors.ts';
import * as listed from '../capabilities.ts';
import { printJson } from '../text/json.ts';
import { ownCapability } from './capability.ts';
import { createContext } from './context.ts';
import { errorDocument, printed } from './print.ts';
import { commandsOf, createProgram, isBegun } from './program.ts';
import { keepStdoutForResult, writeResult } from './terminal.ts';

/** Runs the command line and gives the exit code: 0 done, 1 a check failed, 2 could not do it, 130 interrupted. */
export async function main(given: string[], version: string): Promise<number> {
  // `tenet report | head` closes the pipe early. That is no error, and doesn't change what the exit code says.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const asked = helpAsFlag(given);
  const debug = asked.includes('--debug');
  let exit = 0;
  try {
    const capabilities: Capability[] = [
      ...Object.values(listed),
      ownCapability(() => capabilities),
    ];
    const entries = commandsOf(capabilities);
    // There is no help on what is not there; without the flag it is told as any wrong word.
    const words = isBegun(entries, asked) ? asked : asked.filter((word) => !HELP.has(word));
    const program = await createProgram(
      entries,
      version,
      words,
      async (entry, command, invocation) => {
        // A person at a terminal may see what a module of theirs says; in a file or a pipe only the result is wanted.
        const isRead = invocation.json || process.stdout.isTTY !== true;
        if (isRead && command.prints.length > 0) keepStdoutForResult();
        const context = createContext(invocation, capabilities);
        const own = capabilities.find(({ commands }) => commands?.includes(entry));
        const args = await settled(command, own?.config ?? [], invocation.args, context);
        const result = await command.run(args, context);
        exit = await end(result, context, args, debug);
      },
    );
    await program.parseAsync(words, { from: 'user' });
    return exit;
  } catch (error) {
    // How commander ends where it has printed the version or the help, asked for (0) or for want of a command.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (wantsJson(asked)) writeResult(printJson(errorDocument(error)));
    sayError(error, debug);
    return 2;
  }
}

/** The arguments, also those of these keys that the configuration settles. */
async function settled(
  command: Command,
  keys: readonly string[],
  given: Record<string, unknown>,
  { config }: Context,
): Promise<Record<string, unknown>> {
  if (keys.length === 0) return given;
  return (await import('../app/config.ts')).settledArguments(command.args, keys, given, config);
}

const HELP: ReadonlySet<string> = new Set(['--help', '-h']);

/** Is the result wanted as JSON? Asked of the words themselves, since they may be wrong. */
function wantsJson(words: readonly string[]): boolean {
  return words.some(
    (word, place) =>
      word === '--json' ||
      word === '--format=json' ||
      (word === '--format' && words[place + 1] === 'json'),
  );
}

/** What a file is set for. */
const ON_PAPER = { width: 80, color: false };

/** Prints a result and gives the exit code. */
async function end(
  result: Result,
  { settings: { json }, output }: Context,
  args: Record<string, unknown>,
  debug: boolean,
): Promise<number> {
  const format = typeof args.format === 'string' ? { format: args.format } : {};
  const form = { json, ...format, all: args.all === true };
  if (result.out === undefined) writeResult(printed(result, form, output));
  else {
    const { writeNamed } = await import('../app/files.ts');
    writeNamed('--out', result.out, printed(result, form, ON_PAPER));
  }
  const { failure } = result;
  if (failure === undefined) return result.exit ?? 0;
  if (json && result.document === undefined) {
    writeResult(printJson(errorDocument(failure)));
  }
  sayError(failure, debug);
  return 2;
}

function sayError(error: unknown, debug: boolean): void {
  process.stderr.write(`tenet: ${messageOf(error)}\n`);
  if (!TenetError.is(error) && !debug) {
    process.stderr.write('This is a fault of Tenet. Run it again with --debug to see where.\n');
  }
  if (debug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

/** `help judge again` as `judge again --help`, and `help` alone as `--help`; `help --json` is a command of its own. */
function helpAsFlag(words: readonly string[]): string[] {
  const [first, ...rest] = words;
  return first === 'help' && !rest.includes('--json') ? [...rest, '--help'] : [...words];
}
