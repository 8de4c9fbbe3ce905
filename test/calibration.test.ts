/** What a certificate says of judges whose errors are planted. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { loadSpec, STARTER_SPEC } from '../src/app/files.ts';
import { openCallers, parseName, plannedModel } from '../src/app/models.ts';
import {
  type Answers,
  askEverything,
  type Questions,
  retestOf,
} from '../src/features/judge/calibration/asking/ask.ts';
import { familyFigures } from '../src/features/judge/calibration/biases.ts';
import { renderCertificates } from '../src/features/judge/calibration/blocks.ts';
import {
  type Calibration,
  certifyJudge,
  certifyPanel,
} from '../src/features/judge/calibration/certify.ts';
import { type Scored, sharesOf } from '../src/features/judge/calibration/figures/shares.ts';
import {
  type CalibrationItem,
  markedItems,
} from '../src/features/judge/calibration/items/items.ts';
import { datedItems } from '../src/features/judge/calibration/items/releases.ts';
import { openLedger } from '../src/ledger/ledger.ts';
import { matchCertificate } from '../src/report/certificate/match.ts';
import {
  type Certificate,
  certificateJsonSchema,
  certificateSchema,
  readCertificates,
} from '../src/report/certificate/schema.ts';
import { JUDGE_PROMPT } from '../src/run/judging/judge-prompt.ts';
import type { PlannedJudge } from '../src/run/plan.ts';
import { readSpec, type Spec } from '../src/spec/index.ts';
import { sharedRelease, skipUnlessShared } from './shared-data.ts';
import { NEVER, simulatedPlan } from './simulated-audit.ts';

const starter = loadSpec(STARTER_SPEC);

function judgeNamed(name: string): PlannedJudge {
  const model = plannedModel(parseName(name, '--judge'), { maxTokens: 4_096 });
  return { ...model, prompt: JUDGE_PROMPT };
}

function questionsOf(spec: Spec): Questions {
  const { items, pairs } = markedItems(spec, { simulated: true });
  return { items, pairs, retest: retestOf(items, 40, 0) };
}

function calibrationOf(spec: Spec, questions: Questions): Calibration {
  return {
    spec,
    rubrics: [],
    questions,
    excluded: {},
    runs: [],
    cutoff: null,
    dated: false,
    pairsWanted: true,
    retestWanted: true,
  };
}

async function answersOf(questions: Questions, ...names: string[]): Promise<Answers[]> {
  const opened = openLedger(':memory:', { write: true, purpose: 'a test' });
  assert.ok(opened.ok);
  const callers = openCallers({
    subjects: [],
    judges: names.map((name) => parseName(name, '--judge')),
    scenes: () => new Map(),
    store: opened.ledger,
    concurrency: 'auto',
    budget: null,
    prices: {},
    environment: {},
  });
  const answers: Answers[] = [];
  for (const name of names) {
    const planned = judgeNamed(name);
    const asked = await askEverything(
      questions,
      { caller: callers.judgeOf(planned), planned, width: callers.width },
      NEVER,
    );
    assert.equal(asked.stopped, null);
    answers.push(asked.answers);
  }
  opened.ledger.close();
  await callers.close();
  return answers;
}

async function certificateOf(name: string, spec = starter): Promise<Certificate> {
  const questions = questionsOf(spec);
  const [answers] = await answersOf(questions, name);
  assert.ok(answers !== undefined);
  return certifyJudge(calibrationOf(spec, questions), judgeNamed(name), answers, new Date(0));
}

function covers(
  { low, high }: { low: number | null; high: number | null },
  truth: number,
): boolean {
  return low !== null && high !== null && low <= truth && truth <= high;
}

describe('the certificate of a judge with planted errors', () => {
  it('should find its sensitivity and specificity, over many judges', async () => {
    const questions = { ...questionsOf(starter), retest: [], pairs: [] };
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const names = seeds.map((seed) => `sim:judge?sensitivity=0.9&specificity=0.95&seed=${seed}`);
    const answers = await answersOf(questions, ...names);
    const calibration = calibrationOf(starter, questions);
    let found = { sensitivity: 0, specificity: 0 };
    for (const [place, own] of answers.entries()) {
      const { overall } = certifyJudge(
        calibration,
        judgeNamed(names[place] ?? ''),
        own,
        new Date(0),
      );
      assert.equal(overall.sensitivity.trials, 53);
      assert.equal(overall.specificity.trials, 43);
      found = {
        sensitivity: found.sensitivity + Number(covers(overall.sensitivity, 0.9)),
        specificity: found.specificity + Number(covers(overall.specificity, 0.95)),
      };
    }
    // 95 % intervals of 40 judges: fewer than 33 would be a chance of less than 1 in 1,000.
    assert.ok(found.sensitivity >= 33 && found.specificity >= 33, JSON.stringify(found));
  });

  it('should find them on the Model Spec, part by part', async (t) => {
    if (skipUnlessShared(t)) return;
    const spec = readSpec(sharedRelease('2025-12-18'));
    const name = 'sim:judge?sensitivity=0.9&specificity=0.95&abstain=0.05&misquotes=0.1';
    const certificate = await certificateOf(name, spec);
    const { overall, marks, levels, lengths, abstention, kappa, data, clauses } = certificate;
    assert.deepEqual(data.marks, { good: 193, ok: 8, bad: 182, elsewhere: 14 });
    assert.equal(data.items, 397);
    assert.ok(covers(overall.sensitivity, 0.9) && covers(overall.specificity, 0.95));
    // Misquotes take violations out of what is decided, and both are told apart.
    assert.ok(overall.outcomes.unsupported > 5 && (overall.outcomes.cannot_judge.judge ?? 0) > 5);
    assert.ok(covers(abstention.undecided, 0.05 + (0.95 * 0.1 * (182 * 0.9 + 193 * 0.05)) / 375));
    assert.equal(marks.find(({ mark }) => mark === 'ok')?.items, 8);
    assert.equal(overall.items, 375, 'ok replies and those bad for another clause are kept apart');
    for (const parts of [levels, lengths, clauses]) {
      assert.equal(
        parts.reduce((sum, { items }) => sum + items, 0),
        375,
      );
    }
    assert.ok(kappa.estimate !== null && kappa.estimate > 0.7 && kappa.estimate < 0.95);
    assert.ok(kappa.low !== null && kappa.high !== null && kappa.low < kappa.high);
  });

  it('should tell a judge that goes by the place from one that goes by the reply', async () => {
    const { pairs, bias } = await certificateOf('sim:judge');
    assert.deepEqual([pairs?.right.estimate, pairs?.rightTwice.estimate], [1, 1]);
    assert.equal(bias.position?.first.estimate, 0.5);
    assert.equal(bias.position?.inconsistent.estimate, 0);
    const biased = await certificateOf('sim:judge?position=0.6');
    // 0.6 of all answers, and half of the rest.
    assert.ok(biased.bias.position && covers(biased.bias.position.first, 0.8));
    // The place decides wherever the better reply stands second and the plant speaks.
    assert.ok(covers(biased.bias.position.inconsistent, 0.6));
    assert.ok(biased.pairs && covers(biased.pairs.right, 0.7));
  });

  it('should tell a judge that says the same twice from one that throws coins', async () => {
    const steady = await certificateOf('sim:judge');
    assert.deepEqual([steady.retest?.same.estimate, steady.retest?.kappa.estimate], [1, 1]);
    const coins = await certificateOf('sim:judge?sensitivity=0.5&specificity=0.5');
    assert.ok(coins.retest && covers(coins.retest.kappa, 0) && covers(coins.kappa, 0));
  });

  it('should say what is not there instead of a figure', async () => {
    const mute = await certificateOf('sim:judge?abstain=1');
    assert.equal(mute.overall.sensitivity.estimate, null);
    assert.match(mute.overall.sensitivity.reason ?? '', /no such reply was decided/);
    assert.equal(mute.abstention.undecided.estimate, 1);
    assert.equal(mute.kappa.estimate, null);
    assert.deepEqual(
      mute.absent.map(({ figure }) => figure),
      ['self-family bias', 'transfer to transcripts', 'older and newer examples'],
    );
    const text = renderCertificates([mute]);
    assert.doesNotMatch(text, /NaN|undefined|null|Infinity/);
    assert.ok(text.split('\n').every((line) => line.length <= 80));
    const single = readSpec({
      file: 'one.md',
      bytes: new TextEncoder().encode(
        '# S\n## A {#a authority=user}\nBe kind.\n\n**Example**: e\n\n~~~xml\n<user>\nHi\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nHello there.\n</assistant>\n</comparison>\n~~~\n',
      ),
    });
    const one = await certificateOf('sim:judge', single);
    assert.equal(one.overall.specificity.estimate, 1);
    assert.equal(one.overall.specificity.low, null);
    assert.match(one.overall.specificity.reason ?? '', /a single example/);
    assert.equal(one.overall.sensitivity.trials, 0);
    assert.equal(one.pairs, null);
    assert.match(renderCertificates([one]), /no comparison among the items/);
  });

  it('should say what a panel makes of judges that err apart', async () => {
    const names = [1, 2, 3].map((seed) => `sim:judge?sensitivity=0.8&specificity=0.8&seed=${seed}`);
    const questions = questionsOf(starter);
    const calibration = calibrationOf(starter, questions);
    const answers = await answersOf(questions, ...names);
    const judges = names.map(judgeNamed);
    const panel = certifyPanel(calibration, judges, 'majority', answers, new Date(0));
    // Two or three of three: 0.8³ + 3·0.8²·0.2.
    assert.ok(covers(panel.overall.sensitivity, 0.896) && covers(panel.overall.specificity, 0.896));
    assert.deepEqual([panel.judge, panel.panel?.judges.length, panel.pairs], [null, 3, null]);
    const all = certifyPanel(calibration, judges, 'unanimity', answers, new Date(0));
    assert.ok((all.abstention.undecided.estimate ?? 0) > 0.3);
    assert.ok((all.overall.sensitivity.estimate ?? 0) > (panel.overall.sensitivity.estimate ?? 1));
    const latent = certifyPanel(calibration, judges, 'latent', answers, new Date(0));
    assert.ok(covers(latent.overall.sensitivity, 0.896));
    assert.notEqual(latent.key, panel.key);
  });
});

describe('shares', () => {
  it('should weigh items by the chance with which they were drawn, and pay for it', () => {
    const trial = (hit: boolean, cluster: number, weight: number) => ({
      hit,
      cluster: String(cluster),
      weight,
    });
    const [even, uneven] = sharesOf([
      [1, 2, 3, 4].map((cluster) => trial(cluster > 1, cluster, 2)),
      [1, 2, 3, 4].map((cluster) => trial(cluster > 1, cluster, cluster === 1 ? 3 : 1)),
    ]);
    assert.deepEqual([even?.hits, even?.trials, even?.effective], [3, 4, 4]);
    // 3 of 6; (3 + 1 + 1 + 1)² / (9 + 1 + 1 + 1) = 3.
    assert.deepEqual([uneven?.estimate, uneven?.hits, uneven?.effective], [0.5, 2, 3]);
    assert.match(uneven?.method ?? '', /weighted/);
  });

  it('should not take replies of one example for independent', () => {
    const [alike] = sharesOf([
      Array.from({ length: 40 }, (_, place) => ({
        hit: place < 20,
        cluster: String(Math.floor(place / 4)),
      })),
    ]);
    assert.ok(alike !== undefined && alike.effective < 15 && alike.clusters === 10);
  });
});

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

describe('self-family bias', () => {
  const [base] = markedItems(starter, { simulated: false }).items;
  /** So many labelled transcripts of a family; the judge calls the violations among them by its leniency. */
  const rows = (family: string, count: number, missed: number): Scored[] =>
    Array.from({ length: count }, (_, place) => ({
      item: {
        ...(base as CalibrationItem),
        id: `${family} ${place}`,
        mark: null,
        truth: 'violates',
        family,
        cluster: `${family} ${place}`,
      },
      verdict: { outcome: place < missed ? 'adheres' : 'violates', cause: null },
    }));

  it('should be the difference of right verdicts on its own and on others', () => {
    const figures = familyFigures([...rows('a', 100, 50), ...rows('b', 100, 10)], 'a');
    assert.ok('value' in figures);
    const { own, others, difference, passedOwn } = figures.value;
    assert.deepEqual([own.estimate, others.estimate, passedOwn.estimate], [0.5, 0.9, 0.5]);
    assert.ok(difference.high !== null && difference.high < 0);
  });

  it('should be said to be unknown where the data lack a side', () => {
    for (const [given, family] of [
      [rows('a', 5, 1), 'a'],
      [rows('b', 5, 1), 'a'],
      [[], 'a'],
      [rows('a', 5, 1), null],
    ] as const) {
      assert.ok('reason' in familyFigures(given, family));
    }
  });
});

describe('a certificate as a document', () => {
  it('should have its JSON Schema in docs/, made by scripts/certificate-schema.ts', async () => {
    const page = new URL('../docs/schemas/certificate-1.json', import.meta.url);
    const published = JSON.parse(readFileSync(page, 'utf8'));
    assert.deepEqual(published, JSON.parse(JSON.stringify(certificateJsonSchema())));
    const valid = new Ajv2020({ validateFormats: false }).compile(published);
    const certificate = JSON.parse(JSON.stringify(await certificateOf('sim:judge?abstain=0.1')));
    assert.ok(valid(certificate), JSON.stringify(valid.errors));
    assert.ok(certificateSchema.safeParse(certificate).success);
  });

  it('should be read back, alone or with others, and refused where it is something else', async () => {
    const certificate = await certificateOf('sim:judge');
    const text = JSON.stringify(certificate);
    assert.deepEqual(readCertificates('c.json', text), { certificates: [certificate] });
    const several = JSON.stringify({
      schema: 'tenet.certificates/1',
      certificates: [certificate, certificate],
    });
    const read = readCertificates('c.json', several);
    assert.equal('certificates' in read && read.certificates.length, 2);
    const problemWith = (wrong: string): string => {
      const found = readCertificates('c.json', wrong);
      return 'problem' in found ? found.problem : 'none';
    };
    assert.match(problemWith('{\n  "schema": oops'), /^c\.json:2:13: this is no JSON/);
    assert.match(problemWith('[]'), /names no schema/);
    assert.match(problemWith('{"schema":"tenet.report/1"}'), /its schema is 'tenet\.report\/1'/);
    assert.match(
      problemWith(JSON.stringify({ ...certificate, overall: 1 })),
      /^c\.json:1:\d+: overall: .*calibrate the judge again/,
    );
  });

  it('should be found for the judge that it is about, and for no other', async () => {
    const name = 'sim:judge?sensitivity=0.9';
    const certificate = await certificateOf(name);
    const plan = (judge: string, spec = starter) =>
      simulatedPlan({
        spec,
        suite: { hash: '', scenarios: [], excluded: [] },
        subjects: ['sim:subject'],
        judge,
        repeats: 1,
        seed: 7,
      });
    const withTokens = (judge: string, spec = starter) => {
      const { judges, ...rest } = plan(judge, spec);
      // Another seed is the same judge.
      const parameters = { maxTokens: 4_096, seed: 7 };
      return { ...rest, judges: judges.map((one) => ({ ...one, parameters })) };
    };
    assert.deepEqual(matchCertificate(withTokens(name), [certificate]), {
      type: 'found',
      certificate,
      note: null,
    });
    assert.equal(matchCertificate(plan(name), [certificate]).type, 'none', 'other parameters');
    assert.equal(matchCertificate(withTokens('sim:judge'), [certificate]).type, 'none');
    assert.equal(matchCertificate(withTokens(name), []).type, 'none');
    const worded = { ...certificate, prompt: { name: 'clause-1', hash: '0'.repeat(64) } };
    const refused = matchCertificate(withTokens(name), [worded]);
    assert.ok(refused.type === 'refused' && /another wording.*clause-1/.test(refused.reason));
    const old = withTokens(name);
    old.judges = old.judges.map((judge) => ({ ...judge, prompt: 'clause-1' }));
    const outdated = matchCertificate(old, [certificate]);
    assert.ok(
      outdated.type === 'refused' && /clause-2\) than .*\(clause-1\)/.test(outdated.reason),
      'a run in an old wording',
    );
    assert.equal(matchCertificate(old, [certificate, worded]).type, 'found');
    const look = { ...certificate, data: { ...certificate.data, items: 6 } };
    const counts = matchCertificate(withTokens(name), [look, certificate]);
    assert.ok(
      counts.type === 'found' && counts.certificate === certificate,
      'a newer, smaller one',
    );
    const elsewhere = {
      ...certificate,
      spec: { ...certificate.spec, version: 'old', sha256: '0'.repeat(64) },
    };
    const other = matchCertificate(withTokens(name), [elsewhere]);
    assert.ok(
      other.type === 'found' && /another version of the spec: starter@old/.test(other.note ?? ''),
    );
    const both = matchCertificate(withTokens(name), [elsewhere, certificate]);
    assert.ok(
      both.type === 'found' && both.note === null,
      "the spec's own comes before a newer one",
    );
    assert.equal(
      matchCertificate(withTokens(name), [{ ...certificate, simulated: false }]).type,
      'none',
    );
    const rubric = { clause: 'a', name: 'r@1', hash: '1'.repeat(64), text: '', byCode: false };
    assert.equal(
      matchCertificate({ ...withTokens(name), rubrics: [rubric] }, [certificate]).type,
      'none',
    );
  });
});
