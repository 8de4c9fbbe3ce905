/**
 * @module ledger/damage
 * A ledger whose file says what no ledger of ours says: bits that fell over, pages of another file, a text that is not
 * the one its digest names. It is told and never counted.
 */

import { damagedLedgerSaid, unreachedSaid } from './messages.ts';
import { sqliteCode } from './sqlite/lock.ts';

/** Marks an error that is told to the user, as `TenetError` does, which stands in a room above. */
const MARK = Symbol.for('tenet.error');

/** The ledger's file is damaged, and what was asked of it can't be said. */
export class LedgerDamageError extends Error {
  override name = 'LedgerDamageError';
  readonly code = 'ledger-damaged';
  readonly where: { file: string };
  readonly remedy: string;
  readonly data: { found: string };
  readonly [MARK] = true;

  constructor(file: string, found: string, cause: unknown) {
    const { what, remedy } = damagedLedgerSaid(found);
    super(`${file}: ${what} ${remedy}`, { cause });
    this.where = { file };
    this.remedy = remedy;
    this.data = { found };
  }
}

/** The database of a ledger went away while it was being read. */
class LedgerUnreachedError extends Error {
  override name = 'LedgerUnreachedError';
  readonly code = 'ledger-unreached';
  readonly where: { file: string };
  readonly data = {};
  readonly [MARK] = true;

  constructor(file: string, cause: Error) {
    super(unreachedSaid(file, cause.message), { cause });
    this.where = { file };
  }
}

/** Is this the system's or PostgreSQL's word for a connection that is none, or is none any more? */
function isOfConnection(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(?:E[A-Z]+|57P0\d|08\w{3})$/.test(code) ||
    /^Connection terminated|^timeout exceeded when trying to connect/.test(error.message)
  );
}

/** What was found in a row, before it is known of which file. */
class Damage extends Error {}

/** Ends the reading of a row that can't be ours. `found`: what stands there, such as `the outcome adhmres`. */
export function damaged(found: string): never {
  throw new Damage(found);
}

/**
 * The parts of a ledger, of which each method and each sequence of pages says `LedgerDamageError` with the file where
 * what it reads is damaged. Other errors pass as they are.
 */
export function tellingDamage<Part extends object>(file: string, part: Part): Part {
  const told = { ...part } as Record<PropertyKey, unknown>;
  for (const key of Reflect.ownKeys(part)) {
    const method = told[key];
    if (typeof method !== 'function') continue;
    told[key] = (...given: unknown[]) => {
      const result = method(...given);
      return Symbol.asyncIterator in result
        ? telling(file, result)
        : result.catch((error: unknown) => throwTold(file, error));
    };
  }
  return told as Part;
}

async function* telling(file: string, pages: AsyncIterable<unknown>): AsyncGenerator {
  try {
    yield* pages;
  } catch (error) {
    throwTold(file, error);
  }
}

function throwTold(file: string, error: unknown): never {
  if (error instanceof Error && isOfConnection(error)) throw new LedgerUnreachedError(file, error);
  const found = damageIn(error);
  throw found === null ? error : new LedgerDamageError(file, found, error);
}

/** SQLite's "malformed" and "no database". */
const CORRUPT: readonly number[] = [11, 26];

/** What an error found to be damaged, in words; null where it is about something else. */
function damageIn(error: unknown): string | null {
  if (error instanceof Damage) return error.message;
  if (!(error instanceof Error)) return null;
  const code = sqliteCode(error);
  if (code !== null) return CORRUPT.includes(code) ? 'pages that are not in order' : null;
  const reason = 'code' in error ? String(error.code) : '';
  if (reason.startsWith('ZSTD_error')) return 'a text that can’t be unpacked';
  // `node:sqlite` says so of integers that no program of ours has written.
  if (reason === 'ERR_OUT_OF_RANGE') return 'a number beyond all bounds';
  return error instanceof SyntaxError ? 'a document that is no JSON' : null;
}
