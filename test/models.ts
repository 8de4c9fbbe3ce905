/** What a command is given to ask models with: a ledger of its own, and the keys of a test. */
import type { Config } from '../src/app/config.ts';
import type { Context } from '../src/app/context.ts';
import { readLedger, writeLedger } from '../src/app/ledgers.ts';
import { openCallers } from '../src/app/models.ts';
import { ownModels } from '../src/app/own-models.ts';
import type { Folder } from './command.ts';

/** The key of servers in `test/servers`, by the name under which it stands in the environment. */
const environment = { TEST_KEY: 'secret-of-the-test' };

/** Configuration, ledger and models in a folder. */
export function modelsIn(folder: Folder): Pick<Context, 'config' | 'ledger' | 'models'> {
  const config: Config = { ledger: folder.at('ledger.db') };
  return {
    config: async () => config,
    ledger: {
      read: async (path) => readLedger(path, { environment, say: () => {} }),
      write: async (path) => writeLedger(path, { environment, say: () => {} }),
    },
    models: {
      open: async (input) => openCallers({ ...input, environment }),
      own: async (names) => ownModels(config, names, environment),
    },
  };
}

/** The name of a model of OpenAI that a server plays. */
export function modelAt({ base }: { base: string }): string {
  return `openai:gpt-5?base=${base}&key=TEST_KEY&attempts=1`;
}
