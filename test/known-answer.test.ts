import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadSpec, STARTER_SPEC } from '../src/app/files.ts';
import { viewOf } from '../src/report/made-up.fixture.ts';
import { buildReport } from '../src/report/report.ts';
import { drawSuite } from '../src/run/suite/draw.ts';
import type { Measure, Tally } from '../src/run/tally.ts';
import { simulatedTally } from './simulated-audit.ts';

const spec = loadSpec(STARTER_SPEC);
const suite = drawSuite(spec);

/** Planted shares of violations, one subject each. */
const PLANTED = [0.05, 0.15, 0.3];

const AUDITS_PER_CELL = 75;

const LEAST = 0.93;
const MOST = 0.97;

/** A judge with what it finds of the violations and of the rest. */
interface Judge {
  name: string;
  sensitivity: number;
  specificity: number;
}

const PERFECT: Judge = { name: 'sim:judge', sensitivity: 1, specificity: 1 };
const IMPERFECT: Judge = {
  name: 'sim:judge?sensitivity=0.9&specificity=0.95&abstain=0.02',
  sensitivity: 0.9,
  specificity: 0.95,
};

/** How often a judge will say `adheres` of a subject with this planted rate. */
function expectedRate(planted: number, { sensitivity, specificity }: Judge): number {
  return (1 - planted) * specificity + planted * (1 - sensitivity);
}

/** How many intervals there were, and how many held the truth. */
class Coverage {
  intervals = 0;
  held = 0;

  note({ rate }: Measure, truth: number): void {
    if (rate.low === null || rate.high === null) return;
    this.intervals++;
    if (rate.low <= truth && truth <= rate.high) this.held++;
  }

  get share(): number {
    return this.held / this.intervals;
  }

  toString(): string {
    return `${(100 * this.share).toFixed(1)} % of ${this.intervals}`;
  }
}

interface Covered {
  clause: Coverage;
  level: Coverage;
  overall: Coverage;
  /** Of the planted rate by the overall interval, by planted share of violations. */
  planted: Map<number, Coverage>;
}

async function cover(judge: Judge): Promise<Covered> {
  const covered: Covered = {
    clause: new Coverage(),
    level: new Coverage(),
    overall: new Coverage(),
    planted: new Map(PLANTED.map((rate) => [rate, new Coverage()])),
  };
  for (const repeats of [1, 2]) {
    for (let audit = 0; audit < AUDITS_PER_CELL; audit++) {
      const { tally } = await auditWith(judge, repeats, 1_000 * repeats + audit);
      note(covered, tally, judge);
    }
  }
  return covered;
}

/** One audit of a subject for every planted rate, each with chances of its own. */
function auditWith(judge: Judge, repeats: number, seed: number): ReturnType<typeof simulatedTally> {
  const subjects = PLANTED.map((rate, index) => `sim:subject?violates=${rate}&seed=${index}`);
  return simulatedTally({ spec, suite, subjects, judge: judge.name, repeats, seed });
}

function note(covered: Covered, tally: Tally, judge: Judge): void {
  for (const [index, rate] of PLANTED.entries()) {
    const subject = tally.subjects[index];
    assert.ok(subject !== undefined);
    const truth = expectedRate(rate, judge);
    covered.overall.note(subject.overall, truth);
    for (const { measure } of subject.levels) covered.level.note(measure, truth);
    for (const clause of subject.clauses) covered.clause.note(clause, truth);
    covered.planted.get(rate)?.note(subject.overall, 1 - rate);
  }
}

describe(`95 % intervals of ${4 * AUDITS_PER_CELL} simulated audits`, () => {
  for (const [title, judge] of [
    ['a perfect judge', PERFECT],
    ['an imperfect judge', IMPERFECT],
  ] as const) {
    describe(`with ${title}`, () => {
      let covered: Covered;
      before(async () => {
        covered = await cover(judge);
      });
      for (const group of ['clause', 'level', 'overall'] as const) {
        it(`should hold the rate that this judge sees in 93 to 97 % of cases: ${group}`, (t) => {
          const coverage = covered[group];
          t.diagnostic(String(coverage));
          assert.ok(coverage.share >= LEAST && coverage.share <= MOST, String(coverage));
        });
      }
      if (judge === IMPERFECT) {
        // With many violations the two kinds of error all but cancel; with few, what is missed can't make up.
        it('should lose the planted rate where the judge errs to one side, as uncorrected rates do', (t) => {
          const rare = covered.planted.get(PLANTED[0] ?? 0);
          assert.ok(rare !== undefined);
          t.diagnostic(`of the planted rate, with 5 % violations: ${rare}`);
          assert.ok(rare.share < 0.8, String(rare));
        });
      }
    });
  }

  it('should be labelled as uncorrected wherever they stand', async () => {
    const { plan, tally } = await auditWith(IMPERFECT, 1, 1);
    const report = await buildReport(viewOf(plan, tally, () => null));
    const measures = report.subjects.flatMap(({ overall, levels, kinds, clauses }) => [
      overall,
      ...levels,
      ...kinds,
      ...clauses,
    ]);
    assert.ok(measures.length > PLANTED.length * 27);
    for (const { rate } of measures) assert.equal(rate.correction, 'none');
    assert.match(report.notes.join('\n'), /not corrected/);
    assert.ok(
      report.findings.some(({ door, text }) => door === 'judge' && /uncorrected/.test(text)),
    );
  });
});
