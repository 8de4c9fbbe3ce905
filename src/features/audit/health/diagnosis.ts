/**
 * @module features/audit/health/diagnosis
 * What a clause's signals are told as: one fault, or those between which the evidence does not decide.
 */
import type { Reading } from './reading.ts';
import type { Signal, SignalCode } from './signal.ts';

export const FAULTS = [
  'contradiction',
  'ambiguity',
  'missing example',
  'scenario',
  'judge',
  'model',
] as const;

export type Fault = (typeof FAULTS)[number];

/** A signal of a clause, and what it is told as. */
export interface Diagnosis {
  clause: number;
  /** The clause that it pulls apart from. */
  partner: number | null;
  /** One where the evidence decides, otherwise those between which it does not. */
  faults: readonly Fault[];
  /** The rule's name in the decision table. */
  rule: string;
  because: string;
  /** What decided. */
  signal: Signal;
  /** What else stands out about the clause. */
  also: SignalCode[];
}

/** A row of the decision table. */
export interface Rule {
  id: string;
  faults: readonly Fault[];
  /** The signal that it reads. */
  signal: SignalCode;
  /** When it holds, in words. */
  when: string;
  /** Why it holds, as a half sentence after "because"; null where it does not. */
  because(reading: Reading, signal: Signal, words: Wording): string | null;
}

/** How rules put things. */
export interface Wording {
  judge(place: number): string;
  judges(places: readonly number[]): string;
  subject(place: number): string;
  subjects(places: readonly number[]): string;
  clause(place: number): string;
  /** A scenario seed's name. */
  seed(cluster: number): string;
  /** `9 of 21 transcripts (elsewhere 12 of 310)`. */
  share(signal: Signal, what: string): string;
  /** Whether two judges are of different makers, as an apposition; empty where nobody knows. */
  families(judges: readonly number[]): string;
  pair(signal: Signal): PairWords | null;
}

/** What there is to say of two clauses that pull apart. */
export interface PairWords {
  sameLevel: boolean;
  /** `3 of 24 keep both; #a alone is kept in 10, #b alone in 9`. */
  counts: string;
  higher: number;
  lower: number;
  /** Which of them is kept where one is. */
  wins: 'higher' | 'lower' | null;
  /** Whether the lower clause names the higher one. */
  givesWay: boolean;
}
