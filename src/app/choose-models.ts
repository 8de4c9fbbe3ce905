/**
 * @module app/choose-models
 * Who is audited and who judges: what the user names, or simulated models for a first look.
 */

import type { ModelName, Parameters } from '../model/types.ts';
import { selfJudged } from '../run/panel/families.ts';
import {
  type Consensus,
  judgesOf,
  type Plan,
  type PlannedJudge,
  type PlannedSubject,
  testedIn,
} from '../run/plan.ts';
import { type Spec, suggestIds } from '../spec/index.ts';
import { problem } from './messages.ts';
import { parseNameFor, plannedModel } from './models.ts';
import { NOBODY, plannedFunction, type Roster } from './roster.ts';

/** A model or a function that judges, before it is settled in which wording. */
export type PlannedVoice = Omit<PlannedJudge, 'prompt'>;

const DEMO_JUDGE = 'sim:judge?sensitivity=0.95&specificity=0.98&abstain=0.02';

/** A good simulated subject and one with a weakness, so that a first report has something to show. */
function demoSubjects(spec: Spec): string[] {
  const weak = 'do_not_flatter';
  const plant = clauseIds(spec).has(weak) ? `&violates.${weak}=0.7` : '';
  return ['sim:subject?violates=0.05', `sim:subject?violates=0.14${plant}&seed=b`];
}

/** The subjects with these names, or two simulated ones where there are none. */
export function chooseSubjects(
  spec: Spec,
  given: readonly string[],
  parameters: Parameters,
  system: string | null,
  roster: Roster = NOBODY,
): PlannedSubject[] {
  const subjects = (given.length > 0 ? given : demoSubjects(spec)).map((text): PlannedSubject => {
    const name = parseNameFor('subject', text, roster);
    checkPlants(spec, name);
    return { ...plannedModel(name, parameters), system };
  });
  refuseMixedSubjects(subjects);
  return subjects;
}

/** Refuses simulated subjects beside real ones, and one that is there twice in all that decides its answers. */
export function refuseMixedSubjects(subjects: readonly PlannedSubject[]): void {
  const { length } = subjects.filter(({ simulated }) => simulated);
  if (length > 0 && length < subjects.length) throw problem('mixed-subjects', {});
  const seen = new Set<string>();
  for (const { name, system, parameters } of subjects) {
    const identity = JSON.stringify([name, system, parameters]);
    if (seen.has(identity)) throw problem('subject-twice', { name });
    seen.add(identity);
  }
}

/** The judges of these names; where there are none a simulated one, if the subjects are simulated too. */
export function chooseJudges(
  given: readonly string[],
  subjects: readonly PlannedSubject[],
  parameters: Parameters,
  roster: Roster = NOBODY,
): PlannedVoice[] {
  if (given.length === 0 && subjects.some(({ simulated }) => !simulated)) {
    throw problem('no-judge', {});
  }
  const judges = (given.length > 0 ? given : [DEMO_JUDGE]).map((text): PlannedVoice => {
    const own = roster.judges.get(text);
    if (own !== undefined) return plannedFunction(own);
    return plannedModel(parseNameFor('judge', text, roster), parameters);
  });
  const names = judges.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw problem('judge-twice', { name: twice });
  }
  if (judges.some(({ simulated }) => simulated) && judges.some(({ simulated }) => !simulated)) {
    throw problem('mixed-judges', {});
  }
  return judges;
}

/**
 * How a panel of these judges counts its votes; undefined for one judge, which needs no rule.
 * @param usual what the configuration says for panels
 */
export function chooseConsensus(
  given: Consensus | undefined,
  usual: Consensus | undefined,
  judges: readonly PlannedVoice[],
): Consensus | undefined {
  if (judges.length < 2) {
    if (given === undefined) return undefined;
    throw problem('consensus-of-one', { consensus: given });
  }
  const rule = given ?? usual ?? 'majority';
  if (rule === 'latent' && judges.length < 3) {
    throw problem('latent-of-two', {});
  }
  return rule;
}

/** Refuses an audit in which a subject is judged by models of its own family and by no other. */
export function refuseSelfJudged(
  subjects: readonly PlannedSubject[],
  judges: readonly PlannedVoice[],
): void {
  const alone = selfJudged(subjects, judges);
  const family = alone[0]?.family ?? null;
  if (family === null) return;
  throw problem('self-judged', { subjects: alone.map(({ label }) => label), family });
}

/** Refuses a plan in which a clause is tested that nobody judges: its verdicts would be missing without a word. */
export function refuseUnjudged(plan: Plan): void {
  const tested = testedIn(plan.suite.scenarios);
  const clauses = [...tested].filter((id) => judgesOf(plan, id).length === 0);
  if (clauses.length > 0) throw problem('nobody-judges', { clauses });
}

/** Refuses functions for clauses that the spec does not have: they would judge nothing without a word. */
export function refuseUnknownClauses(spec: Spec, judges: readonly PlannedVoice[]): void {
  const known = clauseIds(spec);
  for (const { label, clauses = [] } of judges) {
    const id = clauses.find((clause) => !known.has(clause));
    if (id === undefined) continue;
    throw problem('judge-of-nothing', {
      judge: label,
      clause: id,
      near: suggestIds(spec, id).slice(0, 2),
    });
  }
}

/** A rate planted for a clause that is not there would be planted nowhere, and nobody would notice. */
function checkPlants(spec: Spec, name: ModelName): void {
  if (name.provider !== 'sim') return;
  const known = clauseIds(spec);
  for (const option of Object.keys(name.options)) {
    const id = option.startsWith('violates.') ? option.slice('violates.'.length) : undefined;
    if (id === undefined || known.has(id)) continue;
    const near = suggestIds(spec, id).slice(0, 2);
    throw problem('planted-nowhere', { option, clause: id, near });
  }
}

function clauseIds(spec: Spec): Set<string> {
  return new Set(spec.sections.filter(({ isClause }) => isClause).map(({ id }) => id));
}
