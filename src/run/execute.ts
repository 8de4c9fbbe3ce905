/**
 * @module run/execute
 * Carries a plan out: puts scenarios to subjects, has the replies judged, and hands every finished sample to
 * the ledger. What is finished already is not done again.
 */
import { setMaxListeners } from 'node:events';
import type { SampleRecord, VerdictRecord } from '../ledger/records.ts';
import type { Stopped, StopReason } from '../model/call.ts';
import { estimateTokens } from '../model/prices.ts';
import { batchesOf } from './judging/batch/split.ts';
import type { Judge, JudgeQuestion } from './judging/judge.ts';
import { judgesOf, type Plan, type PlannedClause, type PlannedSample, sampleAt } from './plan.ts';
import type { Rollout } from './rollout.ts';
import { view } from './transcript/view.ts';

export interface Execution {
  plan: Plan;
  /** For each sample: 0 to do, 1 finished, 2 failed and to be tried again. */
  progress: Uint8Array;
  /** Only these samples, in this order; absent: all, in the plan's order. */
  samples?: readonly number[];
  rollout: Rollout;
  /** In the plan's order. */
  judges: Judge[];
  /** What judges are told of each tested clause, by id. */
  instructions: ReadonlyMap<string, string>;
  /** How many samples may be under way now; asked again before each start. */
  width: () => number;
  /** Takes a finished sample; rejecting ends the run. */
  finish: (sample: SampleRecord, verdicts: VerdictRecord[]) => Promise<void>;
}

/** How it ended: everything is finished, or the first reason why not. */
export type ExecutionEnd = { type: 'finished' } | Stopped;

/** Two ways to be told to stop: `signal` starts nothing new, `abort` also cuts short what is under way. */
export interface StopSignals {
  signal: AbortSignal;
  abort: AbortSignal;
}

/**
 * Runs the plan. When told to stop, or when a budget is spent, nothing new is started and what is under way
 * ends. A subject that is asked no more is left; the others go on.
 */
export async function execute(execution: Execution, signals: StopSignals): Promise<ExecutionEnd> {
  const { plan, progress, samples } = execution;
  const end = samples?.length ?? progress.length;
  const clauses = new Map(plan.clauses.map((clause) => [clause.id, clause]));
  const deadSubjects = new Set<number>();
  let stop: StopReason | null = null;
  let stopAll = false;
  let failure: unknown = null;
  let next = 0;
  let active = 0;

  // Every call listens for the abort; thousands of listeners are meant, not a leak.
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const onAbort = (): void => controller.abort();
  if (signals.abort.aborted) onAbort();
  else signals.abort.addEventListener('abort', onAbort, { once: true });

  const told = (): boolean => signals.signal.aborted || controller.signal.aborted;

  const stopped = (reason: StopReason, subject: number | null): void => {
    stop ??= reason;
    if (reason.kind === 'not_recorded') return;
    if (reason.kind === 'breaker' && subject !== null) {
      deadSubjects.add(subject);
      if (deadSubjects.size < plan.subjects.length) return;
    }
    stopAll = true;
  };

  const one = async (planned: PlannedSample): Promise<void> => {
    const rolled = await execution.rollout(planned, controller.signal);
    if (rolled.type === 'stopped') return stopped(rolled.reason, planned.subject);
    const judged = await judgeAll(execution, clauses, planned, rolled.sample, controller.signal);
    if ('reason' in judged) return stopped(judged.reason, null);
    await execution.finish(rolled.sample, judged.verdicts);
  };

  await new Promise<void>((resolve) => {
    const pump = (): void => {
      while (!stopAll && !told() && next < end) {
        if (active >= execution.width()) return;
        const place = next++;
        const index = samples?.[place] ?? place;
        if (progress[index] === 1) continue;
        const planned = sampleAt(plan, index);
        if (deadSubjects.has(planned.subject)) continue;
        active++;
        one(planned)
          .catch((error: unknown) => {
            failure ??= error;
            stopAll = true;
            controller.abort();
          })
          .finally(() => {
            active--;
            pump();
          });
      }
      if (active === 0) resolve();
    };
    pump();
  });
  signals.abort.removeEventListener('abort', onAbort);
  if (failure !== null) throw failure;
  if (stop === null && told() && next < end) {
    stop = { kind: 'interrupted', message: 'interrupted' };
  }
  return stop === null ? { type: 'finished' } : { type: 'stopped', reason: stop };
}

async function judgeAll(
  execution: Execution,
  clauses: ReadonlyMap<string, PlannedClause>,
  planned: PlannedSample,
  sample: SampleRecord,
  signal: AbortSignal,
): Promise<{ verdicts: VerdictRecord[] } | { reason: StopReason }> {
  if (sample.outcome !== 'replied') return { verdicts: [] };
  const questions = questionsOn(execution, clauses, planned, sample);
  // Of whom several can't be asked together, one is asked.
  const mostOf = (judge: number): number => execution.judges[judge]?.together?.most ?? 1;
  const verdicts: VerdictRecord[] = [];
  // Counted where it decides something.
  const tokensOf = ({ instructions }: JudgeQuestion): number =>
    execution.plan.batch === undefined ? 0 : estimateTokens(instructions);
  for (const { parts: batch } of batchesOf(questions, mostOf, tokensOf)) {
    const [first] = batch;
    const judge = first && execution.judges[first.judge];
    if (first === undefined || judge === undefined) continue;
    const result =
      batch.length === 1 || judge.together === undefined
        ? await judge(first, signal)
        : await judge.together.ask(batch, signal);
    if (result.type === 'stopped') return { reason: result.reason };
    verdicts.push(...(result.type === 'verdict' ? [result.verdict] : result.verdicts));
  }
  const place = ({ clause, judge }: VerdictRecord): number =>
    questions.findIndex((question) => question.clause.id === clause && question.judge === judge);
  return { verdicts: verdicts.toSorted((a, b) => place(a) - place(b)) };
}

/** Clause by clause, each judge after the other. */
function questionsOn(
  execution: Execution,
  clauses: ReadonlyMap<string, PlannedClause>,
  { scenario, repeat }: PlannedSample,
  { index: sample, transcript: log }: SampleRecord,
): JudgeQuestion[] {
  const { tools } = scenario;
  const transcript = view(log, { reader: 'judge' });
  return scenario.clauses.flatMap((id) => {
    const clause = clauses.get(id);
    const instructions = execution.instructions.get(id);
    if (clause === undefined || instructions === undefined) return [];
    return judgesOf(execution.plan, id).map((judge) => {
      return { sample, judge, clause, instructions, transcript, tools, repeat };
    });
  });
}
