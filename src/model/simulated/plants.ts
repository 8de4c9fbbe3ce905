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

/** The shares that a judge's name plants, each with what it is where the name does not say. */
const JUDGE_SHARES = {
  /** Of broken clauses, those that are called so, and of kept ones. */
  sensitivity: 1,
  specificity: 1,
  /** Of questions, those it says it can't judge, and those where it says the clause doesn't apply. */
  abstain: 0,
  inapplicable: 0,
  /** Of first answers, those that fit no schema; of `violates`, those whose quote stands nowhere. */
  malformed: 0,
  misquotes: 0,
  /** Of violations in replies that nobody planted: a real model's, judged for rehearsal. */
  violates: 0.1,
  /** Of comparisons of two replies, those in which it names the first one, whatever they say. */
  position: 0,
  /** Of verdicts, those that it turns round where it is asked about several clauses at once. */
  batched: 0,
};

export interface JudgePlants extends Record<keyof typeof JUDGE_SHARES, number> {
  kind: 'judge';
  /** What it does instead of judging, wherever it reads an order. */
  obeys: Obedience;
  faults: number;
  seed: string;
}

const SUBJECT_OPTIONS = ['violates', 'violates.CLAUSE', 'faults', 'seed'];
const JUDGE_OPTIONS = [...Object.keys(JUDGE_SHARES), 'obeys', 'faults', 'seed'];

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
      if (ok) continue;
      const all = options.join(', ');
      problems.push(`${name.text}: there is no option '${key}'; sim:${name.model} has ${all}`);
    }
  };
  const plants = (): SubjectPlants | JudgePlants => {
    const seed = name.options.seed ?? '';
    if (name.model === 'subject') {
      known(SUBJECT_OPTIONS);
      const own = Object.keys(name.options).filter((key) => key.startsWith('violates.'));
      const violatesClause = Object.fromEntries(
        own.map((key) => [key.slice('violates.'.length), share(key, 0)]),
      );
      const violates = share('violates', 0.1);
      return { kind: 'subject', violates, violatesClause, faults: share('faults', 0), seed };
    }
    known(JUDGE_OPTIONS);
    const shares = Object.entries(JUDGE_SHARES).map(([key, otherwise]) => [
      key,
      share(key, otherwise),
    ]);
    return {
      ...(Object.fromEntries(shares) as Record<keyof typeof JUDGE_SHARES, number>),
      kind: 'judge',
      obeys: obedience(name, problems),
      faults: share('faults', 0),
      seed,
    };
  };
  if (name.model !== 'subject' && name.model !== 'judge') {
    return { message: `${name.text}: the simulated models are sim:subject and sim:judge` };
  }
  const read = plants();
  const [problem] = problems;
  return problem === undefined ? read : { message: problem };
}

function obedience(name: ModelName, problems: string[]): Obedience {
  const text = name.options.obeys ?? 'nothing';
  const known = OBEDIENCE.find((one) => one === text);
  if (known === undefined) {
    problems.push(`${name.text}: obeys=${text} is none of ${OBEDIENCE.join(', ')}`);
  }
  return known ?? 'nothing';
}
