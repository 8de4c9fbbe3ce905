/**
 * @module ledger/runs
 * Runs in the ledger: what was planned, what happened to it, which samples are finished, what they say.
 */
import { damaged } from './damage.ts';
import { insertSample } from './insert-sample.ts';
import type { SampleRecord, Transcript, VerdictRecord } from './records.ts';
import {
  SAMPLE_ROW,
  type SampleRow,
  soundSample,
  soundVerdict,
  type TextStore,
  toRecord,
  toVerdict,
  VERDICT,
  VERDICT_ROW,
  type VerdictRow,
} from './rows.ts';
import type { Prepare } from './statements.ts';
import type { Commits } from './writes.ts';

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

interface NewRun {
  /** Of the plan. */
  hash: string;
  simulated: boolean;
  samples: number;
  document: unknown;
  scenarios: Iterable<unknown>;
  created: number;
}

export interface RunStore {
  /**
   * Makes a run of this plan. Its id is the plan's hash, with a number from the second run on. The scenarios are
   * kept one by one: a hundred thousand of them in one text would fill the memory several times.
   */
  create(plan: NewRun): RunRecord;
  addEvent(run: number, event: RunEvent): void;
  /** All runs, newest last. */
  list(): RunRecord[];
  /** The run with this id, or the only one whose id begins so. */
  find(id: string): { run: RunRecord } | { candidates: string[] };
  /** The newest run of a plan, or null. */
  latestOfPlan(planHash: string): RunRecord | null;
  /** The document as it was given to `create`. */
  plan(run: number): unknown;
  /** The scenarios as they were given to `create`. */
  scenarios(run: number): IterableIterator<unknown>;
  /** For each planned sample whether it is finished: 1, a call of it failed: 2, not there yet: 0. */
  progress(run: RunRecord): Uint8Array;
  /** US dollars that calls to these models have cost since the run was made. */
  spentSince(run: RunRecord, models: readonly string[]): number;
  /** Finished samples in the plan's order. Of a sample asked again, the last attempt counts. */
  samples(run: number): IterableIterator<SampleRow>;
  /** Their verdicts, in the plan's order, then clause and judge. */
  verdicts(run: number): IterableIterator<VerdictRow>;
  /** One sample with everything, or null. */
  sample(run: number, index: number): { sample: SampleRecord; verdicts: VerdictRecord[] } | null;
  /** Used by `Ledger.addSample`, inside its transaction. */
  writeSample(run: number, sample: SampleRecord, verdicts: readonly VerdictRecord[]): void;
}

const RUN_ID_DIGITS = 10;

const LATEST_ATTEMPT = `attempt = (SELECT max(attempt) FROM samples AS other
  WHERE other.run = samples.run AND other.position = samples.position)`;

/** The part of the ledger that knows runs. */
export function createRunStore(prepare: Prepare, store: TextStore, commits: Commits): RunStore {
  const { flush, transaction } = commits;
  const events = (run: number): RunEvent[] =>
    prepare('SELECT time, kind, detail FROM run_events WHERE run = ? ORDER BY id')
      .all(run)
      .map((row) => ({ ...row }) as unknown as RunEvent);

  const read = (where: string, ...values: (string | number)[]): RunRecord[] =>
    prepare(
      `SELECT ordinal, id, plan_hash AS planHash, simulated, samples, created FROM runs ${where}`,
    )
      .all(...values)
      .map((row) => {
        const happened = events(Number(row.ordinal));
        const state = happened.at(-1)?.kind ?? 'started';
        return { ...row, simulated: row.simulated === 1, state, events: happened } as RunRecord;
      });

  /** Takes the places of a run's rows as they come, and throws at one that the plan does not have. */
  const placesOf = (run: number) => {
    const planned = Number(prepare('SELECT samples FROM runs WHERE ordinal = ?').get(run)?.samples);
    return (place: unknown): void => {
      if (!(Number(place) >= 0 && Number(place) < planned)) {
        damaged(`transcript ${Number(place) + 1} of ${planned}`);
      }
    };
  };

  return {
    create: (plan) => {
      flush();
      return transaction(() => insertRun(prepare, store, plan));
    },
    addEvent: (run, event) => {
      flush();
      transaction(() => insertEvent(prepare, run, event));
    },
    list: () => read('ORDER BY ordinal'),
    find: (id) => {
      const [exact] = read('WHERE id = ?', id);
      if (exact !== undefined) return { run: exact };
      const runs = read('WHERE substr(id, 1, ?) = ? ORDER BY ordinal', id.length, id);
      const [only, ...others] = runs;
      return only !== undefined && others.length === 0
        ? { run: only }
        : { candidates: runs.map((run) => run.id) };
    },
    latestOfPlan: (planHash) =>
      read('WHERE plan_hash = ? ORDER BY ordinal DESC LIMIT 1', planHash)[0] ?? null,
    plan: (run) =>
      store.inflate(String(prepare('SELECT plan FROM runs WHERE ordinal = ?').get(run)?.plan)),
    *scenarios(run) {
      const rows = prepare(
        'SELECT scenario FROM run_scenarios WHERE run = ? ORDER BY position',
      ).iterate(run);
      for (const row of rows) yield store.inflate(String(row.scenario));
    },
    progress: (run) => {
      flush();
      const finished = new Uint8Array(run.samples);
      const rows = prepare(
        'SELECT position, outcome FROM samples WHERE run = ? ORDER BY position, attempt',
      ).iterate(run.ordinal);
      for (const row of rows) finished[Number(row.position)] = row.outcome === 'failed' ? 2 : 1;
      const unjudged = prepare(
        `SELECT DISTINCT position FROM verdicts WHERE run = ? AND cause = 'failed' AND attempt = (
           SELECT max(attempt) FROM samples
           WHERE samples.run = verdicts.run AND samples.position = verdicts.position)`,
      ).iterate(run.ordinal);
      for (const row of unjudged) finished[Number(row.position)] = 2;
      return finished;
    },
    spentSince: (run, models) => {
      flush();
      // Behind a `#`: calls of a model without a version, which no other process is served.
      const sum = prepare(
        `SELECT sum(cost) AS cost FROM calls
         WHERE started >= ? AND (model = ? OR instr(model, ? || '#') = 1)`,
      );
      const spent = models.map((model) => Number(sum.get(run.created, model, model)?.cost ?? 0));
      return spent.reduce((total, cost) => total + cost, 0);
    },
    *samples(run) {
      flush();
      const rows = prepare(
        `SELECT ${SAMPLE_ROW} FROM samples WHERE run = ? AND ${LATEST_ATTEMPT} ORDER BY position`,
      ).iterate(run);
      const place = placesOf(run);
      for (const row of rows) {
        place(row.index);
        yield soundSample(row) as unknown as SampleRow;
      }
    },
    *verdicts(run) {
      flush();
      const rows = prepare(
        `SELECT ${VERDICT_ROW} FROM verdicts
         WHERE run = ? AND attempt = (SELECT max(attempt) FROM samples
           WHERE samples.run = verdicts.run AND samples.position = verdicts.position)
         ORDER BY position, clause, judge`,
      ).iterate(run);
      const place = placesOf(run);
      for (const row of rows) {
        place(row.sample);
        yield soundVerdict(row) as unknown as VerdictRow;
      }
    },
    sample: (run, index) => {
      flush();
      const row = prepare(
        `SELECT position AS "index", scenario, subject, repeat, outcome, reason, transcript, input,
           output, cost, calls, attempt
         FROM samples WHERE run = ? AND position = ? ORDER BY attempt DESC LIMIT 1`,
      ).get(run, index);
      if (row === undefined) return null;
      const { attempt, transcript, ...rest } = row;
      const verdicts = prepare(
        `SELECT ${VERDICT} FROM verdicts WHERE run = ? AND position = ? AND attempt = ?
         ORDER BY clause, judge`,
      ).all(run, index, Number(attempt));
      return {
        sample: {
          ...toRecord<SampleRecord>(soundSample(rest)),
          transcript: store.inflate(String(transcript)) as Transcript,
        },
        verdicts: verdicts.map((verdict) => toVerdict(verdict, store)),
      };
    },
    writeSample: (run, sample, verdicts) => insertSample(prepare, store, run, sample, verdicts),
  };
}

function insertRun(prepare: Prepare, store: TextStore, plan: NewRun): RunRecord {
  const { hash, simulated, samples, created } = plan;
  const same = prepare('SELECT count(*) AS n FROM runs WHERE plan_hash = ?').get(hash);
  const earlier = Number(same?.n);
  const short = hash.slice(0, RUN_ID_DIGITS);
  const id = earlier === 0 ? short : `${short}-${earlier + 1}`;
  const { lastInsertRowid } = prepare.into('runs', {
    id,
    plan_hash: hash,
    simulated: Number(simulated),
    samples,
    plan: store.deflate(plan.document),
    created,
  });
  const ordinal = Number(lastInsertRowid);
  let position = 0;
  for (const scenario of plan.scenarios) {
    const stored = store.deflate(scenario);
    prepare.into('run_scenarios', { run: ordinal, position: position++, scenario: stored });
  }
  const started: RunEvent = { time: created, kind: 'started', detail: null };
  insertEvent(prepare, ordinal, started);
  const about = { ordinal, id, planHash: hash, simulated, samples, created };
  return { ...about, state: started.kind, events: [started] };
}

function insertEvent(prepare: Prepare, run: number, { time, kind, detail }: RunEvent): void {
  prepare.into('run_events', { run, time, kind, detail });
}
