/**
 * @module report/findings/stand-out
 * The clauses on which a subject does worse than chance explains.
 */

import type { ClauseTally, Tally } from '../../run/tally.ts';
import { chanceOfAtMost } from '../../stats/index.ts';
import { at } from '../../text/at.ts';
import { discoveries, type Test } from './chance.ts';

export interface StandOut {
  /** For each subject its clauses (places in the plan), surest first. */
  bySubject: number[][];
  /** Clauses that every one of two or more subjects violates most of the time, surest first. */
  everyone: number[];
}

/** Below this a clause is violated more often than kept. */
const HALF = 0.5;

/**
 * Finds the clauses that stand out. A subject is held against its own overall rate, or against one half where
 * that is higher: the question is which clauses are worse, or plainly bad. The intervals in the tables are one
 * by one, and with sixty of them a few lie low by luck; so each clause gets the exact binomial probability of
 * doing so badly, on as many independent trials as its clusters are worth, and Benjamini–Hochberg picks.
 */
export function findStandOut(tally: Tally): StandOut {
  const tests = tally.subjects.map(({ overall, clauses }) => {
    const against = Math.max(overall.rate.estimate ?? HALF, HALF);
    return clauses
      .map((clause) => testOf(clause, against, tally.sequential !== undefined))
      .filter((one) => one !== null);
  });
  const bySubject = tests.map((own) => discoveries(own).map(({ key }) => key));
  return { bySubject, everyone: violatedByAll(tally, tests) };
}

/** The rate of a clause that stands out; without one it can't. */
export function standingRate({ clause, rate }: ClauseTally): number {
  if (rate.estimate === null) throw new RangeError(`clause ${clause} stands out without a rate`);
  return rate.estimate;
}

function testOf(
  { clause, rate }: ClauseTally,
  against: number,
  sequential: boolean,
): Test<number> | null {
  if (rate.estimate === null) return null;
  const trials = Math.max(1, Math.floor(rate.trials / rate.designEffect));
  // Rounded up, so that what rounding does is never taken for a fault of the subject's.
  const successes = Math.ceil(rate.estimate * trials - 1e-9);
  return {
    key: clause,
    // Where draws ended because of what they showed, the number of trials is no plan: the sequence must say it too.
    probability:
      sequential && (rate.high ?? 1) >= against ? 1 : chanceOfAtMost(successes, trials, against),
    least: chanceOfAtMost(0, trials, against),
  };
}

/**
 * Were there nothing about the clause, subjects would fail on it independently; so the probability that the
 * luckiest of m is this unlucky is the largest of their probabilities to the power of m.
 */
function violatedByAll(tally: Tally, tests: readonly Test<number>[][]): number[] {
  const subjects = tally.subjects.length;
  const [first] = tally.subjects;
  if (first === undefined || subjects < 2) return [];
  const joint: Test<number>[] = [];
  for (const [row, { clause }] of first.clauses.entries()) {
    const rates = tally.subjects.map(({ clauses }) => at(clauses, row).rate.estimate ?? 1);
    const own = tests.flatMap((of) => of.filter(({ key }) => key === clause));
    if (own.length < subjects) continue;
    const test = {
      key: clause,
      probability: Math.max(...own.map(({ probability }) => probability)) ** subjects,
      least: Math.max(...own.map(({ least }) => least)) ** subjects,
    };
    // Clauses that are kept by somebody remain in the count of tests, and are no discovery.
    joint.push(rates.every((rate) => rate < HALF) ? test : { ...test, probability: 1 });
  }
  return discoveries(joint).map(({ key }) => key);
}
