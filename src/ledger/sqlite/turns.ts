/**
 * @module ledger/sqlite/turns
 * Whoever writes to a file waits for others without giving up the thread. Of one process that would be for itself, were
 * the file open twice in it and the other transaction not at its end; so within a process they take turns.
 */

const turns = new Map<string, Promise<unknown>>();

/** Works when those before have ended their work with the same file. */
export function inTurn<Result>(path: string | null, work: () => Promise<Result>): Promise<Result> {
  if (path === null) return work();
  const done = (turns.get(path) ?? Promise.resolve()).then(work);
  const turn = done
    .catch(() => {})
    .finally(() => {
      if (turns.get(path) === turn) turns.delete(path);
    });
  turns.set(path, turn);
  return done;
}
