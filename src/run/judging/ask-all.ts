/**
 * @module run/judging/ask-all
 * Carries out many questions outside a run, so many at once.
 */
import { setMaxListeners } from 'node:events';
import type { StopReason } from '../../model/call.ts';
import type { StopSignals } from '../execute.ts';

/** One question; gives the reason not to go on, if there is one. */
export type Asking = (signal: AbortSignal) => Promise<StopReason | null>;

/**
 * Asks everything, each question begun when there is room for it. Told to stop, or where a budget is spent, it starts
 * nothing new and gives the first reason why.
 *
 * @param width how many may be under way now; asked again before each start
 * @param onDone told of each question that is done with
 */
export async function askAll(
  questions: Iterable<Asking>,
  { width, onDone }: { width: () => number; onDone?: () => void },
  signals: StopSignals,
): Promise<StopReason | null> {
  const waiting = questions[Symbol.iterator]();
  const failed = new AbortController();
  const signal = AbortSignal.any([signals.abort, failed.signal]);
  // Every call listens for the abort; thousands of listeners are meant, not a leak.
  setMaxListeners(0, signal);
  let stop: StopReason | null = null;
  let active = 0;
  await new Promise<void>((resolve, reject) => {
    const pump = (): void => {
      while (stop === null && !signals.signal.aborted && active < Math.max(1, width())) {
        const next = waiting.next();
        if (next.done) break;
        active++;
        next
          .value(signal)
          .then((reason) => {
            stop ??= reason;
            if (reason === null) onDone?.();
            active--;
            pump();
          })
          .catch((error: unknown) => {
            failed.abort();
            reject(error);
          });
      }
      if (active === 0) resolve();
    };
    pump();
  });
  const isCut = stop === null && signals.signal.aborted && !waiting.next().done;
  return isCut ? { kind: 'interrupted', message: 'interrupted' } : stop;
}
