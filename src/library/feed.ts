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
  /** How many of them it has had. */
  had: number;
  /** Those who asked for an event before there was one. */
  asking: (() => void)[];
  isDone: boolean;
}

/** A feed without events yet. Nothing is kept for readers that come later. */
export function createFeed<Event>(): Feed<Event> {
  const readers = new Set<Reader<Event>>();
  let ended: { error: unknown } | null = null;
  const wake = (reader: Reader<Event>): void => {
    for (const ask of reader.asking.splice(0)) ask();
  };
  const leave = (reader: Reader<Event>): void => {
    reader.isDone = true;
    readers.delete(reader);
    wake(reader);
  };
  const next = async (reader: Reader<Event>): Promise<IteratorResult<Event, undefined>> => {
    for (;;) {
      if (reader.isDone) return { done: true, value: undefined };
      const event = reader.waiting[reader.had];
      if (event !== undefined) {
        if (++reader.had === reader.waiting.length) {
          reader.waiting = [];
          reader.had = 0;
        }
        return { done: false, value: event };
      }
      if (ended !== null) {
        leave(reader);
        if (ended.error !== undefined) throw ended.error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => reader.asking.push(resolve));
    }
  };
  return {
    put: (event) => {
      for (const reader of readers) {
        reader.waiting.push(event);
        wake(reader);
      }
    },
    end: (error) => {
      ended ??= { error };
      readers.forEach(wake);
    },
    read: () => {
      const reader: Reader<Event> = { waiting: [], had: 0, asking: [], isDone: false };
      readers.add(reader);
      return {
        next: () => next(reader),
        return: async () => {
          leave(reader);
          return { done: true, value: undefined };
        },
      };
    },
  };
}
