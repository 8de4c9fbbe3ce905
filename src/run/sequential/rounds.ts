/**
 * @module run/sequential/rounds
 * The rounds of a run, as the ledger keeps them, and what they add up to. A round holds decisions only, so that a run
 * that was cut short goes on as it was decided.
 */

import { at, valueAt } from '../../text/at.ts';
import type { Spoken } from '../panel/cases.ts';
import { isDecision } from '../panel/consensus.ts';
import { countedVerdicts } from '../panel/panel.ts';
import { clauseAt, type Plan } from '../plan.ts';
import type { StopCause } from './allocate.ts';
import { createDraws, type Draws } from './draws.ts';
import type { DrawOutcome } from './evidence.ts';

/** What one round decides: who is left from now on, and who gets how many draws. */
export interface Round {
  stops: { subject: number; clause: string; why: StopCause }[];
  draws: { subject: number; clause: string; draws: number }[];
  /** The budget ends the run: what was not asked by then is taken back, and nothing is asked after this. */
  spent?: true;
}

/** Rounds carried over into draws. */
export interface Course {
  draws: Draws;
  /** By cell. */
  stopped: (StopCause | null)[];
  spent: boolean;
  /** Applies a round; gives its samples in the order in which they are asked. */
  follow(round: Round): number[];
  /** The round that leaves and draws for these cells. */
  roundOf(stops: readonly (StopCause | null)[], counts: readonly number[]): Round;
}

/** The course of a plan after these rounds. */
export function followRounds(plan: Plan, rounds: Iterable<Round>): Course {
  const draws = createDraws(plan);
  const { cells } = draws;
  const nameOf = ({ subject, clause }: Draws['cells'][number]) => ({
    subject,
    clause: clauseAt(plan, clause).id,
  });
  const places = new Map(
    cells.map((cell, place) => [`${cell.subject} ${nameOf(cell).clause}`, place]),
  );
  const placeOf = ({ subject, clause }: { subject: number; clause: string }): number =>
    valueAt(places, `${subject} ${clause}`);
  const course: Course = {
    draws,
    stopped: cells.map(() => null),
    spent: false,
    follow: (round) => {
      for (const stop of round.stops) course.stopped[placeOf(stop)] = stop.why;
      const counts = cells.map(() => 0);
      for (const part of round.draws) counts[placeOf(part)] = part.draws;
      course.spent ||= round.spent === true;
      return draws.draw(counts);
    },
    roundOf: (stops, counts) => ({
      stops: cells.flatMap((cell, place) => {
        const why = at(stops, place);
        return why === null ? [] : [{ ...nameOf(cell), why }];
      }),
      draws: cells.flatMap((cell, place) => {
        const count = at(counts, place);
        return count === 0 ? [] : [{ ...nameOf(cell), draws: count }];
      }),
    }),
  };
  for (const round of rounds) course.follow(round);
  return course;
}

/** Outcomes of finished samples, by clause. */
export interface Outcomes {
  /** Takes the verdicts of samples, ordered by sample and clause. */
  add(verdicts: Iterable<Spoken>): void;
  of(sample: number, clause: string): DrawOutcome;
}

/** Outcomes of a plan's samples; `finished` tells which have any. */
export function createOutcomes(plan: Plan, finished: (sample: number) => boolean): Outcomes {
  const known = new Map<string, DrawOutcome>();
  return {
    add: (verdicts) => {
      for (const { sample, clause, outcome } of countedVerdicts(plan, verdicts)) {
        known.set(`${sample} ${clause}`, isDecision(outcome) ? outcome : 'unknown');
      }
    },
    of: (sample, clause) =>
      finished(sample) ? (known.get(`${sample} ${clause}`) ?? 'unknown') : undefined,
  };
}
