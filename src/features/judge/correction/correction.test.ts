import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import {
  type Folder,
  NO_NETWORK,
  temporaryFolder,
  type User,
  userIn,
} from '../../../../test/command.ts';
import { type Report, reportSchema } from '../../../../test/report-document.ts';
import { openLedger } from '../../../ledger/ledger.ts';
import { collect } from '../../../ledger/pages.ts';
import type { ReportCorrectedRate, ReportMeasure } from '../../../report/schema.ts';
import { view } from '../../../run/transcript/view.ts';
import { seededRandom } from '../../../stats/random.ts';

const JUDGE = 'sim:judge?sensitivity=0.8&specificity=0.85';
const ADHERES = 0.9;

/** What the stamp of a simulated reply says of each case, as a person would see it who is never wrong. */
async function truths(
  path: string,
  run: string,
): Promise<{ transcript: string; clause: string; adheres: boolean }[]> {
  const opened = await openLedger(path, { write: false });
  assert.ok(opened.ok);
  await using ledger = opened.ledger;
  const found = await ledger.runs.find(run);
  assert.ok('run' in found);
  const { ordinal } = found.run;
  const said: Awaited<ReturnType<typeof truths>> = [];
  for (const { index } of await collect(ledger.runs.samples(ordinal))) {
    const sample = await ledger.runs.sample(ordinal, index);
    const { messages } = view(sample?.sample.transcript ?? [], { reader: 'judge' });
    const reply = messages.at(-1)?.content ?? '';
    const stamp = reply.slice(reply.lastIndexOf('[SIMULATED:'));
    const broken = /breaks ([^;\]]*)/.exec(stamp)?.[1] ?? '';
    for (const { clause } of sample?.verdicts ?? []) {
      const adheres = !broken.split(' ').includes(`#${clause}`);
      said.push({ transcript: `t${index + 1}`, clause, adheres });
    }
  }
  return said;
}

function holds({ low, high }: { low: number | null; high: number | null }, rate: number): boolean {
  return low !== null && high !== null && low <= rate && rate <= high;
}

describe('rates behind a judge that errs', () => {
  let folder: Folder;
  let user: User;
  let run = '';
  const report = async (...flags: string[]): Promise<Report> => {
    const ran = await user.run('report', run, '--format', 'json', ...flags);
    assert.equal(ran.code, 0, ran.stderr);
    return reportSchema.parse(JSON.parse(ran.stdout));
  };
  const overall = ({ subjects }: Report): ReportMeasure => {
    const [subject] = subjects;
    assert.ok(subject !== undefined);
    return subject.overall;
  };
  const auditOf = (): string[] => {
    const subject = `sim:subject?violates=${(1 - ADHERES).toFixed(2)}`;
    return ['audit', '--subject', subject, '--judge', JUDGE, '--repeats', '4', '--json'];
  };
  before(async () => {
    folder = temporaryFolder();
    user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const ran = await user.run(...auditOf());
    assert.equal(ran.code, 0, ran.stderr);
    run = reportSchema.parse(JSON.parse(ran.stdout)).run.id;
  });
  after(() => folder[Symbol.dispose]());

  it('are marked as unmeasured on every figure, and not corrected, without a certificate', async () => {
    const before = await report();
    for (const { overall: all, levels, clauses } of before.subjects) {
      for (const { rate, corrected } of [all, ...levels, ...clauses]) {
        assert.equal(rate.judge, 'unmeasured');
        assert.equal(corrected?.preferred, null);
        assert.equal(corrected.roganGladen.estimate, null);
        assert.match(corrected.roganGladen.reason ?? '', /no certificate of this judge/);
      }
    }
    assert.equal(holds(overall(before).rate, ADHERES), false, 'the judge was to mislead');
    const { stdout } = await user.run('report', run);
    const table = stdout.split('By clause')[0] ?? '';
    const rates = table.match(/\d+ %\S? +\[/g) ?? [];
    assert.ok(rates.length > 5);
    assert.deepEqual(
      rates.filter((rate) => !rate.includes('°')),
      [],
    );
  });

  it('are held by the interval that the certificate gives', async () => {
    const file = folder.at('certificate.json');
    const ran = await user.run('judge', 'calibrate', '--judge', JUDGE, '--certificate', file);
    assert.equal(ran.code, 0, ran.stderr);
    const measured = await report();
    const { rate, corrected } = overall(measured);
    assert.equal(rate.judge, 'measured');
    assert.equal(corrected?.preferred, 'roganGladen');
    assert.ok(holds(corrected.roganGladen, ADHERES), JSON.stringify(corrected.roganGladen));
    assert.equal(measured.instrument?.transfer, null);
    assert.equal(measured.run.simulated, true);
    assert.equal(
      measured.findings.some(({ code }) => code === 'errors-unmeasured'),
      false,
    );
  });

  it('are refused where a named certificate is about another judge or another wording', async () => {
    const text = readFileSync(folder.at('certificate.json'), 'utf8');
    const reworded = JSON.parse(text);
    reworded.prompt.hash = 'f'.repeat(64);
    const wrong: [string, string, RegExp][] = [
      ['prompt', JSON.stringify(reworded), /another wording of the question.*calibrate it again/],
      [
        'judge',
        text.replace(/"key": "[0-9a-f]{4}/, '"key": "0000'),
        /no certificate of this judge/,
      ],
      [
        'real',
        text.replace('"simulated": true', '"simulated": false'),
        /no certificate of this judge/,
      ],
      ['broken', text.slice(0, 50), /broken\.json:\d+:\d+: this is no JSON/],
      ['other', '{"schema":"tenet.report/1"}', /other\.json: this is no certificate/],
    ];
    for (const [name, content, said] of wrong) {
      const file = folder.at(`${name}.json`);
      writeFileSync(file, content);
      const ran = await user.run('report', run, '--certificate', file);
      assert.equal(ran.code, 2, name);
      assert.match(ran.stderr, said);
      assert.equal(ran.stdout, '');
    }
  });

  it('go by people’s labels where there are some, and say how far the certificate holds', async () => {
    const random = seededRandom(7);
    const rows = (await truths(folder.at('.tenet', 'ledger.db'), run))
      .filter(() => random() < 0.4)
      .map(({ transcript, clause, adheres }) =>
        [transcript, clause, adheres ? 'adheres' : 'violates', 'ada'].join(','),
      );
    const file = folder.at('labels.csv');
    const label = async (some: readonly string[]): Promise<Report> => {
      writeFileSync(file, `transcript,clause,outcome,person\n${some.join('\n')}\n`);
      const ran = await user.run('label', run, '--import', file);
      assert.equal(ran.code, 0, ran.stderr);
      return report();
    };
    const few = overall(await label(rows.slice(0, 3))).corrected;
    assert.equal(few?.predictionPowered.labels, 3);
    assert.equal(few.preferred, 'roganGladen', 'three labels are not enough to go by');
    const labelled = await label(rows);
    const { corrected } = overall(labelled);
    assert.equal(corrected?.preferred, 'predictionPowered');
    assert.equal(corrected.predictionPowered.labels > 50, true);
    assert.ok(
      holds(corrected.predictionPowered, ADHERES),
      JSON.stringify(corrected.predictionPowered),
    );
    const width = ({ low, high }: ReportCorrectedRate): number => (high ?? 1) - (low ?? 0);
    const { roganGladen, predictionPowered } = corrected;
    assert.ok(width(predictionPowered) < width(roganGladen));
    const { transfer, labels } = labelled.instrument ?? {};
    assert.equal(labels?.people, 1);
    assert.ok(holds(transfer?.sensitivity ?? { low: null, high: null }, 0));
    assert.match((await user.run('report', run)).stdout, /by labels/);
    const offline = await user.run(...auditOf(), '--offline');
    assert.deepEqual(reportSchema.parse(JSON.parse(offline.stdout)), labelled);
  });

  it('are not corrected by a judge that is no better than chance, and the report says why', async () => {
    const coin = 'sim:judge?sensitivity=0.4&specificity=0.5';
    const calibrated = await user.run('judge', 'calibrate', '--judge', coin, '--no-pairs');
    assert.equal(calibrated.code, 0, calibrated.stderr);
    const audit = ['audit', '--subject', 'sim:subject', '--judge', coin];
    const { stdout: text } = await user.run(...audit);
    assert.match(
      text,
      /Not corrected by the certificate: the judge was right no\s+more\s+often\s+than\s+chance: sensitivity 0\.\d+ \+ specificity 0\.\d+ is not\s+above 1\./,
    );
    const { stdout: markdown } = await user.run('report', '--format', 'markdown');
    assert.match(
      markdown,
      /Not corrected by the certificate: the judge was right no more often than chance/,
    );
  });

  it('are not corrected by a certificate that knows no error of the judge', async () => {
    const cases: [string, string[]][] = [
      ['sim:judge?abstain=1', []],
      ['sim:judge?seed=one', ['--clauses', 'fit_the_form']],
    ];
    for (const [judge, flags] of cases) {
      const calibrated = await user.run('judge', 'calibrate', '--judge', judge, ...flags);
      assert.equal(calibrated.code, 0, calibrated.stderr);
      assert.match(calibrated.stderr, /Kept in the ledger, but no rate is corrected by it: /);
      const ran = await user.run('audit', '--judge', judge, '--limit', '20', '--json');
      const audited = reportSchema.parse(JSON.parse(ran.stdout));
      assert.equal(audited.instrument?.certificate, null);
      assert.match(audited.instrument.reason ?? '', /verdicts on fewer than two examples/);
      for (const { overall: all, levels, clauses } of audited.subjects) {
        for (const { rate, corrected } of [all, ...levels, ...clauses]) {
          assert.equal(rate.judge, 'unmeasured');
          assert.equal(corrected?.roganGladen.estimate, null);
        }
      }
    }
  });

  it('say under how many of the clauses the judge was measured', async () => {
    const judge = 'sim:judge?seed=part';
    const part = ['--clauses', 'tell_the_truth, do_not_flatter'];
    await user.run('judge', 'calibrate', '--judge', judge, ...part);
    const { stdout } = await user.run('audit', '--judge', judge, '--subject', 'sim:subject');
    assert.match(stdout, /It was measured under 2 of the 27 clauses tested here\./);
    assert.match(stdout, /Never attacked: tenet judge attack says what misleads it\./);
  });

  it('go by few labels too where these refute the certificate, which is held against its marks', async () => {
    const judge = 'sim:judge?seed=refuted';
    await user.run('judge', 'calibrate', '--judge', judge);
    const audit = ['audit', '--judge', judge, '--subject', 'sim:subject?violates=0.3'];
    const ran = await user.run(...audit, '--json');
    const { id } = reportSchema.parse(JSON.parse(ran.stdout)).run;
    const wrong = await truths(folder.at('.tenet', 'ledger.db'), id);
    const rows = [true, false].flatMap((adheres) =>
      wrong
        .filter((one) => one.adheres === adheres)
        .slice(0, 8)
        .map(({ transcript, clause }) =>
          [transcript, clause, adheres ? 'violates' : 'adheres', 'ada'].join(','),
        ),
    );
    const file = folder.at('refuting.csv');
    writeFileSync(file, `transcript,clause,outcome,person\n${rows.join('\n')}\n`);
    assert.equal((await user.run('label', id, '--import', file)).code, 0);
    const judged = async (): Promise<Report> => {
      const { stdout } = await user.run('report', id, '--format', 'json');
      return reportSchema.parse(JSON.parse(stdout));
    };
    const refuted = await judged();
    assert.ok((refuted.instrument?.transfer?.sensitivity.high ?? 0) < -0.2);
    assert.equal(overall(refuted).corrected?.predictionPowered.labels, 16);
    assert.equal(overall(refuted).corrected?.preferred, 'predictionPowered');
    const withoutLabels = refuted.subjects
      .flatMap(({ levels, clauses }) => [...levels, ...clauses])
      .filter(({ corrected }) => corrected?.predictionPowered.estimate === null);
    assert.ok(withoutLabels.length > 5);
    for (const { corrected } of withoutLabels) {
      assert.notEqual(corrected?.roganGladen.estimate, null);
      assert.equal(corrected?.preferred, null, 'a refuted certificate is none to go by');
    }
    assert.match((await user.run('report', id)).stdout, /So it does not\s+hold\s+here\./);
    await user.run('judge', 'calibrate', '--judge', judge, '--run', id);
    const again = await judged();
    assert.notEqual(again.instrument?.certificate?.hash, refuted.instrument?.certificate?.hash);
    assert.deepEqual(again.instrument?.transfer, refuted.instrument?.transfer);
  });

  it('can be what a gate goes by', async () => {
    const gate = (corrected: boolean): string => {
      const file = folder.at('gate.yaml');
      const asked = corrected ? '    corrected: true\n' : '';
      writeFileSync(
        file,
        `policy: tenet.policy/1\ngates:\n  - overall: true\n    adherence: 0.83\n${asked}`,
      );
      return file;
    };
    assert.equal((await user.run('gate', run, '--policy', gate(false))).code, 1);
    assert.equal((await user.run('gate', run, '--policy', gate(true))).code, 0);
  });
});
