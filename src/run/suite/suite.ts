/** @module run/suite/suite A suite is a hashed set of scenarios from one source. */
import { createHash } from 'node:crypto';
import { joinSameQuestions } from './same-question.ts';
import type { Scenario } from './scenario.ts';
import type { Scenarios } from './scenarios.ts';

export interface Suite {
  /** sha256 (hexadecimal) over the scenarios, in order. */
  hash: string;
  scenarios: Scenarios;
  /** What the source held and the suite does not, with the reason. */
  excluded: Exclusion[];
  /** Columns of the file it was read from that nothing was made of; absent where there are none. */
  unusedColumns?: string[];
}

/**
 * `elided`: words or turns of the conversation were left out in print, so it can't be put to anyone.
 * `no_clause`: it stands in a section that directs nothing, or its tag stands nowhere.
 * `duplicate`: an earlier scenario puts the same question for the same clauses.
 */
export interface Exclusion {
  reason: 'elided' | 'no_clause' | 'no_messages' | 'duplicate';
  id: string;
  /** The section it stands in; null where its tag stands nowhere. */
  clause: string | null;
  line: number;
}

/**
 * A suite of these scenarios. Each names a clause once, since there is one verdict per clause and sample; those
 * that put the same question share a cluster, and of those that do it for the same clauses the first stays.
 */
export function suiteOf(scenarios: Iterable<Scenario>, excluded: readonly Exclusion[] = []): Suite {
  const making = makeSuite(excluded);
  for (const scenario of scenarios) making.add(scenario);
  return making.done();
}

/** The same from scenarios that come one by one, so that nobody holds all of them twice. */
export function makeSuite(excluded: readonly Exclusion[] = []): {
  add(scenario: Scenario): void;
  done(): Suite;
} {
  const joining = joinSameQuestions();
  const left: Exclusion[] = [];
  return {
    add: (given) => {
      const scenario = withClausesOnce(given);
      if (joining.add(scenario)) return;
      const { id, clauses, source } = scenario;
      left.push({ reason: 'duplicate', id, clause: clauses[0] ?? null, line: source.line });
    },
    done: () => {
      const scenarios = joining.done();
      return { hash: suiteHash(scenarios), scenarios, excluded: [...excluded, ...left] };
    },
  };
}

function withClausesOnce(scenario: Scenario): Scenario {
  const clauses = [...new Set(scenario.clauses)];
  return clauses.length === scenario.clauses.length ? scenario : { ...scenario, clauses };
}

/** The hash that names a set of scenarios: any change of what is put to a model, or of what it tests, changes it. */
function suiteHash(scenarios: Iterable<Scenario>): string {
  const sum = createHash('sha256');
  let place = 0;
  for (const { id, clauses, messages, tools, maxTokens, cluster } of scenarios) {
    if (place++ > 0) sum.update('\n');
    sum.update(JSON.stringify({ id, clauses, messages, tools, maxTokens, cluster }));
  }
  return sum.digest('hex');
}
