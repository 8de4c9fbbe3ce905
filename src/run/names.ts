/**
 * @module run/names
 * The names that subjects and judges of a run have in everything that is printed of it.
 */
import type { Plan } from './plan.ts';

/**
 * The name of each subject in reports: the model's name, and from the second subject of that name on (only
 * the system prompt or the parameters differ) with a number: `openai:gpt-5~2`.
 */
export function subjectIds(plan: Pick<Plan, 'subjects'>): string[] {
  return uniqueNames(plan.subjects.map(({ name }) => name));
}

/** The name of each judge in reports, made as those of subjects are. */
export function judgeIds(plan: Pick<Plan, 'judges'>): string[] {
  return uniqueNames(plan.judges.map(({ name }) => name));
}

/** Names with a number from the second of a name on. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name}~${number}`;
    taken.add(unique);
    return unique;
  });
}

/** The name at a place, from 0. */
export function nameAt(names: readonly string[], place: number): string {
  const name = names[place];
  if (name === undefined) throw new RangeError(`there is no name ${place}`);
  return name;
}
