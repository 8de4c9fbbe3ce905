import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scenario } from './scenario.ts';
import { limitScenarios, onlyClauses } from './select.ts';
import { type Suite, suiteOf } from './suite.ts';

function scenario(id: string, about: Partial<Scenario> & { asks?: string } = {}): Scenario {
  const { asks = id, ...rest } = about;
  return {
    id,
    title: id,
    clauses: ['be_kind'],
    messages: [{ role: 'user', content: asks }],
    cluster: id,
    source: { kind: 'file', reference: 's.csv', line: 7 },
    ...rest,
  };
}

const ids = (scenarios: Iterable<Scenario>): string[] => Array.from(scenarios, ({ id }) => id);

/** Packed scenarios compare as equal, whatever they are. */
const plain = (suite: Suite) => ({ ...suite, scenarios: [...suite.scenarios] });

describe('a suite', () => {
  it('gives equal questions one cluster, and with it whatever shared one with them', () => {
    const { scenarios } = suiteOf([
      scenario('a', { asks: 'x', cluster: 'one' }),
      scenario('b', { cluster: 'two' }),
      scenario('c', { asks: 'x', cluster: 'two', clauses: ['be_honest'] }),
      scenario('d', { cluster: 'three' }),
      scenario('e', { asks: 'x', cluster: 'four', clauses: ['be_honest', 'be_kind'] }),
      scenario('f', { cluster: 'four' }),
    ]);
    const clusters = Array.from(scenarios, ({ cluster }) => cluster);
    assert.deepEqual(clusters, ['one', 'one', 'one', 'three', 'one', 'one']);
  });

  it('leaves out and counts what asks the same for the same clauses', () => {
    const suite = suiteOf([
      scenario('a', { asks: 'x', clauses: ['p', 'q'] }),
      scenario('b', { asks: 'x', clauses: ['q', 'p', 'q'] }),
      scenario('c', { asks: 'x', clauses: ['p', 'q'], maxTokens: 5 }),
      scenario('d', { asks: 'x', clauses: ['p', 'q'], tools: [] }),
    ]);
    assert.deepEqual(ids(suite.scenarios), ['a', 'c', 'd']);
    assert.deepEqual(suite.excluded, [{ reason: 'duplicate', id: 'b', clause: 'q', line: 7 }]);
  });

  it('is the same suite when it is made again', () => {
    const once = suiteOf([scenario('a', { asks: 'x' }), scenario('b', { asks: 'x' })]);
    assert.deepEqual(plain(suiteOf(once.scenarios, once.excluded)), plain(once));
  });

  it('joins long chains of clusters into one', () => {
    const chain = Array.from({ length: 50_000 }, (_, place) => [
      scenario(`${place}a`, { asks: `${place}`, cluster: `${place + 1}` }),
      scenario(`${place}b`, { asks: `${place}`, cluster: `${place}`, clauses: ['be_honest'] }),
    ]).toReversed();
    const { scenarios } = suiteOf(chain.flat());
    assert.equal(new Set(Array.from(scenarios, ({ cluster }) => cluster)).size, 1);
  });
});

describe('fewer scenarios', () => {
  it('test only the clauses that were chosen, and are no duplicates then', () => {
    const suite = suiteOf([
      scenario('a', { asks: 'x', clauses: ['p', 'q'] }),
      scenario('b', { asks: 'x', clauses: ['p'] }),
      scenario('c', { clauses: ['q'] }),
    ]);
    const fewer = onlyClauses(suite, new Set(['p']));
    assert.deepEqual(ids(fewer.scenarios), ['a']);
    assert.deepEqual(fewer.scenarios.at(0)?.clauses, ['p']);
    assert.deepEqual(
      fewer.excluded.map(({ reason, id }) => [reason, id]),
      [['duplicate', 'b']],
    );
  });

  it('are spread over the clauses, the same ones for the same seed, in the suite’s order', () => {
    const clauses = ['p', 'q', 'r'];
    const suite = suiteOf(
      Array.from({ length: 30 }, (_, place) =>
        scenario(`s${place}`, { clauses: [clauses[place < 20 ? 0 : 1 + (place % 2)] ?? ''] }),
      ),
    );
    const chosen = limitScenarios(suite, 6, 1);
    assert.deepEqual(plain(limitScenarios(suite, 6, 1)), plain(chosen));
    assert.notDeepEqual(ids(limitScenarios(suite, 6, 2).scenarios), ids(chosen.scenarios));
    const perClause = Map.groupBy(chosen.scenarios, (one) => one.clauses[0]);
    assert.deepEqual([...perClause.values()].map((some) => some.length).toSorted(), [2, 2, 2]);
    const order = ids(suite.scenarios).filter((id) => ids(chosen.scenarios).includes(id));
    assert.deepEqual(ids(chosen.scenarios), order);
    assert.equal(limitScenarios(suite, 30, 1), suite);
  });
});
