/**
 * @module cli/program
 * The tree of commands, from the list of capabilities. Only the command that was asked for is loaded, so that help
 * comes at once.
 */
import type { Command as Program } from 'commander';
import type { Capability, CommandEntry } from '../app/capability.ts';
import type { Command } from '../app/command.ts';
import { unknownCommand, Words } from './words.ts';

/** What runs a command once its words are values. */
export type Run = (entry: CommandEntry, command: Command, values: Invocation) => Promise<void>;

/** What was given: the command's arguments, and the flags that every command has. */
export interface Invocation {
  args: Record<string, unknown>;
  json: boolean;
}

/** What the first words of several commands have in common. */
const GROUPS: Readonly<Record<string, string>> = {
  spec: 'Look into, check and compare specifications',
  judge: 'Measure judges, attack them, judge anew',
  suite: 'Make a file of scenarios to edit and to give to --suite',
};

const START = `
Start here:
  $ tenet audit          (a rehearsal with simulated models: no key, no network)
  $ tenet audit --spec model_spec.md --subject openai:gpt-5 \\
      --judge anthropic:claude-sonnet-4-5 --dry-run
  $ tenet spec show model_spec.md`;

/** All commands of all capabilities, in the order of the help. */
export function commandsOf(capabilities: readonly Capability[]): CommandEntry[] {
  return capabilities
    .flatMap(({ commands = [] }) => commands)
    .toSorted((one, other) => one.order - other.order);
}

/** The command that these words begin with: the longest path, or null. */
export function commandNamed(
  entries: readonly CommandEntry[],
  words: readonly string[],
): CommandEntry | null {
  const given = words.filter((word) => !word.startsWith('-')).join(' ');
  const fits = ({ path }: CommandEntry): boolean => `${given} `.startsWith(`${path} `);
  return entries.filter(fits).toSorted((a, b) => b.path.length - a.path.length)[0] ?? null;
}

/** Do these words begin a command, or are they a command and more? */
export function isBegun(entries: readonly CommandEntry[], words: readonly string[]): boolean {
  const given = words.filter((word) => !word.startsWith('-')).join(' ');
  if (given === '' || commandNamed(entries, words) !== null) return true;
  return entries.some(({ path }) => path.startsWith(`${given} `));
}

/** The commands whose words go on from these, or are these. Throws a `TenetError` where there is none. */
export function commandsBelow(
  entries: readonly CommandEntry[],
  words: readonly string[],
): CommandEntry[] {
  let below = entries.filter(({ hidden }) => hidden !== true);
  for (const [depth, word] of words.entries()) {
    const wordsThere = below.map(({ path }) => path.split(' ')[depth]);
    const fits = below.filter((_, place) => wordsThere[place] === word);
    if (fits.length === 0) {
      const known = [...new Set(wordsThere.filter((one) => one !== undefined))];
      throw unknownCommand(word, known, words.slice(0, depth).join(' '));
    }
    below = fits;
  }
  return below;
}

/**
 * The whole command line, with the arguments of the command that `words` ask for.
 * @param run carries it out
 */
export async function createProgram(
  entries: readonly CommandEntry[],
  version: string,
  words: readonly string[],
  run: Run,
): Promise<Program> {
  const program: Program = new Words('tenet')
    .description('Holds an AI model to its written behaviour specification.')
    .version(version, '-V, --version')
    .option('--debug', 'show where an error came from')
    .configureHelp({ sortSubcommands: false });
  const asked = commandNamed(entries, words);
  for (const entry of entries) {
    if (entry.hidden === true && entry !== asked) continue;
    const own = commandAt(program, entry.path).description(entry.summary);
    if (entry === asked) await fill(own, entry, run);
  }
  program.addHelpText('after', START);
  return setExitOverride(program);
}

/** The command at a path; its groups are made on the way. */
function commandAt(program: Program, path: string): Program {
  let at = program;
  for (const word of path.split(' ')) {
    const known = at.commands.find((command) => command.name() === word);
    at = known ?? at.command(word).description(GROUPS[word] ?? '');
  }
  return at;
}

async function fill(program: Program, entry: CommandEntry, run: Run): Promise<void> {
  const [command, { addArguments, valuesOf }] = await Promise.all([
    entry.load(),
    import('./arguments.ts'),
  ]);
  addArguments(program, command);
  if (command.help !== undefined) program.addHelpText('after', `\n${command.help}`);
  program.action(async (...given: unknown[]) => {
    const positional = given.slice(0, program.registeredArguments.length);
    const flags = program.opts();
    const args = valuesOf(command, positional, flags);
    await run(entry, command, { args, json: flags.json === true || args.format === 'json' });
  });
}

function setExitOverride(program: Program): Program {
  program.exitOverride();
  for (const sub of program.commands) setExitOverride(sub);
  return program;
}
