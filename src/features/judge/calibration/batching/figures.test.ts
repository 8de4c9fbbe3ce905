import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scored } from '../figures/shares.ts';
import { type CalibrationItem, markedItems } from '../items/items.ts';
import { starter } from '../planted.fixture.ts';
import { batchFigures } from './figures.ts';

const [base] = markedItems(starter, { simulated: true }).items;

/** So many items of one truth, each an example of its own. */
function itemsOf(truth: 'adheres' | 'violates', count: number): CalibrationItem[] {
  assert.ok(base !== undefined);
  return Array.from({ length: count }, (_, place) => {
    const id = `${truth} ${place}`;
    return { ...base, id, cluster: id, truth, mark: truth === 'adheres' ? 'good' : 'bad' };
  });
}

const said = (outcome: 'adheres' | 'violates' | 'unsupported'): Scored['verdict'] => {
  return { outcome, cause: null };
};

function figures(
  items: CalibrationItem[],
  batchedOf: (item: CalibrationItem, place: number) => Scored['verdict'],
) {
  const batches = { size: 3, items: items.map((_, item) => ({ item, questions: [] })) };
  const verdicts = items.map(({ truth }) => said(truth));
  return batchFigures({ items, batches }, { verdicts, batched: items.map(batchedOf) });
}

describe('what batches cost in right verdicts', () => {
  const items = [...itemsOf('violates', 200), ...itemsOf('adheres', 200)];

  it('should be nothing where both ways give the same, on enough items', () => {
    const same = figures(items, ({ truth }) => said(truth));
    assert.deepEqual([same?.noLoss, same?.items, same?.size, same?.margin], [true, 400, 3, 0.05]);
    assert.deepEqual([same?.sensitivity.lost, same?.sensitivity.difference.estimate], [0, 0]);
    const few = figures([...items.slice(0, 10), ...items.slice(200, 210)], ({ truth }) =>
      said(truth),
    );
    assert.equal(few?.noLoss, false, 'ten of each can not rule out a loss of five points');
  });

  it('should count what can not be used as lost, and on which side', () => {
    const lossy = figures(items, ({ truth }, place) =>
      truth === 'violates' && place % 10 === 0 ? said('unsupported') : said(truth),
    );
    assert.deepEqual([lossy?.sensitivity.lost, lossy?.sensitivity.gained], [20, 0]);
    assert.equal(lossy?.sensitivity.difference.estimate, -0.1);
    assert.equal(lossy?.specificity.lost, 0);
    assert.deepEqual([lossy?.outcomes.unsupported, lossy?.noLoss], [20, false]);
  });

  it('should be measured on what was asked both ways alone, and say where that is nothing', () => {
    const half = figures(items, ({ truth }) => (truth === 'adheres' ? null : said(truth)));
    assert.equal(half?.items, 200);
    const { single, difference } = half?.specificity ?? {};
    assert.deepEqual([single?.estimate, single?.missing], [null, 'none-asked-both-ways']);
    assert.deepEqual([difference?.estimate, difference?.missing], [null, 'no-pair']);
    assert.equal(half?.noLoss, false);
    assert.equal(batchFigures({ items }, { verdicts: [] }), null, 'no batches were wanted');
  });
});
