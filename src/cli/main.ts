/**
 * @module cli/main
 * From arguments to an exit code. Whatever goes wrong on the way is one message on stderr.
 */
import { CommanderError } from 'commander';
import type { Capability } from '../app/capability.ts';
import type { Result } from '../app/command.ts';
import type { Context } from '../app/context.ts';
import { messageOf, TenetError } from '../app/errors.ts';
import * as listed from '../capabilities.ts';
import { printJson } from '../text/json.ts';
import { ownCapability } from './capability.ts';
import { createContext } from './context.ts';
import { errorDocument, printed } from './print.ts';
import { commandsOf, createProgram } from './program.ts';

/** Runs the command line and gives the exit code: 0 done, 1 a check failed, 2 could not do it, 130 interrupted. */
export async function main(words: string[], version: string): Promise<number> {
  // `tenet report | head` closes the pipe early, and that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const asked = helpOfOne(words);
  const debug = asked.includes('--debug');
  let exit = 0;
  try {
    const capabilities: Capability[] = [
      ...Object.values(listed),
      ownCapability(() => capabilities),
    ];
    // Without --json, help is the command line's own.
    const isHelp = asked[0] === 'help' && !asked.includes('--json');
    const entries = commandsOf(capabilities).filter(({ path }) => !(isHelp && path === 'help'));
    const program = await createProgram(entries, version, asked, async (_entry, command, given) => {
      const context = createContext(given.json, capabilities);
      try {
        const result = await command.run(given.args, context);
        exit = await end(result, context, given.args, debug);
      } catch (error) {
        if (given.json) process.stdout.write(printJson(errorDocument(error)));
        throw error;
      }
    });
    await program.parseAsync(asked, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    sayError(error, debug);
    return 2;
  }
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
  if (result.out === undefined) process.stdout.write(printed(result, form, output));
  else {
    const { writeNamed } = await import('../app/files.ts');
    writeNamed('--out', result.out, printed(result, form, ON_PAPER));
  }
  const { failure } = result;
  if (failure === undefined) return result.exit ?? 0;
  if (json && result.document === undefined) {
    process.stdout.write(printJson(errorDocument(failure)));
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

/** `help judge again` as `judge again --help`: commander would take the first word alone, before it has its flags. */
function helpOfOne(words: readonly string[]): string[] {
  const [first, ...rest] = words;
  const isOfSub = first === 'help' && rest.length > 0 && rest.every((word) => /^\w/.test(word));
  return isOfSub ? [...rest, '--help'] : [...words];
}
