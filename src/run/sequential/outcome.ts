/** @module run/sequential/outcome How a sequential run ended, cell by cell. */
import type { Interval } from '../../stats/index.ts';
import type { SequentialPlan } from '../plan.ts';
import type { StopCause } from './allocate.ts';
import type { Cell } from './draws.ts';

export interface SequentialTally extends SequentialPlan {
  /** Rounds that asked for something. */
  rounds: number;
  /** Whether the budget ended it. */
  spent: boolean;
  cells: (Cell & {
    draws: number;
    verdicts: number;
    interval: Interval | null;
    /** Null where it would have gone on. */
    stopped: StopCause | null;
  })[];
}
