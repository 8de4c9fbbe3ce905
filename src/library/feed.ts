/** @module library/feed What happens in a piece of work, for as many readers as there are, each from when it begins to read. */

/** A source of events that can be read while it goes on. */
export interface Feed<Event> {
  /** Hands an event to everybody who reads. */
  put(event: Event): void;
  /** Ends the reading; with an error, where the work failed. */
  end(error?: unknown): void;
  /** Reads from now on. */
  read(): AsyncIterator<Event>;
}

interface Reader<Event> {
  waiting: Event[];
  wake: (() => void) | null;
}

/** A feed without events yet. Nothing is kept for readers that come later. */
export function createFeed<Event>(): Feed<Event> {
  const readers = new Set<Reader<Event>>();
  let ended: { error: unknown } | null = null;
  const wakeAll = (): void => {
    for (const reader of readers) reader.wake?.();
  };
  return {
    put: (event) => {
      for (const reader of readers) reader.waiting.push(event);
      wakeAll();
    },
    end: (error) => {
      ended ??= { error };
      wakeAll();
    },
    read: () => {
      const reader: Reader<Event> = { waiting: [], wake: null };
      readers.add(reader);
      return {
        next: async () => {
          for (;;) {
            const event = reader.waiting.shift();
            if (event !== undefined) return { done: false, value: event };
            if (ended !== null) {
              readers.delete(reader);
              if (ended.error !== undefined) throw ended.error;
              return { done: true, value: undefined };
            }
            await new Promise<void>((resolve) => {
              reader.wake = resolve;
            });
            reader.wake = null;
          }
        },
        return: async () => {
          readers.delete(reader);
          return { done: true, value: undefined };
        },
      };
    },
  };
}
