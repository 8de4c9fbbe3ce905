/** @module features/audit/gate/check A demand of a policy on one thing of one subject, and whether it is met: as data. */
import type { Severity } from '../../../ledger/records.ts';
import type { ReportWorst } from '../../../report/schema.ts';
import type { DifferenceFigure, RateFigure } from '../../../text/figures.ts';
import type { Undetermined } from './messages.ts';

/** What a gate asks for. Shares are 0 to 1. */
export type Demanded =
  /** The lower end of the interval, at least. */
  | { demand: 'adherence'; value: number; corrected: boolean }
  /** No violation as grave as this, or graver. */
  | { demand: 'severity'; value: Severity }
  /** The share without a verdict that decides, at most. */
  | { demand: 'missing'; value: number }
  /** Of the drop beyond noise, at most. */
  | { demand: 'drop'; value: number };

/** What a demand is held against. Shares are 0 to 1. */
export type Figure =
  | (Pick<RateFigure, 'estimate' | 'high' | 'judge'> & { type: 'rate'; low: number })
  /** Violations as grave as was asked about, or graver; from the least grave. */
  | { type: 'violations'; counts: Partial<Record<Severity, number>> }
  | { type: 'undecided'; undecided: number; of: number }
  /** This run minus the baseline. */
  | (Pick<DifferenceFigure, 'estimate' | 'low'> & {
      type: 'difference';
      high: number;
      baseline: string;
    });

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
