/** What tests write into ledgers, as short as it can be written. */
import assert from 'node:assert/strict';
import type { CallRecord } from '../model/record.ts';
import type { LabelQueue } from './labels.ts';
import { type Access, type Ledger, openLedger } from './ledger.ts';
import type { LabelRecord, SampleRecord, VerdictRecord } from './records.ts';
import type { NewRun } from './runs.ts';
import { madeUpLog } from './transcript.fixture.ts';

/** An open ledger, made where there is none. */
export async function opened(place: string, access: Partial<Access> = {}): Promise<Ledger> {
  const result = await openLedger(place, { write: true, ...access });
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.ledger;
}

/** Why a ledger does not open, in words. */
export async function refusal(place: string, access: Partial<Access> = {}): Promise<string> {
  const result = await openLedger(place, { write: true, ...access });
  if (result.ok) await result.ledger.close();
  assert.ok(!result.ok, 'the ledger should not open');
  return result.message;
}

/** A plan of so many samples. */
export function newRun(samples: number, over: Partial<NewRun> = {}): NewRun {
  return {
    hash: 'f'.repeat(64),
    simulated: true,
    samples,
    document: { plan: { note: 'x'.repeat(5_000) } },
    scenarios: [{ id: 'first' }, { id: 'y'.repeat(1_000) }],
    created: 1,
    ...over,
  };
}

/** A call that was answered with `text`. */
export function callRecord(text: string, over: Partial<CallRecord> = {}): CallRecord {
  return {
    hash: 'ab'.repeat(32),
    model: 'sim:subject',
    request: { messages: [{ role: 'user', content: text }], parameters: {}, repeat: 0 },
    answer: {
      type: 'reply',
      text,
      finish: 'stop',
      usage: { input: 1, output: 2 },
      raw: JSON.stringify({ text }),
    },
    cost: 0.25,
    attempts: 1,
    started: 1_700_000_000_000,
    elapsed: 12,
    ...over,
  };
}

/** The same call, come to nothing. */
export function failedCall(text: string, over: Partial<CallRecord> = {}): CallRecord {
  const answer = { type: 'failure', kind: 'server', message: text, transient: true } as const;
  return callRecord(text, { answer, ...over });
}

/** A sample that was answered. */
export function sampleRecord(index: number, over: Partial<SampleRecord> = {}): SampleRecord {
  return {
    index,
    scenario: `scenario-${index}`,
    subject: 0,
    repeat: 0,
    outcome: 'replied',
    reason: null,
    transcript: madeUpLog([
      { id: 'm1', role: 'user', content: 'hello '.repeat(200), source: 'scenario' },
    ]),
    usage: { input: 10, output: null },
    cost: null,
    calls: ['aa', 'bb'],
    ...over,
  };
}

/** A verdict on it. */
export function verdictRecord(sample: number, over: Partial<VerdictRecord> = {}): VerdictRecord {
  return {
    sample,
    judge: 0,
    clause: 'be_honest',
    clauseHash: 'cc',
    outcome: 'violates',
    severity: 'major',
    reason: 'It did not say so.',
    citations: [{ message: 'm1', quote: 'hello', span: { start: 0, end: 5 } }],
    cause: null,
    usage: { input: 3, output: 4 },
    cost: 0.5,
    calls: ['dd'],
    ...over,
  };
}

/** What Ann says of a sample. */
export function labelRecord(
  run: number,
  sample: number,
  over: Partial<LabelRecord> = {},
): LabelRecord {
  return {
    run,
    sample,
    clause: 'x',
    clauseHash: 'h',
    person: 'Ann',
    outcome: 'adheres',
    severity: null,
    note: '',
    inclusion: 0.5,
    source: 'terminal',
    time: 1,
    ...over,
  };
}

/** What Ann was given to label. */
export function labelQueue(run: number, over: Partial<LabelQueue> = {}): LabelQueue {
  return {
    run,
    person: 'Ann',
    design: 'random:1',
    strata: 'all',
    clauses: null,
    items: [{ sample: 0, clause: 'x', inclusion: 0.25 }],
    created: 5,
    ...over,
  };
}
