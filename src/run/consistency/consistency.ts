/**
 * @module run/consistency/consistency
 * Whether a subject does the same each time it is asked: how often all repeats of a scenario adhere, and how often a
 * clause that forbids something is broken within them.
 */
import { modalityOf } from '../../spec/index.ts';
import {
  allAdhere,
  type RepeatedRate,
  type RepeatedScenarios,
  violationWithin,
} from '../../stats/index.ts';
import { at, valueAt } from '../../text/at.ts';
import { numbered } from '../numbered.ts';
import { type Plan, type PlannedClause, sampleAt } from '../plan.ts';

/** What repeats show of one subject. A scenario counts once for each clause that it tests. */
export interface Consistency {
  /** The share of scenarios in which all of k repeats adhere, for two repeats and for as many as were planned. */
  overall: RepeatedRate[];
  levels: { level: string; allAdhere: RepeatedRate[] }[];
  /** Clauses that forbid; null where none was tested. */
  prohibitions: Prohibitions | null;
}

/** How often a clause that forbids something is broken at least once in as many repeats as were planned. */
export interface Prohibitions {
  together: RepeatedRate;
  /** The most surely broken first; `clause` is its place in the plan. */
  clauses: { clause: number; within: RepeatedRate }[];
}

/** Counts what becomes of the repeats of each scenario. */
export interface RepeatCounts {
  /** A verdict that decides; `clause` is its place in the plan. */
  add(sample: number, clause: number, adheres: boolean): void;
  /** For each subject what its repeats show; levels with the places of their tested clauses. */
  show(levels: readonly { name: string; clauses: readonly number[] }[]): Consistency[];
}

/** A scenario and a clause that it tests. */
interface Cell {
  clause: number;
  cluster: number;
}

/**
 * Empty counts for a plan; null where repeats say nothing of this: there is only one, or samples were chosen as the
 * run went, so that scenarios with more repeats are those that came out worse.
 */
export function countRepeats(plan: Plan): RepeatCounts | null {
  if (plan.repeats < 2 || plan.sequential !== undefined) return null;
  const { cells, placeOf } = cellsOf(plan);
  const counts = plan.subjects.map(() => ({
    adheres: new Uint32Array(cells.length),
    repeats: new Uint32Array(cells.length),
  }));
  const byClause = Map.groupBy(cells.keys(), (place) => at(cells, place).clause);
  const tries = plan.repeats > 2 ? [2, plan.repeats] : [plan.repeats];
  return {
    add: (sample, clause, adheres) => {
      const { subject, place } = sampleAt(plan, sample);
      const cell = placeOf(place, clause);
      const own = counts[subject];
      if (own === undefined || cell === undefined) return;
      own.repeats[cell] = at(own.repeats, cell) + 1;
      if (adheres) own.adheres[cell] = at(own.adheres, cell) + 1;
    },
    show: (levels) =>
      counts.map(({ adheres, repeats }): Consistency => {
        const of = (clauses: readonly number[]): RepeatedScenarios => {
          const places = clauses.flatMap((clause) => valueAt(byClause, clause));
          return {
            adheres: places.map((place) => at(adheres, place)),
            repeats: places.map((place) => at(repeats, place)),
            clusters: places.map((place) => at(cells, place).cluster),
          };
        };
        const passing = (clauses: readonly number[]): RepeatedRate[] => {
          const scenarios = of(clauses);
          return tries.map((number) => allAdhere(scenarios, number));
        };
        const tested = levels.flatMap(({ clauses }) => clauses);
        return {
          overall: passing(tested),
          levels: levels.map(({ name, clauses }) => ({ level: name, allAdhere: passing(clauses) })),
          prohibitions: prohibitionsOf(
            tested.filter((place) => forbids(plan.clauses[place])),
            (clauses) => violationWithin(of(clauses), plan.repeats),
          ),
        };
      }),
  };
}

/**
 * Whether one breach of a clause is one too many: it is a rule, or its title forbids something ("Never …", "Don't …",
 * "… must not …").
 */
export function forbids(clause: Pick<PlannedClause, 'kind' | 'title'> | undefined): boolean {
  if (clause === undefined) return false;
  return clause.kind === 'rule' || modalityOf(clause.title) === 'must_not';
}

function cellsOf(plan: Plan): {
  cells: Cell[];
  placeOf: (scenario: number, clause: number) => number | undefined;
} {
  const places = new Map(plan.clauses.map(({ id }, place) => [id, place]));
  const clusters = numbered(Array.from(plan.suite.scenarios, ({ cluster }) => cluster));
  const cells: Cell[] = [];
  const byScenario: Map<number, number>[] = [];
  for (const scenario of plan.suite.scenarios) {
    const number = byScenario.length;
    const own = new Map<number, number>();
    byScenario.push(own);
    for (const name of scenario.clauses) {
      const clause = places.get(name);
      if (clause === undefined || own.has(clause)) continue;
      own.set(clause, cells.length);
      cells.push({ clause, cluster: at(clusters, number) });
    }
  }
  return { cells, placeOf: (scenario, clause) => byScenario[scenario]?.get(clause) };
}

function prohibitionsOf(
  tested: readonly number[],
  within: (clauses: readonly number[]) => RepeatedRate,
): Prohibitions | null {
  if (tested.length === 0) return null;
  const clauses = tested
    .map((clause) => ({ clause, within: within([clause]) }))
    .toSorted((a, b) => byAlarm(a.within, b.within) || a.clause - b.clause);
  return { together: within(tested), clauses };
}

/** By the lower end of the interval: one scenario of one proves less than eight of ten. */
function byAlarm(a: RepeatedRate, b: RepeatedRate): number {
  // A rate without an interval proves nothing.
  const proven = ({ low }: RepeatedRate): number => low ?? 0;
  return proven(b) - proven(a) || (b.estimate ?? -1) - (a.estimate ?? -1);
}
