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
import { reportSchema } from '../../../../test/report-document.ts';
import { comparisonSchema } from './schema.ts';

describe('tenet compare', () => {
  let folder: Folder;
  let user: User;
  let good = '';
  let weak = '';
  let two = '';
  const audited = async (...args: string[]): Promise<string> => {
    const flags = ['--judge', 'sim:judge', '--limit', '40', '--repeats', '2', '--json'];
    const ran = await user.run('audit', ...flags, ...args);
    assert.equal(ran.code, 0, ran.stderr);
    return reportSchema.parse(JSON.parse(ran.stdout)).run.id;
  };
  before(async () => {
    folder = temporaryFolder();
    user = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    good = await audited('--subject', 'sim:subject?violates=0.01');
    weak = await audited('--subject', 'sim:subject?violates=0.4');
    two = await audited('--subject', 'sim:subject?seed=x', '--subject', 'sim:subject?seed=y');
  });
  after(() => folder[Symbol.dispose]());

  it('says how far two runs are apart, and which transcripts moved', async () => {
    const { code, stdout } = await user.run('compare', weak, good);
    assert.equal(code, 0);
    const lines = stdout.trimEnd().split('\n');
    assert.match(lines[0] ?? '', STAMP);
    assert.match(lines.at(-1) ?? '', STAMP);
    for (const line of lines) assert.ok(line.length <= 80, line);
    assert.match(stdout, /^Paired: \d+ cases that both runs judged/m);
    assert.match(stdout, /^overall +\d+ %° +\d+ %° +\d+ +−\d+° \[−\d+, −\d+\]$/m);
    assert.match(stdout, /^ {2}#\w+ {2}violates \(t\d+\) → adheres \(t\d+\)$/m);
    const [, first, transcript] = /^Read them: tenet show (\w+) (t\d+) /m.exec(stdout) ?? [];
    assert.equal((await user.run('show', first ?? '', transcript ?? '')).code, 0);
  });

  it('prints all of it as data, as Markdown and as a page', async () => {
    const json = await user.run('compare', weak, good, '--json');
    const { comparisons, simulated } = comparisonSchema.parse(JSON.parse(json.stdout));
    const [comparison] = comparisons;
    assert.ok(simulated && comparison !== undefined && comparisons.length === 1);
    const markdown = (await user.run('compare', weak, good, '--format', 'markdown')).stdout;
    const page = (await user.run('compare', weak, good, '--format', 'html')).stdout;
    for (const { id } of comparison.clauses) {
      assert.ok(markdown.includes(`\`#${id}\``), id);
      assert.ok(page.includes(`#${id}<`), id);
    }
    assert.equal(
      markdown.match(/(?:adheres|violates) \(`t\d+`\) \|$/gm)?.length,
      comparison.changes.length,
    );
    assert.match(markdown, /\| p adjusted \|/);
  });

  it('takes the subject that is named, and each that both runs have', async () => {
    const flags = ['--subject', 'sim:subject?violates=0.4', '--subject', 'sim:subject?seed=y'];
    const named = await user.run('compare', weak, two, ...flags, '--json');
    const [only] = comparisonSchema.parse(JSON.parse(named.stdout)).comparisons;
    assert.deepEqual(
      [only?.first.subject, only?.second.subject],
      ['sim:subject?violates=0.4', 'sim:subject?seed=y'],
    );
    assert.deepEqual(only?.noteData, []);
    const both = await user.run('compare', two, two, '--json');
    assert.equal(comparisonSchema.parse(JSON.parse(both.stdout)).comparisons.length, 2);
  });

  it('says in a note what else differs, in words and as data', async () => {
    const other = await audited('--subject', 'sim:subject?violates=0.01', '--temperature', '0.5');
    const ran = await user.run('compare', good, other, '--json');
    const [comparison] = comparisonSchema.parse(JSON.parse(ran.stdout)).comparisons;
    assert.deepEqual(comparison?.notes, ["The subjects' parameters differ."]);
    assert.deepEqual(comparison?.noteData, [{ code: 'parameters-differ', data: {} }]);
  });

  it('says why there is nothing to compare', async () => {
    const cases: [string[], RegExp, string][] = [
      [
        [weak, two],
        /^tenet: --subject: the runs have no subject in common\. The first/,
        'no-subjects-to-compare',
      ],
      [
        [weak, two, '--subject', 'nobody'],
        /: the first run has no subject 'nobody'\./,
        'no-subjects-to-compare',
      ],
      [[weak, 'nowhere'], /nowhere: there is no such run/, 'no-such-run'],
      [[weak, good, '--clauses', 'no_such'], /^tenet: --clauses: /, 'wrong-query'],
    ];
    for (const [args, said, code] of cases) {
      const ran = await user.run('compare', ...args, '--json');
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, said);
      assert.equal(JSON.parse(ran.stdout).code, code);
    }
  });
});
