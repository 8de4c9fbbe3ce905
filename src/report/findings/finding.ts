/**
 * @module report/findings/finding
 * What a finding is, and what every rule that makes findings is given.
 */
import type { Plan } from '../../run/plan.ts';
import type { Tally } from '../../run/tally.ts';
import type { StandOut } from './stand-out.ts';

/** Whose fault it is, as far as the counts can tell. */
export type Door = 'model' | 'spec' | 'judge' | 'scenario';

export type FindingSeverity = 'high' | 'medium' | 'low';

/** Something that a reader should act on. */
export interface Finding {
  door: Door;
  /** Names the rule, kebab-case. */
  code: string;
  severity: FindingSeverity;
  /** Place of the subject that it is about, where it is about one. */
  subject?: number;
  /** Id of the clause that it is about, or the first of them. */
  clause?: string;
  /** One or two sentences with the numbers. */
  text: string;
  /** Places of samples that show it. */
  evidence: number[];
  /** What to do about it: one sentence. */
  next: string;
}

/** What a rule reads. */
export interface Evidence {
  plan: Plan;
  tally: Tally;
  /** Whether the judge's errors are known from a certificate. */
  isMeasured: boolean;
  /** The subjects' names in reports. */
  subjects: string[];
  judges: string[];
  standOut: StandOut;
}
