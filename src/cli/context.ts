/**
 * @module cli/context
 * What commands are given when a person or a script starts them: the process's environment, streams and signals.
 * What only some commands need is loaded when it is asked for.
 */
import type { Capability } from '../app/capability.ts';
import type { Context } from '../app/context.ts';
import { sectionsOf } from '../app/lent.ts';
import { catchInterrupts } from './interrupts.ts';
import type { Invocation } from './program.ts';
import { createProgress } from './progress.ts';
import { say, screen, show } from './terminal.ts';

/** The context of one command, as it was called. */
export function createContext(
  { args, json }: Invocation,
  capabilities: readonly Capability[],
): Context {
  const { env: environment, stdin, stdout } = process;
  const folder = process.cwd();
  const output = screen(stdout);
  let read: ReturnType<Context['config']> | null = null;
  const config = () => {
    read ??= configOf(folder, capabilities);
    return read;
  };
  const surroundings = async () => {
    const { tablesOf } = await import('../app/lent.ts');
    return { environment, migrations: await tablesOf(capabilities), say };
  };
  return {
    settings: { folder, environment, given: new Set(Object.keys(args)), json },
    config,
    ledger: {
      read: async (path) =>
        (await import('../app/ledgers.ts')).readLedger(path, await surroundings()),
      write: async (path) =>
        (await import('../app/ledgers.ts')).writeLedger(path, await surroundings()),
    },
    models: {
      open: async (input) =>
        (await import('../app/models.ts')).openCallers({ ...input, environment }),
      own: async (names) =>
        (await import('../app/own-models.ts')).ownModels(await config(), names, environment),
    },
    output,
    log: { say, show, progress: (work) => createProgress(work, json) },
    signals: catchInterrupts,
    showPage:
      stdin.isTTY && stdout.isTTY
        ? async (page) => (await import('./page.ts')).showPage(stdin, stdout, page, output.color)
        : null,
    lent: { sections: () => sectionsOf(capabilities) },
  };
}

async function configOf(folder: string, capabilities: readonly Capability[]) {
  const flags = capabilities.flatMap(({ config = [] }) => config);
  return (await import('../app/config.ts')).loadConfig(folder, flags);
}
