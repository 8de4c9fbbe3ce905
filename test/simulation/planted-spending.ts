/**
 * @module test/simulation/planted-spending
 * Clauses with known rates, to see what choosing the next draws saves against giving every clause as many.
 */

import type { SequentialPlan } from '../../src/run/plan.ts';
import { allocate, type CellState, stopCauseOf } from '../../src/run/sequential/allocate.ts';
import { followCell } from '../../src/run/sequential/evidence.ts';
import { seededRandom } from '../../src/stats/index.ts';

export interface SpendingQuestion extends SequentialPlan {
  /** The rate of each clause. */
  rates: readonly number[];
  /** `equal`: every clause gets the next draw until the widest interval is narrow enough. */
  allocation: 'chosen' | 'equal';
  /** No more than these, over all clauses. */
  draws: number;
  seed: number;
}

/** How wide the widest interval is after so many draws over all clauses. */
export interface SpendingPoint {
  draws: number;
  halfWidth: number;
}

export interface SpendingAnswer {
  draws: number;
  rounds: number;
  curve: SpendingPoint[];
  /** Clauses whose last interval holds the rate. */
  held: number;
  /** Whether each clause's interval held its rate after every round. */
  everHeld: number;
}

/** Plays a run. The same seed gives a clause the same draws under both allocations. */
export function playSpending(question: SpendingQuestion): SpendingAnswer {
  const { rates, allocation } = question;
  const clauses = rates.map((rate, clause) => {
    const random = seededRandom(question.seed * 100_003 + clause);
    return { rate, random, follower: followCell(question), values: [] as boolean[], lost: false };
  });
  const states = clauses.map(
    ({ follower }): CellState => ({
      ...follower.read([], () => undefined),
      exhausted: false,
      stopped: null,
    }),
  );
  const curve: SpendingPoint[] = [];
  let [draws, rounds] = [0, 0];
  for (;;) {
    if (allocation === 'chosen') {
      for (const state of states) state.stopped ??= stopCauseOf(state, question);
    } else if (states.every((state) => stopCauseOf(state, question) !== null)) break;
    const counts =
      allocation === 'chosen'
        ? allocate(states, question)
        : clauses.map(({ values }) => Math.max(1, Math.ceil(values.length / 20)));
    const asked = counts.reduce((sum, count) => sum + count, 0);
    if (asked === 0 || draws + asked > question.draws) break;
    rounds++;
    draws += asked;
    for (const [place, clause] of clauses.entries()) {
      const count = counts[place] ?? 0;
      if (count === 0) continue;
      for (let draw = 0; draw < count; draw++) clause.values.push(clause.random() < clause.rate);
      const evidence = clause.follower.read([...clause.values.keys()], (draw) =>
        clause.values[draw] ? 'adheres' : 'violates',
      );
      states[place] = { ...evidence, exhausted: false, stopped: states[place]?.stopped ?? null };
      clause.lost ||= !holds(states[place], clause.rate);
    }
    curve.push({ draws, halfWidth: Math.max(...states.map(halfWidthOf)) });
  }
  return {
    draws,
    rounds,
    curve,
    held: clauses.filter(({ rate }, place) => holds(states[place], rate)).length,
    everHeld: clauses.filter(({ lost }) => !lost).length,
  };
}

function holds(state: CellState | undefined, rate: number): boolean {
  const interval = state?.interval ?? null;
  return interval !== null && interval.low <= rate && rate <= interval.high;
}

function halfWidthOf({ interval }: CellState): number {
  return interval === null ? 0 : (interval.high - interval.low) / 2;
}
