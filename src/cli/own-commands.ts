/**
 * @module cli/own-commands
 * Commands that are about the command line itself: help as data, completion, schemas, the editor's language server.
 */
import * as z from 'zod';
import { argument, flag } from '../app/arguments.ts';
import type { Capability } from '../app/capability.ts';
import { defineCommand } from '../app/command.ts';
import { documentsOf, jsonSchemaOf, schemaFile } from '../app/schemas.ts';
import { printJson } from '../text/json.ts';
import { commandList } from './command-list.ts';
import { completionsOf } from './complete.ts';
import { completionScript, FILES, SHELLS } from './completion-scripts.ts';
import { completionValues } from './completion-values.ts';
import { problem } from './messages.ts';
import { commandsBelow, commandsOf } from './program.ts';
import { shellWords } from './shell-line.ts';

export const completion = defineCommand({
  args: z.object({ shell: argument('<shell>', z.enum(SHELLS), 'the shell that you use') }),
  prints: [],
  run: ({ shell }) => ({ text: completionScript(shell) }),
});

/** Answers a shell that completes: a line for each word that fits, with what it is behind a tab. */
export const complete = (capabilities: readonly Capability[]) =>
  defineCommand({
    args: z.object({
      line: flag('<text>', z.string(), 'the line up to where the key was pressed'),
    }),
    prints: [],
    run: async ({ line }, context) => {
      const words = wordsBehind(shellWords(line));
      const { found, files } = await completionsOf(commandsOf(capabilities), words, (kind) =>
        completionValues(kind, words, { ...context, capabilities }),
      );
      const lines = found.map(({ value, description }) => `${value}\t${description}\n`);
      return { text: [...lines, ...(files ? [`${FILES}\n`] : [])].join('') };
    },
  });

/** The words behind the command's name, before which a shell may have variables to set or another command. */
function wordsBehind(words: readonly string[]): string[] {
  const at = words.slice(0, -1).findIndex((word) => /(^|\/)tenet$/.test(word));
  return words.slice(Math.max(at, 0) + 1);
}

export const schema = (capabilities: readonly Capability[]) =>
  defineCommand({
    args: z.object({
      name: argument(
        '[name]',
        z.string().optional(),
        'such as report or tenet.report/1; lists them where absent',
        'document',
      ),
    }),
    prints: ['tenet.schemas/1'],
    run: async ({ name }, { lent }) => {
      const documents = documentsOf(capabilities);
      if (name !== undefined) {
        const fits = documents.filter((one) =>
          [one.name, `${one.name}/${one.version}`].some((full) =>
            [full, full.replace(/^tenet\./, '')].includes(name),
          ),
        );
        const newest = fits.at(-1);
        if (newest === undefined) {
          throw problem('no-such-schema', { name, names: documents.map((one) => one.name) });
        }
        return { text: printJson(await jsonSchemaOf(newest, await lent.sections())) };
      }
      const schemas = documents.map((one) => ({
        name: one.name,
        version: one.version,
        file: schemaFile(one),
      }));
      return {
        document: { schema: 'tenet.schemas/1', schemas },
        blocks: () => [
          {
            type: 'table',
            columns: [{ head: 'document' }, { head: 'schema', cut: 'middle' }],
            rows: schemas.map((one) => ({ cells: [`${one.name}/${one.version}`, one.file] })),
          },
        ],
      };
    },
  });

/** `tenet help --json`; without the flag, help is the command line's own. */
export const help = (capabilities: readonly Capability[]) =>
  defineCommand({
    args: z.object({
      command: argument(
        '[command...]',
        z.array(z.string()),
        'a command or a group of them, such as spec lint; all where absent',
        'command',
      ),
    }),
    prints: ['tenet.commands/1'],
    run: async ({ command }) => {
      const told = commandsBelow(commandsOf(capabilities), command);
      return { document: await commandList(told, capabilities) };
    },
  });
