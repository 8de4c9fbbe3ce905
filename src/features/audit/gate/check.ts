/** @module features/audit/gate/check A demand of a policy on one thing of one subject, and whether it is met: as data. */
import type { ReportWorst } from '../../../report/schema.ts';
import { askedText, foundText, type Undetermined } from './messages.ts';
import type { Demanded } from './policy-schema.ts';
import type { Figure } from './schema.ts';

/** One demand on one thing of one subject, and whether it holds. */
export interface Check {
  gate: string;
  /** Line of the policy file. */
  line: number;
  subject: string;
  target: string;
  demanded: Demanded;
  /**
   * `unknown`: the data can't tell. It fails the gate like `failed`, save where one of many clauses can't be
   * compared with a baseline and others can: no number of runs would give a clause with one scenario an interval.
   */
  outcome: 'passed' | 'failed' | 'unknown';
  passed: boolean;
  /** Null where the data can't tell. */
  figure: Figure | null;
  /** Why the data can't tell. */
  why: Undetermined | null;
  /** Transcripts that show it, gravest first. */
  evidence: { clause: string; worst: ReportWorst }[];
}

/** What became of a policy. */
export interface GateResult {
  run: string;
  simulated: boolean;
  passed: boolean;
  checks: Check[];
}

/** One check in a line: what was asked of what, and what there is. */
export function headline({ gate, target, demanded, figure }: Check): string {
  const name = gate === target ? target : `${gate}: ${target}`;
  return `${name}: ${askedText(demanded)}; found ${foundText(figure, demanded)}`;
}

/** Can it not be told, and does not fail the gate? */
export function isExcused({ passed, outcome }: Check): boolean {
  return passed && outcome === 'unknown';
}
