/**
 * @module cli/interrupts
 * Ctrl-C in two steps: the first lets calls under way come back for a few seconds, the second cuts them short.
 */
import type { Stop } from '../app/context.ts';
import { say } from './terminal.ts';

const GRACE_MILLISECONDS = 5_000;

/** Takes over SIGINT and SIGTERM until released. */
export function catchInterrupts(): Stop & { release(): void } {
  const drain = new AbortController();
  const abort = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  const onSignal = (): void => {
    if (drain.signal.aborted) {
      abort.abort();
      return;
    }
    say('\nStopping: calls under way have five seconds to come back. Ctrl-C again stops at once.');
    drain.abort();
    timer = setTimeout(() => abort.abort(), GRACE_MILLISECONDS);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: drain.signal,
    abort: abort.signal,
    release: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      if (timer !== null) clearTimeout(timer);
    },
  };
}
