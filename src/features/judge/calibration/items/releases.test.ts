import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sharedRelease, skipUnlessShared } from '../../../../../test/shared-data.ts';
import { readSpec } from '../../../../spec/index.ts';
import { markedItems } from './items.ts';
import { datedItems } from './releases.ts';

describe('the release of an item', () => {
  it('should be the oldest that has the same reply to the same conversation', (t) => {
    if (skipUnlessShared(t)) return;
    const release = (version: string) => readSpec({ ...sharedRelease(version), version });
    const spec = release('2025-12-18');
    const { items } = markedItems(spec, { simulated: false });
    const dated = datedItems(items, spec, [release('2025-09-12'), release('2025-04-11')]);
    const counts = Map.groupBy(dated, (item) => item.release);
    assert.deepEqual([...counts.keys()].toSorted(), ['2025-04-11', '2025-09-12', '2025-12-18']);
    for (const of of counts.values()) assert.ok(of.length > 20);
    assert.ok(datedItems(items, spec, []).every((item) => item.release === '2025-12-18'));
  });
});
