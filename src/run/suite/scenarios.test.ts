import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Scenario } from './scenario.ts';
import { packed } from './scenarios.ts';

const scenarios = fc.array(
  fc.record(
    {
      id: fc.string({ unit: 'binary' }),
      title: fc.string(),
      clauses: fc.array(fc.string()),
      messages: fc.array(
        fc.record(
          { role: fc.constant('user'), content: fc.string({ unit: 'binary' }) },
          { noNullPrototype: true },
        ),
      ),
      cluster: fc.string(),
      source: fc.constant({ kind: 'file', reference: 'a.csv', line: 1 }),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 1_500 },
) as fc.Arbitrary<Scenario[]>;

describe('packed scenarios', () => {
  it('should be what was packed, in any order of looking, and nothing beyond', () => {
    fc.assert(
      fc.property(scenarios, fc.array(fc.nat(1_600)), (given, places) => {
        const kept = packed(given);
        assert.equal(kept.length, given.length);
        assert.deepEqual([...kept], given);
        for (const place of places) assert.deepEqual(kept.at(place), given[place]);
        assert.equal(kept.at(-1), undefined);
        assert.equal(kept.at(given.length), undefined);
      }),
      { numRuns: 30 },
    );
  });

  it('should take one that is larger than what is taken at once', () => {
    const [short, long] = ['x', 'é'.repeat(3_000_000)].map((content) => ({
      ...{ id: 'a', title: '', clauses: ['be_kind'], cluster: 'a' },
      messages: [{ role: 'user' as const, content }],
      source: { kind: 'file' as const, reference: 'a.csv', line: 1 },
    }));
    assert.ok(short !== undefined && long !== undefined);
    assert.deepEqual(
      [...packed([short, long, short, long, short])],
      [short, long, short, long, short],
    );
  });
});
