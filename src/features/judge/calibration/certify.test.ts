import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sharedRelease, skipUnlessShared } from '../../../../test/shared-data.ts';
import { readSpec } from '../../../spec/index.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { certificatesBlocks } from './blocks.ts';
import { certifyJudge, certifyPanel } from './certify.ts';
import {
  answersOf,
  calibrationOn,
  certificateOf,
  covers,
  judgeNamed,
  starter,
} from './planted.fixture.ts';

describe('the certificate of a judge with planted errors', () => {
  it('should find its sensitivity and specificity, over many judges', async () => {
    const calibration = calibrationOn(starter, { retest: 0, pairs: false });
    const { questions } = calibration;
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const names = seeds.map((seed) => `sim:judge?sensitivity=0.9&specificity=0.95&seed=${seed}`);
    const answers = await answersOf(questions, ...names);
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
    const text = toTerminal(certificatesBlocks([mute]));
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
    assert.match(toTerminal(certificatesBlocks([one])), /no comparison among the items/);
  });

  it('should say what a panel makes of judges that err apart', async () => {
    const names = [1, 2, 3].map((seed) => `sim:judge?sensitivity=0.8&specificity=0.8&seed=${seed}`);
    const calibration = calibrationOn(starter);
    const { questions } = calibration;
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
