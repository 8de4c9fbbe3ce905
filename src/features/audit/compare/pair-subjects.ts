/**
 * @module features/audit/compare/pair-subjects
 * Which subjects of two runs belong together.
 */
import { subjectIds } from '../../../run/names.ts';
import type { Plan } from '../../../run/plan.ts';
import type { NotComparable } from './messages.ts';

/** Two subjects that are compared, by their indices in the plans. */
export interface SubjectPair {
  first: number;
  second: number;
}

/**
 * Subjects that go together: those named, else those of one name, else the only one of each run.
 * @param wanted names, one for both runs or one for each
 */
export function pairSubjects(
  first: Plan,
  second: Plan,
  wanted: readonly string[] = [],
): SubjectPair[] | { reason: NotComparable } {
  const [known, others] = [subjectIds(first), subjectIds(second)];
  const [one, other = one] = wanted;
  if (one !== undefined && other !== undefined) {
    const pair = { first: known.indexOf(one), second: others.indexOf(other) };
    if (pair.first < 0) return noSubject('first', one, known);
    if (pair.second < 0) return noSubject('second', other, others);
    return [pair];
  }
  const same = known.flatMap((name, index) => {
    const partner = others.indexOf(name);
    return partner < 0 ? [] : [{ first: index, second: partner }];
  });
  if (same.length > 0) return same;
  if (known.length === 1 && others.length === 1) return [{ first: 0, second: 0 }];
  return { reason: { code: 'no-subject-in-common', data: { first: known, second: others } } };
}

function noSubject(
  which: 'first' | 'second',
  name: string,
  known: string[],
): { reason: NotComparable } {
  return { reason: { code: 'no-such-subject', data: { which, name, known } } };
}
