/**
 * @module ledger/ledger
 * The store of calls, runs, transcripts and verdicts: a SQLite file or a PostgreSQL database, rows only added. Writes
 * of one turn are committed together; what a commit has taken survives `kill -9`.
 */
import { hostname } from 'node:os';
import type { CallStore } from '../model/record.ts';
import { createCallStore } from './calls.ts';
import { type CertificateStore, createCertificateStore } from './certificates.ts';
import { tellingDamage } from './damage.ts';
import type { Database, Opened } from './database.ts';
import { createLabelStore, type LabelStore } from './labels.ts';
import { heldSaid, type OpenProblem, openProblemSaid } from './messages.ts';
import type { Migration } from './migrations.ts';
import { isAddress, shownAddress } from './postgres/address.ts';
import { createRoundReader, type RoundReader } from './rounds.ts';
import { createRunWriter, type RunWriter } from './run-writer.ts';
import { createRunReader, insertRun, type NewRun, type RunReader, type RunRecord } from './runs.ts';
import { MIGRATIONS } from './schema.ts';
import { openSqlite } from './sqlite/open.ts';
import { createTextStore } from './texts.ts';
import { createWrites } from './writes.ts';

export interface Ledger extends AsyncDisposable {
  /** Where it is, as it may be shown: the path of its file, or its address without a password. */
  path: string;
  calls: CallStore;
  runs: RunReader;
  rounds: RoundReader;
  labels: LabelStore;
  certificates: CertificateStore;
  /** Makes a run of a plan. */
  create(plan: NewRun): Promise<RunRecord>;
  /**
   * Takes a run to write to it; nobody else can meanwhile. Throws `RunHeldError` where another process has it.
   * @param purpose tells whoever comes second what for
   */
  writer(run: Pick<RunRecord, 'ordinal' | 'id' | 'samples'>, purpose: string): Promise<RunWriter>;
  /** Commits what is waiting. Throws `LedgerWriteError` where that can't be written. */
  flush(): Promise<void>;
  /** Commits and closes. */
  close(): Promise<void>;
}

/** How a ledger is opened. To write, it is made where there is none. */
export interface Access {
  write: boolean;
  /** Of capabilities, beside those of the ledger itself. */
  migrations?: readonly Migration[] | undefined;
}

/** `message` is the problem in words, with what to do about it. */
export type OpenResult =
  | { ok: true; ledger: Ledger }
  | { ok: false; problem: OpenProblem; message: string };

/** Marks an error that is told to the user, as `TenetError` does, which stands in a room above. */
const MARK = Symbol.for('tenet.error');

/** Another process writes to the run. */
export class RunHeldError extends Error {
  override name = 'RunHeldError';
  readonly code = 'run-held';
  readonly remedy: string;
  readonly data: { run: string; holder: string };
  readonly [MARK] = true;

  constructor(run: string, holder: string) {
    const { what, remedy } = heldSaid(run, holder);
    super(`${what} ${remedy}`);
    this.remedy = remedy;
    this.data = { run, holder };
  }
}

/** A ledger of this process only. */
const IN_MEMORY = ':memory:';

/**
 * Opens the ledger at a place: the path of a file, `:memory:` for one of this process only, or the address of a
 * PostgreSQL database (`postgres://…`, or `postgres:` for the one that `PGHOST` and its like name). To write, it is
 * made where there is none. To read, it must exist. One of an older version is brought to this one, where it can be.
 */
export async function openLedger(place: string, access: Access): Promise<OpenResult> {
  const steps = [...MIGRATIONS, ...(access.migrations ?? [])];
  const shown = shownAddress(place);
  const opened = isAddress(place)
    ? await (await import('./postgres/open.ts')).openPostgres(place, access.write, steps)
    : await openSqlite(place, place === IN_MEMORY, access.write, steps);
  if ('problem' in opened) {
    const { what, remedy } = openProblemSaid(shown, opened.problem);
    return { ok: false, problem: opened.problem, message: `${what} ${remedy}` };
  }
  return { ok: true, ledger: createLedger(shown, opened) };
}

function createLedger(
  path: string,
  { database, writeProblem }: Extract<Opened, { database: Database }>,
): Ledger {
  const texts = createTextStore(database);
  const writes = createWrites(database, writeProblem);
  const calls = createCallStore(database, texts, writes);
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    try {
      await writes.flush();
    } finally {
      await database.close();
    }
  };
  return tellingDamage(path, {
    path,
    // What is only added meets no damage, and a run adds a call for everything that it asks.
    calls: { ...calls, ...tellingDamage(path, { find: calls.find }) },
    runs: tellingDamage(path, createRunReader(database, texts, writes)),
    rounds: tellingDamage(path, createRoundReader(database, texts)),
    labels: tellingDamage(path, createLabelStore(database, texts, writes)),
    certificates: tellingDamage(path, createCertificateStore(database, texts, writes)),
    create: (plan) => writes.transaction((within) => insertRun(within, texts, plan)),
    writer: async ({ ordinal, id, samples }, purpose) => {
      const since = new Date().toISOString();
      const holder = `process ${process.pid} on ${hostname()} (${purpose}, since ${since})`;
      const lock = await database.lock(`run-${id}`, holder);
      if ('heldBy' in lock) throw new RunHeldError(id, lock.heldBy);
      return await createRunWriter(database, texts, writes, { run: ordinal, samples, lock });
    },
    flush: writes.flush,
    close,
    [Symbol.asyncDispose]: close,
  });
}
