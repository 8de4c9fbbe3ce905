/**
 * @module app/errors
 * What a user has to put right, as data: a code, the place, and what to do. The sentence is made once, from a
 * table of sentences that stands in one `messages.ts` per room.
 */

/** Where something is wrong: a file with a line and a column (both from 1), or a flag with what was given to it. */
export interface Where {
  file?: string;
  line?: number;
  column?: number;
  flag?: string;
  value?: string;
}

/** A sentence in its parts: what is wrong, where, and what to do about it. Each part is whole sentences. */
export interface Said {
  what: string;
  where?: Where;
  remedy?: string;
}

/** Marks our errors, so that two copies of Tenet in one program know each other's. */
const MARK = Symbol.for('tenet.error');

/**
 * An error of the user's, the machine's or a provider's, not of the program's. `message` is place, what is wrong and
 * the remedy in one text; `data` holds what the sentence was made from.
 */
export class TenetError extends Error {
  override name = 'TenetError';
  readonly code: string;
  readonly where?: Where;
  readonly remedy?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly [MARK] = true;

  constructor(
    code: string,
    { what, where, remedy }: Said,
    data: Readonly<Record<string, unknown>> = {},
    options: { cause?: unknown } = {},
  ) {
    const text = remedy === undefined ? what : `${what} ${remedy}`;
    super(`${placeText(where)}${text}`, options);
    this.code = code;
    this.data = data;
    if (where !== undefined) this.where = where;
    if (remedy !== undefined) this.remedy = remedy;
  }

  /** Is it an error of Tenet, of this copy or of another one in the same program? */
  static is(error: unknown): error is TenetError {
    return error instanceof Error && MARK in error;
  }
}

/** `--flag value: `, `file:line:column: `, or nothing. */
function placeText({ file, line, column, flag, value }: Where = {}): string {
  const places = [flag, value, file, line, column];
  if (places.every((place) => place === undefined)) return '';
  const named = [flag, value].filter((part) => part !== undefined).join(' ');
  const placed = [file, line, column].filter((part) => part !== undefined).join(':');
  return `${[named, placed].filter((part) => part !== '').join(': ')}: `;
}

/** Sentences by code. Each takes the data that its error carries. */
type Sentences = Record<string, (data: never) => Said>;

/**
 * Makes a function that makes errors from a table of sentences.
 *
 * @example
 * const problem = problemsOf({
 *   'no-such-rule': ({ id }: { id: string }) => ({ where: { flag: '--rule' }, what: `There is no rule ${id}.` }),
 * });
 * throw problem('no-such-rule', { id: 'S999' });
 */
export function problemsOf<Table extends Sentences>(
  sentences: Table,
): <Code extends keyof Table & string>(
  code: Code,
  data: Parameters<Table[Code]>[0],
  options?: { cause?: unknown },
) => TenetError {
  return (code, data, options) => {
    const say = sentences[code] as (data: unknown) => Said;
    return new TenetError(code, say(data), data, options);
  };
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
