import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { worstCase } from './worst-case.ts';

const count = fc.nat(10_000);

describe('worst case', () => {
  it('should count every unknown trial against, then for', () => {
    assert.deepEqual(worstCase({ adheres: 8, violates: 1, unknown: 1 }), { low: 0.8, high: 0.9 });
    assert.deepEqual(worstCase({ adheres: 0, violates: 0, unknown: 3 }), { low: 0, high: 1 });
    assert.deepEqual(worstCase({ adheres: 3, violates: 1, unknown: 0 }), { low: 0.75, high: 0.75 });
  });

  it('should have nothing to say of no trials', () => {
    assert.equal(worstCase({ adheres: 0, violates: 0, unknown: 0 }), null);
  });

  it('should hold every rate that the unknown trials allow', () => {
    fc.assert(
      fc.property(
        count,
        count,
        count,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (adheres, violates, unknown, share) => {
          const bounds = worstCase({ adheres, violates, unknown });
          if (bounds === null) return;
          const hidden = Math.round(share * unknown);
          const rate = (adheres + hidden) / (adheres + violates + unknown);
          assert.ok(bounds.low <= rate && rate <= bounds.high);
        },
      ),
    );
  });
});
