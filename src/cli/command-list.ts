/** @module cli/command-list All commands as data, `tenet.commands/1`. */
import type * as z from 'zod';
import type { Capability, CommandEntry } from '../app/capability.ts';
import { givenTo } from './arguments.ts';
import type { commandsSchema } from './schema.ts';

const EXIT = { 0: 'done', 2: 'could not do it', 130: 'interrupted' };

/** What `--json` prints of any command where there is no result. */
const ERROR = 'tenet.error/1';

/** These commands, with what they take and print. */
export async function commandList(
  entries: readonly CommandEntry[],
  capabilities: readonly Capability[],
): Promise<z.infer<typeof commandsSchema>> {
  const ownerOf = new Map(
    capabilities.flatMap(({ name, commands = [] }) => commands.map(({ path }) => [path, name])),
  );
  const commands = await Promise.all(
    entries.map(async ({ path, summary, load }) => {
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
        prints: [...command.prints, ERROR],
        exit: { ...EXIT, ...command.exit },
      };
    }),
  );
  return { schema: 'tenet.commands/1', commands };
}
