import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { temporaryFolder, userIn } from '../../../../test/command.ts';
import { type Report, reportSchema } from '../../../../test/report-document.ts';

/** A subject that breaks a clause in one reply of five, each reply for itself, and one that never does. */
const AUDIT = [
  'audit',
  '--subject',
  'sim:subject?violates=0.2',
  '--subject',
  'sim:subject?violates=0',
];
const JUDGE = ['--judge', 'sim:judge'];

function holds(rate: { low: number | null; high: number | null } | undefined, truth: number): void {
  assert.ok(rate !== undefined && rate.low !== null && rate.high !== null);
  assert.ok(rate.low <= truth && truth <= rate.high, `[${rate.low}, ${rate.high}] and ${truth}`);
}

describe('an audit that asks everything three times', () => {
  it('tells what was planted: all of k, broken within k, and what may still be there unseen', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const { code, stdout } = await user.run(...AUDIT, ...JUDGE, '--repeats', '3', '--json');
    assert.equal(code, 0);
    const report: Report = reportSchema.parse(JSON.parse(stdout));
    const [breaking, keeping] = report.subjects;
    const [two, three] = breaking?.consistency?.overall ?? [];
    holds(two, 0.8 ** 2);
    holds(three, 0.8 ** 3);
    holds(breaking?.consistency?.prohibitions?.together, 1 - 0.8 ** 3);
    assert.equal(keeping?.consistency?.overall[1]?.estimate, 1);
    assert.equal(keeping?.consistency?.prohibitions?.together.estimate, 0);
    for (const { atMost, counts } of report.subjects.flatMap(({ clauses }) => clauses)) {
      if (counts.violates > 0) assert.equal(atMost, undefined);
      else assert.ok(atMost !== undefined && atMost > 0.1 && atMost < 1, `${atMost}`);
    }
    const printed = await user.run('report');
    assert.match(printed.stdout, /all of 3 repeats adhere\n/);
    assert.match(printed.stdout, /SIMULATED/);
  });

  it('is told beforehand what it can show; a plan that chooses as it goes says neither', async () => {
    using folder = temporaryFolder();
    const user = userIn(folder.path);
    const plan = await user.run(...AUDIT, ...JUDGE, '--repeats', '3', '--dry-run', '--json');
    const { detectable } = JSON.parse(plan.stdout);
    assert.equal(detectable.against, 'subject');
    assert.ok(detectable.overall.drop > 0.05 && detectable.overall.drop < 0.25);
    const text = await user.run(...AUDIT, ...JUDGE, '--repeats', '3', '--dry-run');
    assert.match(text.stdout, /What it can show with 80 % chance/);

    const chosen = [...AUDIT, ...JUDGE, '--limit', '5', '--precision', '0.2'];
    const sequential = await user.run(...chosen, '--dry-run', '--json');
    assert.doesNotMatch(sequential.stdout, /"detectable"/);
    const ran = await user.run(...chosen, '--json');
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stdout, /"spending"/);
    assert.doesNotMatch(ran.stdout, /"consistency"|"atMost"/);
  });
});
