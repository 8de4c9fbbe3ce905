/**
 * @module ledger/database
 * What the stores need of a database, SQLite and PostgreSQL alike: queries, rows that are added together, short
 * transactions. SQL is written once, with `?` for values, in the words that both know.
 */
import type { OpenProblem } from './messages.ts';

export type Value = string | number | null | Uint8Array;

/** Rows come back as unknown values; `tables.ts` knows what stands in them. */
export type Row = Record<string, unknown>;

/** A row to be added. All rows of one table have the same columns, in the same order. */
export interface Insert {
  table: string;
  row: Readonly<Record<string, Value>>;
  /** Leaves it out where its key is there already; else that is an error. */
  once?: true;
}

export interface Queries {
  /** The rows of a query. */
  all(sql: string, ...values: readonly Value[]): Promise<Row[]>;
  /** The rows of `sql`, which ends with a column's name, where that column is one of these keys. */
  among(sql: string, keys: readonly Uint8Array[]): Promise<Row[]>;
  /** Adds rows in their order. */
  add(rows: readonly Insert[]): Promise<void>;
  /** Runs SQL that defines tables, one statement or several. */
  define(sql: string): Promise<void>;
}

/** An open database. Whoever writes takes turns: of one connection no two transactions are open at once. */
export interface Database extends Queries {
  readonly engine: 'sqlite' | 'postgres';
  /** Adds rows in their order, all of them or none. */
  add(rows: readonly Insert[]): Promise<void>;
  /** All of the work, or nothing. Of all processes one at a time has such a transaction. */
  transaction<Result>(work: (within: Queries) => Promise<Result>): Promise<Result>;
  /**
   * Takes a lock that ends with this process however it ends; null where another has it, and who that is.
   * @param name of what is locked
   * @param holder shown to whoever comes second
   */
  lock(name: string, holder: string): Promise<Lock | { heldBy: string }>;
  close(): Promise<void>;
}

export interface Lock {
  release(): Promise<void>;
}

/** What opening gives: a database, and its sentence for what kept it from being written. */
export type Opened =
  | { database: Database; writeProblem: (error: unknown) => string }
  | { problem: OpenProblem };
