/**
 * @module run/panel/cases
 * A run's verdicts put side by side: one case for each transcript and clause, one place for each judge.
 */
import type { VerdictRow } from '../../ledger/rows.ts';
import type { Vote } from './consensus.ts';

/** A transcript and a clause, with what each judge of the plan said of it. */
export interface Case {
  sample: number;
  clause: string;
  /** By the judge's place in the plan; null where it gave no verdict. */
  votes: (Vote | null)[];
}

/** What a case is made of. */
export type Spoken = Pick<
  VerdictRow,
  'sample' | 'clause' | 'judge' | 'outcome' | 'severity' | 'cause'
>;

/** The cases of verdicts that come ordered by transcript and clause, as the ledger gives them. */
export function casesOf(judges: number, verdicts: Iterable<Spoken>): Case[] {
  const made = createCases(judges);
  made.add(verdicts);
  return made.cases;
}

/** The same from several parts, one after the other. */
export function createCases(judges: number) {
  const cases: Case[] = [];
  // There are few kinds of vote and many votes: equal ones are one object.
  const known = new Map<string, Vote>();
  const add = (verdicts: Iterable<Spoken>): void => {
    for (const { sample, clause, judge, outcome, severity, cause } of verdicts) {
      const key = `${outcome} ${severity} ${cause}`;
      const vote = known.get(key) ?? { outcome, severity, cause };
      known.set(key, vote);
      let last = cases.at(-1);
      if (last === undefined || last.sample !== sample || last.clause !== clause) {
        last = { sample, clause, votes: new Array<Vote | null>(judges).fill(null) };
        cases.push(last);
      }
      last.votes[judge] = vote;
    }
  };
  return { cases, add };
}
