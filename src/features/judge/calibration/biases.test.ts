import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { familyFigures, pairFigures, retestFigures, transferFigures } from './biases.ts';
import type { Scored } from './figures/shares.ts';
import { type CalibrationItem, markedItems } from './items/items.ts';
import { certificateOf, starter } from './planted.fixture.ts';

describe('self-family bias', () => {
  const [base] = markedItems(starter, { simulated: false }).items;
  /** So many labelled transcripts of a family; the judge calls the violations among them by its leniency. */
  const rows = (family: string, count: number, missed: number): Scored[] =>
    Array.from({ length: count }, (_, place) => ({
      item: {
        ...(base as CalibrationItem),
        id: `${family} ${place}`,
        mark: null,
        truth: 'violates',
        family,
        cluster: `${family} ${place}`,
      },
      verdict: { outcome: place < missed ? 'adheres' : 'violates', cause: null },
    }));

  it('should be the difference of right verdicts on its own and on others', () => {
    const figures = familyFigures([...rows('a', 100, 50), ...rows('b', 100, 10)], 'a');
    assert.ok('value' in figures);
    const { own, others, difference, passedOwn } = figures.value;
    assert.deepEqual([own.estimate, others.estimate, passedOwn.estimate], [0.5, 0.9, 0.5]);
    assert.ok(difference.high !== null && difference.high < 0);
  });

  it('should be said to be unknown where the data lack a side', () => {
    for (const [given, family, absent] of [
      [rows('a', 5, 1), 'a', 'no-transcript-of-other-family'],
      [rows('b', 5, 1), 'a', 'no-transcript-of-own-family'],
      [[], 'a', 'no-labelled-transcript'],
      [rows('a', 5, 1), null, 'family-unknown'],
    ] as const) {
      assert.deepEqual(familyFigures(given, family), { absent });
    }
  });
});

describe('pairs, repetition and transfer', () => {
  it('should be said to be unknown where nothing was asked', () => {
    assert.deepEqual(pairFigures([], []), { absent: 'no-pair' });
    const [pair] = markedItems(starter, { simulated: false }).pairs;
    assert.ok(pair !== undefined);
    assert.deepEqual(pairFigures([pair], [[null, null]]), { absent: 'no-pair-asked' });
    assert.deepEqual(retestFigures([], { verdicts: [], second: [] }, []), {
      absent: 'nothing-asked-twice',
    });
  });

  it('should compare labels with marks where there are both', async () => {
    const { overall } = await certificateOf('sim:judge', starter, { limit: 12, retest: 0 });
    const marks = { source: 'marks' as const, ...overall };
    const labels = { source: 'labels' as const, ...overall };
    assert.deepEqual(transferFigures({ sources: [marks] }, []), { absent: 'no-labels' });
    assert.deepEqual(transferFigures({ sources: [labels] }, []), { absent: 'no-marks' });
    const both = transferFigures({ sources: [marks, labels] }, ['r1']);
    assert.ok('value' in both);
    assert.deepEqual(both.value.runs, ['r1']);
    assert.equal(both.value.sensitivity.difference.estimate, 0);
  });
});
