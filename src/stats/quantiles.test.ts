import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { criticalValue, normalQuantile } from './normal.ts';
import { assertClose, oracle } from './oracle.fixture.ts';
import { studentQuantile } from './student.ts';

/** Any probability that is not so close to an end that 1 − p loses it. */
const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
const freedom = fc.double({ min: 0.3, max: 1e7, noNaN: true });

describe('normal quantile', () => {
  it('should agree with scipy to 1e-9', () => {
    for (const [p, quantile] of oracle.normal) assertClose(normalQuantile(p), quantile, `z(${p})`);
  });

  it('should be infinite at the ends and refuse what is no probability', () => {
    assert.equal(normalQuantile(0), -Infinity);
    assert.equal(normalQuantile(1), Infinity);
    for (const wrong of [-0.1, 1.1, Number.NaN])
      assert.throws(() => normalQuantile(wrong), RangeError);
  });

  it('should give the critical value of a confidence, which lies inside 0..1', () => {
    assertClose(criticalValue(0.95), 1.959963984540054, 'z of 95 %');
    for (const wrong of [0, 1, 95, Number.NaN])
      assert.throws(() => criticalValue(wrong), RangeError);
  });
});

describe('Student quantile', () => {
  it('should agree with scipy to 1e-9', () => {
    for (const [p, v, quantile] of oracle.student) {
      const own = studentQuantile(p, v);
      const relative = quantile === 0 ? own : own / quantile - 1;
      assert.ok(Math.abs(relative) <= 1e-9, `t(${p}, ${v}): ${own} is not ${quantile}`);
    }
  });

  it('should agree with the closed forms of one and two degrees of freedom', () => {
    fc.assert(
      fc.property(probability, (p) => {
        // Both about the nearer end: tan and 1 − p lose digits elsewhere.
        const offset = p - 0.5;
        const two = (2 * offset * Math.SQRT2) / Math.sqrt(4 * p * (1 - p));
        assert.ok(Math.abs(studentQuantile(p, 2) - two) <= 1e-7 * Math.max(1, Math.abs(two)));
        if (Math.abs(offset) < 0.49) {
          assertClose(studentQuantile(p, 1), Math.tan(Math.PI * offset), 'Cauchy');
        }
      }),
    );
  });

  it('should be odd about a half, rise with the probability, and lie beyond the normal one', () => {
    fc.assert(
      fc.property(probability, probability, freedom, (p, q, v) => {
        assert.ok(
          Math.abs(studentQuantile(p, v) + studentQuantile(1 - p, v)) <=
            1e-6 * Math.abs(studentQuantile(p, v)) + 1e-12,
        );
        const [one, other] = [studentQuantile(p, v), studentQuantile(q, v)];
        // Neighbouring numbers may change places by their last digits.
        if (p < q) assert.ok(one <= other + 1e-9 * Math.abs(other));
        assert.ok(
          Math.abs(studentQuantile(p, v)) >= Math.abs(normalQuantile(p)) * (1 - 1e-9) - 1e-12,
        );
      }),
    );
  });

  it('should be infinite at the ends and refuse what has no degree of freedom', () => {
    assert.equal(studentQuantile(0, 4), -Infinity);
    assert.equal(studentQuantile(1, 4), Infinity);
    assert.equal(studentQuantile(0.5, 4), 0);
    for (const wrong of [0, -1, Number.NaN])
      assert.throws(() => studentQuantile(0.9, wrong), RangeError);
  });
});
