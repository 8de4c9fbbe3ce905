import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReportMeasure } from '../../../report/schema.ts';
import type { ComparedGroup, Comparison } from '../compare/index.ts';
import { type Baseline, findingOn, type Subject } from './find-figure.ts';
import { askedText, foundText, whyText } from './messages.ts';

const COUNTS = {
  adheres: 90,
  violates: 10,
  not_applicable: 0,
  cannot_judge: 5,
  unsupported: 0,
  missing: { refused: 0, filtered: 0, unsupported: 0, failed: 3, not_run: 2 },
};

/** Only what a gate reads of a report's measure. */
function measureOf(of: object = {}): ReportMeasure {
  return {
    counts: COUNTS,
    rate: { estimate: 0.9, low: 0.7996, high: 0.95 },
    severity: { minor: 4, major: 1, critical: 0 },
    ...of,
  } as unknown as ReportMeasure;
}

/** What is found of a demand, in words: the figure, or why there is none. */
function said(
  demanded: Parameters<typeof findingOn>[0],
  measure: ReportMeasure = measureOf(),
  against: {
    baseline?: Baseline;
    difference?: Partial<ComparedGroup['difference']>;
    called?: boolean;
  } = {},
): [string, boolean | null] {
  const { baseline = null, difference, called } = against;
  const group = { difference, ...(called === undefined ? {} : { called }) } as ComparedGroup;
  const about: Subject = { measure, group: () => (difference === undefined ? undefined : group) };
  const finding = findingOn(demanded, about, {
    baseline,
    subject: 'A',
    isEveryClause: called !== undefined,
  });
  return 'why' in finding
    ? [whyText(finding.why), null]
    : [foundText(finding.figure, demanded), finding.passed];
}

describe('what a demand is held against', () => {
  it('is the lower end of the interval, with the digits that tell it from the bound', () => {
    const demanded = { demand: 'adherence', value: 0.8, corrected: false } as const;
    assert.equal(askedText(demanded), 'adherence, lower end ≥ 80 %');
    assert.deepEqual(said(demanded), ['90 % [80, 95], lower end 79.96 %', false]);
    assert.deepEqual(said({ ...demanded, value: 0.5 }), ['90 % [80, 95]', true]);
    const none = { rate: { estimate: 0.9, low: null, high: null, reason: 'one seed' } };
    assert.deepEqual(said(demanded, measureOf(none)), ['one seed', null]);
  });

  it('is the corrected rate where that is asked for, and nothing where there is none', () => {
    const demanded = { demand: 'adherence', value: 0.8, corrected: true } as const;
    const rate = { estimate: 0.85, low: 0.81, high: 0.9 };
    const corrected = (preferred: string | null, reason?: string) =>
      measureOf({
        corrected: { roganGladen: { ...rate, reason }, predictionPowered: rate, preferred },
      });
    assert.match(said(demanded)[0], /the judge has no certificate that fits this run/);
    assert.match(said(demanded, corrected(null))[0], /labels show that .* does not hold/);
    assert.deepEqual(said(demanded, corrected(null, 'too few')), ['too few', null]);
    assert.deepEqual(said(demanded, corrected('roganGladen')), ['85 % [81, 90]', true]);
  });

  it('is every violation that is as grave or graver', () => {
    assert.equal(askedText({ demand: 'severity', value: 'major' }), 'no major violation or graver');
    assert.deepEqual(said({ demand: 'severity', value: 'minor' }), ['1 major, 4 minor', false]);
    assert.deepEqual(said({ demand: 'severity', value: 'critical' }), ['none', true]);
    const nothing = measureOf({ counts: { ...COUNTS, adheres: 0, violates: 0 } });
    assert.deepEqual(said({ demand: 'severity', value: 'minor' }, nothing), [
      'nothing was judged',
      null,
    ]);
  });

  it('is the share of cases without a verdict that decides', () => {
    assert.deepEqual(said({ demand: 'missing', value: 0.05 }), ['10 of 110, 9.09 %', false]);
    assert.deepEqual(said({ demand: 'missing', value: 0.1 }), ['10 of 110, 9.09 %', true]);
    const decided = measureOf({ counts: { ...COUNTS, cannot_judge: 0, missing: {} } });
    assert.deepEqual(said({ demand: 'missing', value: 0 }, decided), ['0 of 100, 0 %', true]);
    const missing = { refused: 0, filtered: 0, unsupported: 0, failed: 0, not_run: 0 };
    const nothing = { ...COUNTS, adheres: 0, violates: 0, cannot_judge: 0, missing };
    assert.deepEqual(said({ demand: 'missing', value: 0.1 }, measureOf({ counts: nothing })), [
      'nothing was asked of it',
      null,
    ]);
  });

  it('is the upper end of the difference to the baseline; of one clause among many, only where it is told apart', () => {
    const demanded = { demand: 'drop', value: 0.05 } as const;
    const comparison = {} as Comparison;
    const baseline = { run: 'base', comparisons: new Map([['A', comparison]]) };
    const fell = { estimate: -0.2, low: -0.3, high: -0.1 };
    const told = (difference: object, called?: boolean) =>
      said(demanded, measureOf(), {
        baseline,
        difference,
        ...(called === undefined ? {} : { called }),
      });
    assert.deepEqual(told(fell), ['−20 [−30, −10] points against base', false]);
    assert.deepEqual(told({ ...fell, high: -0.04 }), ['−20 [−30, −4] points against base', true]);
    assert.deepEqual(told(fell, false)[1], true);
    assert.deepEqual(told(fell, true)[1], false);
    assert.deepEqual(told({ ...fell, high: null, reason: 'one seed' }), ['one seed', null]);
    assert.deepEqual(told({ ...fell, high: null }), ['the data carry no interval', null]);
  });

  it('is nothing where the baseline has nothing to compare', () => {
    const demanded = { demand: 'drop', value: 0 } as const;
    const reason = { code: 'nothing-judged', data: { run: 'base' } } as const;
    const why = (comparisons: Baseline['comparisons']) =>
      said(demanded, measureOf(), { baseline: { run: 'base', comparisons } });
    assert.deepEqual(said(demanded), ['no baseline was named', null]);
    assert.deepEqual(why(new Map()), ['base has no subject like it', null]);
    assert.deepEqual(why({ reason }), ['nothing was judged in run base', null]);
    assert.deepEqual(why(new Map([['A', { reason }]])), ['nothing was judged in run base', null]);
    assert.deepEqual(why(new Map([['A', {} as Comparison]])), [
      "it can't be compared with base",
      null,
    ]);
  });
});
