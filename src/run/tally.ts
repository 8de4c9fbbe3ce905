/**
 * @module run/tally
 * What a run comes to: the rates of its clauses and levels, and the differences between its subjects.
 */

import type { SampleRow, VerdictRow } from '../ledger/rows.ts';
import {
  type Difference,
  estimateDifferences,
  estimateRates,
  type Interval,
  type Rate,
  worstCase,
} from '../stats/index.ts';
import { at } from '../text/at.ts';
import type { Consistency } from './consistency/consistency.ts';
import {
  createCounter,
  type JudgeTally,
  type SampleOutcomes,
  type ScenarioCounts,
  type Worst,
} from './count-rows.ts';
import { addCounts, type Counts, emptyCounts, type Spending, unknownOf } from './counts.ts';
import { createCases } from './panel/cases.ts';
import {
  isPanel,
  type PanelReading,
  type PanelTally,
  readCases,
  tallyPanel,
} from './panel/panel.ts';
import { clauseAt, type Plan, sampleCount } from './plan.ts';
import type { SequentialTally } from './sequential/outcome.ts';

/** The rate of a clause or of a group of clauses, with everything that it does and does not count. */
export interface Measure extends Counts {
  /** Adheres / (adheres + violates). */
  rate: Rate;
  /** Where the rate would lie if all that could not be judged had gone one way or the other. */
  worstCase: Interval | null;
}

export interface ClauseTally extends Measure {
  clause: number;
  worst: Worst[];
}

export interface SubjectTally {
  overall: Measure;
  levels: { level: string; measure: Measure }[];
  kinds: { kind: string; measure: Measure }[];
  /** Clauses that the suite tests, in document order. */
  clauses: ClauseTally[];
  samples: SampleOutcomes;
  /** Replies that the token limit cut short. They are judged all the same, and a reader should know. */
  truncated: number;
  /** Tokens, where every sample's are known, and US dollars, where every price is. */
  usage: Spending;
  /** What repeats show; absent where they show nothing of it. */
  consistency?: Consistency;
}

export interface Tally {
  planned: number;
  subjects: SubjectTally[];
  judges: JudgeTally[];
  /** Where several models judge: how their verdicts became one, and where they differ. */
  panel?: PanelTally;
  /** Where samples were chosen as the run went: what was chosen, and why it ended. */
  sequential?: SequentialTally;
  /** For each two subjects, first minus second, overall and by level. */
  comparisons: {
    first: number;
    second: number;
    overall: Difference;
    levels: { level: string; difference: Difference }[];
  }[];
  /** Clauses of the plan that no scenario tests. */
  untested: number[];
  scenarios: ScenarioCounts[];
}

/** The level under which clauses without one are counted. */
export const NO_LEVEL = 'none';

/** Takes a run's rows part by part, and gives its tally at the end. */
export interface Tallying {
  /** In the plan's order; all of them before the first verdict. */
  addSamples(rows: readonly SampleRow[]): void;
  /** Ordered by sample and clause. */
  addVerdicts(rows: readonly VerdictRow[]): void;
  done(): Tally;
}

/** Tallies a run from its rows. Of several judges the panel's verdict counts. */
export function createTally(plan: Plan): Tallying {
  const counted = createCounter(plan);
  const cases = isPanel(plan) ? createCases(plan.judges.length) : null;
  return {
    addSamples: counted.addSamples,
    addVerdicts: (rows) => {
      const spoken = counted.eachVerdict(rows);
      if (cases === null) counted.addVerdicts(spoken);
      else cases.add(spoken);
    },
    done: () => {
      counted.endSamples();
      const panel = cases === null ? null : readCases(plan, cases.cases);
      if (panel !== null) counted.addVerdicts(panel.verdicts);
      return tallyOf(plan, counted, panel);
    },
  };
}

/** The tally of rows that are all in memory. */
export function tally(
  plan: Plan,
  samples: readonly SampleRow[],
  verdicts: readonly VerdictRow[],
): Tally {
  const tallying = createTally(plan);
  tallying.addSamples(samples);
  tallying.addVerdicts(verdicts);
  return tallying.done();
}

function tallyOf(
  plan: Plan,
  counted: ReturnType<typeof createCounter>,
  panel: PanelReading | null,
): Tally {
  const { tested, trials } = counted;
  const levels = groupBy(plan, tested, plan.spec.levels, ({ level }) => level ?? NO_LEVEL);
  const kinds = groupBy(plan, tested, KINDS, ({ kind }) => kind ?? NO_LEVEL);
  const consistency = counted.repeated?.show(levels);
  const subjects = counted.subjects.map((own, subject): SubjectTally => {
    const { counts, worst, samples, truncated, usage } = own;
    const consistent = consistency?.[subject];
    const rates = estimateRates(trials.of(subject), plan.clauses.length);
    const measure = (group: number[]): Measure => {
      const sum = group.map((clause) => counts[clause]).reduce(addCounts, emptyCounts());
      const only = group.length === 1 ? group[0] : undefined;
      const rate = only === undefined ? rates.ofClauses(group) : rates.ofClause(only);
      return { ...sum, rate, worstCase: boundsOf(sum) };
    };
    return {
      overall: measure(tested),
      levels: levels.map(({ name, clauses }) => ({ level: name, measure: measure(clauses) })),
      kinds: kinds.map(({ name, clauses }) => ({ kind: name, measure: measure(clauses) })),
      clauses: tested.map((clause) => ({
        clause,
        ...measure([clause]),
        worst: at(worst, clause),
      })),
      samples,
      truncated,
      usage,
      ...(consistent === undefined ? {} : { consistency: consistent }),
    };
  });

  const isTested = new Set(tested);
  return {
    planned: sampleCount(plan),
    subjects,
    judges: counted.judges,
    ...(panel === null ? {} : { panel: tallyPanel(plan, panel) }),
    comparisons: pairsOf(plan.subjects.length).map(([first, second]) => {
      const table = estimateDifferences(trials.pairs(first, second), plan.clauses.length);
      return {
        first,
        second,
        overall: table.ofClauses(tested),
        levels: levels.map(({ name, clauses }) => ({
          level: name,
          difference: table.ofClauses(clauses),
        })),
      };
    }),
    untested: plan.clauses.flatMap((_, index) => (isTested.has(index) ? [] : [index])),
    scenarios: counted.scenarios,
  };
}

function boundsOf(counts: Counts): Measure['worstCase'] {
  const { adheres, violates } = counts.verdicts;
  return worstCase({ adheres, violates, unknown: unknownOf(counts) });
}

const KINDS = ['objective', 'rule', 'default', 'definition'];

/** Clauses grouped by a name, in the order given, others by first appearance after them. */
function groupBy(
  plan: Plan,
  clauses: number[],
  order: readonly string[],
  nameOf: (clause: Plan['clauses'][number]) => string,
): { name: string; clauses: number[] }[] {
  const groups = Map.groupBy(clauses, (place) => nameOf(clauseAt(plan, place)));
  const rank = (name: string): number => {
    const place = order.indexOf(name);
    return place < 0 ? order.length : place;
  };
  return [...groups]
    .map(([name, members]) => ({ name, clauses: members }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

function pairsOf(count: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let first = 0; first < count; first++) {
    for (let second = first + 1; second < count; second++) pairs.push([first, second]);
  }
  return pairs;
}
