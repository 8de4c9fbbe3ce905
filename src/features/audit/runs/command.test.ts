import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type Folder,
  NO_NETWORK,
  STAMP,
  temporaryFolder,
  type User,
  userIn,
} from '../../../../test/command.ts';
import { type Report, reportSchema } from '../../../../test/report-document.ts';
import { madeUpLedger } from '../../../report/made-up.fixture.ts';
import { readTranscript } from './read-transcript.ts';
import { runsSchema, transcriptSchema } from './schema.ts';

const JUDGES = ['sim:judge?sensitivity=0.7', 'sim:judge?seed=2', 'sim:judge?seed=3'];

describe('what a ledger holds', () => {
  let folder: Folder;
  let user: User;
  let one: Report;
  let panel: Report;
  const audited = async (...args: string[]): Promise<Report> => {
    const subject = ['--subject', 'sim:subject?violates=0.4'];
    const ran = await user.run('audit', '--limit', '12', ...subject, ...args, '--json');
    assert.equal(ran.code, 0, ran.stderr);
    return reportSchema.parse(JSON.parse(ran.stdout));
  };
  before(async () => {
    folder = temporaryFolder();
    user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    one = await audited('--judge', 'sim:judge');
    panel = await audited(...JUDGES.flatMap((name) => ['--judge', name]));
  });
  after(() => folder[Symbol.dispose]());

  describe('tenet runs', () => {
    it('should list the runs with who was asked and how far each came, the oldest first', async () => {
      const { code, stdout } = await user.run('runs');
      assert.equal(code, 0);
      const lines = stdout.split('\n');
      assert.ok(lines.every((line) => line.length <= 80));
      const first = stdout.indexOf(one.run.id);
      assert.ok(first !== -1 && first < stdout.indexOf(panel.run.id));
    });

    it('should print them as data', async () => {
      const { runs } = runsSchema.parse(JSON.parse((await user.run('runs', '--json')).stdout));
      assert.deepEqual(
        runs.map(({ id }) => id),
        [one.run.id, panel.run.id],
      );
      assert.partialDeepStrictEqual(runs[0], {
        state: 'finished',
        simulated: true,
        samples: { planned: 12, finished: 12 },
        subjects: ['sim:subject?violates=0.4'],
        judges: ['sim:judge'],
      });
    });

    it('should be an empty list, and no error, where nothing was run yet', async () => {
      using empty = temporaryFolder();
      const nobody = userIn(empty.path);
      const said = await nobody.run('runs');
      assert.deepEqual([said.code, said.stdout], [0, '']);
      assert.match(said.stderr, /no runs yet\. 'tenet audit' makes one\./);
      const data = await nobody.run('runs', '--json');
      assert.deepEqual([data.code, data.stderr], [0, '']);
      assert.deepEqual(runsSchema.parse(JSON.parse(data.stdout)).runs, []);
    });
  });

  describe('tenet report', () => {
    it('should be the report that the audit ended with, in whatever form', async () => {
      const json = await user.run('report', one.run.id, '--format', 'json');
      assert.deepEqual(reportSchema.parse(JSON.parse(json.stdout)), one);
      const { stdout: text } = await user.run('report', one.run.id.slice(0, 6));
      assert.match(text.split('\n')[0] ?? '', STAMP);
      assert.ok(text.split('\n').every((line) => line.length <= 80));
      const { stdout: markdown } = await user.run('report', one.run.id, '--format', 'markdown');
      const { stdout: page } = await user.run('report', one.run.id, '--format', 'html');
      for (const { id } of one.subjects[0]?.clauses ?? []) {
        assert.ok(markdown.includes(`\`#${id}\``), id);
        assert.ok(page.includes(`#${id}<`), id);
      }
      assert.doesNotMatch(page, /<script|<link|<img|javascript:| src=/i);
    });

    it('should be about the latest run where none is named, and show every clause with --all', async () => {
      const { stdout } = await user.run('report');
      assert.match(stdout, new RegExp(panel.run.id));
      const all = (await user.run('report', '--all')).stdout;
      for (const { id } of panel.subjects[0]?.clauses ?? []) assert.ok(all.includes(`#${id}`), id);
      assert.ok(all.length > stdout.length);
    });

    it('should tell its findings as data beside their sentences', () => {
      for (const { code, text, data } of one.findings) {
        assert.ok(code !== '' && text !== '');
        assert.equal(typeof data, 'object', code);
      }
      const critical = one.findings.find(({ code }) => code === 'critical-violations');
      assert.partialDeepStrictEqual(critical?.data, { subject: 'sim:subject?violates=0.4' });
    });
  });

  describe('tenet show', () => {
    it('should show a transcript with its verdicts', async () => {
      const { code, stdout } = await user.run('show', one.run.id, 't3');
      assert.equal(code, 0);
      assert.match(stdout, /t3\b/);
      const json = (await user.run('show', one.run.id, 't3', '--json')).stdout;
      const shown = transcriptSchema.parse(JSON.parse(json));
      assert.partialDeepStrictEqual(shown, { run: one.run.id, id: 't3', simulated: true });
      assert.equal(shown.panel, undefined);
      for (const { clause } of shown.verdicts) assert.ok(stdout.includes(`#${clause}`));
    });

    it('should say what a panel came to, and by whose verdicts', async () => {
      const json = (await user.run('show', panel.run.id, 't1', '--json')).stdout;
      const { verdicts, panel: came } = transcriptSchema.parse(JSON.parse(json));
      const [row] = came ?? [];
      assert.equal(verdicts.length, JUDGES.length * (came?.length ?? 0));
      assert.ok(row !== undefined && row.by.length >= 2);
      for (const judge of row.by) {
        assert.ok(
          verdicts.some((one) => one.judge === judge && one.outcome === row.outcome),
          `judge ${judge}`,
        );
      }
      const { stdout } = await user.run('show', panel.run.id, 't1');
      const said = `Panel on #${row.clause}, by majority: ${row.outcome}`;
      assert.ok(stdout.replaceAll(/\s+/g, ' ').includes(said), stdout);
    });
  });

  it('should say what is not there', async () => {
    const cases: [string[], string, RegExp][] = [
      [['report', 'feed'], 'no-such-run', /^tenet: feed: there is no such run in /],
      [
        ['show', one.run.id, 't13'],
        'no-such-transcript',
        /t13: run \w+ has the transcripts t1 to t12\./,
      ],
      [['show', one.run.id, 'x'], 'no-such-transcript', /x: run/],
      [['report', '--ledger', folder.at('none.db')], 'ledger', /none\.db/],
    ];
    for (const [args, code, said] of cases) {
      const ran = await user.run(...args, '--json');
      assert.equal(ran.code, 2, args.join(' '));
      assert.match(ran.stderr, said);
      assert.equal(JSON.parse(ran.stdout).code, code);
    }
  });

  it('should say of a transcript that nobody asked for yet how to come to it', async () => {
    const { ledger, run } = await madeUpLedger(
      { decide: ({ index }) => (index === 2 ? null : {}) },
      { state: 'stopped' },
    );
    assert.equal((await readTranscript(ledger, run, 't2')).sample.index, 1);
    const expected = { code: 'not-asked-yet', data: { name: 't3', run: run.id } };
    await assert.rejects(() => readTranscript(ledger, run, 't3'), expected);
  });
});
