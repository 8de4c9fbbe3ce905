/** @module library/who Whom a program names: models by name or as functions, judges as well. */
import {
  chooseJudges,
  type PlannedVoice,
  refuseMixedSubjects,
  refuseUnknownClauses,
} from '../app/choose-models.ts';
import { problem } from '../app/messages.ts';
import { parseNameFor, plannedModel } from '../app/models.ts';
import { ownModels } from '../app/own-models.ts';
import { type Roster, rosterOf } from '../app/roster.ts';
import { DEFAULT_MAX_TOKENS } from '../app/settings.ts';
import type { Environment } from '../model/provider.ts';
import type { Parameters, Provider } from '../model/types.ts';
import type { FunctionJudge } from '../run/judging/function-judge.ts';
import type { PlannedSubject } from '../run/plan.ts';
import type { Spec } from '../spec/index.ts';

/** A model under test: a name such as `openai:gpt-5`, a provider of your own, or either with more. */
export type Subject =
  | string
  | Provider
  | { model: string | Provider; system?: string; parameters?: Parameters };

/** Who judges: a model's name, a provider of your own, or a function from `defineJudge`. */
export type JudgeGiven = string | Provider | FunctionJudge;

/** Everybody that is named, so that names lead to them. */
export async function rosterFor(
  subjects: readonly Subject[],
  judges: readonly JudgeGiven[],
  environment: Environment,
): Promise<Roster> {
  const given = [...subjects.map(modelOf), ...judges];
  const names = given.filter((one) => typeof one === 'string');
  const { providers } = await ownModels({}, names, environment);
  const own = given.filter((one): one is Provider => typeof one === 'object' && 'complete' in one);
  const functions = given.filter(
    (one): one is FunctionJudge => typeof one === 'object' && 'judge' in one,
  );
  return rosterOf([...new Set([...providers.values(), ...own])], [...new Set(functions)], true);
}

function modelOf(subject: Subject): string | Provider {
  return typeof subject === 'object' && 'model' in subject ? subject.model : subject;
}

function nameOf(model: string | Provider | FunctionJudge): string {
  if (typeof model === 'string') return model;
  return 'complete' in model ? model.name.text : model.name;
}

/** The subjects as a plan has them. Throws a `TenetError` for names that are none, and where nobody is named. */
export function plannedSubjects(subjects: readonly Subject[], roster: Roster): PlannedSubject[] {
  if (subjects.length === 0) throw problem('no-subject', {});
  const planned = subjects.map((subject): PlannedSubject => {
    const more: { system?: string; parameters?: Parameters } =
      typeof subject === 'object' && 'model' in subject ? subject : {};
    const name = parseNameFor('subject', nameOf(modelOf(subject)), roster);
    const parameters = { maxTokens: DEFAULT_MAX_TOKENS, ...more.parameters };
    return { ...plannedModel(name, parameters), system: more.system ?? null };
  });
  refuseMixedSubjects(planned);
  return planned;
}

/** The judges as a plan has them. Throws a `TenetError` for names that are none, and where nobody is named. */
export function plannedJudges(
  judges: readonly JudgeGiven[],
  subjects: readonly PlannedSubject[],
  spec: Spec,
  roster: Roster,
): PlannedVoice[] {
  if (judges.length === 0) throw problem('no-judge', {});
  const planned = chooseJudges(
    judges.map(nameOf),
    subjects,
    { maxTokens: DEFAULT_MAX_TOKENS },
    roster,
  );
  refuseUnknownClauses(spec, planned);
  return planned;
}
