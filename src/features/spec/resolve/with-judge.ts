/**
 * @module features/spec/resolve/with-judge
 * Puts the questions of a resolution to whoever can answer them, one after the other, since an answer can
 * settle or raise others.
 */
import type { Spec } from '../../../spec/types.ts';
import { type ResolveOptions, resolve } from './resolve.ts';
import type { Answer, Question, Resolution } from './schema.ts';
import type { Transcript } from './types.ts';

/** Answers questions about meaning: a model, a person, code. */
export interface MeaningJudge {
  /** Its name, for the trace. */
  name: string;
  /** The answer; `{ undetermined: why }` where it can't tell or there is none. Must not reject. */
  answer(question: Question, resolution: Resolution, signal: AbortSignal): Promise<Answer>;
}

/** More rounds than any order of authority can need per level. */
const QUESTIONS_PER_LEVEL = 4;

/**
 * Resolves with a judge. Questions that `judgements` answer already are not put to it, and once `signal` aborts none
 * is; what hangs on them is undetermined then.
 */
export async function resolveWith(
  spec: Spec,
  conversation: Transcript,
  judge: MeaningJudge,
  options: ResolveOptions & { signal?: AbortSignal } = {},
): Promise<Resolution> {
  const { signal = new AbortController().signal } = options;
  const judgements: Record<string, Answer> = {
    ...conversation.judgements,
    ...options.judgements,
  };
  let resolution = resolve(spec, conversation, { ...options, judgements });
  const most = (spec.levels.length + 3) * QUESTIONS_PER_LEVEL + spec.sections.length;
  for (let round = 0; round < most; round++) {
    const open = resolution.questions.find(({ id }) => !Object.hasOwn(judgements, id));
    if (open === undefined || signal.aborted) break;
    const answer = await judge.answer(open, resolution, signal);
    judgements[open.id] = { by: judge.name, ...answer };
    resolution = resolve(spec, conversation, { ...options, judgements });
  }
  return resolution;
}

/** The clauses that a question asks about beside the directives it names. */
export function candidatesOf(resolution: Resolution, question: Question): Resolution['directives'] {
  const ids = new Set(question.candidates.ids);
  const levels = new Set(question.candidates.clauseLevels);
  return resolution.directives.filter(
    ({ id, type, level, state }) =>
      ids.has(id) ||
      (type === 'clause' && level !== null && levels.has(level) && state !== 'not_applicable'),
  );
}
