// What a damaged file says is told with the file's name, and never counted.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { temporaryFolder, userIn } from '../../test/command.ts';
import { KEPT, type KeptRuns, LEDGER, PACKED } from '../../test/kept-ledger.ts';
import { LedgerDamageError } from './damage.ts';
import type { Ledger } from './ledger.ts';
import { collect } from './pages.ts';
import {
  callRecord,
  labelQueue,
  labelRecord,
  newRun,
  opened,
  sampleRecord,
  verdictRecord,
} from './records.fixture.ts';
import type { Table } from './tables.ts';

const packed = readFileSync(join(KEPT, PACKED));
const { panel } = JSON.parse(readFileSync(join(KEPT, 'runs.json'), 'utf8')) as KeptRuns;

/** What `tenet report` says of the kept ledger after this was done to it. */
async function reportAfter(sql: string, ...words: string[]) {
  using folder = temporaryFolder();
  writeFileSync(folder.at(LEDGER), zstdDecompressSync(packed));
  const database = new DatabaseSync(folder.at(LEDGER));
  database.exec(sql);
  database.close();
  return await userIn(folder.path).run(...words, '--ledger', LEDGER, '--json');
}

describe('a damaged ledger', () => {
  const cases: [what: string, sql: string, words: string[], found: RegExp][] = [
    [
      'an outcome that is none',
      "UPDATE verdicts SET outcome = 'adhmres' WHERE position = 3",
      ['report', panel],
      /the outcome "adhmres"/,
    ],
    [
      'the same of a sample',
      "UPDATE samples SET outcome = 'rcplied' WHERE position = 2",
      ['report', panel],
      /the outcome "rcplied"/,
    ],
    [
      'a severity that is none',
      "UPDATE verdicts SET severity = 'minos' WHERE severity = 'minor'",
      ['report', panel],
      /the severity "minos"/,
    ],
    [
      'a transcript that was never planned',
      'UPDATE samples SET position = 70001 WHERE position = 63',
      ['report', panel],
      /transcript 70002 of 64/,
    ],
    [
      'a text that is another one',
      "UPDATE texts SET compressed = 0, body = x'41'",
      ['show', panel, 't1'],
      /another text than [0-9a-f]{64} names/,
    ],
    [
      'a text that is not there',
      'DELETE FROM texts',
      ['show', panel, 't1'],
      /no text [0-9a-f]{64}/,
    ],
    [
      'a document that is no JSON',
      `UPDATE runs SET plan = '{' || plan`,
      ['report', panel],
      /a document that is no JSON/,
    ],
  ];
  for (const [what, sql, words, found] of cases) {
    it(`is told where it holds ${what}`, async () => {
      const { code, stdout, stderr } = await reportAfter(sql, ...words);
      assert.equal(code, 2);
      assert.match(stderr, /^tenet: ledger\.db: this ledger is damaged: it holds /);
      assert.match(stderr, found);
      const document = JSON.parse(stdout);
      assert.equal(document.code, 'ledger-damaged');
      assert.deepEqual(document.where, { file: LEDGER });
    });
  }
});

/** Something in every table; transcript 3 of 4 was asked twice, and transcript 4 was declined. */
async function fill(path: string): Promise<void> {
  await using ledger = await opened(path);
  const run = await ledger.create(newRun(4));
  const { ordinal } = run;
  await ledger.calls.add(callRecord('x'));
  await using writer = await ledger.writer(run, 'a test');
  const verdicts = (index: number) =>
    ['x', 'y'].map((clause) => verdictRecord(index, { clause, reason: `${clause} of ${index}` }));
  for (const index of [0, 1, 2, 2]) await writer.addSample(sampleRecord(index), verdicts(index));
  await writer.addSample(sampleRecord(3, { outcome: 'refused', reason: 'no' }), []);
  await writer.addRound({ round: 0, time: 1, detail: 'd' });
  await ledger.labels.add([labelRecord(ordinal, 0)]);
  await ledger.labels.addQueue(labelQueue(ordinal));
  const about = { judge: 'j', prompt: 'p', spec: 's', simulated: true, created: 7 };
  await ledger.certificates.add({ ...about, hash: 'h', body: { kappa: 0.5 } });
}

/** All that a ledger can be asked for, by what it reads. */
const READINGS = {
  runs: ({ runs }) => runs.list(),
  run: ({ runs }) => runs.find('ffff'),
  plan: ({ runs }) => runs.plan(1),
  scenarios: ({ runs }) => collect(runs.scenarios(1)),
  samples: ({ runs }) => collect(runs.samples(1)),
  verdicts: ({ runs }) => collect(runs.verdicts(1)),
  first: ({ runs }) => runs.sample(1, 0),
  second: ({ runs }) => runs.sample(1, 1),
  call: ({ calls }) => calls.find('ab'.repeat(32), false),
  labels: ({ labels }) => labels.ofRun(1),
  person: ({ labels }) => labels.ofPerson(1, 'Ann'),
  queues: ({ labels }) => labels.queuesOf(1),
  certificates: ({ certificates }) => certificates.list(),
  rounds: ({ rounds }) => rounds.ofRun(1),
} satisfies Record<string, (ledger: Ledger) => Promise<unknown>>;

type Reading = keyof typeof READINGS;

/** What each reading of a filled ledger found to be damaged after this was done to it. */
async function foundAfter(sql: string): Promise<Partial<Record<Reading, string>>> {
  using folder = temporaryFolder();
  const path = folder.at(LEDGER);
  await fill(path);
  {
    using database = new DatabaseSync(path);
    database.exec(sql);
    assert.ok(Number(database.prepare('SELECT total_changes() AS n').get()?.n) > 0);
  }
  await using ledger = await opened(path, { write: false });
  const found: Partial<Record<Reading, string>> = {};
  for (const [name, read] of Object.entries(READINGS)) {
    try {
      await read(ledger);
    } catch (error) {
      assert.ok(error instanceof LedgerDamageError, String(error));
      assert.deepEqual(error.where, { file: path });
      assert.match(error.message, /ledger\.db: this ledger is damaged: it holds .*\. No figure/);
      found[name as Reading] = error.data.found;
    }
  }
  return found;
}

describe('a changed row of a ledger', () => {
  const cases: [what: string, sql: string, found: Partial<Record<Reading, string>>][] = [
    [
      'a verdict’s outcome, now another valid one',
      "UPDATE verdicts SET outcome = 'adheres' WHERE position = 0 AND clause = 'x'",
      {
        verdicts: 'a row of verdicts that was changed',
        first: 'a row of verdicts that was changed',
      },
    ],
    [
      'a verdict’s cost',
      "UPDATE verdicts SET cost = 0.05 WHERE position = 0 AND clause = 'x'",
      {
        verdicts: 'a row of verdicts that was changed',
        first: 'a row of verdicts that was changed',
      },
    ],
    [
      'a sample’s cost',
      'UPDATE samples SET cost = 0.05 WHERE position = 1',
      { samples: 'a row of samples that was changed', second: 'a row of samples that was changed' },
    ],
    [
      'how many verdicts there are, with one of them deleted',
      "DELETE FROM verdicts WHERE position = 0 AND clause = 'y'; UPDATE samples SET verdicts = 1 WHERE position = 0",
      { samples: 'a row of samples that was changed', first: 'a row of samples that was changed' },
    ],
    [
      'a verdict that is gone',
      "DELETE FROM verdicts WHERE position = 1 AND clause = 'y'",
      {
        verdicts: 'transcript 2 without its verdicts',
        second: 'transcript 2 without its verdicts',
      },
    ],
    [
      'a sample that is gone, which others follow',
      'DELETE FROM samples WHERE position = 1',
      { verdicts: 'a verdict on transcript 2, which is not there' },
    ],
    [
      'the last sample that is gone',
      'DELETE FROM samples WHERE position = 2',
      { verdicts: 'a verdict on transcript 3, which is not there' },
    ],
    [
      'an attempt that is gone, which another follows',
      'DELETE FROM samples WHERE position = 2 AND attempt = 0',
      {
        samples: 'transcript 3 without an earlier attempt at it',
        verdicts: 'transcript 3 without an earlier attempt at it',
      },
    ],
    [
      'an attempt that is gone, which counted',
      'DELETE FROM samples WHERE position = 2 AND attempt = 1',
      { verdicts: 'a verdict on transcript 3, which is not there' },
    ],
    [
      'a verdict on a transcript that was declined',
      'UPDATE verdicts SET position = 3, attempt = 0 WHERE position = 2 AND attempt = 1',
      { verdicts: 'transcript 3 without its verdicts' },
    ],
    [
      'reasons that were swapped',
      `UPDATE verdicts SET detail = (SELECT detail FROM verdicts AS other
         WHERE other.position = 0 AND other.clause <> verdicts.clause) WHERE position = 0`,
      { first: 'a detail that was changed' },
    ],
    [
      'reasons that were swapped with their seals',
      `UPDATE verdicts SET (detail, seal) = (SELECT detail, seal FROM verdicts AS other
         WHERE other.position = 0 AND other.clause <> verdicts.clause) WHERE position = 0`,
      {
        verdicts: 'a row of verdicts that was changed',
        first: 'a row of verdicts that was changed',
      },
    ],
    [
      'a transcript',
      `UPDATE samples SET transcript = '{"messages":[],"finish":null}' WHERE position = 0`,
      { first: 'a transcript that was changed' },
    ],
  ];
  for (const [what, sql, found] of cases) {
    it(`is told: ${what}`, async () => assert.deepEqual(await foundAfter(sql), found));
  }

  /** A column of each table, with another value that could stand there, and who reads it. */
  const columns: [table: Table, change: string, readings: Reading[]][] = [
    ['calls', 'cost = 0.125', ['call']],
    ['calls', "model = 'sim:other'", ['call']],
    ['runs', 'samples = 5', ['runs', 'run', 'plan']],
    ['runs', "plan = '{}'", ['runs', 'run', 'plan']],
    ['run_scenarios', `scenario = '{"id":"other"}'`, ['scenarios']],
    ['run_events', "kind = 'finished'", ['runs', 'run']],
    ['labels', "outcome = 'violates'", ['labels', 'person']],
    ['labels', 'inclusion = 0.25', ['labels', 'person']],
    ['label_queues', "design = 'random:2'", ['queues']],
    ['certificates', 'simulated = 0', ['certificates']],
    ['certificates', `body = '{"kappa":0.9}'`, ['certificates']],
    ['rounds', `detail = '"e"'`, ['rounds']],
  ];
  for (const [table, change, readings] of columns) {
    it(`is told: ${table}, where ${change}`, async () => {
      const found = `a row of ${table} that was changed`;
      const expected = Object.fromEntries(readings.map((reading) => [reading, found]));
      assert.deepEqual(await foundAfter(`UPDATE ${table} SET ${change}`), expected);
    });
  }

  it('is not looked for in ledgers older than marks, nor found in whole ones', async () => {
    assert.deepEqual(await foundAfter('CREATE TABLE other (x); INSERT INTO other VALUES (1)'), {});
    const unmarked = ['samples', 'verdicts', 'runs', 'calls', 'labels', 'run_events'];
    const sql = unmarked.map((table) => `UPDATE ${table} SET mark = NULL;`).join('\n');
    const sums =
      'UPDATE samples SET seal = NULL, verdicts = NULL; UPDATE verdicts SET seal = NULL;';
    assert.deepEqual(await foundAfter(sql + sums), {});

    using folder = temporaryFolder();
    writeFileSync(folder.at(LEDGER), zstdDecompressSync(packed));
    await using kept = await opened(folder.at(LEDGER), { write: false });
    let verdicts = 0;
    for (const { ordinal, samples } of await kept.runs.list()) {
      verdicts += (await collect(kept.runs.verdicts(ordinal))).length;
      assert.ok((await collect(kept.runs.samples(ordinal))).length <= samples);
      assert.notEqual(await kept.runs.sample(ordinal, 0), null);
      await kept.labels.ofRun(ordinal);
    }
    assert.ok(verdicts > 100, String(verdicts));
  });
});
