/**
 * @module features/audit/compare/plan-differences
 * What else is not the same between two runs.
 */
import { judgeIds } from '../../../run/names.ts';
import type { Plan } from '../../../run/plan.ts';
import type { Note } from './messages.ts';
import type { SubjectPair } from './pair-subjects.ts';

/**
 * What differs between two plans besides who is under test, for a reader who would lay it at the model's door, and what
 * the figures take for granted.
 */
export function otherDifferences(first: Plan, second: Plan, pair: SubjectPair): Note[] {
  const notes: Note[] = [];
  const judges = { first: judgeIds(first).join(' + '), second: judgeIds(second).join(' + ') };
  if (judges.first !== judges.second) notes.push({ code: 'judges-differ', data: judges });
  else if (judging(first) !== judging(second)) {
    notes.push({ code: 'judges-asked-differently', data: {} });
  }
  const [one, other] = [first.subjects[pair.first], second.subjects[pair.second]];
  if (one?.system !== other?.system) notes.push({ code: 'system-prompts-differ', data: {} });
  const parameters = [one, other].map((subject) =>
    JSON.stringify({ ...subject?.parameters, seed: undefined }),
  );
  if (parameters[0] !== parameters[1]) notes.push({ code: 'parameters-differ', data: {} });
  if (first.spec.id !== second.spec.id) {
    notes.push({
      code: 'specs-differ',
      data: { first: first.spec.id, second: second.spec.id },
    });
  } else if (first.spec.sha256 !== second.spec.sha256) {
    notes.push({
      code: 'spec-versions-differ',
      data: { first: first.spec.version, second: second.spec.version },
    });
  }
  if (first.sequential !== undefined || second.sequential !== undefined) {
    notes.push({ code: 'sequential-run', data: {} });
  }
  return notes;
}

/** How judges are asked, but for seeds. */
function judging({ judges, consensus, rubrics = [] }: Plan): string {
  return JSON.stringify([
    judges.map(({ prompt, parameters }) => [prompt, { ...parameters, seed: undefined }]),
    consensus ?? null,
    rubrics.map(({ clause, hash }) => [clause, hash]),
  ]);
}
