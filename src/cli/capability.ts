/** @module cli/capability What the command line itself adds to the list: help as data, completion, schemas, the editor. */
import type { Capability, CommandEntry } from '../app/capability.ts';

const own = () => import('./own-commands.ts');
const schemas = () => import('./schema.ts');

/** The command line as a capability: what it adds to the list. */
export function ownCapability(capabilities: () => readonly Capability[]): Capability {
  const entry = (
    path: string,
    summary: string,
    order: number,
    load: CommandEntry['load'],
    hidden = false,
  ): CommandEntry => ({ path, summary, order, load, hidden });
  return {
    name: 'cli',
    summary: 'The command line itself',
    docs: { want: 'use it in scripts, and complete it in your shell', page: 'command-line.md' },
    commands: [
      entry(
        'lsp',
        'Language server for editors, on standard input and output',
        1300,
        async () => (await import('./lsp.ts')).lsp,
      ),
      entry(
        'completion',
        'Print a script that completes commands and values in your shell',
        1400,
        async () => (await own()).completion,
      ),
      entry('schema', 'List the schemas of documents, or print one', 1500, async () =>
        (await own()).schema(capabilities()),
      ),
      entry(
        'help',
        'Help on a command; with --json, on all or some of them as data',
        1600,
        async () => (await own()).help(capabilities()),
      ),
      entry(
        'complete',
        'Answers a shell that completes',
        9001,
        async () => (await own()).complete(capabilities()),
        true,
      ),
    ],
    documents: [
      { name: 'tenet.commands', version: 1, load: async () => (await schemas()).commandsSchema },
      { name: 'tenet.schemas', version: 1, load: async () => (await schemas()).schemasSchema },
      { name: 'tenet.error', version: 1, load: async () => (await schemas()).errorSchema },
    ],
  };
}
