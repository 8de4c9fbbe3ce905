/** Several clauses in one judge call: refused until nothing is lost by it, and then the same verdicts for less. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import {
  type Folder,
  NO_NETWORK,
  temporaryFolder,
  type User,
  userIn,
} from '../../../../test/command.ts';
import { reportSchema } from '../../../../test/report-document.ts';
import { openLedger } from '../../../ledger/ledger.ts';

const CLAUSES = ['honest', 'brief', 'kind', 'careful', 'plain', 'calm'];

/** A spec with enough marked replies to rule a loss of five points out, and scenarios on several clauses at once. */
function writeFiles(folder: Folder): { spec: string; suite: string } {
  const example = (clause: string, number: number): string => `**Example**: ${clause} ${number}

~~~xml
<user>
Question ${number} about being ${clause}.
</user>
<comparison>
<assistant> <!-- GOOD -->
This is reply ${number}, which is ${clause} from beginning to end.
</assistant>
<assistant> <!-- BAD -->
This is the other reply ${number}, which is anything but ${clause}.
</assistant>
</comparison>
~~~
`;
  const clauses = CLAUSES.map((clause) =>
    [
      `# Be ${clause} {#${clause} kind=rule authority=user}\n\nThe assistant must be ${clause}.\n`,
      ...Array.from({ length: 20 }, (_, place) => example(clause, place + 1)),
    ].join('\n'),
  );
  writeFileSync(folder.at('spec.md'), `---\nid: traits\n---\n\n${clauses.join('\n')}`);
  const scenarios = [CLAUSES, CLAUSES.slice(0, 3), ['calm']].flatMap((tested, group) =>
    Array.from({ length: 6 }, (_, place) => ({
      id: `s${group}-${place}`,
      clauses: tested,
      messages: [{ role: 'user', content: `Please answer, ${group} and ${place}.` }],
    })),
  );
  writeFileSync(folder.at('suite.jsonl'), scenarios.map((one) => JSON.stringify(one)).join('\n'));
  return { spec: 'spec.md', suite: 'suite.jsonl' };
}

interface Stored {
  calls: number;
  input: number;
  verdicts: string[];
}

/** What the newest run of a ledger was judged in, and how. */
async function newestRun(folder: Folder): Promise<Stored> {
  using database = new DatabaseSync(folder.at('.tenet', 'ledger.db'), { readOnly: true });
  const rows = database
    .prepare(
      `SELECT position, clause, outcome, severity, calls FROM verdicts
       WHERE run = (SELECT MAX(ordinal) FROM runs) ORDER BY position, clause`,
    )
    .all();
  const hashes = new Set(rows.flatMap(({ calls }) => String(calls).split(' ')));
  const opened = await openLedger(folder.at('.tenet', 'ledger.db'), { write: false });
  assert.ok(opened.ok);
  await using ledger = opened.ledger;
  const inputOf = async (hash: string): Promise<number> => {
    const answer = (await ledger.calls.find(hash, true))?.answer;
    assert.ok(answer?.type === 'reply', hash);
    return answer.usage.input ?? 0;
  };
  return {
    calls: hashes.size,
    input: (await Promise.all([...hashes].map(inputOf))).reduce((sum, own) => sum + own, 0),
    verdicts: rows.map(({ calls: _, ...verdict }) => JSON.stringify(verdict)),
  };
}

const CLEAN = 'sim:judge?sensitivity=0.9&specificity=0.95&abstain=0.05';
const LOSSY = `${CLEAN}&batched=0.15`;

describe('batches of clauses', () => {
  it('should be refused without a certificate or with a loss, and change nothing but the cost without one', async () => {
    using folder = temporaryFolder();
    const { spec, suite } = writeFiles(folder);
    const user: User = userIn(folder.path, { NODE_OPTIONS: NO_NETWORK });
    const audit = (judge: string, ...more: string[]) =>
      user.run(
        ...['audit', '--spec', spec, '--suite', suite, '--subject', 'sim:subject?violates=0.3'],
        ...['--judge', judge, '--json', ...more],
      );
    const calibrate = (judge: string, ...more: string[]) =>
      user.run('judge', 'calibrate', '--judge', judge, '--spec', spec, '--no-pairs', ...more);

    const unmeasured = await audit(CLEAN, '--batch', '4');
    assert.deepEqual([unmeasured.code, JSON.parse(unmeasured.stdout).code], [2, 'lossy-batch']);
    assert.match(unmeasured.stderr, /never measured in batches of 4.*judge calibrate .*--batch 4/s);
    const lossy = await calibrate(LOSSY, '--batch', '4', '--retest', '0', '--json');
    const { batch: loss } = JSON.parse(lossy.stdout);
    assert.deepEqual([loss.noLoss, loss.size, loss.items], [false, 4, 240], lossy.stderr);
    assert.ok(loss.specificity.difference.high < 0 && loss.sensitivity.lost > 5);
    const refused = await audit(LOSSY, '--batch', '4');
    assert.deepEqual([refused.code, JSON.parse(refused.stdout).code], [2, 'lossy-batch']);
    assert.match(
      refused.stderr,
      /above −5 points, and it is −[\d.]+ points \[.*Leave --batch out/s,
    );

    const clean = await calibrate(CLEAN, '--batch', '4', '--retest', '0');
    assert.match(clean.stdout, /In batches +4 clauses in a call.*no loss/s);

    const single = await audit(CLEAN);
    assert.equal(single.code, 0, single.stderr);
    const alone = await newestRun(folder);
    const batched = await audit(CLEAN, '--batch', '4');
    assert.equal(batched.code, 0, batched.stderr);
    const together = await newestRun(folder);
    assert.deepEqual(together.verdicts, alone.verdicts);
    // 6 × (6 + 3 + 1) clauses; in batches of four 6 × (2 + 1 + 1).
    assert.deepEqual([alone.calls, together.calls], [60, 24]);
    assert.ok(together.input < alone.input * 0.9, `${together.input} of ${alone.input}`);
    const report = reportSchema.parse(JSON.parse(batched.stdout));
    assert.equal(report.accounting.judges[0]?.usage.input, together.input);
    assert.notEqual(report.run.plan, reportSchema.parse(JSON.parse(single.stdout)).run.plan);

    const offline = await audit(CLEAN, '--batch', '4', '--offline');
    assert.equal(offline.stdout, batched.stdout, offline.stderr);
    const resumed = await user.run('audit', '--resume', report.run.id, '--json');
    assert.equal(resumed.stdout, batched.stdout, resumed.stderr);
    const dry = await audit(CLEAN, '--batch', '4', '--dry-run');
    assert.equal(JSON.parse(dry.stdout).calls.judges, 24);
  });
});
