/** @module cli/messages The sentences of what can go wrong on the command line itself. */
import { problemsOf } from '../app/errors.ts';
import { count } from '../text/numbers.ts';
import { safeLine } from '../text/safe-text.ts';

/** Where a wrong word stands: `spec lint`, or nothing for the whole program. */
interface Under {
  command: string;
}

/** A flag, and how the help writes it: `--repeats <n>`. */
interface Flag extends Under {
  flag: string;
  written: string;
}

interface WrongArgument {
  /** `--repeats`, or `<shell>` for an argument that is given by its place. */
  argument: string;
  value: string;
  /** What a value must be, in words; null where there are choices. */
  must: string | null;
  choices: readonly string[] | null;
}

const helpOn = (path: string): string =>
  `'tenet ${path === '' ? '' : `${path} `}--help' shows what there is.`;

const meant = (near: string | null): string => (near === null ? '' : `Did you mean ${near}? `);

export const problem = problemsOf({
  'unknown-command': ({
    word,
    near,
    under,
  }: {
    word: string;
    near: string | null;
    under: string;
  }) => ({
    what: `unknown command '${safeLine(word)}'.`,
    remedy: `${meant(near)}${helpOn(under)}`,
  }),
  'unknown-flag': ({ flag, near, command }: Under & { flag: string; near: string | null }) => ({
    what: `unknown option '${safeLine(flag)}'.`,
    remedy: `${meant(near)}${helpOn(command)}`,
  }),
  'missing-argument': ({ argument, command }: Under & { argument: string }) => ({
    what: `missing required argument '${argument}'.`,
    remedy: helpOn(command),
  }),
  'missing-flag': ({ written, command }: Flag) => ({
    what: `required option '${written}' not specified.`,
    remedy: helpOn(command),
  }),
  'missing-value': ({ written, command }: Flag) => ({
    what: `option '${written}' argument missing.`,
    remedy: helpOn(command),
  }),
  'too-many-arguments': ({
    expected,
    given,
    command,
  }: Under & { expected: number; given: readonly string[] }) => ({
    what: `too many arguments for '${command}'. Expected ${count(expected, 'argument')} but got ${given.length}: ${safeLine(given.join(', '))}.`,
    remedy: helpOn(command),
  }),
  'wrong-argument': ({ argument, value, must, choices }: WrongArgument) => ({
    where: { flag: argument },
    what: `'${safeLine(value)}' is invalid.`,
    remedy: choices === null ? `It must be ${must}.` : `Allowed choices are ${choices.join(', ')}.`,
  }),
  // Words that are right one by one and don't go together.
  'unfit-arguments': ({ argument, reason }: { argument: string; reason: string }) => ({
    where: { flag: argument },
    what: `${reason}.`,
  }),
  'no-such-schema': ({ name, names }: { name: string; names: string[] }) => ({
    what: `there is no document "${name}".`,
    remedy: `There are ${names.join(', ')}.`,
  }),
  'not-an-editor': (_: object) => ({
    what: "'tenet lsp' speaks with an editor, not with a person.",
    remedy: 'Let the editor start it; docs/editor.md says how for VS Code, Neovim and Helix.',
  }),
});
