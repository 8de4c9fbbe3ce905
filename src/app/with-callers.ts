/** @module app/with-callers Models, and the ledger that keeps what they say, for as long as a command needs them. */
import type { Ledger } from '../ledger/ledger.ts';
import type { Context } from './context.ts';
import type { Callers, CallersInput } from './models.ts';
import type { Settings } from './settings.ts';

/**
 * Opens models, makes sure that they can be reached, opens the ledger to write, does the work, and closes everything
 * whatever happens. The ledger comes last: models that can't be opened leave no trace in it.
 */
export async function withCallers<Result>(
  context: Pick<Context, 'models' | 'ledger'>,
  models: Pick<CallersInput, 'subjects' | 'judges' | 'scenes' | 'roster'>,
  settings: Pick<Settings, 'ledger' | 'concurrency' | 'budget' | 'prices'>,
  work: (callers: Callers, ledger: Ledger) => Promise<Result>,
): Promise<Result> {
  const { concurrency, budget, prices } = settings;
  const callers = await context.models.open({
    ...models,
    store: {
      find: (...asked) => ledger.calls.find(...asked),
      add: (call) => ledger.calls.add(call),
      flush: () => ledger.flush(),
    },
    concurrency,
    budget,
    prices,
  });
  let ledger: Ledger;
  try {
    await callers.checkReach();
    ledger = await context.ledger.write(settings.ledger);
  } catch (error) {
    await callers.close();
    throw error;
  }
  try {
    return await work(callers, ledger);
  } finally {
    try {
      await ledger.close();
    } finally {
      await callers.close();
    }
  }
}
