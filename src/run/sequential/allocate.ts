/**
 * @module run/sequential/allocate
 * Chooses the cells (a subject and a clause) that a sequential run draws from next, and tells which need no more
 * draws and why.
 */
import { sum } from '../../stats/index.ts';
import { at } from '../../text/at.ts';
import type { SequentialPlan } from '../plan.ts';
import type { Evidence } from './evidence.ts';

/**
 * Why a cell gets no more draws: its interval is as narrow as asked, or lies on one side of the bound; its scenarios
 * have been asked as often as the plan allows; its draws give no verdicts; or they agree with no rate at all.
 */
export type StopCause = 'precise' | 'one_side' | 'ceiling' | 'nothing' | 'drifting';

/** What a decision is made on. */
export interface CellState extends Evidence {
  exhausted: boolean;
  stopped: StopCause | null;
}

/** Draws that every cell gets before anything is known of it. */
const FIRST_DRAWS = 12;
/** So many draws without one verdict, and no more are paid for. */
const FUTILE_DRAWS = 24;
/** Cells whose interval is at least this wide against the widest go on together: fewer rounds to wait for. */
const NEARLY_WIDEST = 0.75;
const FEWEST_DRAWS = 4;
/** Of what seems to be lacking: near 0 and 1 intervals narrow faster than the square root says. */
const CAREFUL = 0.6;
/** How near to a bound a rate must lie that nobody can wait for it. */
const AT_THE_BOUND = 0.01;

/** Why a cell is to be left, or null where it is not. */
export function stopCauseOf(state: CellState, plan: SequentialPlan): StopCause | null {
  const { interval, draws, values, exhausted } = state;
  if (interval === null) return 'drifting';
  const { low, high } = interval;
  if (plan.bound !== null && (low > plan.bound || high < plan.bound)) return 'one_side';
  if (plan.precision !== null && high - low <= 2 * plan.precision) return 'precise';
  if (values.length === 0 && draws >= FUTILE_DRAWS) return 'nothing';
  return exhausted ? 'ceiling' : null;
}

/**
 * How many draws each cell gets next; all 0 where every cell is stopped. Those whose interval must shrink the most
 * times go first: against the precision asked for, or, where a bound is given, against the distance of the rate from
 * it. Each gets about what it seems to lack, and at most doubles.
 */
export function allocate(states: readonly CellState[], plan: SequentialPlan): number[] {
  const needs = states.map((state) => (state.stopped === null ? needOf(state, plan) : 0));
  const most = Math.max(...needs);
  return states.map((state, cell) => {
    const need = at(needs, cell);
    if (state.stopped !== null || need < NEARLY_WIDEST * most) return 0;
    if (state.draws === 0) return FIRST_DRAWS;
    // Widths fall with the square root of the draws.
    const lacking = state.draws * (need ** 2 - 1);
    return Math.ceil(Math.min(state.draws, Math.max(FEWEST_DRAWS, CAREFUL * lacking)));
  });
}

/** How many times as wide as it may be an interval is. */
function needOf({ interval, values }: CellState, { precision, bound }: SequentialPlan): number {
  if (interval === null) return 0;
  const half = (interval.high - interval.low) / 2;
  const wanted = precision ?? AT_THE_BOUND;
  if (bound === null) return half / wanted;
  const share = values.length === 0 ? 0.5 : sum(values) / values.length;
  return half / Math.max(wanted, Math.abs(share - bound));
}
