/**
 * @module run/run
 * A run from plan to tally: takes up where the ledger says it was left, and replays from the record alone.
 */

import { LedgerDamageError } from '../ledger/damage.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import { collect, type Pages } from '../ledger/pages.ts';
import type { SampleRecord, VerdictRecord } from '../ledger/records.ts';
import type { VerdictRow } from '../ledger/rows.ts';
import type { RunWriter } from '../ledger/run-writer.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { type Caller, createOfflineCaller } from '../model/call.ts';
import { readSpec, type Spec } from '../spec/index.ts';
import { type Execution, type ExecutionEnd, execute, type StopSignals } from './execute.ts';
import { clauseBrief } from './judging/clause-brief.ts';
import { judgeInstructions } from './judging/judge-prompt.ts';
import { type JudgeAccess, openJudges } from './judging/judges.ts';
import { rubricOf, withRubric } from './judging/rubric/tell.ts';
import { type Plan, type PlannedModel, sampleCount, testedIn } from './plan.ts';
import { askingRollout } from './rollout.ts';
import { executeInRounds, type RoundLog, type RoundNews } from './sequential/execute-rounds.ts';
import { followRounds, type Round } from './sequential/rounds.ts';
import { tallySequential } from './sequential/tally.ts';
import type { Scenario } from './suite/scenario.ts';
import { PackedScenarios } from './suite/scenarios.ts';
import { createTally, type Tally } from './tally.ts';

/** What the ledger keeps of a run's plan: enough to go on with it, or judge it again, without its files. */
export interface PlanDocument {
  plan: Plan;
  /** The spec's own text. */
  spec: string;
  /** What the run is called, and what it is found by: of the run, and no part of its plan's identity. */
  name?: string;
  tags?: string[];
}

/** What judges are told of every clause that the plan tests, by id. */
export function instructionsOf(plan: Plan, spec: Spec): Map<string, string> {
  const tested = testedIn(plan.suite.scenarios);
  const rubrics = new Map(plan.rubrics?.map((planned) => [planned.clause, planned]));
  return new Map(
    [...tested].map((id) => {
      const planned = rubrics.get(id);
      const brief = clauseBrief(spec, id);
      return [
        id,
        judgeInstructions(planned === undefined ? brief : withRubric(brief, rubricOf(planned))),
      ];
    }),
  );
}

/** The spec of a stored plan, read again from the text in the ledger. */
export function specOf(document: PlanDocument): Spec {
  const { file, id, version, dialect } = document.plan.spec;
  return readSpec({
    file,
    bytes: new TextEncoder().encode(document.spec),
    id,
    ...(version === null ? {} : { version }),
    ...(dialect === undefined ? {} : { dialect }),
  });
}

/** Makes the ledger's record of a new run. */
export async function createRun(
  ledger: Ledger,
  document: PlanDocument,
  now: number,
): Promise<RunRecord> {
  const { plan } = document;
  const { scenarios } = plan.suite;
  return await ledger.create({
    hash: plan.hash,
    simulated: plan.simulated,
    samples: sampleCount(plan),
    document: { ...document, plan: { ...plan, suite: { ...plan.suite, scenarios: [] } } },
    scenarios,
    created: now,
  });
}

/** What the ledger keeps of a run's plan, put together again. */
export async function planDocument(ledger: Ledger, run: RunRecord): Promise<PlanDocument> {
  const document = await planOutline(ledger, run);
  const scenarios = new PackedScenarios();
  for await (const page of ledger.runs.scenarios(run.ordinal)) {
    for (const scenario of page as Scenario[]) scenarios.add(scenario);
  }
  document.plan.suite.scenarios = scenarios;
  if (sampleCount(document.plan) !== run.samples) {
    throw new LedgerDamageError(
      ledger.path,
      `${scenarios.length} scenarios of another number`,
      null,
    );
  }
  return document;
}

/** The same without its scenarios, where only the names of things are wanted. */
export async function planOutline(ledger: Ledger, run: RunRecord): Promise<PlanDocument> {
  // Written by `createRun` in this form.
  return (await ledger.runs.plan(run.ordinal)) as PlanDocument;
}

export interface RunParts extends Omit<Execution, 'progress' | 'finish'> {
  ledger: Ledger;
  run: RunRecord;
  writer: RunWriter;
  /** Told of each finished sample, with its verdicts. */
  onSample?: (sample: SampleRecord, verdicts: readonly VerdictRecord[]) => void;
  /** Told of each round of a sequential plan. */
  onRound?: (news: RoundNews) => void;
}

/** Carries out what is left of a run, and writes down how that ended. */
export async function carryOut(parts: RunParts, signals: StopSignals): Promise<ExecutionEnd> {
  const { ledger, run, writer, plan } = parts;
  const execution: Execution = {
    ...parts,
    progress: await ledger.runs.progress(run),
    finish: async (sample, verdicts) => {
      await writer.addSample(sample, verdicts);
      parts.onSample?.(sample, verdicts);
    },
  };
  const end =
    // Transcripts that are judged again were chosen when they were asked for.
    plan.sequential === undefined || plan.transcriptsOf !== undefined
      ? await execute(execution, signals)
      : await executeInRounds(execution, plan.sequential, await roundLog(parts), signals);
  await writer.addEvent({
    time: Date.now(),
    kind: end.type,
    detail: end.type === 'stopped' ? end.reason.message : null,
  });
  return end;
}

/**
 * The tally of a run as the ledger has it.
 *
 * @param read its verdicts, where somebody has read them already
 */
export async function tallyRun(
  ledger: Ledger,
  run: RunRecord,
  plan: Plan,
  read?: readonly VerdictRow[],
): Promise<Tally> {
  const tallying = createTally(plan);
  for await (const page of ledger.runs.samples(run.ordinal)) tallying.addSamples(page);
  const verdicts = (): Pages<VerdictRow> => ledger.runs.verdicts(run.ordinal);
  if (plan.sequential === undefined) {
    for await (const page of read === undefined ? verdicts() : [read]) tallying.addVerdicts(page);
    return tallying.done();
  }
  const rows = read ?? (await collect(verdicts()));
  tallying.addVerdicts(rows);
  return tallySequential(plan, plan.sequential, tallying.done(), {
    rounds: await roundsOf(ledger, run),
    progress: await ledger.runs.progress(run),
    verdicts: rows,
  });
}

/** The samples that a run asks for: all of its plan, or those that its rounds have drawn so far. */
export async function samplesOf(ledger: Ledger, run: RunRecord, plan: Plan): Promise<number[]> {
  if (plan.sequential === undefined) return [...Array(sampleCount(plan)).keys()];
  const { draws, spent } = followRounds(plan, await roundsOf(ledger, run));
  const drawn = draws.samples.flat();
  if (!spent) return drawn;
  const progress = await ledger.runs.progress(run);
  return drawn.filter((sample) => progress[sample] !== 0);
}

async function roundsOf(ledger: Ledger, run: RunRecord): Promise<Round[]> {
  // Written by `roundLog` in this form.
  return (await ledger.rounds.ofRun(run.ordinal)).map(({ detail }) => detail as Round);
}

async function roundLog({ ledger, run, writer, onRound }: RunParts): Promise<RoundLog> {
  const past = await roundsOf(ledger, run);
  let next = past.length;
  return {
    past,
    verdicts: await collect(ledger.runs.verdicts(run.ordinal)),
    add: (detail) => writer.addRound({ round: next++, time: Date.now(), detail }),
    tell: onRound,
  };
}

export interface Replay {
  /** A ledger of this process only, with the run in it. */
  ledger: Ledger;
  run: RunRecord;
  /** Samples that the plan asks for. */
  asked: number;
  /** Those of them that were left out, since not all of their calls are on record. */
  missing: number;
  /** How it ended; `not_recorded` where something was left out. */
  end: ExecutionEnd;
}

/** What a replay can't know of itself: under what calls are recorded, and the functions that judge. */
export interface ReplayAccess extends Omit<JudgeAccess, 'callerOf'> {
  recordedAs: (model: PlannedModel) => string;
  /** Told of each sample that is on record, with its verdicts. */
  onSample?: RunParts['onSample'];
}

/**
 * Repeats a plan from the calls on record, without a socket and without writing to `record`. The run keeps the
 * id that the plan's newest run has there.
 */
export async function replay(
  record: Ledger,
  document: PlanDocument,
  instructions: ReadonlyMap<string, string>,
  signals: StopSignals,
  own: ReplayAccess,
): Promise<Replay> {
  const { plan } = document;
  const opened = await openLedger(':memory:', { write: true });
  if (!opened.ok) throw new Error(opened.message);
  const { ledger } = opened;
  const run = await createRun(ledger, document, 0);
  const writer = await ledger.writer(run, 'replay');
  const stored = await record.runs.latestOfPlan(plan.hash);
  // What was drawn then is what is asked now: chance played no part in it, but failures may have.
  for (const round of stored === null ? [] : await record.rounds.ofRun(stored.ordinal)) {
    await writer.addRound(round);
  }
  const callerOf = (model: PlannedModel): Caller => {
    return createOfflineCaller(own.recordedAs(model), record.calls);
  };
  const end = await carryOut(
    {
      ledger,
      run,
      writer,
      plan,
      instructions,
      rollout: askingRollout(plan, plan.subjects.map(callerOf)),
      judges: openJudges(plan, { ...own, callerOf }),
      width: () => 64,
      ...(own.onSample === undefined ? {} : { onSample: own.onSample }),
    },
    signals,
  );
  await copyKnowledge(record, stored, ledger, run);
  const progress = await ledger.runs.progress(run);
  const asked = await samplesOf(ledger, run, plan);
  const missing = asked.filter((sample) => progress[sample] === 0).length;
  // Read again, since its state is another now that it has been carried out.
  const ended = (await ledger.runs.latestOfPlan(plan.hash)) ?? run;
  const id = stored?.id ?? run.id;
  return { ledger, run: { ...ended, id }, asked: asked.length, missing, end };
}

/** What people and calibrations have said since then stands beside the repeated run as it does beside the first. */
async function copyKnowledge(
  record: Ledger,
  stored: RunRecord | null,
  ledger: Ledger,
  run: RunRecord,
): Promise<void> {
  const certificates = await record.certificates.list();
  for (const certificate of certificates.toReversed()) await ledger.certificates.add(certificate);
  if (stored === null) return;
  const here = { run: run.ordinal };
  for (const queue of await record.labels.queuesOf(stored.ordinal)) {
    await ledger.labels.addQueue({ ...queue, ...here });
  }
  const labels = await record.labels.ofRun(stored.ordinal);
  await ledger.labels.add(labels.map((label) => ({ ...label, ...here })));
}
