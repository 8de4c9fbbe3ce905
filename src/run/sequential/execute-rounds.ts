/**
 * @module run/sequential/execute-rounds
 * Carries a sequential plan out: decides, writes the decision down, asks, and decides again.
 */

import { at } from '../../text/at.ts';
import { type Execution, type ExecutionEnd, execute, type StopSignals } from '../execute.ts';
import type { Spoken } from '../panel/cases.ts';
import { clauseAt, type SequentialPlan } from '../plan.ts';
import { allocate, type CellState, stopCauseOf } from './allocate.ts';
import { followCell } from './evidence.ts';
import { createOutcomes, followRounds, type Round } from './rounds.ts';

/** How far a run is. */
export interface RoundNews {
  /** From 1. */
  round: number;
  /** Samples that all rounds so far ask for. */
  samples: number;
  /** Clauses of subjects that get no more, of so many. */
  stopped: number;
  cells: number;
}

/** The memory of a run's decisions. */
export interface RoundLog {
  /** Rounds of an earlier session. */
  past: readonly Round[];
  /** Verdicts of an earlier session, ordered by sample and clause. */
  verdicts: Iterable<Spoken>;
  /** Writes a round down; its samples are asked only then. */
  add(round: Round): Promise<void>;
  tell?: (news: RoundNews) => void;
}

/**
 * Runs the rounds of a plan until every cell is stopped. Rounds of an earlier session are completed as they were
 * decided. Where no precision is asked for, the run is over when its budget is spent. A subject that answers no more
 * is left, and the others go on.
 */
export async function executeInRounds(
  execution: Execution,
  sequential: SequentialPlan,
  log: RoundLog,
  signals: StopSignals,
): Promise<ExecutionEnd> {
  const { plan } = execution;
  const progress = Uint8Array.from(execution.progress);
  const outcomes = createOutcomes(plan, (sample) => progress[sample] !== 0);
  outcomes.add(log.verdicts);
  const course = followRounds(plan, log.past);
  const { cells, samples, exhausted } = course.draws;
  const followers = cells.map(() => followCell(sequential));
  const silent = new Set<number>();
  let stop: ExecutionEnd | null = null;
  let rounds = log.past.length;
  let next = unfinished(samples, progress);

  const ask = (): Promise<ExecutionEnd> =>
    execute(
      {
        ...execution,
        progress,
        samples: next,
        finish: async (sample, verdicts) => {
          await execution.finish(sample, verdicts);
          // What failed counts as asked: only another session tries it again.
          progress[sample.index] = 1;
          outcomes.add(verdicts);
        },
      },
      signals,
    );
  const stateOf = (cell: number): CellState => {
    const clause = clauseAt(plan, at(cells, cell).clause).id;
    const drawn = at(samples, cell);
    const evidence = at(followers, cell).read(drawn, (sample) => outcomes.of(sample, clause));
    return {
      ...evidence,
      exhausted: at(exhausted, cell),
      stopped: at(course.stopped, cell),
    };
  };

  for (;;) {
    const end = await ask();
    const states = cells.map((_, cell) => stateOf(cell));
    if (course.spent && !(end.type === 'stopped' && end.reason.kind === 'interrupted')) {
      return { type: 'finished' };
    }
    if (end.type === 'stopped') {
      if (end.reason.kind === 'budget' && sequential.precision === null) {
        await log.add({ stops: [], draws: [], spent: true });
        return { type: 'finished' };
      }
      if (end.reason.kind !== 'breaker') return end;
      stop ??= end;
      for (const [cell, { subject }] of cells.entries()) {
        if (at(states, cell).draws < at(samples, cell).length) silent.add(subject);
      }
      if (silent.size === plan.subjects.length) return stop;
    }
    const heard = (cell: number): boolean => !silent.has(at(cells, cell).subject);
    const stops = states.map((state, cell) =>
      state.stopped === null && heard(cell) ? stopCauseOf(state, sequential) : null,
    );
    const open = states.map((state, cell) => ({
      ...state,
      stopped: state.stopped ?? stops[cell] ?? (heard(cell) ? null : ('ceiling' as const)),
    }));
    const counts = allocate(open, sequential);
    const round = course.roundOf(stops, counts);
    if (round.draws.length === 0 && round.stops.length === 0) return stop ?? { type: 'finished' };
    await log.add(round);
    rounds++;
    next = course.follow(round);
    log.tell?.({
      round: rounds,
      samples: samples.reduce((sum, own) => sum + own.length, 0),
      stopped: course.stopped.filter((why) => why !== null).length,
      cells: cells.length,
    });
  }
}

/** What earlier rounds asked for and did not get, in turns as a round asks. */
function unfinished(samples: readonly (readonly number[])[], progress: Uint8Array): number[] {
  const most = Math.max(0, ...samples.map(({ length }) => length));
  const left: number[] = [];
  for (let turn = 0; turn < most; turn++) {
    for (const own of samples) {
      const sample = own[turn];
      if (sample !== undefined && progress[sample] !== 1) left.push(sample);
    }
  }
  return left;
}
