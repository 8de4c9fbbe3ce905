/**
 * @module ledger/ledger
 * The store of calls, runs, transcripts and verdicts: one SQLite file, rows only added. Writes are
 * gathered for a moment and committed together; what a commit has taken survives `kill -9`.
 */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { textDigest } from '../model/digest.ts';
import { type CallRecord, canonicalJson } from '../model/record.ts';
import type { ModelRequest } from '../model/types.ts';
import { type CertificateStore, createCertificateStore } from './certificates.ts';
import { damaged, tellingDamage } from './damage.ts';
import { type Hold, isBusy, sqliteCode, takeHold } from './hold.ts';
import { type Identity, identify, pragma } from './identify.ts';
import { createLabelStore, type LabelStore } from './labels.ts';
import { type OpenProblem, openProblemSaid } from './messages.ts';
import type { SampleRecord, VerdictRecord } from './records.ts';
import { createRoundStore, type RoundStore } from './rounds.ts';
import type { Row } from './rows.ts';
import { createRunStore, type RunStore } from './runs.ts';
import { migrate, SCHEMA_VERSION } from './schema.ts';
import { statementCache } from './statements.ts';
import { deflate, inflate, packText, unpackText } from './texts.ts';
import { createWrites } from './writes.ts';

export interface Ledger {
  path: string;
  runs: RunStore;
  labels: LabelStore;
  certificates: CertificateStore;
  rounds: RoundStore;
  /**
   * The record of the call with this hash, or null. Only final answers are found; with `failures`
   * also the last one that failed, where there is no final one.
   */
  findCall(hash: string, failures: boolean): CallRecord | null;
  addCall(record: CallRecord): void;
  /** A finished sample with its verdicts: all of it is taken, or nothing. */
  addSample(run: number, sample: SampleRecord, verdicts: readonly VerdictRecord[]): void;
  /** Commits what is waiting. Throws `LedgerWriteError` where the disk does not take it. */
  flush(): void;
  /** Commits, lets go of the hold and closes the file. */
  close(): void;
}

/** `message` is the problem in words, with what to do about it. */
export type OpenResult =
  | { ok: true; ledger: Ledger }
  | { ok: false; problem: OpenProblem; message: string };

/**
 * Opens the ledger at `path`. To write, it is made where there is none, brought to this version where it
 * is older, and held against other writers; `purpose` tells them what for. To read, it must exist.
 * `:memory:` is a ledger of this process only.
 */
export function openLedger(
  path: string,
  access: { write: true; purpose: string } | { write: false },
): OpenResult {
  const inMemory = path === ':memory:';
  // SQLite would take it for a database that is gone at the end.
  if (path === '') return refusal(path, { why: 'unnamed' });
  if (!inMemory) {
    const problem = access.write ? prepareFolder(path) : missing(path);
    if (problem !== null) return refusal(path, problem);
  }
  let hold: Hold | null = null;
  let database: DatabaseSync | null = null;
  try {
    const identity: Identity =
      inMemory || !existsSync(path) ? { version: 0, fresh: true } : identify(path);
    if ('problem' in identity) return refusal(path, identity.problem);
    if (access.write && !inMemory) {
      const held = takeHold(path, access.purpose);
      if (!held.ok) return refusal(path, { why: 'held', holder: held.holder });
      hold = held.hold;
    }
    database = access.write ? new DatabaseSync(path, PATIENT) : openToRead(path);
    if (access.write) {
      if (identity.fresh) database.exec('PRAGMA page_size = 16384');
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      migrate(database, pragma(database, 'user_version'));
    } else if (pragma(database, 'user_version') < SCHEMA_VERSION) {
      database.close();
      return refusal(path, { why: 'older', version: identity.version, known: SCHEMA_VERSION });
    }
    return { ok: true, ledger: createLedger(path, database, hold) };
  } catch (error) {
    database?.close();
    hold?.release();
    return refusal(path, openProblem(error));
  }
}

/** How long SQLite waits for another process, in milliseconds. */
const PATIENT = { timeout: 5_000 };

/**
 * Readers change nothing. Even so SQLite makes files beside a database with a log, and only a connection that might
 * write takes them away again. Where the folder takes none, and no log says that somebody writes, the file is read as
 * one that nobody changes.
 */
function openToRead(path: string): DatabaseSync {
  if (isWritable(dirname(path))) {
    const database = new DatabaseSync(path, PATIENT);
    database.exec('PRAGMA query_only = ON');
    return database;
  }
  const address = pathToFileURL(resolve(path));
  if (!existsSync(`${path}-wal`)) address.searchParams.set('immutable', '1');
  return new DatabaseSync(address, { ...PATIENT, readOnly: true });
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function refusal(path: string, problem: OpenProblem): OpenResult {
  const { what, remedy } = openProblemSaid(path, problem);
  return { ok: false, problem, message: `${what} ${remedy}` };
}

function missing(path: string): OpenProblem | null {
  if (!existsSync(path)) return { why: 'absent' };
  return statSync(path).isDirectory() ? { why: 'folder' } : null;
}

function prepareFolder(path: string): OpenProblem | null {
  if (existsSync(path)) return missing(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    return null;
  } catch (error) {
    return openProblem(error);
  }
}

function openProblem(error: unknown): OpenProblem {
  const code = sqliteCode(error);
  if (code === 26 || code === 11) return { why: 'unreadable' };
  if (isBusy(error)) return { why: 'busy' };
  return { why: 'unopened', reason: error instanceof Error ? error.message : String(error) };
}

function createLedger(path: string, database: DatabaseSync, hold: Hold | null): Ledger {
  const prepare = statementCache(database);
  const knownTexts = new Set<string>();
  const waitingCalls = new Map<string, CallRecord>();
  const writes = createWrites(database, (error) => writeProblem(path, error));

  const findText = (digest: string): string | null => {
    const row = prepare('SELECT compressed, body FROM texts WHERE digest = ?').get(
      Buffer.from(digest, 'hex'),
    );
    if (row === undefined || !(row.body instanceof Uint8Array)) return null;
    const text = unpackText({ compressed: row.compressed === 1, body: row.body });
    return textDigest(text) === digest ? text : damaged(`another text than ${digest} names`);
  };

  const keepText = (digest: string, text: string): void => {
    if (knownTexts.has(digest)) return;
    const { compressed, body } = packText(text);
    const stored = { digest: Buffer.from(digest, 'hex'), compressed: Number(compressed), body };
    prepare.into('texts', stored, 'OR IGNORE');
    // Only a filter in front of the database: forgetting is safe, growing without end is not.
    if (knownTexts.size > 4_096) knownTexts.clear();
    knownTexts.add(digest);
  };

  const store = {
    deflate: (value: unknown) => deflate(value, keepText),
    inflate: (json: string) => inflate(json, findText),
  };

  const runs = createRunStore(prepare, store, writes);
  return tellingDamage(path, {
    path,
    runs: tellingDamage(path, runs),
    labels: tellingDamage(path, createLabelStore(prepare, store, writes)),
    certificates: tellingDamage(path, createCertificateStore(prepare, store, writes)),
    rounds: tellingDamage(path, createRoundStore(prepare, store, writes)),
    findCall: (hash, failures) => {
      const uncommitted = waitingCalls.get(hash);
      if (uncommitted !== undefined && (failures || uncommitted.answer.type !== 'failure')) {
        return uncommitted;
      }
      const row = prepare(
        'SELECT * FROM calls WHERE hash = ? AND final >= ? ORDER BY final DESC, id DESC LIMIT 1',
      ).get(Buffer.from(hash, 'hex'), failures ? 0 : 1);
      return row === undefined ? null : callFromRow(row, store.inflate);
    },
    addCall: (record) => {
      waitingCalls.set(record.hash, record);
      writes.enqueue(() => {
        waitingCalls.delete(record.hash);
        prepare.into('calls', {
          hash: Buffer.from(record.hash, 'hex'),
          model: record.model,
          final: Number(record.answer.type !== 'failure'),
          request: store.deflate(packRequest(record.request)),
          answer: store.deflate(record.answer),
          cost: record.cost,
          attempts: record.attempts,
          started: record.started,
          elapsed: record.elapsed,
        });
      });
    },
    addSample: (run, sample, verdicts) =>
      writes.enqueue(() => runs.writeSample(run, sample, verdicts)),
    flush: writes.flush,
    close: () => {
      try {
        writes.flush();
      } finally {
        database.close();
        hold?.release();
      }
    },
  });
}

/** The schema of a reply comes again with every call, so it is kept as one text. */
type PackedRequest = Omit<ModelRequest, 'schema'> & { schema?: { name: string; json: string } };

function packRequest({ schema, ...request }: ModelRequest): PackedRequest {
  if (schema === undefined) return request;
  return { ...request, schema: { name: schema.name, json: canonicalJson(schema.schema) } };
}

function unpackRequest({ schema, ...request }: PackedRequest): ModelRequest {
  if (schema === undefined) return request;
  return { ...request, schema: { name: schema.name, schema: JSON.parse(schema.json) } };
}

function callFromRow(row: Row, inflateJson: (json: string) => unknown): CallRecord {
  // The row was written from a CallRecord by this module, so its columns need no second check.
  const { hash, request, answer, id: _, final: __, ...rest } = row;
  return {
    hash: Buffer.from(hash as Uint8Array).toString('hex'),
    request: unpackRequest(inflateJson(String(request)) as PackedRequest),
    answer: inflateJson(String(answer)) as CallRecord['answer'],
    ...(rest as Pick<CallRecord, 'model' | 'cost' | 'attempts' | 'started' | 'elapsed'>),
  };
}

function writeProblem(path: string, error: unknown): string {
  const code = sqliteCode(error);
  const lost = 'What was finished before is safe; free some space and go on with --resume.';
  if (code === 13) return `${path}: the disk is full. ${lost}`;
  const detail = error instanceof Error ? error.message : String(error);
  return `${path} can't be written: ${detail}. What was finished before is safe; go on with --resume.`;
}
