import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VerdictOutcome } from '../../../ledger/records.ts';
import type { PlannedSample } from '../../../run/plan.ts';
import { plainText } from '../../../text/words.ts';
import { ruleName } from './diagnose.ts';
import { readEvidence } from './evidence.ts';
import { healthOf } from './health.ts';
import { becauseWords } from './messages.ts';
import {
  ERROR,
  healthOfWorld,
  memoryLedger,
  type World,
  worldSpec,
  writeRun,
} from './world.fixture.ts';

const THREE = ['anthropic:judge', 'google:judge', 'meta:judge'];

/** The place of a scenario among those of its clause. */
function seedOf({ scenario }: PlannedSample): number {
  return Number(scenario.id.split('-')[1]);
}

/** On clause 2 these judges read another rule out of the text in half of the scenarios. */
function divided(...judges: number[]): World['verdict'] {
  return ({ judge, clause, broken, sample }) => {
    if (clause !== 2 || !judges.includes(judge)) return undefined;
    const reads: VerdictOutcome = (seedOf(sample) + judge) % 2 === 0 ? 'violates' : 'adheres';
    return seedOf(sample) % 3 === 2 ? (broken ? 'violates' : 'adheres') : reads;
  };
}

interface Planted extends World {
  what: string;
  faults: string[];
  rule: string;
  clause?: number;
}

const PLANTED: Planted[] = [
  {
    what: 'two clauses of one level that nobody can keep at once',
    faults: ['contradiction'],
    rule: 'pair-same-level',
    clause: 3,
    together: [2, 3],
    breaks: (sample, clause) =>
      sample.scenario.clauses.length === 2
        ? (sample.subject + sample.repeat + seedOf(sample)) % 2 === clause - 2
        : undefined,
  },
  {
    what: 'two clauses of different levels, of which the higher one wins unsaid',
    faults: ['missing example'],
    rule: 'pair-order-unsaid',
    clause: 3,
    levels: ['user', 'user', 'root', 'user', 'user', 'user'],
    together: [2, 3],
    seeds: 12,
    breaks: (sample, clause) =>
      sample.scenario.clauses.length === 2
        ? (sample.repeat + seedOf(sample)) % 6 === 0
          ? clause === 2
          : clause === 3
        : undefined,
  },
  {
    what: 'two clauses of different levels, of which the lower one wins',
    faults: ['model'],
    rule: 'pair-order-turned',
    clause: 3,
    levels: ['user', 'user', 'root', 'user', 'user', 'user'],
    together: [2, 3],
    seeds: 12,
    breaks: (sample, clause) =>
      sample.scenario.clauses.length === 2
        ? (sample.repeat + seedOf(sample)) % 6 === 0
          ? clause === 3
          : clause === 2
        : undefined,
  },
  {
    what: 'a reply marked good that judges call a violation',
    faults: ['contradiction'],
    rule: 'good-fails-several',
    judges: THREE,
    marks: ({ item }) =>
      item.clause.id === 'c2' && item.truth === 'adheres' ? 'violates' : undefined,
  },
  {
    what: 'a reply marked bad that judges let pass',
    faults: ['ambiguity'],
    rule: 'bad-passes-several',
    judges: THREE,
    marks: ({ item }) =>
      item.clause.id === 'c2' && item.truth === 'violates' ? 'adheres' : undefined,
  },
  {
    what: 'judges divided, both good elsewhere',
    faults: ['ambiguity'],
    rule: 'judges-divided-both-good',
    people: 1,
    verdict: divided(0, 1),
    label: ({ clause }) => (clause === 2 ? null : undefined),
  },
  {
    what: 'judges divided, and nothing known of either',
    faults: ['ambiguity', 'judge'],
    rule: 'judges-divided',
    verdict: divided(0, 1),
  },
  {
    what: 'judges divided, one of them known to err elsewhere',
    faults: ['judge'],
    rule: 'judges-divided-one-good',
    people: 1,
    verdict: ({ judge, clause, broken }, random) =>
      judge === 1 && random() < (clause === 2 ? 0.9 : 0.3)
        ? broken
          ? 'adheres'
          : 'violates'
        : undefined,
    label: ({ clause }) => (clause === 2 ? null : undefined),
    seeds: 16,
  },
  {
    what: 'judges divided, people on the side of one',
    faults: ['judge'],
    rule: 'judges-divided-people-decide',
    people: 1,
    verdict: ({ judge, clause, broken, sample }) =>
      clause === 2 && judge === 1 && sample.repeat > 0
        ? broken
          ? 'adheres'
          : 'violates'
        : undefined,
    label: ({ broken }) => (broken ? 'violates' : 'adheres'),
  },
  {
    what: 'three judges, one of them alone',
    faults: ['judge'],
    rule: 'judge-alone',
    judges: THREE,
    verdict: divided(1),
  },
  {
    what: 'three judges, none of them alone',
    faults: ['ambiguity'],
    rule: 'judges-divided-all-ways',
    judges: THREE,
    verdict: ({ judge, clause, sample }) =>
      clause === 2
        ? (sample.index + seedOf(sample)) % 4 === judge
          ? 'violates'
          : 'adheres'
        : undefined,
  },
  {
    what: 'people divided',
    faults: ['ambiguity'],
    rule: 'people-divided',
    people: 2,
    label: ({ clause, person, sample }) =>
      clause === 2 && (seedOf(sample) + sample.repeat) % 2 === 0
        ? person === 0
          ? 'adheres'
          : 'violates'
        : undefined,
  },
  {
    what: 'judges that cannot tell',
    faults: ['ambiguity'],
    rule: 'several-cannot-tell',
    verdict: ({ clause, sample }) =>
      clause === 2 && (seedOf(sample) + sample.repeat) % 2 === 0 ? 'cannot_judge' : undefined,
  },
  {
    what: 'one judge that cannot tell',
    faults: ['judge'],
    rule: 'one-cannot-tell',
    verdict: ({ judge, clause, sample }) =>
      clause === 2 && judge === 1 && (seedOf(sample) + sample.repeat) % 2 === 0
        ? 'cannot_judge'
        : undefined,
  },
  {
    what: 'a subject that fails where another does not',
    faults: ['model'],
    rule: 'subject-alone',
    breaks: ({ subject }, clause, random) =>
      clause === 2 && subject === 1 ? random() < 0.7 : undefined,
  },
  {
    what: 'subjects that all fail on a clause that shows nothing',
    faults: ['missing example'],
    rule: 'all-fail-not-shown',
    shown: (clause) => clause !== 2,
    breaks: (_, clause, random) => (clause === 2 ? random() < 0.7 : undefined),
  },
  {
    what: 'subjects that all fail on a clause that shows what it asks',
    faults: ['model'],
    rule: 'all-fail-shown',
    breaks: (_, clause, random) => (clause === 2 ? random() < 0.7 : undefined),
  },
  {
    what: 'strong subjects that go different ways, each steadily',
    faults: ['missing example'],
    rule: 'subjects-differ-steadily',
    seeds: 10,
    breaks: (sample, clause) =>
      clause === 2
        ? seedOf(sample) % 5 === 2 * sample.subject || seedOf(sample) === 1 + 2 * sample.subject
        : undefined,
  },
  {
    what: 'one subject alone, so that nobody knows',
    faults: ['missing example', 'model'],
    rule: 'one-subject',
    subjects: ['openai:one'],
    breaks: (_, clause, random) => (clause === 2 ? random() < 0.7 : undefined),
  },
  {
    what: 'trouble that is one scenario’s',
    faults: ['scenario'],
    rule: 'one-scenario',
    verdict: ({ judge, clause, broken, sample }) =>
      clause === 2 && seedOf(sample) === 1
        ? broken === (judge === 0)
          ? 'adheres'
          : 'violates'
        : undefined,
  },
  {
    what: 'trouble of a clause with one scenario, which may be the scenario’s',
    faults: ['model', 'scenario'],
    rule: 'subject-alone, few-seeds',
    seeds: (clause) => (clause === 2 ? 1 : 10),
    repeats: 10,
    breaks: ({ subject }, clause) => (clause === 2 && subject === 1 ? true : undefined),
  },
  {
    what: 'scenarios that the clause is not about',
    faults: ['scenario'],
    rule: 'not-applicable',
    verdict: ({ clause, sample }) =>
      clause === 2 && (seedOf(sample) + sample.repeat) % 3 > 0 ? 'not_applicable' : undefined,
  },
];

describe('the health of a spec', () => {
  for (const { what, faults, rule, clause = 2, ...world } of PLANTED) {
    it(`tells ${faults.join(' or ')}: ${what}`, async () => {
      const { health } = await healthOfWorld({ seeds: 8, ...world });
      assert.deepEqual(
        health.diagnoses.map((told) => [told.clause, ruleName(told), told.faults]),
        [[clause, rule, faults]],
        health.diagnoses
          .map(({ because, scenario }) => plainText(becauseWords(because, scenario)))
          .join('\n'),
      );
      assert.ok(health.diagnoses.every(({ signal }) => signal.adjusted <= 0.05));
    });
  }

  it('tells the scenario in place of what the rule says, where one seed of several has all of it', async () => {
    const { health } = await healthOfWorld({
      seeds: (clause) => (clause === 2 ? 3 : 20),
      repeats: 40,
      judges: ['anthropic:judge'],
      breaks: (sample, clause) =>
        clause === 2 && sample.subject === 1 && seedOf(sample) === 1 ? true : undefined,
    });
    const [told] = health.diagnoses;
    assert.ok(told);
    assert.equal(health.diagnoses.length, 1);
    const said = [ruleName(told), told.because.code, told.next];
    assert.deepEqual(said, ['one-seed', 'subject-alone', 'mend-scenarios']);
    assert.deepEqual(told.faults, ['scenario']);
    assert.match(
      plainText(becauseWords(told.because, told.scenario)),
      /^\d+ of \d+ such cases come from one of 3 seeds, c2-1: /,
    );
  });

  it('tells nothing of a lower clause that says it gives way', async () => {
    const { health } = await healthOfWorld({
      ...(PLANTED.find(({ rule }) => rule === 'pair-order-unsaid') ?? {}),
      says: (clause) => (clause === 3 ? 'Unless [?](#c2) says otherwise.' : ''),
    });
    assert.deepEqual(health.diagnoses, []);
  });

  it('tells nothing of clean worlds, but for five in a hundred at most', async () => {
    let alarms = 0;
    const worlds = 60;
    for (let seed = 0; seed < worlds; seed++) {
      const { health } = await healthOfWorld({
        seed,
        people: 2,
        seeds: 3 + (seed % 4),
        repeats: 1 + (seed % 3),
        judges: THREE.slice(0, 1 + (seed % 3)),
        ...(seed % 2 === 0 ? {} : { together: [0, 1] }),
        breaks: (_, __, random) => random() < 0.2,
        verdict: ({ broken }, random) => {
          const chance = random();
          if (chance < 0.05) return 'cannot_judge';
          if (chance < 0.1) return 'not_applicable';
          return broken !== random() < 3 * ERROR ? 'violates' : 'adheres';
        },
        label: ({ broken }, random) => (broken !== random() < 2 * ERROR ? 'violates' : 'adheres'),
      });
      if (health.diagnoses.length > 0) alarms++;
    }
    assert.ok(alarms <= 0.05 * worlds, `${alarms} of ${worlds} clean worlds raised an alarm`);
  });

  it('tells nothing on thin data, and says of which clauses', async () => {
    const { health } = await healthOfWorld({
      seeds: 1,
      repeats: 2,
      breaks: (_, clause) => clause === 2,
    });
    assert.deepEqual(health.diagnoses, []);
    assert.deepEqual(
      health.thin,
      Array.from({ length: 8 }, (_, clause) => clause),
    );
  });

  it('takes a transcript that several runs judged for one, and the newest word of a judge', async () => {
    await using ledger = await memoryLedger();
    const spec = worldSpec({});
    const first = await writeRun(ledger, spec, { judges: ['anthropic:judge'], repeats: 1 });
    await writeRun(ledger, spec, {
      judges: ['google:judge'],
      repeats: 1,
      verdict: () => 'violates',
    });
    await writeRun(ledger, spec, {
      judges: ['google:judge'],
      repeats: 1,
      verdict: () => 'adheres',
    });
    const evidence = await readEvidence(ledger, spec);
    assert.equal(evidence.runs.length, 3);
    assert.equal(evidence.transcripts.length, first.suite.scenarios.length * first.subjects.length);
    for (const { votes } of evidence.cases) {
      assert.deepEqual([...votes.keys()], [0, 1]);
      assert.equal(votes.get(1)?.outcome, 'adheres');
    }
  });

  it('leaves out verdicts about other words, and simulated runs beside real ones', async () => {
    await using ledger = await memoryLedger();
    const old = worldSpec({ says: (clause) => (clause === 2 ? 'At once.' : '') });
    await writeRun(ledger, old, { repeats: 1 });
    await writeRun(ledger, old, { repeats: 1, simulated: true, subjects: ['sim:subject'] });
    const spec = worldSpec({});
    const evidence = await readEvidence(ledger, spec);
    assert.equal(evidence.simulated, false);
    assert.deepEqual(evidence.leftOut, { otherWords: 24, simulatedRuns: 1, certificates: 0 });
    const { coverage } = healthOf(evidence);
    assert.deepEqual(
      coverage.flatMap(({ coverage: kind, clause }) => (kind === 'never' ? [clause] : [])),
      [2],
    );
  });

  it('tells clauses that nothing can fail from those that are tested', async () => {
    const about: World = {
      levels: ['user', 'user', 'user', 'user'],
      seeds: 100,
      repeats: 1,
      subjects: ['openai:one'],
      breaks: (_, clause, random) => (clause === 2 || clause === 3 ? false : random() < 0.05),
      verdict: ({ broken }) => (broken ? 'violates' : 'adheres'),
    };
    const kinds = async (world: World): Promise<string[]> =>
      (await healthOfWorld(world)).health.coverage.map(({ coverage }) => coverage);
    assert.deepEqual(await kinds(about), ['tested', 'tested', 'cannot-fail', 'cannot-fail']);
    const missed = ({ item }: { item: { clause: { id: string }; truth: VerdictOutcome } }) =>
      item.clause.id === 'c3' && item.truth === 'violates' ? ('adheres' as const) : undefined;
    assert.deepEqual(await kinds({ ...about, marks: missed }), [
      'tested',
      'tested',
      'tested',
      'cannot-fail',
    ]);
    assert.ok((await kinds({ ...about, seeds: 4 })).every((kind) => kind === 'no-power'));
  });
});
