/** @module report/sections/rates/subjects Each subject's rates as data: overall, by level, by kind, by clause. */
import { unseenAtMost } from '../../../run/consistency/unseen.ts';
import { nameAt } from '../../../run/names.ts';
import { isSelfJudged } from '../../../run/panel/families.ts';
import { clauseAt } from '../../../run/plan.ts';
import type { ClauseTally, Measure, SubjectTally } from '../../../run/tally.ts';
import { toldCautions } from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import type { Correction } from '../../correction.ts';
import { findStandOut } from '../../findings/stand-out.ts';
import type { RunView } from '../../run-view.ts';
import { fieldsOf } from '../../schema-parts.ts';
import { consistencyOf } from '../consistency/data.ts';
import {
  measureSchema,
  type ReportClause,
  type ReportMeasure,
  type ReportRate,
  type ReportSubject,
  rateSchema,
} from './schema.ts';
import { worstOf } from './worst.ts';

/** Whether the judge's errors are known; stands on every figure that they enter. */
export function judgeState({ correction }: RunView): NonNullable<ReportRate['judge']> {
  return correction?.isMeasured === true ? 'measured' : 'unmeasured';
}

/** Clauses that stand out, by subject. */
export function standOutOf({ tally }: RunView) {
  return findStandOut(tally);
}

/** The results of every subject, in the plan's order. */
export function subjectsOf(view: RunView): ReportSubject[] {
  return view.tally.subjects.map((tallied, place) => subjectOf(view, tallied, place));
}

function subjectOf(view: RunView, tallied: SubjectTally, place: number): ReportSubject {
  const corrected = view.correction?.subjects[place];
  const measure = (own: Measure, correction?: Correction) => measureOf(view, own, correction);
  const { consistency } = tallied;
  return {
    id: nameAt(view.subjects, place),
    selfJudged: isSelfJudged(view.plan, place),
    overall: measure(tallied.overall, corrected?.overall),
    levels: tallied.levels.map(({ level, measure: own }) => ({
      level,
      ...measure(own, corrected?.levels.get(level)),
    })),
    kinds: tallied.kinds.map(({ kind, measure: own }) => ({ kind, ...measure(own) })),
    clauses: tallied.clauses.map((clause) => clauseOf(view, place, clause)),
    ...(consistency === undefined
      ? {}
      : { consistency: consistencyOf(view.plan, consistency, judgeState(view)) }),
  };
}

function measureOf(
  view: RunView,
  { verdicts, missing, severity, rate, worstCase }: Measure,
  corrected: Correction | undefined,
): ReportMeasure {
  return fieldsOf(measureSchema, {
    counts: { ...verdicts, missing: { ...missing } },
    rate: fieldsOf(rateSchema, {
      ...rate,
      ...toldCautions(rate.cautions),
      correction: 'none',
      judge: judgeState(view),
    }),
    corrected,
    worstCase,
    severity: { ...severity },
  });
}

function clauseOf(view: RunView, place: number, tallied: ClauseTally): ReportClause {
  const { id, title, level, kind, hash } = clauseAt(view.plan, tallied.clause);
  const atMost = unseenAtMost(view.plan, tallied.rate);
  const corrected = view.correction?.subjects[place]?.clauses.get(tallied.clause);
  return {
    ...{ id, title, level, kind, hash },
    ...measureOf(view, tallied, corrected),
    ...(atMost === null ? {} : { atMost }),
    standsOut: at(view.once(standOutOf).bySubject, place).includes(tallied.clause),
    // Those that the ledger has no more are not shown.
    worst: tallied.worst.flatMap((worst) => worstOf(view, id, worst) ?? []),
  };
}
