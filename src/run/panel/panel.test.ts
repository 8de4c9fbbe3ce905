import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VerdictRow } from '../../ledger/rows.ts';
import { findings } from '../../report/findings/findings.ts';
import { evidenceOf, madeUpPlan } from '../../report/findings/made-up.fixture.ts';
import { seededRandom } from '../../stats/random.ts';
import { type Consensus, type Plan, sampleAt, sampleCount } from '../plan.ts';
import { type Tally, tally } from '../tally.ts';

interface Panel {
  judges: { name: string; family?: string | null }[];
  subject?: string | null;
  consensus?: Consensus;
  scenarios?: number;
  /** What a judge says of a sample; null: it gives no verdict. */
  says: (sample: number, judge: number) => Partial<VerdictRow> | VerdictRow['outcome'];
}

function panelPlan(about: Panel): Plan {
  const plan = madeUpPlan({
    subjects: [{ name: 'the:subject', family: about.subject ?? null }],
    clauses: [{ id: 'be_honest' }],
    scenarios: [about.scenarios ?? 12],
  });
  const [first] = plan.judges;
  assert.ok(first);
  return {
    ...plan,
    judges: about.judges.map(({ name, family }) => ({
      ...first,
      name,
      label: name,
      family: family ?? null,
    })),
    consensus: about.consensus ?? 'majority',
  };
}

function rowsOf(plan: Plan, says: Panel['says']): VerdictRow[] {
  return Array.from({ length: sampleCount(plan) }, (_, sample) =>
    plan.judges.map((__, judge): VerdictRow => {
      const told = says(sample, judge);
      const said = typeof told === 'string' ? { outcome: told } : told;
      const outcome = said.outcome ?? 'adheres';
      return {
        sample,
        judge,
        clause: sampleAt(plan, sample).scenario.clauses[0] ?? '',
        outcome,
        severity: outcome === 'violates' ? 'major' : null,
        cause: outcome === 'cannot_judge' ? 'judge' : null,
        call: `${sample} ${judge}`,
        input: 1,
        output: 1,
        cost: 0,
        ...said,
      };
    }),
  ).flat();
}

function tallied(about: Panel): { plan: Plan; tally: Tally; panel: NonNullable<Tally['panel']> } {
  const plan = panelPlan(about);
  const samples = Array.from({ length: sampleCount(plan) }, (_, index) => ({
    index,
    scenario: sampleAt(plan, index).scenario.id,
    subject: 0,
    repeat: 0,
    outcome: 'replied' as const,
    reason: null,
    finish: 'stop',
    call: `subject ${index}`,
    input: 1,
    output: 1,
    cost: 0,
  }));
  const counted = tally(plan, samples, rowsOf(plan, about.says));
  assert.ok(counted.panel);
  return { plan, tally: counted, panel: counted.panel };
}

const THREE = [{ name: 'a:one' }, { name: 'b:two' }, { name: 'c:three' }];

describe('a panel in the tally', () => {
  it('should count its verdict once, and each judge’s votes beside it', () => {
    const { tally: counted, panel } = tallied({
      judges: THREE,
      says: (sample, judge) => {
        if (sample === 0) return 'violates';
        if (sample === 1) return judge < 2 ? 'violates' : 'adheres';
        if (sample === 2)
          return (['violates', 'adheres', 'not_applicable'] as const)[judge] ?? 'adheres';
        if (sample === 3) return judge === 0 ? 'adheres' : 'cannot_judge';
        return 'adheres';
      },
    });
    const overall = counted.subjects[0]?.overall;
    assert.deepEqual(overall?.verdicts, {
      adheres: 9,
      violates: 2,
      not_applicable: 0,
      cannot_judge: 1,
      unsupported: 0,
    });
    assert.equal(overall?.rate.trials, 11);
    assert.deepEqual([panel.cases, panel.unanimous, panel.cannotJudge.split], [11, 9, 1]);
    assert.deepEqual(
      panel.judges.map(({ votes, without, dissents }) => [votes.violates, without, dissents]),
      [
        [3, 0, 0],
        [2, 1, 0],
        [1, 1, 1],
      ],
    );
    // All three differ on t3; on t2 two of the three pairs do.
    assert.deepEqual(
      panel.disagreements.map(({ sample, degree }) => [sample, degree]),
      [
        [2, 1],
        [1, 2 / 3],
      ],
    );
    assert.deepEqual(
      panel.clauses.map(({ clause, cases, disagreements }) => [clause, cases, disagreements]),
      [['be_honest', 11, 2]],
    );
    assert.equal(counted.judges[1]?.cannotJudge.judge, 1);
  });

  it('should not let judges of the subject’s family decide, and say that two of one family are hardly two', () => {
    const judges = [
      { name: 'x:one', family: 'x' },
      { name: 'x:two', family: 'x' },
      { name: 'y:three', family: 'y' },
    ];
    const flattering: Panel['says'] = (_, judge) => (judge < 2 ? 'adheres' : 'violates');
    const own = tallied({ judges, subject: 'x', says: flattering });
    assert.equal(own.tally.subjects[0]?.overall.verdicts.cannot_judge, 12);
    assert.equal(own.panel.cannotJudge.own_family, 12);
    const codes = findings(evidenceOf(own.plan, own.tally)).map(({ code }) => code);
    assert.ok(codes.includes('own-family-verdicts') && codes.includes('same-family-panel'));
    assert.ok(!codes.includes('same-family'), 'a judge of another family sits with them');

    const others = tallied({ judges, subject: 'z', says: flattering });
    assert.equal(others.tally.subjects[0]?.overall.verdicts.adheres, 12);
    // Told to go on with its own family alone, the verdicts count and are marked.
    const alone = tallied({ judges: judges.slice(0, 2), subject: 'x', says: flattering });
    assert.equal(alone.tally.subjects[0]?.overall.verdicts.adheres, 12);
    assert.ok(
      findings(evidenceOf(alone.plan, alone.tally)).some(({ code }) => code === 'same-family'),
    );
  });

  it('should learn from the votes alone whom to believe, where the latent model is asked for', () => {
    const right = [0.97, 0.65, 0.65];
    const random = seededRandom(7);
    const truth = Array.from({ length: 600 }, () => random() < 0.4);
    const words = truth.map((violates) =>
      right.map((share) => (random() < share ? violates : !violates)),
    );
    const says: Panel['says'] = (sample, judge) =>
      words[sample]?.[judge] ? 'violates' : 'adheres';
    const wrong = (consensus: Consensus): number => {
      const { panel, tally: counted } = tallied({ judges: THREE, consensus, scenarios: 600, says });
      assert.equal(panel.fallback, null);
      return counted.scenarios.filter(
        ({ violates }, scenario) => (violates[0] ?? 0) > 0 !== truth[scenario],
      ).length;
    };
    assert.ok(wrong('latent') < 0.5 * wrong('majority'));
    const { panel } = tallied({ judges: THREE, consensus: 'latent', scenarios: 600, says });
    for (const [judge, share] of right.entries()) {
      const { sensitivity, specificity } = panel.judges[judge]?.errors ?? assert.fail();
      for (const { estimate, standardError } of [sensitivity, specificity]) {
        assert.ok(Math.abs(estimate - share) <= 3 * (standardError ?? 0), `${judge}: ${estimate}`);
      }
    }
  });

  it('should fall back on the majority, and say why, where the model can’t be fitted', () => {
    const { panel, tally: counted } = tallied({
      judges: THREE,
      consensus: 'latent',
      says: (sample, judge) => (sample === 0 && judge < 2 ? 'violates' : 'adheres'),
      scenarios: 5,
    });
    assert.match(panel.fallback ?? '', /too few/);
    assert.equal(panel.fallbackBecause?.code, 'too-few-items');
    assert.equal(counted.subjects[0]?.overall.verdicts.violates, 1);
    assert.deepEqual(panel.judges[0]?.errors, null);
  });

  it('should say of judges that only guess that they are hardly worth asking', () => {
    const random = seededRandom(3);
    const words = Array.from({ length: 300 }, () => random() < 0.5);
    const { plan, tally: counted } = tallied({
      judges: THREE.slice(0, 2),
      scenarios: 100,
      says: (sample, judge) => (words[sample * 2 + judge] ? 'violates' : 'adheres'),
    });
    const divided = findings(evidenceOf(plan, counted)).find(
      ({ code }) => code === 'judges-divided',
    );
    assert.match(divided?.text ?? '', /disagree on \d+ of 100 cases/);
  });
});
