/** @module cli/command-list All commands as data, `tenet.commands/1`. */
import type { z } from 'zod';
import type { Capability, CommandEntry } from '../app/capability.ts';
import { givenTo } from './arguments.ts';
import type { commandsSchema } from './schema.ts';

const EXIT = { 0: 'done', 2: 'could not do it', 130: 'interrupted' };

/** Every command that is told in the help, with what it takes and prints. */
export async function commandList(
  entries: readonly CommandEntry[],
  capabilities: readonly Capability[],
): Promise<z.infer<typeof commandsSchema>> {
  const ownerOf = new Map(
    capabilities.flatMap(({ name, commands = [] }) => commands.map(({ path }) => [path, name])),
  );
  const commands = await Promise.all(
    entries
      .filter(({ hidden }) => hidden !== true)
      .map(async ({ path, summary, load }) => {
        const command = await load();
        return {
          path,
          capability: ownerOf.get(path) ?? 'cli',
          summary,
          arguments: givenTo(command).map(({ key, fallback, completes: _, ...told }) => ({
            name: key,
            ...told,
            default: fallback,
          })),
          prints: [...command.prints],
          exit: { ...EXIT, ...command.exit },
        };
      }),
  );
  return { schema: 'tenet.commands/1', commands };
}
