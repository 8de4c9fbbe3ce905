/**
 * @module run/sequential/evidence
 * What a cell's draws have shown so far.
 */
import { type BettingSequence, bettingSequence, type Interval } from '../../stats/index.ts';
import { at } from '../../text/at.ts';
import type { SequentialPlan } from '../plan.ts';

/** Of every interval in a run. */
export const CONFIDENCE = 0.95;

/**
 * What became of a draw: a verdict that counts, word that the clause has no say, or nothing that tells. `undefined`:
 * it was not asked, or not yet.
 */
export type DrawOutcome = 'adheres' | 'violates' | 'not_applicable' | 'unknown' | undefined;

export interface Evidence {
  /** Draws with an outcome, up to the first that has none. */
  draws: number;
  /** Their verdicts, 1 for `adheres` and 0 for `violates`, in the order of the draws. */
  values: number[];
  /** Draws whose verdict nobody knows. */
  unknown: number;
  /** Null where no rate agrees with the draws. */
  interval: Interval | null;
}

/** Follows one cell. Each call reads the outcomes that are new since the last. */
export interface Follower {
  read(samples: readonly number[], outcomeOf: (sample: number) => DrawOutcome): Evidence;
}

/** A follower that has seen nothing. */
export function followCell(plan: Pick<SequentialPlan, 'precision'>): Follower {
  const sequence = newSequence(plan);
  const values: number[] = [];
  let draws = 0;
  let unknown = 0;
  return {
    read: (samples, outcomeOf) => {
      // Only up to the first draw without an outcome: what comes back late must not be left out for being late.
      for (; draws < samples.length; draws++) {
        const outcome = outcomeOf(at(samples, draws));
        if (outcome === undefined) break;
        if (outcome === 'unknown') unknown++;
        if (outcome === 'unknown' || outcome === 'not_applicable') continue;
        const value = outcome === 'adheres' ? 1 : 0;
        values.push(value);
        sequence.add(value);
      }
      return { draws, values, unknown, interval: sequence.interval() };
    },
  };
}

/** The sequence of a plan, for a clause or for several together. */
export function newSequence({ precision }: Pick<SequentialPlan, 'precision'>): BettingSequence {
  return bettingSequence({ confidence: CONFIDENCE, precision });
}
