import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AuditDesign, type CoverageQuestion, measureCoverage } from './coverage.ts';

/** What an audit of a real spec looks like: many clauses, few seeds each, up to three repeats. */
const realistic: AuditDesign = {
  clauses: [25, 59],
  clustersPerClause: [1, 8],
  scenariosPerCluster: [1, 3],
  repeats: [1, 3],
};

function measure(question: Partial<CoverageQuestion>) {
  return measureCoverage({
    design: realistic,
    rate: 0.85,
    spread: 'equal',
    correlation: { cluster: 0 },
    audits: 600,
    seed: 2025_12_18,
    ...question,
  });
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function assertWithin(share: number, low: number, high: number, what: string): void {
  assert.ok(
    share >= low && share <= high,
    `${what}: ${percent(share)} is not in ${percent(low)}..${percent(high)}`,
  );
}

describe('coverage of 95 % intervals', () => {
  for (const rate of [0.5, 0.7, 0.85, 0.9, 0.95]) {
    it(`should be 93–97 % per clause and overall where trials are independent, rate ${rate}`, () => {
      const { clause, overall } = measure({ rate });
      assertWithin(clause, 0.93, 0.97, 'clauses');
      assertWithin(overall, 0.93, 0.97, 'overall');
    });
  }

  it('should be 93–97 % where clauses have different rates', () => {
    const { clause, overall } = measure({ spread: 'differing' });
    assertWithin(clause, 0.93, 0.97, 'clauses');
    assertWithin(overall, 0.93, 0.97, 'overall');
  });

  for (const cluster of [0.2, 0.5]) {
    for (const rate of [0.5, 0.85, 0.95]) {
      it(`should not collapse where trials of a seed correlate by ${cluster}, rate ${rate}`, () => {
        const { clause, level, overall } = measure({ rate, correlation: { cluster }, audits: 300 });
        assertWithin(clause, 0.92, 0.985, 'clauses');
        assertWithin(level, 0.9, 0.99, 'a level');
        assertWithin(overall, 0.9, 0.985, 'overall');
      });
    }
  }

  it('should not collapse where repeats are much more alike than scenarios of one seed', () => {
    const { clause, overall } = measure({ correlation: { cluster: 0.1, scenario: 0.8 } });
    assertWithin(clause, 0.92, 0.98, 'clauses');
    assertWithin(overall, 0.92, 0.98, 'overall');
  });

  it('should err towards too wide where clauses are nearly all 0 or 1', () => {
    const { level, overall } = measure({ spread: 'split', audits: 300 });
    assertWithin(level, 0.93, 1, 'a level');
    assertWithin(overall, 0.93, 1, 'overall');
  });

  it('should be lost by an interval that takes repeats for independent', () => {
    const { naive, overall } = measure({ correlation: { cluster: 0.5 }, audits: 300 });
    assertWithin(naive, 0, 0.85, 'naive');
    assertWithin(overall, 0.93, 0.97, 'overall');
  });

  it('should follow the confidence asked for', () => {
    const { clause, overall } = measure({ confidence: 0.8, rate: 0.7 });
    assertWithin(clause, 0.77, 0.87, 'clauses');
    assertWithin(overall, 0.76, 0.86, 'overall');
  });

  it('should give the same answer to the same question', () => {
    assert.deepEqual(measure({ audits: 20 }), measure({ audits: 20 }));
  });
});
