/**
 * @module app/roster
 * Models and judges of the user's own: functions of the configuration or of a program, commands, HTTP addresses. What a
 * stranger's file or ledger names is not among them, so that it never starts a program.
 */
import type { ModelName, Provider } from '../model/types.ts';
import { type FunctionJudge, functionJudgeName } from '../run/judging/function-judge.ts';
import type { PlannedJudge } from '../run/plan.ts';
import { problem } from './messages.ts';

/** Who can be named besides the models of providers. */
export interface Roster {
  providers: ReadonlyMap<string, Provider>;
  judges: ReadonlyMap<string, FunctionJudge>;
}

/** Nobody of the user's own. */
export const NOBODY: Roster = { providers: new Map(), judges: new Map() };

/** Prefixes of models that are commands or templates. */
const OWN = /^(exec|http):/;

/** Is it a model that only the user can name, by the command line or the configuration? */
export function isOwnModel(label: string): boolean {
  return OWN.test(label);
}

/**
 * These functions under their names. Throws where two have one name.
 * @param byProgram they are a program's, not the configuration's
 */
export function rosterOf(
  providers: readonly Provider[],
  judges: readonly FunctionJudge[],
  byProgram = false,
): Roster {
  const byName = new Map(providers.map((provider) => [provider.name.text, provider]));
  const byJudge = new Map(judges.map((judge) => [judge.name, judge]));
  const names = [...providers.map(({ name }) => name.text), ...judges.map(({ name }) => name)];
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw problem('defined-twice', { name: twice, byProgram });
  return { providers: byName, judges: byJudge };
}

/** The name of a model of the user's own, or null where it is none. Throws for a command that nobody named now. */
export function ownName(label: string, flag: string, { providers }: Roster): ModelName | null {
  const own = providers.get(label);
  if (own !== undefined) return own.name;
  if (isOwnModel(label)) throw problem('program-not-defined', { flag, model: label });
  return null;
}

/** The function of a planned judge. Throws where it is not defined as it was when the plan was made. */
export function functionOf({ label, name }: PlannedJudge, { judges }: Roster): FunctionJudge {
  const own = judges.get(label);
  if (own === undefined || functionJudgeName(own) !== name) {
    throw problem('judge-not-defined', { judge: name });
  }
  return own;
}

/** What a plan says of a judge that is a function. */
export function plannedFunction(judge: FunctionJudge): Omit<PlannedJudge, 'prompt'> {
  return {
    name: functionJudgeName(judge),
    label: judge.name,
    family: null,
    simulated: false,
    parameters: {},
    by: 'function',
    ...(judge.clauses === undefined ? {} : { clauses: [...judge.clauses] }),
  };
}
