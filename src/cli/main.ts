/**
 * @module cli/main
 * From arguments to an exit code. Whatever goes wrong on the way is one message on stderr.
 */
import { CommanderError } from 'commander';
import { Exit, messageOf, Problem } from '../app/problem.ts';
import { LedgerWriteError } from '../ledger/writes.ts';
import { createProgram } from './program.ts';

/** Runs the command line and gives the exit code: 0 done, 1 a gate failed, 2 could not do it, 130 interrupted. */
export async function main(args: string[], version: string): Promise<number> {
  // `tenet report | head` closes the pipe early, and that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const program = createProgram(version);
  setExitOverride(program);
  try {
    await program.parseAsync(helpOfOne(args), { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.code;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const debug = program.opts().debug === true;
    const known = error instanceof Problem || error instanceof LedgerWriteError;
    process.stderr.write(`tenet: ${messageOf(error)}\n`);
    if (!known && !debug) {
      process.stderr.write('This is a fault of Tenet. Run it again with --debug to see where.\n');
    }
    if (debug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return 2;
  }
}

/** `help judge again` as `judge again --help`: of several words, commander would take the first alone. */
function helpOfOne(args: readonly string[]): string[] {
  const [first, ...words] = args;
  const isOfSub = first === 'help' && words.length > 1 && words.every((word) => /^\w/.test(word));
  return isOfSub ? [...words, '--help'] : [...args];
}

function setExitOverride(command: ReturnType<typeof createProgram>): void {
  command.exitOverride();
  for (const sub of command.commands) setExitOverride(sub);
}
