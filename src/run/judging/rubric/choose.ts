/**
 * @module run/judging/rubric/choose
 * Which rubrics hold in a plan: read, checked against the spec, at most one for a clause.
 */
import { hash } from 'node:crypto';
import { findSection, type Spec, suggestIds } from '../../../spec/index.ts';
import type { PlannedRubric } from '../../plan.ts';
import { readRubric } from './read.ts';
import type { Rubric, RubricProblem } from './schema.ts';

export interface RubricFile {
  file: string;
  /** All of it, a byte order mark too: the hash is over these bytes. */
  text: string;
}

export interface ChosenRubrics {
  rubrics: PlannedRubric[];
  /** What a reader should know, and that is no fault: a rubric written for another version of the spec. */
  notes: string[];
}

/** The rubrics in these files, in the order of the spec's clauses; or everything that is wrong with them. */
export function chooseRubrics(
  files: readonly RubricFile[],
  spec: Spec,
): ChosenRubrics | { problems: RubricProblem[] } {
  const problems: RubricProblem[] = [];
  const notes: string[] = [];
  const chosen = new Map<string, { file: string; planned: PlannedRubric }>();
  for (const { file, text } of files) {
    const read = readRubric(file, text);
    if ('problems' in read) {
      problems.push(...read.problems);
      continue;
    }
    const { rubric } = read;
    const fault = misfitWith(spec, rubric);
    const earlier = chosen.get(rubric.clause);
    if (fault !== null) problems.push({ file, ...fault });
    else if (earlier !== undefined) {
      problems.push({
        file,
        ...rubric.places.clause,
        message: `${earlier.file} is a rubric for #${rubric.clause} too. A clause has one at most.`,
      });
    } else {
      const note = otherVersion(spec, rubric);
      if (note !== null) notes.push(`${file}: ${note}`);
      chosen.set(rubric.clause, { file, planned: plannedRubric(rubric, text) });
    }
  }
  if (problems.length > 0) return { problems };
  // A clause without one is judged by its own words.
  const rubrics = spec.sections.flatMap(({ id }) => chosen.get(id)?.planned ?? []);
  return { rubrics, notes };
}

function plannedRubric({ id, version, clause, checks }: Rubric, text: string): PlannedRubric {
  return {
    clause,
    name: `${id}@${version}`,
    hash: hash('sha256', text, 'hex'),
    text,
    byCode: checks !== null,
  };
}

function misfitWith(spec: Spec, rubric: Rubric): Omit<RubricProblem, 'file'> | null {
  const { clause, places } = rubric;
  if (rubric.spec !== null && rubric.spec.id !== spec.id) {
    const message = `This rubric is for the spec ${rubric.spec.id}, and the spec here is ${spec.id}.`;
    return { ...places.spec, message };
  }
  const section = findSection(spec, clause);
  if (section?.isClause === true) return null;
  if (section !== undefined) {
    return { ...places.clause, message: `#${clause} is a section of the spec, but no clause.` };
  }
  const near = suggestIds(spec, clause).slice(0, 2);
  const hint = near.length === 0 ? '' : ` Is it ${near.map((id) => `#${id}`).join(' or ')}?`;
  return { ...places.clause, message: `The spec has no clause #${clause}.${hint}` };
}

function otherVersion(spec: Spec, { spec: written }: Rubric): string | null {
  const version = written?.version ?? null;
  if (version === null || version === spec.version) return null;
  return `written for ${spec.id}@${version}; this is ${spec.version === null ? 'no version' : `@${spec.version}`}. See whether the clause still says the same.`;
}
