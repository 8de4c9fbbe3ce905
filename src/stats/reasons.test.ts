import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Caution, cautioning, cautionText, toldCautions } from './reasons.ts';

const correlation = fc.double({ min: 0, max: 1, noNaN: true });
const small = fc.integer({ min: 0, max: 4 });
const outcome = fc.constantFrom('adheres', 'violates');
const caution: fc.Arbitrary<Caution> = fc.oneof(
  fc.record({
    code: fc.constantFrom('correlation-assumed', 'correlation-mostly-assumed'),
    correlation,
  }),
  fc.record({ code: fc.constant('few-clusters'), clusters: small, of: outcome }),
  fc.record({ code: fc.constant('tries-independent'), tries: small }),
  fc.record({ code: fc.constant('no-label-on'), verdict: outcome }),
  fc.record({
    code: fc.constantFrom('fewer-than-false-alarms', 'more-than-all-violating', 'no-skill-shown'),
  }),
  fc.record({ code: fc.constantFrom('this-suite-alone', 'cases-not-fixed') }),
);

describe('what an interval takes for granted', () => {
  it('should be told each once, whatever was passed on by several figures', () => {
    fc.assert(
      fc.property(fc.array(caution, { maxLength: 8 }), (list) => {
        const { cautions = [] } = cautioning(list);
        const words = (of: readonly Caution[]) => of.map((one) => cautionText([one]));
        assert.deepEqual(words(cautions), [...new Set(words(list))]);
        assert.equal(cautionText(cautions), words(cautions).join('; '));
        assert.ok(words(cautions).every((text) => !text.includes('undefined')));
      }),
    );
  });

  it('should be a sentence in a document, with the assumed correlations as data', () => {
    const assumed = { code: 'correlation-assumed', correlation: 0.5 } as const;
    assert.deepEqual(toldCautions([assumed, { code: 'no-skill-shown' }]), {
      caution:
        'these data cannot show how alike trials of one seed are; a correlation of 0.50 is assumed; the judge’s record does not show that it is better than chance',
      assumes: [assumed],
    });
    assert.match(toldCautions([assumed], 'replies of one example').caution ?? '', /of one example/);
    assert.deepEqual(Object.keys(toldCautions([{ code: 'no-skill-shown' }])), ['caution']);
    assert.deepEqual([toldCautions([]), toldCautions(undefined)], [{}, {}]);
  });
});
