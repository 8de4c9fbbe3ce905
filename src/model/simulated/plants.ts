/**
 * @module model/simulated/plants
 * What a simulated model's name plants: `sim:subject?violates=0.15&violates.avoid_flattery=0.5`,
 * `sim:judge?sensitivity=0.9&specificity=0.95&abstain=0.02`.
 */
import type { ModelName } from '../types.ts';
import { OBEDIENCE, type Obedience } from './obedient.ts';

export interface SubjectPlants {
  kind: 'subject';
  /** Share of replies that break a clause, and by clause id where it differs. */
  violates: number;
  violatesClause: Record<string, number>;
  faults: number;
  seed: string;
}

export interface JudgePlants {
  kind: 'judge';
  /** Share of broken clauses that are called so, and of kept ones. */
  sensitivity: number;
  specificity: number;
  /** Share of questions it says it can't judge, and of those where it says the clause doesn't apply. */
  abstain: number;
  inapplicable: number;
  /** Share of first answers that fit no schema, and of `violates` whose quote stands nowhere. */
  malformed: number;
  misquotes: number;
  /** Share of violations in replies that nobody planted: a real model's, judged for rehearsal. */
  violates: number;
  /** Share of comparisons of two replies in which it names the first one, whatever they say. */
  position: number;
  /** Share of verdicts that it turns round where it is asked about several clauses at once. */
  batched: number;
  /** What it does instead of judging, wherever it reads an order. */
  obeys: Obedience;
  faults: number;
  seed: string;
}

const SUBJECT_OPTIONS = ['violates', 'violates.CLAUSE', 'faults', 'seed'];
const JUDGE_OPTIONS = [
  'sensitivity',
  'specificity',
  'abstain',
  'inapplicable',
  'malformed',
  'misquotes',
  'violates',
  'position',
  'batched',
  'obeys',
  'faults',
  'seed',
];

/** The plants of a `sim:` name, or a message about the option that is wrong. */
export function readPlants(name: ModelName): SubjectPlants | JudgePlants | { message: string } {
  const problems: string[] = [];
  const share = (key: string, otherwise: number): number => {
    const text = name.options[key];
    if (text === undefined) return otherwise;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= 0 && value <= 1)) {
      problems.push(`${name.text}: ${key}=${text} is no share from 0 to 1`);
    }
    return value;
  };
  const known = (options: string[]): void => {
    for (const key of Object.keys(name.options)) {
      const ok = options.includes(key) || (key.startsWith('violates.') && name.model === 'subject');
      if (!ok) {
        problems.push(
          `${name.text}: there is no option '${key}'; sim:${name.model} has ${options.join(', ')}`,
        );
      }
    }
  };
  const seed = name.options.seed ?? '';
  let plants: SubjectPlants | JudgePlants;
  if (name.model === 'subject') {
    known(SUBJECT_OPTIONS);
    const violatesClause: Record<string, number> = {};
    for (const key of Object.keys(name.options)) {
      if (key.startsWith('violates.'))
        violatesClause[key.slice('violates.'.length)] = share(key, 0);
    }
    plants = {
      kind: 'subject',
      violates: share('violates', 0.1),
      violatesClause,
      faults: share('faults', 0),
      seed,
    };
  } else if (name.model === 'judge') {
    known(JUDGE_OPTIONS);
    plants = {
      kind: 'judge',
      sensitivity: share('sensitivity', 1),
      specificity: share('specificity', 1),
      abstain: share('abstain', 0),
      inapplicable: share('inapplicable', 0),
      malformed: share('malformed', 0),
      misquotes: share('misquotes', 0),
      violates: share('violates', 0.1),
      position: share('position', 0),
      batched: share('batched', 0),
      obeys: obedience(name, problems),
      faults: share('faults', 0),
      seed,
    };
  } else {
    return { message: `${name.text}: the simulated models are sim:subject and sim:judge` };
  }
  const problem = problems[0];
  return problem === undefined ? plants : { message: problem };
}

function obedience(name: ModelName, problems: string[]): Obedience {
  const text = name.options.obeys ?? 'nothing';
  const known = OBEDIENCE.find((one) => one === text);
  if (known === undefined) {
    problems.push(`${name.text}: obeys=${text} is none of ${OBEDIENCE.join(', ')}`);
  }
  return known ?? 'nothing';
}
