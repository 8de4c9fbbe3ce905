/**
 * @module features/judge/calibration/asking/own-questions
 * What one judge is asked of all there is to ask: a model everything, a function about single replies under its clauses.
 */

import type { PlannedJudge } from '../../../../run/plan.ts';
import type { Spec } from '../../../../spec/index.ts';
import { at } from '../../../../text/at.ts';
import type { Answers, Questions } from './ask.ts';

/** The judge's own questions. A function compares no replies, and is asked about one clause at a time. */
export function ownQuestions(
  questions: Questions,
  { by, clauses }: Pick<PlannedJudge, 'by' | 'clauses'>,
  spec: Spec,
): Questions {
  if (by !== 'function') return questions;
  // It is shown the clause as the spec has it: of a run's label on a clause that is gone there is nothing to show.
  const known = spec.sections.flatMap(({ id, isClause }) => (isClause ? [id] : []));
  const own = new Set(known.filter((id) => clauses === undefined || clauses.includes(id)));
  const asked = [...questions.items.entries()].filter(([, { clause }]) => own.has(clause.id));
  const moved = new Map(asked.map(([place], now) => [place, now]));
  return {
    items: asked.map(([, item]) => item),
    // What it is not asked once it is not asked twice either.
    retest: questions.retest.flatMap((place) => moved.get(place) ?? []),
    pairs: [],
  };
}

/** Verdicts on a judge's own questions beside all items; null where it was not asked. */
export function besideAll(
  { verdicts }: Pick<Answers, 'verdicts'>,
  own: Questions,
  { items }: Questions,
): Pick<Answers, 'verdicts'> {
  const byItem = new Map(own.items.map(({ id }, place) => [id, at(verdicts, place)]));
  return { verdicts: items.map(({ id }) => byItem.get(id) ?? null) };
}
