/**
 * @module ledger/runs
 * Runs in the ledger: what was planned, what happened to it, which samples are finished, what they say.
 */
import { damaged } from './damage.ts';
import type { Insert, Queries, Row } from './database.ts';
import { type Pages, samplePages, verdictPages } from './pages.ts';
import type { SampleRecord, VerdictRecord } from './records.ts';
import { readSample, SAMPLE, type SampleRow, VERDICT, type VerdictRow } from './rows.ts';
import { columnsOf, insertOf, soundRow, storable, wholeTable } from './tables.ts';
import type { TextStore } from './texts.ts';
import type { Writes } from './writes.ts';

/** What can happen to a run. Its state is the last of these. */
export type RunEventKind = 'started' | 'resumed' | 'finished' | 'stopped';

export interface RunEvent {
  time: number;
  kind: RunEventKind;
  detail: string | null;
}

export interface RunRecord {
  /** Number in this ledger; the key of everything that belongs to the run. */
  ordinal: number;
  id: string;
  planHash: string;
  simulated: boolean;
  /** Planned samples. */
  samples: number;
  created: number;
  state: RunEventKind;
  events: RunEvent[];
}

export interface NewRun {
  /** Of the plan. */
  hash: string;
  simulated: boolean;
  samples: number;
  document: unknown;
  scenarios: Iterable<unknown>;
  created: number;
}

export interface RunReader {
  /** All runs, newest last. */
  list(): Promise<RunRecord[]>;
  /** The run with this id, or the only one whose id begins so. */
  find(id: string): Promise<{ run: RunRecord } | { candidates: string[] }>;
  /** The newest run of a plan, or null. */
  latestOfPlan(planHash: string): Promise<RunRecord | null>;
  /** The document as it was given to `create`. */
  plan(run: number): Promise<unknown>;
  /** The scenarios as they were given to `create`. */
  scenarios(run: number, signal?: AbortSignal): Pages<unknown>;
  /** For each planned sample whether it is finished: 1, a call of it failed: 2, not there yet: 0. */
  progress(run: RunRecord): Promise<Uint8Array>;
  /** US dollars that calls to these models have cost since the run was made. */
  spentSince(run: RunRecord, models: readonly string[]): Promise<number>;
  /** Finished samples in the plan's order. Of a sample asked again, the last attempt counts. */
  samples(run: number, signal?: AbortSignal): Pages<SampleRow>;
  /** Their verdicts, in the plan's order, then clause and judge. A sample's verdicts are on one page. */
  verdicts(run: number, signal?: AbortSignal): Pages<VerdictRow>;
  /** One sample with everything, or null. */
  sample(
    run: number,
    index: number,
  ): Promise<{ sample: SampleRecord; verdicts: VerdictRecord[] } | null>;
}

const RUN_ID_DIGITS = 10;

/** Scenarios that are written and read together. */
const SCENARIOS = 1_000;

const ATTEMPTS_OF_VERDICTS = `attempt = (SELECT max(attempt) FROM samples
  WHERE samples.run = verdicts.run AND samples.position = verdicts.position)`;

/** The part of the ledger that knows runs. */
export function createRunReader(
  { all }: Queries,
  texts: TextStore,
  { flush }: Pick<Writes, 'flush'>,
): RunReader {
  const read = async (): Promise<RunRecord[]> => {
    await flush();
    const events = Map.groupBy(await wholeTable({ all }, 'run_events', 'id'), ({ run }) => run);
    const rows = await wholeTable({ all }, 'runs', 'ordinal');
    return rows.map((row) => runOf(row, events.get(row.ordinal)));
  };
  return {
    list: read,
    find: async (given) => {
      const id = storable(given);
      const listed = await read();
      const exact = listed.find((run) => run.id === id);
      if (exact !== undefined) return { run: exact };
      const runs = listed.filter((run) => run.id.startsWith(id));
      const [only, ...others] = runs;
      return only !== undefined && others.length === 0
        ? { run: only }
        : { candidates: runs.map((run) => run.id) };
    },
    latestOfPlan: async (planHash) =>
      (await read()).findLast((run) => run.planHash === planHash) ?? null,
    plan: async (run) => {
      const rows = await all(`SELECT ${columnsOf('runs')} FROM runs WHERE ordinal = ?`, run);
      const [plan] = await texts.inflate(rows.map((row) => String(soundRow('runs', row).plan)));
      return plan;
    },
    async *scenarios(run, signal) {
      for (let from = 0; ; from += SCENARIOS) {
        signal?.throwIfAborted();
        const rows = await all(
          `SELECT ${columnsOf('run_scenarios')} FROM run_scenarios
           WHERE run = ? AND position >= ? AND position < ? ORDER BY position`,
          ...[run, from, from + SCENARIOS],
        );
        if (rows.length === 0) return;
        for (const [place, row] of rows.entries()) {
          if (Number(row.position) !== from + place)
            damaged('scenarios that are not one after the other');
        }
        yield await texts.inflate(
          rows.map((row) => String(soundRow('run_scenarios', row).scenario)),
        );
      }
    },
    progress: async (run) => {
      await flush();
      const finished = new Uint8Array(run.samples);
      for (let from = 0; from < run.samples; from += PROGRESS) {
        const window = [run.ordinal, from, from + PROGRESS];
        const rows = await all(
          `SELECT position, outcome FROM samples WHERE run = ? AND position >= ? AND position < ?
           ORDER BY position, attempt`,
          ...window,
        );
        for (const row of rows) finished[Number(row.position)] = row.outcome === 'failed' ? 2 : 1;
      }
      const unjudged = await all(
        `SELECT DISTINCT position FROM verdicts WHERE run = ? AND cause = 'failed' AND ${ATTEMPTS_OF_VERDICTS}`,
        run.ordinal,
      );
      for (const row of unjudged) finished[Number(row.position)] = 2;
      return finished;
    },
    spentSince: async (run, models) => {
      await flush();
      let total = 0;
      for (const model of models) {
        // Behind a `#`: calls of a model without a version, which no other process is served.
        const [row] = await all(
          `SELECT sum(cost) AS cost FROM calls
           WHERE started >= ? AND (model = ? OR substr(model, 1, ?) = ?)`,
          ...[run.created, model, model.length + 1, `${model}#`],
        );
        total += Number(row?.cost ?? 0);
      }
      return total;
    },
    async *samples(run, signal) {
      await flush();
      yield* samplePages({ all }, run, signal);
    },
    async *verdicts(run, signal) {
      await flush();
      yield* verdictPages({ all }, run, signal);
    },
    sample: async (run, index) => {
      await flush();
      const [row] = await all(
        `SELECT ${SAMPLE}, transcript FROM samples WHERE run = ? AND position = ?
         ORDER BY attempt DESC LIMIT 1`,
        ...[run, index],
      );
      if (row === undefined) return null;
      const verdicts = await all(
        `SELECT ${VERDICT}, detail FROM verdicts WHERE run = ? AND position = ? AND attempt = ?
         ORDER BY clause, judge`,
        ...[run, index, Number(row.attempt)],
      );
      return await readSample(row, verdicts, texts);
    },
  };
}

/** Positions whose progress is read together. */
const PROGRESS = 20_000;

function runOf(row: Row, happened: readonly Row[] | undefined): RunRecord {
  const events = happened?.map(({ time, kind, detail }) => ({ time, kind, detail }) as RunEvent);
  const last = events?.at(-1);
  if (events === undefined || last === undefined) damaged(`run ${row.id}, which never started`);
  return {
    ordinal: Number(row.ordinal),
    id: String(row.id),
    planHash: String(row.plan_hash),
    simulated: row.simulated === 1,
    samples: Number(row.samples),
    created: Number(row.created),
    state: last.kind,
    events,
  };
}

/**
 * Makes a run of a plan. Its id is the plan's hash, with a number from the second run on. The scenarios are kept one by
 * one: a hundred thousand of them in one text would fill the memory several times.
 */
export async function insertRun(
  within: Queries,
  texts: TextStore,
  plan: NewRun,
): Promise<RunRecord> {
  const { hash, simulated, samples, created } = plan;
  const [same] = await within.all('SELECT count(*) AS n FROM runs WHERE plan_hash = ?', hash);
  const earlier = Number(same?.n);
  const short = hash.slice(0, RUN_ID_DIGITS);
  const id = earlier === 0 ? short : `${short}-${earlier + 1}`;
  const rows: Insert[] = [];
  const about = { id, plan_hash: hash, simulated: Number(simulated), samples };
  const row = insertOf('runs', { ...about, plan: texts.deflate(plan.document, rows), created });
  await within.add([...rows, row]);
  const [made] = await within.all('SELECT ordinal FROM runs WHERE id = ?', id);
  const ordinal = Number(made?.ordinal);
  let position = 0;
  for (const page of inPages(plan.scenarios, SCENARIOS)) {
    const stored: Insert[] = [];
    for (const scenario of page) {
      const json = texts.deflate(scenario, stored);
      stored.push(
        insertOf('run_scenarios', { run: ordinal, position: position++, scenario: json }),
      );
    }
    await within.add(stored);
  }
  const started: RunEvent = { time: created, kind: 'started', detail: null };
  await within.add([eventInsert(ordinal, started)]);
  const record = { ordinal, id, planHash: hash, simulated, samples, created };
  return { ...record, state: started.kind, events: [started] };
}

/** The row of something that happened to a run. */
export function eventInsert(run: number, { time, kind, detail }: RunEvent): Insert {
  return insertOf('run_events', { run, time, kind, detail });
}

function* inPages<Item>(items: Iterable<Item>, size: number): Iterable<Item[]> {
  let page: Item[] = [];
  for (const item of items) {
    page.push(item);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
