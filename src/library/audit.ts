/**
 * @module library/audit
 * An audit from a program: starts at once, prints nothing, tells what happens while it goes on.
 */
import { chooseConsensus, refuseUnjudged } from '../app/choose-models.ts';
import { chooseSuite } from '../app/choose-suite.ts';
import type { Stop } from '../app/context.ts';
import { executeRun } from '../app/execute-run.ts';
import { loadSpec, loadText, STARTER_SPEC } from '../app/files.ts';
import { sectionsOf } from '../app/lent.ts';
import { problem } from '../app/messages.ts';
import { type Counters, modelsOf, openCallers, parseName, recordedAs } from '../app/models.ts';
import { type Prepared, prepareAudit, scenesLater } from '../app/prepare-audit.ts';
import { reportOfRun } from '../app/report-of-run.ts';
import { functionOf, type Roster } from '../app/roster.ts';
import { DEFAULT_CEILING } from '../app/settings.ts';
import * as capabilities from '../capabilities.ts';
import { estimateCost, type PlanEstimate } from '../features/audit/audit/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { collect } from '../ledger/pages.ts';
import type {
  SampleOutcome,
  SampleRecord,
  Severity,
  VerdictOutcome,
  VerdictRecord,
} from '../ledger/records.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { type Price, priceOf } from '../model/prices.ts';
import type { CallStore } from '../model/record.ts';
import type { Report } from '../report/schema.ts';
import type { ExecutionEnd } from '../run/execute.ts';
import { judgeIds, subjectIds } from '../run/names.ts';
import { type Plan, transcriptId } from '../run/plan.ts';
import { createRun, type PlanDocument, replay } from '../run/run.ts';
import type { Suite } from '../run/suite/suite.ts';
import { readSpec, type Spec } from '../spec/index.ts';
import { checkAuditInput } from './check-input.ts';
import { createFeed, type Feed } from './feed.ts';
import { ledgerFor } from './ledger.ts';
import { type JudgeGiven, plannedJudges, plannedSubjects, rosterFor, type Subject } from './who.ts';

/** What an audit is of. */
export interface AuditInput {
  spec: Spec | { path: string } | { text: string };
  /** The scenarios; drawn from the spec where absent. */
  suite?: Suite | { path: string };
  /** Only these clauses, in the query language of `--clauses`. */
  clauses?: string;
  subjects: readonly Subject[];
  judges: readonly JudgeGiven[];
  /** Every scenario once, unless said. */
  schedule?:
    | { type: 'fixed'; repeats: number }
    | { type: 'sequential'; precision: number; budget?: number };
  /** At most so many scenarios, spread over the clauses. */
  limit?: number;
  /** US dollars; nothing is asked beyond it. Needs the price of every model. */
  budget?: number;
  /** What the run is called in its ledger, and what it can be found by. Neither changes what is asked. */
  name?: string;
  tags?: readonly string[];
  /** In US dollars per million tokens, by `provider:model`, or `custom:NAME@VERSION` for a function of yours. */
  prices?: Readonly<Record<string, Price>>;
  /** A ledger, or the path of one; `memory` unless said, which keeps nothing beyond this audit. */
  ledger?: Ledger | string;
  /** `use` takes answers that are on record, `fresh` asks everything anew, `only` makes no call. `use` unless said. */
  record?: 'use' | 'fresh' | 'only';
  /** Ends the audit: calls under way are cut short, what is finished stays. */
  signal?: AbortSignal;
}

/** A plan in short, with what it is estimated to take. */
export interface PlanSummary {
  /** sha256 of the plan. */
  hash: string;
  simulated: boolean;
  scenarios: number;
  subjects: string[];
  judges: string[];
  samples: number;
  estimate: PlanEstimate;
}

/** What happens while an audit goes on. */
export type AuditEvent =
  | { type: 'plan'; plan: PlanSummary }
  | {
      type: 'sample';
      transcript: string;
      scenario: string;
      subject: string;
      repeat: number;
      outcome: SampleOutcome;
    }
  | {
      type: 'verdict';
      transcript: string;
      clause: string;
      judge: string;
      outcome: VerdictOutcome;
      severity: Severity | null;
    }
  | { type: 'waiting'; model: string; milliseconds: number; reason: string }
  | { type: 'spent'; calls: number; usd: number; unpriced: number }
  | { type: 'stopped'; cause: Cause };

/** Why something is missing. */
export interface Cause {
  code: string;
  role: 'subject' | 'judge' | null;
  model: string | null;
  count: number;
  example: string;
  remedy: string | null;
}

/** Names a run in its ledger. */
export type RunId = string;

export interface AuditResult {
  run: RunId;
  outcome: 'finished' | 'unfinished' | 'nothing_answered';
  causes: Cause[];
  report: Report;
}

/** An audit that goes on. Its events come from the moment somebody reads them. */
export interface AuditRun extends AsyncIterable<AuditEvent> {
  /** The plan with its estimate, before the first call. */
  readonly plan: Promise<PlanSummary>;
  /** Rejects with a `TenetError` for an input that can't be carried out, never for what a provider did. */
  readonly result: Promise<AuditResult>;
}

/**
 * Puts scenarios to models, has every reply judged, and reports. Starts at once.
 *
 * @example
 * const run = audit({ spec: { path: 'spec.md' }, subjects: [bot], judges: ['anthropic:claude-sonnet-4-5'] });
 * for await (const event of run) if (event.type === 'verdict') console.log(event.clause, event.outcome);
 * const { outcome, report } = await run.result;
 */
export function audit(input: AuditInput): AuditRun {
  const feed = createFeed<AuditEvent>();
  const planned = Promise.withResolvers<PlanSummary>();
  const result = carryOut(input, feed, planned.resolve);
  result.then(
    () => feed.end(),
    (error: unknown) => {
      planned.reject(error);
      feed.end(error);
    },
  );
  // Whoever awaits none of the promises has chosen not to know.
  planned.promise.catch(() => {});
  return {
    plan: planned.promise,
    result,
    [Symbol.asyncIterator]: () => feed.read(),
  };
}

async function carryOut(
  input: AuditInput,
  feed: Feed<AuditEvent>,
  tellPlan: (plan: PlanSummary) => void,
): Promise<AuditResult> {
  // What the caller does with the run in the same turn comes first, such as beginning to read it.
  await Promise.resolve();
  checkAuditInput(input);
  const environment = process.env;
  const roster = await rosterFor(input.subjects, input.judges, environment);
  const prepared = prepare(input, roster);
  const { plan } = prepared.document;
  const summary = summaryOf(prepared, roster, input.prices);
  tellPlan(summary);
  feed.put({ type: 'plan', plan: summary });
  const { ledger, close } = await ledgerFor(input.ledger ?? 'memory', input.record !== 'only');
  try {
    if (input.record === 'only') return await fromRecord(input, prepared, roster, ledger, feed);
    const callers = openCallers({
      ...modelsOf(plan, roster, FIELDS),
      scenes: scenesLater(prepared),
      store: storeFor(ledger, input.record),
      concurrency: 'auto',
      budget: budgetOf(input),
      prices: input.prices ?? {},
      environment,
      roster,
      byProgram: true,
      waiting: ({ model, milliseconds, failure }) =>
        feed.put({ type: 'waiting', model, milliseconds, reason: failure.kind }),
    });
    try {
      await callers.checkReach();
      const run = await createRun(ledger, named(prepared.document, input), Date.now());
      const writer = await ledger.writer(run, 'a program');
      const end = await executeRun({
        ledger,
        run,
        writer,
        prepared,
        callers,
        roster,
        stop: stopBy(input.signal),
        onSample: teller(feed, plan, callers.counters),
      }).finally(writer.close);
      return await resultOf(ledger, run, plan, end, feed);
    } finally {
      await callers.close();
    }
  } finally {
    await close();
  }
}

function named(document: PlanDocument, { name, tags }: AuditInput): PlanDocument {
  return {
    ...document,
    ...(name === undefined ? {} : { name }),
    ...(tags === undefined ? {} : { tags: [...tags] }),
  };
}

/** Where subjects and judges are named, for messages. */
const FIELDS = { subject: 'subjects', judge: 'judges' };

function stopBy(signal = new AbortController().signal): Stop {
  return { signal, abort: signal };
}

function prepare(input: AuditInput, roster: Roster): Prepared {
  const { spec, text } = specOf(input.spec);
  const { clauses, limit, schedule } = input;
  const suite = input.suite !== undefined && 'path' in input.suite ? input.suite.path : input.suite;
  const chosen = chooseSuite(spec, { suite, clauses, limit }, { say: () => {} });
  const subjects = plannedSubjects(input.subjects, roster);
  const judges = plannedJudges(input.judges, subjects, spec, roster);
  const sequential =
    schedule?.type === 'sequential' ? { precision: schedule.precision, bound: null } : undefined;
  const repeats =
    schedule?.type === 'fixed' ? schedule.repeats : sequential === undefined ? 1 : DEFAULT_CEILING;
  const prepared = prepareAudit({
    text,
    spec,
    suite: chosen,
    subjects,
    judges,
    repeats,
    seed: null,
    selection: clauses,
    narrowed: limit !== undefined ? 'limit' : suite !== undefined ? 'suite' : undefined,
    consensus: chooseConsensus(undefined, undefined, judges),
    sequential,
  });
  refuseUnjudged(prepared.document.plan);
  return prepared;
}

function specOf(given: AuditInput['spec']): { spec: Spec; text: string } {
  if ('path' in given) return { spec: loadSpec(given.path), text: loadText(given.path, 'a spec') };
  const spec = 'sections' in given ? given : readSpec(given.text);
  if (!spec.sections.some(({ isClause }) => isClause)) {
    throw problem('no-clause', { file: spec.file, starter: STARTER_SPEC });
  }
  return { spec, text: spec.text };
}

function summaryOf(prepared: Prepared, roster: Roster, prices: AuditInput['prices']): PlanSummary {
  const { plan } = prepared.document;
  const price = (label: string): Price | null =>
    priceOf(parseName(label, FIELDS.subject, roster), prices);
  const estimate = estimateCost(prepared, price);
  return {
    hash: plan.hash,
    simulated: plan.simulated,
    scenarios: plan.suite.scenarios.length,
    subjects: subjectIds(plan),
    judges: judgeIds(plan),
    samples: estimate.samples,
    estimate,
  };
}

function budgetOf({ budget, schedule }: AuditInput): number | null {
  return budget ?? (schedule?.type === 'sequential' ? schedule.budget : undefined) ?? null;
}

/** `fresh` finds nothing of what earlier runs asked; what is asked now is kept all the same. */
function storeFor(ledger: Ledger, record: AuditInput['record']): CallStore {
  if (record !== 'fresh') return ledger.calls;
  const now = new Set<string>();
  return {
    find: async (hash, failures) =>
      now.has(hash) ? await ledger.calls.find(hash, failures) : null,
    add: (call) => {
      now.add(call.hash);
      return ledger.calls.add(call);
    },
    flush: ledger.flush,
  };
}

function teller(
  feed: Feed<AuditEvent>,
  plan: Plan,
  counters: Pick<Counters, 'calls' | 'spent' | 'unpriced'>,
) {
  const subjects = subjectIds(plan);
  const judges = judgeIds(plan);
  return (sample: SampleRecord, verdicts: readonly VerdictRecord[]): void => {
    const transcript = transcriptId(sample.index);
    const { scenario, repeat, outcome } = sample;
    const subject = subjects[sample.subject] ?? '';
    feed.put({ type: 'sample', transcript, scenario, subject, repeat, outcome });
    for (const { clause, judge, outcome: verdict, severity } of verdicts) {
      const name = judges[judge] ?? '';
      feed.put({ type: 'verdict', transcript, clause, judge: name, outcome: verdict, severity });
    }
    const { calls, spent: usd, unpriced } = counters;
    feed.put({ type: 'spent', calls, usd, unpriced });
  };
}

async function resultOf(
  ledger: Ledger,
  run: RunRecord,
  plan: Plan,
  end: ExecutionEnd,
  feed: Feed<AuditEvent>,
): Promise<AuditResult> {
  const causes: Cause[] = [];
  if (end.type === 'stopped') {
    const { kind, message: example } = end.reason;
    const code = kind.replaceAll('_', '-');
    const cause: Cause = { code, role: null, model: null, count: 1, example, remedy: null };
    causes.push(cause);
    feed.put({ type: 'stopped', cause });
  }
  const current = await ledger.runs.find(run.id);
  return {
    run: run.id,
    outcome: outcomeOf(await collect(ledger.runs.samples(run.ordinal)), end),
    causes,
    report: await reportOfRun({
      ...{ ledger, plan },
      run: 'run' in current ? current.run : run,
      sections: await sectionsOf(Object.values(capabilities)),
    }),
  };
}

/** A run that was stopped before anybody was asked says nothing of who would have answered. */
function outcomeOf(
  samples: readonly Pick<SampleRecord, 'outcome'>[],
  end: ExecutionEnd,
): AuditResult['outcome'] {
  const wasAsked = end.type === 'finished' || end.reason.kind === 'breaker' || samples.length > 0;
  if (wasAsked && !samples.some(({ outcome }) => outcome === 'replied')) return 'nothing_answered';
  return end.type === 'finished' ? 'finished' : 'unfinished';
}

/** The audit from the record alone; what is not on it stands as not run. */
async function fromRecord(
  { signal }: AuditInput,
  { document, instructions, spec }: Prepared,
  roster: Roster,
  record: Ledger,
  feed: Feed<AuditEvent>,
): Promise<AuditResult> {
  const nothing = { calls: 0, spent: 0, unpriced: 0 };
  const { ledger, run, end } = await replay(record, document, instructions, stopBy(signal), {
    recordedAs: (model) => recordedAs(model, roster),
    functionOf: (judge) => functionOf(judge, roster),
    spec,
    onSample: teller(feed, document.plan, nothing),
  });
  try {
    return await resultOf(ledger, run, document.plan, end, feed);
  } finally {
    await ledger.close();
  }
}
