/** @module app/with-callers Models, and the ledger that keeps what they say, for as long as a command needs them. */
import type { Ledger } from '../ledger/ledger.ts';
import type { Context } from './context.ts';
import type { Callers, CallersInput } from './models.ts';
import type { Settings } from './settings.ts';

/**
 * Opens models, makes sure that they can be reached, opens the ledger to write, does the work, and closes everything
 * whatever happens. The ledger comes last: models that can't be opened leave no trace in it.
 *
 * @param purpose the command that writes, for whoever finds the ledger held
 */
export async function withCallers<Result>(
  context: Pick<Context, 'models' | 'ledger'>,
  models: Pick<CallersInput, 'subjects' | 'judges' | 'scenes' | 'roster'>,
  settings: Pick<Settings, 'ledger' | 'concurrency' | 'budget' | 'prices'>,
  purpose: string,
  work: (callers: Callers, ledger: Ledger) => Promise<Result>,
): Promise<Result> {
  const { concurrency, budget, prices } = settings;
  const callers = await context.models.open({
    ...models,
    store: {
      findCall: (...asked) => ledger.findCall(...asked),
      addCall: (call) => ledger.addCall(call),
    },
    concurrency,
    budget,
    prices,
  });
  let ledger: Ledger;
  try {
    await callers.checkReach();
    ledger = await context.ledger.write(settings.ledger, purpose);
  } catch (error) {
    await callers.close();
    throw error;
  }
  try {
    return await work(callers, ledger);
  } finally {
    try {
      ledger.close();
    } finally {
      await callers.close();
    }
  }
}
