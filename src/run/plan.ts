/**
 * @module run/plan
 * What a run will do, settled before anything is asked: which scenarios, put to which subjects how often,
 * judged by whom against which words. Two runs with equal plans ask the same questions.
 */
import { hash } from 'node:crypto';
import { withoutUndefined } from '../model/json.ts';
import type { Parameters } from '../model/types.ts';
import type { Kind, Section, Spec } from '../spec/index.ts';
import { CHECKS } from './judging/checks/schema.ts';
import { FUNCTION_PROMPT, JUDGE_PROMPT } from './judging/judge-prompt.ts';
import type { Scenario } from './suite/scenario.ts';
import type { Scenarios } from './suite/scenarios.ts';
import type { Suite } from './suite/suite.ts';

export interface PlannedModel {
  /** The model's name without options that change no answer. */
  name: string;
  /** As the user wrote it; for people, and no part of the plan's identity. */
  label: string;
  /** `openai`, `anthropic`, …; null where the name does not tell. */
  family: string | null;
  simulated: boolean;
  parameters: Parameters;
}

export interface PlannedSubject extends PlannedModel {
  /** The system prompt that stands before every scenario, or null. */
  system: string | null;
}

export interface PlannedJudge extends PlannedModel {
  /** Names the wording in which it is asked. */
  prompt: string;
  /** `code`: the checks of rubrics; `function`: one of the user's own. Neither needs a model. Absent: a model. */
  by?: 'code' | 'function';
  /** The clauses that a function judges; all where absent. */
  clauses?: string[];
}

/** How the verdicts of several judges become one. */
export type Consensus = 'majority' | 'unanimity' | 'latent';

/** What a clause is judged by in this run, where a file says more than the spec does. */
export interface PlannedRubric {
  clause: string;
  /** `id@version`. */
  name: string;
  /** sha256 (hexadecimal) of the file's bytes. */
  hash: string;
  /** The file's text, so that the run can be judged again without it. */
  text: string;
  /** Whether code gives the verdict, and no model is asked. */
  byCode: boolean;
}

/** A plan whose samples are chosen as it goes; its suite and repeats say what can be chosen from. */
export interface SequentialPlan {
  /** Half the width of an interval that is narrow enough; null: as narrow as the budget allows. */
  precision: number | null;
  /** A rate at which a decision hangs: a clause whose interval lies on one side of it is settled. */
  bound: number | null;
}

/** Several clauses in one call. */
export interface PlannedBatch {
  /** Clauses in a call, at most. */
  size: number;
  /** Names the wording in which several are asked. */
  prompt: string;
}

export interface PlannedClause {
  id: string;
  title: string;
  level: string | null;
  kind: Kind | null;
  /** Hash of the words it is judged against. */
  hash: string;
  line: number;
}

export interface PlannedSpec {
  id: string;
  version: string | null;
  title: string;
  sha256: string;
  file: string;
  /** Highest authority first. */
  levels: string[];
  /** How it was read; plans of earlier versions don't say. */
  dialect?: string;
}

/** All of it is written into the ledger, so that a run can be read without the files it came from. */
export interface Plan {
  format: 'tenet.plan/1';
  /** sha256 (hexadecimal) over everything below that changes what is asked. */
  hash: string;
  spec: PlannedSpec;
  /** Every clause of the spec, in document order, tested or not. */
  clauses: PlannedClause[];
  suite: { hash: string; scenarios: Scenarios; excluded: Record<string, number> };
  subjects: PlannedSubject[];
  judges: PlannedJudge[];
  repeats: number;
  seed: number | null;
  simulated: boolean;
  /** The query that chose the clauses, where not all were wanted. */
  selection?: string;
  /** What else may have left clauses without a scenario. */
  narrowed?: Narrowed;
  /** Where several judges judge. */
  consensus?: Consensus;
  /** At most one for a clause. */
  rubrics?: PlannedRubric[];
  sequential?: SequentialPlan;
  /** The stored run whose transcripts are judged again; no subject is asked. */
  transcriptsOf?: { run: string; plan: string };
  /** Where models are asked about several clauses of a transcript at once. */
  batch?: PlannedBatch;
}

/** `limit`: only so many scenarios were wanted. `suite`: they are a file's, and not the spec's own. */
export type Narrowed = 'limit' | 'suite';

/** What only some plans have: absent, it leaves no trace in a plan's hash. */
type OptionalParts = Pick<Plan, 'consensus' | 'rubrics' | 'sequential' | 'transcriptsOf' | 'batch'>;

export interface PlanInput extends OptionalParts, Pick<Plan, 'selection' | 'narrowed'> {
  spec: Spec;
  suite: Suite;
  subjects: PlannedSubject[];
  judges: Omit<PlannedJudge, 'prompt'>[];
  repeats: number;
  seed: number | null;
}

/** The plan of a run. */
export function planAudit(input: PlanInput): Plan {
  const { spec, suite, subjects, repeats, seed } = input;
  const { id, version, title, sha256, file, dialect } = spec;
  const judges: PlannedJudge[] = input.judges.map((judge) => ({
    ...judge,
    prompt: judge.by === undefined ? JUDGE_PROMPT : judge.by === 'code' ? CHECKS : FUNCTION_PROMPT,
  }));
  const { consensus, sequential, transcriptsOf, batch } = input;
  const rubrics = input.rubrics?.length === 0 ? undefined : input.rubrics;
  const clauses: PlannedClause[] = spec.sections
    .filter(({ isClause }) => isClause)
    .map(plannedClause);
  const excluded: Record<string, number> = {};
  // A reason that was not met yet has no count.
  for (const { reason } of suite.excluded) excluded[reason] = (excluded[reason] ?? 0) + 1;
  const tested = testedIn(suite.scenarios);
  const identity = {
    format: 'tenet.plan/1',
    spec: { id, version, sha256 },
    clauses: clauses.filter((own) => tested.has(own.id)).map((own) => [own.id, own.hash]),
    suite: suite.hash,
    subjects: subjects.map(({ name, parameters, system }) => ({ name, parameters, system })),
    judges: judges.map(({ name, parameters, prompt, clauses: own }) => {
      return { name, parameters, prompt, clauses: own };
    }),
    repeats,
    seed,
    consensus,
    sequential,
    transcriptsOf,
    batch,
    rubrics: rubrics?.map(({ clause, hash: text }) => [clause, text]),
  };
  return withoutUndefined({
    format: 'tenet.plan/1',
    hash: hash('sha256', JSON.stringify(identity), 'hex'),
    spec: {
      id,
      version,
      title,
      sha256,
      file,
      levels: spec.levels.map(({ name }) => name),
      dialect,
    },
    clauses,
    suite: { hash: suite.hash, scenarios: suite.scenarios, excluded },
    subjects,
    judges,
    repeats,
    seed,
    simulated: [...subjects, ...judges].some(({ simulated }) => simulated),
    selection: input.selection,
    narrowed: input.narrowed,
    consensus,
    rubrics,
    sequential,
    transcriptsOf,
    batch,
  });
}

/** What a plan says of a clause. */
export function plannedClause(section: Section): PlannedClause {
  const { id, title, level, kind, textHash, heading } = section;
  return { id, title, level, kind, hash: textHash, line: heading.start.line };
}

/** The clause at a place of the plan, from 0. */
export function clauseAt({ clauses }: Pick<Plan, 'clauses'>, place: number): PlannedClause {
  const clause = clauses[place];
  if (clause === undefined) throw new RangeError(`the plan has no clause ${place}`);
  return clause;
}

/** The judges that are models, in the plan's order. */
export function modelJudgesOf({ judges }: { judges: readonly PlannedJudge[] }): PlannedJudge[] {
  return judges.filter(({ by }) => by === undefined);
}

/** The judges that give their own opinion, models and functions, in the plan's order: all but the checks of rubrics. */
export function voicesOf({ judges }: Pick<Plan, 'judges'>): PlannedJudge[] {
  return judges.filter(({ by }) => by !== 'code');
}

/** The places of the judges that judge a clause: code where its rubric is checked by code, else everybody else. */
export function judgesOf(
  plan: { judges: readonly PlannedJudge[]; rubrics?: readonly PlannedRubric[] },
  clause: string,
): number[] {
  const byCode = plan.rubrics?.some((rubric) => rubric.clause === clause && rubric.byCode) ?? false;
  return plan.judges.flatMap(({ by, clauses }, place) => {
    if ((by === 'code') !== byCode) return [];
    return clauses === undefined || clauses.includes(clause) ? [place] : [];
  });
}

/** The clauses that scenarios test, in the order in which they first come. */
export function testedIn(scenarios: Iterable<Scenario>): Set<string> {
  return new Set(Iterator.from(scenarios).flatMap(({ clauses }) => clauses));
}

/** How many samples the plan has: each scenario, with each subject, so many times. */
export function sampleCount(plan: Plan): number {
  return plan.suite.scenarios.length * plan.subjects.length * plan.repeats;
}

/** What one sample is. Repeats come last, so that a run that stops early has seen every scenario first. */
export interface PlannedSample {
  index: number;
  /** Of its scenario in the suite, from 0. */
  place: number;
  scenario: Scenario;
  subject: number;
  repeat: number;
}

/** The sample at a place of the plan's order, from 0. */
export function sampleAt(plan: Plan, index: number): PlannedSample {
  const { subjects, suite } = plan;
  const perRepeat = suite.scenarios.length * subjects.length;
  const within = index % perRepeat;
  const place = Math.floor(within / subjects.length);
  const scenario = suite.scenarios.at(place);
  if (scenario === undefined) throw new RangeError(`the plan has no sample ${index}`);
  return {
    index,
    place,
    scenario,
    subject: within % subjects.length,
    repeat: Math.floor(index / perRepeat),
  };
}

/** The name that a person uses for a sample's transcript: `t1`, `t2`, …, in the plan's order. */
export function transcriptId(index: number): string {
  return `t${index + 1}`;
}

/** The place of a transcript's name, or null where it is no such name. */
export function transcriptIndex(id: string): number | null {
  const digits = /^t?([1-9]\d*)$/.exec(id)?.[1];
  return digits === undefined ? null : Number(digits) - 1;
}
