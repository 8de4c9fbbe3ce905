/**
 * @module run/panel/families
 * Compares the makers of models: which subjects are judged by models of their own family alone, since such a judge
 * may flatter them, and which models share a family.
 */

import { at } from '../../text/at.ts';
import { type Plan, type PlannedModel, voicesOf } from '../plan.ts';

interface Named {
  family: string | null;
}

/** Whether a judge and a subject are known to be of one family. */
export function isOwnFamily(subject: Named | undefined, judge: Named | undefined): boolean {
  const family = subject?.family ?? null;
  return family !== null && family === (judge?.family ?? null);
}

/** The subjects that are judged by models of their own family and by no other. */
export function selfJudged<Subject extends Named>(
  subjects: readonly Subject[],
  judges: readonly Named[],
): Subject[] {
  return subjects.filter(
    (subject) => judges.length > 0 && judges.every((judge) => isOwnFamily(subject, judge)),
  );
}

/** Whether a subject of the plan is judged by models of its own family and by no other. */
export function isSelfJudged(plan: Pick<Plan, 'subjects' | 'judges'>, subject: number): boolean {
  const judged = plan.subjects[subject];
  return judged !== undefined && selfJudged([judged], voicesOf(plan)).length > 0;
}

/** Families that more than one of these models are of, with the places of those. */
export function sharedFamilies(
  models: readonly Pick<PlannedModel, 'family'>[],
): { family: string; places: number[] }[] {
  const byFamily = Map.groupBy(models.keys(), (place) => at(models, place).family);
  return [...byFamily].flatMap(([family, places]) =>
    family === null || places.length < 2 ? [] : [{ family, places }],
  );
}
