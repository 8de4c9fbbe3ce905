/**
 * @module model/on-abort
 * Lets many calls wait for one abort signal through one listener: adding one for each costs more than a call's own
 * bookkeeping.
 */

const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `stop` when `signal` aborts, at once where it has. Gives back what undoes that.
 */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  if (signal.aborted) {
    stop();
    return () => {};
  }
  let callbacks = waiting.get(signal);
  if (callbacks === undefined) {
    const created = new Set<() => void>();
    waiting.set(signal, created);
    signal.addEventListener('abort', () => {
      for (const callback of created) callback();
    });
    callbacks = created;
  }
  const all = callbacks;
  // A wrapper of its own, so that the same function given twice is called, and undone, twice.
  const own = (): void => stop();
  all.add(own);
  return () => {
    all.delete(own);
  };
}

/** What `work` comes to, or `late` where `signal` aborts before; what comes or fails after that is dropped. */
export function beforeAbort<Done, Late>(
  work: Promise<Done>,
  signal: AbortSignal,
  late: Late,
): Promise<Done | Late> {
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => resolve(late));
    work.then(resolve, reject).finally(forget);
  });
}
