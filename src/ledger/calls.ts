/**
 * @module ledger/calls
 * Calls under the hash of what was asked. What many ask for in one turn is looked up together.
 */
import { type CallRecord, type CallStore, canonicalJson } from '../model/record.ts';
import type { ModelRequest } from '../model/types.ts';
import type { Database, Insert, Queries, Row } from './database.ts';
import { columnsOf, insertOf, soundRow } from './tables.ts';
import type { TextStore } from './texts.ts';
import type { Writes } from './writes.ts';

/** The part of the ledger that knows calls. */
export function createCallStore(
  { among, engine }: Pick<Database, 'among' | 'engine'>,
  texts: TextStore,
  writes: Writes,
): CallStore {
  const uncommitted = new Map<string, CallRecord>();
  const ask = (hashes: readonly string[]) => read(among, texts, hashes);
  // Where nobody is far away, gathering costs more than asking.
  const found =
    engine === 'sqlite' ? async (hash: string) => (await ask([hash]))?.get(hash) : gathered(ask);
  return {
    find: async (hash, failures) => {
      const own = uncommitted.get(hash) ?? null;
      if (own !== null && isFinal(own)) return own;
      const records = await found(hash);
      if (records === undefined) return failures ? own : null;
      return records.findLast(isFinal) ?? (failures ? (own ?? records.at(-1) ?? null) : null);
    },
    add: (record) => {
      const own = uncommitted.get(record.hash);
      // A failure takes no final answer away.
      if (own === undefined || isFinal(record) || !isFinal(own)) {
        uncommitted.set(record.hash, record);
      }
      return writes.add(callInserts(record, texts), () => {
        if (uncommitted.get(record.hash) === record) uncommitted.delete(record.hash);
      });
    },
    flush: writes.flush,
  };
}

function isFinal({ answer }: CallRecord): boolean {
  return answer.type !== 'failure';
}

/** All records with these hashes, the oldest first. */
async function read(
  among: Queries['among'],
  texts: TextStore,
  hashes: readonly string[],
): Promise<Map<string, CallRecord[]> | null> {
  const rows = await among(
    `SELECT id, ${columnsOf('calls')} FROM calls WHERE hash`,
    hashes.map((hash) => Buffer.from(hash, 'hex')),
  );
  if (rows.length === 0) return null;
  rows.sort((a, b) => Number(a.id) - Number(b.id));
  for (const row of rows) soundRow('calls', row);
  const documents = await texts.inflate(
    rows.flatMap(({ request, answer }) => [String(request), String(answer)]),
  );
  const records = rows.map((row, place) =>
    callOf(row, documents[2 * place] as PackedRequest, documents[2 * place + 1]),
  );
  return Map.groupBy(records, ({ hash }) => hash);
}

/** Asks for all keys of one turn together. */
function gathered<Found>(
  ask: (keys: readonly string[]) => Promise<Map<string, Found[]> | null>,
): (key: string) => Promise<Found[] | undefined> {
  let waiting: { keys: Set<string>; found: Promise<Map<string, Found[]> | null> } | null = null;
  return async (key) => {
    if (waiting === null) {
      const keys = new Set<string>();
      const found = Promise.resolve().then(() => {
        waiting = null;
        return ask([...keys]);
      });
      waiting = { keys, found };
    }
    waiting.keys.add(key);
    return (await waiting.found)?.get(key);
  };
}

/** The schema of a reply comes again with every call, so it is kept as one text. */
type PackedRequest = Omit<ModelRequest, 'schema'> & { schema?: { name: string; json: string } };

function callInserts(record: CallRecord, texts: TextStore): Insert[] {
  const rows: Insert[] = [];
  const { hash, model, answer, cost, attempts, started, elapsed } = record;
  const row = insertOf('calls', {
    hash: Buffer.from(hash, 'hex'),
    model,
    final: Number(isFinal(record)),
    request: texts.deflate(packRequest(record.request), rows),
    answer: texts.deflate(answer, rows),
    ...{ cost, attempts, started, elapsed },
  });
  rows.push(row);
  return rows;
}

function packRequest({ schema, ...request }: ModelRequest): PackedRequest {
  if (schema === undefined) return request;
  return { ...request, schema: { name: schema.name, json: canonicalJson(schema.schema) } };
}

function unpackRequest({ schema, ...request }: PackedRequest): ModelRequest {
  if (schema === undefined) return request;
  return { ...request, schema: { name: schema.name, schema: JSON.parse(schema.json) } };
}

function callOf(row: Row, request: PackedRequest, answer: unknown): CallRecord {
  const { model, cost, attempts, started, elapsed } = row;
  return {
    hash: Buffer.from(row.hash as Uint8Array).toString('hex'),
    request: unpackRequest(request),
    answer,
    ...{ model, cost, attempts, started, elapsed },
  } as CallRecord;
}
