/**
 * @module run/suite/select
 * Fewer scenarios of a suite: those that test certain clauses, or so many spread over all clauses.
 */
import { hash } from 'node:crypto';
import type { Scenario } from './scenario.ts';
import { type Suite, suiteOf } from './suite.ts';

/** The scenarios that test any of these clauses; each tests only those of its clauses that are among them. */
export function onlyClauses(suite: Suite, ids: ReadonlySet<string>): Suite {
  const scenarios: Scenario[] = [];
  for (const scenario of suite.scenarios) {
    const clauses = scenario.clauses.filter((id) => ids.has(id));
    if (clauses.length > 0) scenarios.push({ ...scenario, clauses });
  }
  const excluded = suite.excluded.filter(({ clause }) => clause !== null && ids.has(clause));
  return suiteOf(scenarios, excluded);
}

/**
 * At most `count` scenarios, taken in turn from each clause so that few clauses are left without any. Which
 * ones depends on `seed` and their ids alone, and they stay in the suite's order.
 */
export function limitScenarios(suite: Suite, count: number, seed: number): Suite {
  if (count >= suite.scenarios.length) return suite;
  const drawn = Array.from(suite.scenarios, ({ id, clauses }, place) => {
    return { place, clause: clauses[0], order: hash('sha256', `${seed} ${id}`, 'hex') };
  });
  drawn.sort((a, b) => (a.order < b.order ? -1 : 1));
  const queues = [...Map.groupBy(drawn, ({ clause }) => clause).values()];
  const chosen = new Set<number>();
  for (let round = 0; chosen.size < count; round++) {
    for (const queue of queues) {
      const next = queue[round];
      if (next !== undefined && chosen.size < count) chosen.add(next.place);
    }
  }
  return suiteOf(
    Iterator.from(suite.scenarios).filter((_, place) => chosen.has(place)),
    suite.excluded,
  );
}
