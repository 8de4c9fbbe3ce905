/**
 * @module features/audit/health/rule
 * A row of the decision table: the signal and the condition under which a fault is told, and what comes next.
 */
import type { ClauseEvidence } from './clause-evidence.ts';
import type { BECAUSE, RuleCode, Share, SignalCode, StepCode } from './messages.ts';
import type { Signal } from './signals.ts';

/** Whose fault it may be. */
export const FAULTS = [
  'contradiction',
  'ambiguity',
  'missing example',
  'scenario',
  'judge',
  'model',
] as const;

export type Fault = (typeof FAULTS)[number];

/** Steps that are for no diagnosis, but for a spec with too little evidence. */
type StepForMore =
  | 'first-audit'
  | 'never-tested'
  | 'too-few-transcripts'
  | 'one-judge'
  | 'one-subject'
  | 'no-judge-measured';

/** The step that follows, or that settles what the evidence leaves open. */
export type NextStep = Exclude<StepCode, StepForMore> | 'another-subject-or-repeats';

export interface Rule<Code extends RuleCode = RuleCode> {
  code: Code;
  /** The signal that it reads. */
  signal: SignalCode;
  /** When it holds, in words, for the documentation. */
  when: string;
  /** One where the evidence decides, otherwise those between which it does not. */
  faults: readonly Fault[];
  next: NextStep;
  /** What its sentence is made from beside the signal's share; null where it does not hold. */
  holds: (
    evidence: ClauseEvidence,
    signal: Signal,
  ) => Omit<Parameters<(typeof BECAUSE)[Code]>[0], keyof Share> | null;
}
