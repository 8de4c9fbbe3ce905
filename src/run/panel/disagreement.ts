/**
 * @module run/panel/disagreement
 * How far the judges of one case differ, and which cases a person should look at first.
 */
import type { VerdictOutcome } from '../../ledger/records.ts';
import type { Case } from './cases.ts';
import { isDecision } from './consensus.ts';

/** A case on which judges disagree. */
export interface Disagreement {
  sample: number;
  clause: string;
  /** Share of the pairs of votes that differ. */
  degree: number;
  /** What each judge of the panel said, in the panel's order; null where it gave no verdict. */
  outcomes: (VerdictOutcome | null)[];
}

/** What the judges at these places said, of those that voted. */
export function votesOf(one: Case | undefined, judges: readonly number[]): VerdictOutcome[] {
  return judges.flatMap((judge) => {
    const outcome = one?.votes[judge]?.outcome;
    return isDecision(outcome) ? [outcome] : [];
  });
}

/** The share of the pairs of votes that differ; 0 under two votes. */
export function degreeOf(votes: readonly VerdictOutcome[]): number {
  let pairs = 0;
  let differing = 0;
  for (const [place, vote] of votes.entries()) {
    for (const other of votes.slice(place + 1)) {
      pairs++;
      if (other !== vote) differing++;
    }
  }
  return pairs === 0 ? 0 : differing / pairs;
}

/** The disagreement of the judges at these places on one case. */
export function disagreementOf(one: Case, judges: readonly number[]): Disagreement {
  return {
    sample: one.sample,
    clause: one.clause,
    degree: degreeOf(votesOf(one, judges)),
    outcomes: judges.map((judge) => one.votes[judge]?.outcome ?? null),
  };
}

/** The order in which people should look: the most divided first, of these the ones on whether a clause was kept. */
export function byUrgency(a: Disagreement, b: Disagreement): number {
  return (
    b.degree - a.degree ||
    opposed(b) - opposed(a) ||
    a.sample - b.sample ||
    order(a.clause, b.clause)
  );
}

/** Whether a clause was kept weighs more than whether it applies. */
function opposed({ outcomes }: Disagreement): number {
  return outcomes.includes('adheres') && outcomes.includes('violates') ? 1 : 0;
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
