/**
 * @module features/audit/compare/sides
 * Which subjects of two runs belong together, and what else is not the same between the runs.
 */

import { judgeIds, subjectIds } from '../../../run/names.ts';
import type { Plan } from '../../../run/plan.ts';
import { list } from '../../../text/numbers.ts';

/** Places of two subjects that are compared. */
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
): SubjectPair[] | { reason: string } {
  const names = [subjectIds(first), subjectIds(second)] as const;
  if (wanted.length > 0) {
    const [one, other = one] = wanted;
    const pair = { first: names[0].indexOf(one ?? ''), second: names[1].indexOf(other ?? '') };
    if (pair.first < 0) return { reason: noSubject('first', one, names[0]) };
    if (pair.second < 0) return { reason: noSubject('second', other, names[1]) };
    return [pair];
  }
  const same = names[0].flatMap((name, place) => {
    const other = names[1].indexOf(name);
    return other < 0 ? [] : [{ first: place, second: other }];
  });
  if (same.length > 0) return same;
  if (names[0].length === 1 && names[1].length === 1) return [{ first: 0, second: 0 }];
  return {
    reason: `the runs have no subject in common. The first has ${list(names[0])}, the second ${list(names[1])}; name one of each.`,
  };
}

function noSubject(which: string, name: string | undefined, known: readonly string[]): string {
  return `the ${which} run has no subject '${name}'. It has ${list(known)}.`;
}

/**
 * What differs between two plans besides who is under test, for a reader who would lay it at the model's door, and what
 * the figures take for granted.
 */
export function otherDifferences(first: Plan, second: Plan, pair: SubjectPair): string[] {
  const notes: string[] = [];
  const judges = [judgeIds(first).join(' + '), judgeIds(second).join(' + ')];
  if (judges[0] !== judges[1]) {
    notes.push(`The judges differ (${judges[0]}; ${judges[1]}): a difference may be theirs.`);
  }
  const asked = [first, second].map((plan) =>
    JSON.stringify([
      plan.judges.map(({ prompt, parameters }) => [prompt, { ...parameters, seed: undefined }]),
      plan.consensus ?? null,
      plan.rubrics?.map(({ clause, hash }) => [clause, hash]) ?? [],
    ]),
  );
  if (judges[0] === judges[1] && asked[0] !== asked[1]) {
    notes.push('The judges were asked differently (wording, parameters, rubrics or consensus).');
  }
  const [one, other] = [first.subjects[pair.first], second.subjects[pair.second]];
  if (one?.system !== other?.system) notes.push('The system prompts differ.');
  const parameters = [one, other].map((subject) =>
    JSON.stringify({ ...subject?.parameters, seed: undefined }),
  );
  if (parameters[0] !== parameters[1]) notes.push("The subjects' parameters differ.");
  if (first.spec.id !== second.spec.id) {
    notes.push(`The specs differ: ${first.spec.id} and ${second.spec.id}.`);
  } else if (first.spec.sha256 !== second.spec.sha256) {
    notes.push(
      `The spec's versions differ: ${first.spec.version ?? 'unnamed'} and ${second.spec.version ?? 'unnamed'}. Clauses whose words changed are marked and counted in no level.`,
    );
  }
  if (first.sequential !== undefined || second.sequential !== undefined) {
    notes.push(
      'A run drew its samples until it knew enough. The intervals here are for numbers of samples settled beforehand, and may be too narrow.',
    );
  }
  return notes;
}
