/**
 * @module model/breaker
 * Stops asking a model once so many calls in a row have ended in the same error, with no answer in between, and says
 * why. A key that is refused at the very first call needs no second one.
 */
import type { Answer, Failure } from './types.ts';

const SAME_ERROR_LIMIT = 8;

/** From a model that has never answered, these won't become better by asking about something else. */
const HOPELESS_AT_FIRST = new Set(['authentication', 'network']);

export interface Breaker {
  /** The failure that every further call would get, or null while calls make sense. */
  open(): Failure | null;
  /** Takes note of how a call ended, its retries included. */
  note(answer: Answer): void;
}

/** A breaker for one model. */
export function createBreaker(model: string, limit = SAME_ERROR_LIMIT): Breaker {
  let signature = '';
  let count = 0;
  let last: Failure | null = null;
  let answered = false;
  return {
    open: () => {
      if (last === null) return null;
      const hopeless = !answered && HOPELESS_AT_FIRST.has(last.kind);
      if (count < limit && !hopeless) return null;
      const often =
        count < limit
          ? 'no call has succeeded'
          : `the last ${limit} calls all ended in the same error`;
      return {
        type: 'failure',
        kind: 'breaker',
        transient: false,
        status: last.status,
        message: `${model} is asked no more: ${often}: ${last.message}`,
      };
    },
    note: (answer) => {
      if (answer.type !== 'failure') {
        answered = true;
        count = 0;
        last = null;
        return;
      }
      const seen = signatureOf(answer);
      count = seen === signature ? count + 1 : 1;
      signature = seen;
      last = answer;
    },
  };
}

/** Numbers differ from call to call (request ids, ports, times) where the error is the same. */
function signatureOf(failure: Failure): string {
  const words = failure.message.replace(/[0-9a-f-]*\d[0-9a-f-]*/gi, '0').slice(0, 200);
  return `${failure.kind} ${failure.status ?? ''} ${words}`;
}
