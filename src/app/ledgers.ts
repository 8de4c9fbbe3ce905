/**
 * @module app/ledgers
 * Opens the ledger that a command works on: a file, or a PostgreSQL database.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Access, type Ledger, openLedger } from '../ledger/ledger.ts';
import type { Migration } from '../ledger/migrations.ts';
import { hasPassword, isAddress, shownAddress } from '../ledger/postgres/address.ts';
import { problem } from './messages.ts';

/** The ledger that commands use where none is named. */
export const DEFAULT_LEDGER = join('.tenet', 'ledger.db');

/** Names a database for `postgres:`, with its password kept out of commands and their history. */
const ADDRESS_VARIABLE = 'TENET_LEDGER_URL';

/** What decides where a ledger is, beside its name. */
export interface Surroundings {
  environment: Readonly<Record<string, string | undefined>>;
  /** Tables of capabilities; none unless said. */
  migrations?: readonly Migration[];
  /** Told what the user should know of the place. */
  say(text: string): void;
}

/** The ledger at a place, to read. Throws a `TenetError` where there is none. */
export async function readLedger(
  place: string | undefined,
  surroundings: Surroundings,
): Promise<Ledger> {
  return await opened(place ?? DEFAULT_LEDGER, { write: false }, surroundings);
}

/** The ledger at a place, to write; made where there is none. Throws a `TenetError` where it can't be. */
export async function writeLedger(place: string, surroundings: Surroundings): Promise<Ledger> {
  return await opened(place, { write: true }, surroundings);
}

async function opened(
  place: string,
  access: Access,
  { environment, migrations, say }: Surroundings,
): Promise<Ledger> {
  const isUnnamed = /^postgres(?:ql)?:(?:\/\/)?$/.test(place);
  const address = (isUnnamed ? environment[ADDRESS_VARIABLE] : undefined) ?? place;
  if (hasPassword(place)) {
    say(
      `The address of the ledger has a password in it, which others can read in lists of processes and commands. PGPASSWORD, ${ADDRESS_VARIABLE} or ~/.pgpass keep it.`,
    );
  }
  const result = await openLedger(address, { ...access, migrations });
  if (result.ok) return result.ledger;
  throw problem('ledger', { path: shownAddress(address), problem: result.problem });
}

/** Can there be a ledger at this place? Of a database only opening it tells. */
export function mayBeLedger(place: string, folder = '.'): boolean {
  return isAddress(place) || existsSync(resolve(folder, place));
}

/** The folder in which files about a ledger's runs stand. */
export function folderBeside(place: string): string {
  return dirname(isAddress(place) ? DEFAULT_LEDGER : place);
}
