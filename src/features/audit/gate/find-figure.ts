/**
 * @module features/audit/gate/find-figure
 * The figure that a demand is held against, and whether it meets it; or why the data can't tell.
 */
import { SEVERITIES } from '../../../ledger/records.ts';
import type { ReportCorrectedRate, ReportMeasure } from '../../../report/schema.ts';
import { sum } from '../../../stats/index.ts';
import type { ComparedGroup, Comparison, NotComparable } from '../compare/index.ts';
import type { Undetermined } from './messages.ts';
import type { Demanded } from './policy-schema.ts';
import type { Figure } from './schema.ts';

/** The run that drops are measured against: by this run's subjects, this run minus the baseline. */
export interface Baseline {
  run: string;
  comparisons:
    | ReadonlyMap<string, Comparison | { reason: NotComparable }>
    | { reason: NotComparable };
}

/** What a demand is about: its results in this run, and where they stand in a comparison. */
export interface Subject {
  measure: ReportMeasure;
  group: (comparison: Comparison) => ComparedGroup | undefined;
}

/** The figure and whether it meets the demand, or why there is none. */
export type Finding = { figure: Figure; passed: boolean } | { why: Undetermined };

interface Against {
  baseline: Baseline | null;
  /** Whose results these are. */
  subject: string;
  /** Is it one of all clauses that are looked at together? */
  isEveryClause: boolean;
}

/** Finds what there is to say of one demand. */
export function findingOn(demanded: Demanded, about: Subject, against: Against): Finding {
  switch (demanded.demand) {
    case 'adherence':
      return adherence(demanded, about.measure);
    case 'severity':
      return severity(demanded, about.measure);
    case 'missing':
      return missing(demanded, about.measure);
    case 'drop':
      return drop(demanded, about, against);
  }
}

type Of<Name extends Demanded['demand']> = Extract<Demanded, { demand: Name }>;

function adherence({ value, corrected }: Of<'adherence'>, measure: ReportMeasure): Finding {
  const rate = corrected ? correctedRate(measure) : measure.rate;
  if ('code' in rate) return { why: rate };
  const { estimate, low, high, reason } = rate;
  if (low === null) return { why: { code: 'no-interval', data: { reason: reason ?? null } } };
  const judge = 'judge' in rate ? rate.judge : undefined;
  return { figure: { type: 'rate', estimate, low, high, judge }, passed: low >= value };
}

/** The corrected rate to go by, or why there is none. */
function correctedRate({ corrected }: ReportMeasure): ReportCorrectedRate | Undetermined {
  if (corrected === undefined) return { code: 'no-calibration', data: {} };
  const { preferred, roganGladen } = corrected;
  if (preferred !== null) return corrected[preferred];
  const { reason } = roganGladen;
  return reason === undefined
    ? { code: 'calibration-refuted', data: {} }
    : { code: 'not-corrected', data: { reason } };
}

function severity({ value }: Of<'severity'>, measure: ReportMeasure): Finding {
  const { adheres, violates } = measure.counts;
  if (adheres + violates === 0) return { why: { code: 'nothing-judged', data: {} } };
  const graver = SEVERITIES.slice(SEVERITIES.indexOf(value));
  const counts = Object.fromEntries(graver.map((one) => [one, measure.severity[one]]));
  return {
    figure: { type: 'violations', counts },
    passed: sum(Object.values(counts)) === 0,
  };
}

function missing({ value }: Of<'missing'>, { counts }: ReportMeasure): Finding {
  const { adheres, violates, cannot_judge, unsupported } = counts;
  const undecided = cannot_judge + unsupported + sum(Object.values(counts.missing));
  const of = adheres + violates + undecided;
  if (of === 0) return { why: { code: 'nothing-asked', data: {} } };
  return { figure: { type: 'undecided', undecided, of }, passed: undecided / of <= value };
}

function drop(
  { value }: Of<'drop'>,
  { group }: Subject,
  { baseline, subject, isEveryClause }: Against,
): Finding {
  if (baseline === null) return { why: { code: 'no-baseline', data: {} } };
  const { run, comparisons } = baseline;
  if ('reason' in comparisons) return { why: { code: 'not-comparable', data: comparisons } };
  const comparison = comparisons.get(subject);
  if (comparison === undefined) {
    return { why: { code: 'subject-not-in-baseline', data: { baseline: run } } };
  }
  if ('reason' in comparison) return { why: { code: 'not-comparable', data: comparison } };
  const compared = group(comparison);
  if (compared === undefined) return { why: { code: 'not-in-baseline', data: { baseline: run } } };
  const { estimate, low, high, reason } = compared.difference;
  if (high === null) return { why: { code: 'no-interval', data: { reason: reason ?? null } } };
  // Among many clauses some drop by luck: one counts only where it is called among all of them.
  const isLuck = isEveryClause && 'called' in compared && !compared.called;
  return {
    figure: { type: 'difference', estimate, low, high, baseline: run },
    passed: isLuck || high >= -value,
  };
}
