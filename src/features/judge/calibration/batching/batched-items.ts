/**
 * @module features/judge/calibration/batching/batched-items
 * Items of a calibration as a batch would ask about them: each among other clauses of the spec.
 */

import { hash } from 'node:crypto';
import { estimateTokens } from '../../../../model/prices.ts';
import { batchesOf } from '../../../../run/judging/batch/split.ts';
import type { JudgeQuestion } from '../../../../run/judging/judge.ts';
import { judgeInstructions } from '../../../../run/judging/judge-prompt.ts';
import { type PlannedClause, type PlannedRubric, plannedClause } from '../../../../run/plan.ts';
import { type Example, examplesOf, findSection, type Spec } from '../../../../spec/index.ts';
import { at } from '../../../../text/at.ts';
import { briefOf, type CalibrationItem } from '../items/items.ts';

/** An item with the clauses that it is asked about among. */
export interface BatchedItem {
  /** The place of the item. */
  item: number;
  /** In the order they are asked in; the item's own clause is one of them. */
  questions: Pick<JudgeQuestion, 'clause' | 'instructions'>[];
}

/** Items that are asked about a second time among other clauses. */
export interface Batches {
  /** Clauses in a call, at most. */
  size: number;
  items: readonly BatchedItem[];
}

/**
 * Every item whose truth is plain, among `size` − 1 other clauses of the spec. Which ones, and where among them its own
 * clause stands, is chance that `seed` repeats. Nothing that the judge is told of the others gives the item away either.
 */
export function batchedItems(
  spec: Spec,
  items: readonly CalibrationItem[],
  size: number,
  { seed, rubrics }: { seed: number; rubrics: readonly PlannedRubric[] },
): BatchedItem[] {
  const byCode = new Set(rubrics.filter((rubric) => rubric.byCode).map(({ clause }) => clause));
  const clauses = spec.sections
    .filter(({ id, isClause }) => isClause && !byCode.has(id))
    .map(plannedClause);
  const told = new Map<string, string>();
  const tell = (clause: string, example: Example | undefined): string => {
    const rubric = rubrics.find((one) => one.clause === clause);
    if (example !== undefined) return judgeInstructions(briefOf(spec, clause, example, rubric));
    const known = told.get(clause) ?? judgeInstructions(briefOf(spec, clause, undefined, rubric));
    told.set(clause, known);
    return known;
  };
  return items.flatMap((item, place) => {
    if (!isPlain(item)) return [];
    const example = exampleOf(spec, item);
    const chance = (what: string): string => hash('sha256', `batch ${seed} ${item.id} ${what}`);
    const own = { clause: item.clause, instructions: item.instructions };
    const others = clauses
      .filter(({ id }) => id !== item.clause.id)
      .map((clause) => ({ clause, order: chance(clause.id) }))
      .toSorted((a, b) => (a.order < b.order ? -1 : 1))
      .slice(0, size - 1)
      .map(({ clause }) => ({ clause, instructions: tell(clause.id, example) }));
    const fitting = fit([own, ...others], size).slice(1);
    const among = Number.parseInt(chance('place').slice(0, 8), 16) % (fitting.length + 1);
    return [{ item: place, questions: fitting.toSpliced(among, 0, own) }];
  });
}

/** Those that count in sensitivity and specificity. */
function isPlain({ mark }: CalibrationItem): boolean {
  return mark !== 'ok' && mark !== 'elsewhere';
}

/** As many of them as one call takes in an audit. */
function fit(
  questions: readonly { clause: PlannedClause; instructions: string }[],
  size: number,
): { clause: PlannedClause; instructions: string }[] {
  const parts = questions.map((question) => ({ ...question, judge: 0 }));
  const batches = batchesOf(
    parts,
    () => size,
    ({ instructions }) => estimateTokens(instructions),
  );
  return at(batches, 0).parts;
}

/** The example that an item is from; none where people labelled a transcript. */
function exampleOf(spec: Spec, { mark, cluster }: CalibrationItem): Example | undefined {
  if (mark === null) return undefined;
  const [id = '', ordinal] = cluster.split('#');
  const section = findSection(spec, id);
  if (section === undefined) return undefined;
  return examplesOf(section).find((example) => String(example.ordinal) === ordinal);
}
