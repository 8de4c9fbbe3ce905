/**
 * @module model/limiter
 * How many calls may be in flight to one account. The adaptive limit starts low, doubles after every
 * clean round until the provider first says "too many", then falls by a fifth and grows by a twentieth.
 * The numbers are those of Inspect's published design for adaptive connections.
 */
import { onAbort } from './on-abort.ts';

export interface Limiter {
  /** Resolves to true when a place is free, or to false once `signal` aborts. */
  acquire(signal: AbortSignal): Promise<boolean>;
  /** Gives the place back, with what the call taught about the limit. */
  release(lesson: Lesson): void;
  readonly limit: number;
  readonly inFlight: number;
}

/**
 * `clean`: an answer at the first attempt. `limited`: the provider said too many calls, and perhaps for how
 * long to hold back. `trouble`: the provider broke, which says nothing of the limit but is no time to grow.
 * `neutral`: an answer after a retry, a refusal, a call that was cut short by us.
 */
export type Lesson =
  | { type: 'clean' | 'trouble' | 'neutral' }
  | { type: 'limited'; retryAfter?: number };

export interface AdaptiveBounds {
  least: number;
  start: number;
  most: number;
}

export const DEFAULT_BOUNDS: AdaptiveBounds = { least: 10, start: 20, most: 100 };

const CUT = 0.8;
const GROWTH_AFTER_CUT = 1.05;
/** A burst of 429s is one event: after a cut no further one for so long. */
const CUT_PAUSE = 15_000;
/** Growing a limit that nobody fills up teaches nothing. */
const FILL_TO_GROW = 0.8;

interface Waiter {
  resolve: (granted: boolean) => void;
  cancelled: boolean;
}

/**
 * A limiter with a fixed number of places, or an adaptive one. `now` is a clock in milliseconds
 * that only ever goes forward.
 */
export function createLimiter(
  setting: number | AdaptiveBounds,
  now: () => number = performance.now.bind(performance),
): Limiter {
  const adaptive = typeof setting === 'number' ? null : setting;
  let limit = typeof setting === 'number' ? setting : setting.start;
  let inFlight = 0;
  let peak = 0;
  let cleanInRound = 0;
  let everCut = false;
  let noCutBefore = 0;
  let holdUntil = 0;
  let isHeld = false;
  let waiting: Waiter[] = [];
  let head = 0;

  const admit = (): void => {
    const pause = holdUntil - now();
    if (pause > 0) {
      if (isHeld) return;
      isHeld = true;
      setTimeout(() => {
        isHeld = false;
        admit();
      }, pause);
      return;
    }
    while (inFlight < Math.floor(limit) && head < waiting.length) {
      const waiter = waiting[head++];
      if (waiter === undefined || waiter.cancelled) continue;
      inFlight++;
      waiter.resolve(true);
    }
    if (inFlight > peak) peak = inFlight;
    if (head === waiting.length || head > 1_024) {
      waiting = waiting.slice(head);
      head = 0;
    }
  };

  const learnClean = (): void => {
    if (adaptive === null) return;
    cleanInRound++;
    if (cleanInRound < Math.max(limit, 4)) return;
    if (peak >= FILL_TO_GROW * Math.floor(limit)) {
      const grown = everCut ? Math.max(limit * GROWTH_AFTER_CUT, limit + 0.5) : limit * 2;
      limit = Math.min(adaptive.most, grown);
    }
    cleanInRound = 0;
    peak = inFlight;
  };

  const learnLimited = (retryAfter: number | undefined): void => {
    if (retryAfter !== undefined) holdUntil = Math.max(holdUntil, now() + retryAfter);
    if (adaptive === null) return;
    cleanInRound = 0;
    if (now() < noCutBefore) return;
    everCut = true;
    limit = Math.max(Math.min(adaptive.least, adaptive.start), limit * CUT);
    noCutBefore = now() + Math.max(CUT_PAUSE, retryAfter ?? 0);
  };

  return {
    acquire: (signal) => {
      if (signal.aborted) return Promise.resolve(false);
      if (inFlight < Math.floor(limit) && head === waiting.length && holdUntil <= now()) {
        inFlight++;
        if (inFlight > peak) peak = inFlight;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const waiter: Waiter = { resolve, cancelled: false };
        const forget = onAbort(signal, () => {
          waiter.cancelled = true;
          resolve(false);
        });
        waiter.resolve = (granted) => {
          forget();
          resolve(granted);
        };
        waiting.push(waiter);
        admit();
      });
    },
    release: (lesson) => {
      inFlight--;
      if (lesson.type === 'clean') learnClean();
      else if (lesson.type === 'limited') learnLimited(lesson.retryAfter);
      else if (lesson.type === 'trouble') cleanInRound = 0;
      admit();
    },
    get limit() {
      return Math.floor(limit);
    },
    get inFlight() {
      return inFlight;
    },
  };
}
