// What a ledger in a SQLite file does and others do not: files, folders, links, disks.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { listing, temporaryFolder } from '../../test/command.ts';
import { startChild } from './child.fixture.ts';
import {
  callRecord,
  newRun,
  opened,
  refusal,
  sampleRecord,
  verdictRecord,
} from './records.fixture.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';
import { madeUpLog } from './transcript.fixture.ts';
import { LedgerWriteError } from './writes.ts';

test('a long text that many calls share is stored once', async () => {
  using folder = temporaryFolder();
  const path = folder.at('ledger.db');
  const ledger = await opened(path);
  const shared = Array.from({ length: 3_000 }, (_, index) => `word${index * 7_919}`).join(' ');
  for (let index = 0; index < 300; index++) {
    await ledger.calls.add(callRecord(shared, { hash: index.toString(16).padStart(64, '0') }));
  }
  await ledger.close();
  assert.ok(
    readFileSync(path).byteLength < 300 * 2_000,
    'the shared text was stored again and again',
  );
});

test('a ledger is one file when nobody has it open', async () => {
  using folder = temporaryFolder();
  const path = folder.at('ledger.db');
  {
    await using ledger = await opened(path);
    const run = await ledger.create(newRun(1));
    await using writer = await ledger.writer(run, 'a test');
    await writer.addSample(sampleRecord(0), []);
    await using reader = await opened(path, { write: false });
    assert.equal((await reader.runs.list()).length, 1);
  }
  assert.deepEqual(readdirSync(folder.path), ['ledger.db']);
});

test('a file that is not a ledger of ours is refused and left as it was', async () => {
  using folder = temporaryFolder();
  const text = folder.at('notes.db');
  writeFileSync(
    text,
    'these are notes, and no database at all, however long they are. '.repeat(50),
  );
  const foreign = folder.at('foreign.db');
  const database = new DatabaseSync(foreign);
  database.exec('CREATE TABLE mine (x); INSERT INTO mine VALUES (1)');
  database.close();
  const newer = folder.at('newer.db');
  await (await opened(newer)).close();
  const raised = new DatabaseSync(newer);
  raised.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  raised.close();
  const before = listing(folder.path);
  for (const [path, words] of [
    [text, /not a ledger/],
    [foreign, /not a ledger of Tenet/],
    [newer, /newer Tenet/],
  ] as const) {
    assert.match(await refusal(path), words);
    assert.match(await refusal(path, { write: false }), words);
    assert.deepEqual(listing(folder.path), before);
  }
  assert.match(await refusal(folder.path), /folder/);
  assert.match(await refusal(folder.at('none.db'), { write: false }), /no ledger here/);
});

test('a ledger whose maker was killed on the way is taken up', async () => {
  using folder = temporaryFolder();
  const marked = folder.at('marked.db');
  const begun = new DatabaseSync(marked);
  begun.exec(`PRAGMA journal_mode = WAL; PRAGMA application_id = ${APPLICATION_ID}`);
  begun.close();
  const unnumbered = folder.at('unnumbered.db');
  await (await opened(unnumbered)).close();
  const lowered = new DatabaseSync(unnumbered);
  lowered.exec('PRAGMA user_version = 0');
  lowered.close();
  for (const path of [marked, unnumbered]) {
    await using ledger = await opened(path, { write: false });
    assert.deepEqual(await ledger.runs.list(), []);
  }
  const unfinished = folder.at('unfinished.db');
  const first = new DatabaseSync(unfinished);
  first.exec('PRAGMA page_size = 16384; CREATE TABLE x (y)');
  first.close();
  // The journal of a file that was empty, with sectors and pages of these sizes.
  const journal = Buffer.alloc(512);
  journal.write('d9d505f920a163d7', 'hex');
  journal.writeUInt32BE(512, 20);
  journal.writeUInt32BE(16_384, 24);
  writeFileSync(`${unfinished}-journal`, journal);
  assert.match(await refusal(unfinished, { write: false }), /no ledger here/);
  await (await opened(unfinished)).close();
  // At any other moment too; where it was too early, there is nothing yet.
  for (let kill = 0; kill < 6; kill++) {
    const path = folder.at(`killed-${kill}.db`);
    await using child = startChild('open', path);
    await child.says(1);
    child.process.stdin?.write('go\n');
    while (!existsSync(path)) await setImmediate();
    if (kill > 0) await sleep(kill / 2);
    child.process.kill('SIGKILL');
    await child.ended;
    await (await opened(path)).close();
  }
});

test('a disk that fills up loses nothing that was committed, and says what to do', async (t) => {
  using folder = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.path]);
  if (mounted.status !== 0) {
    t.skip('a small disk can only be mounted by root, so there is none to fill');
    return;
  }
  try {
    const path = folder.at('ledger.db');
    const ledger = await opened(path);
    const run = await ledger.create(newRun(5_000));
    const writer = await ledger.writer(run, 'a test');
    let finished = 0;
    await assert.rejects(
      async () => {
        for (; finished < 5_000; finished++) {
          const words = Array.from({ length: 400 }, (_, word) => `${finished}-${word * 31}`);
          const content = words.join(' ');
          const message = { id: 'm1', role: 'user', content, source: 'scenario' } as const;
          const transcript = madeUpLog([message]);
          await writer.addSample(sampleRecord(finished, { transcript }), [verdictRecord(finished)]);
          await ledger.flush();
        }
      },
      (error: unknown) =>
        error instanceof LedgerWriteError &&
        /the disk is full\..*free some space and go on with --resume/.test(error.message),
    );
    assert.ok(finished > 3);
    spawnSync('mount', ['-o', 'remount,size=8m', folder.path]);
    // There would be room for it now, but not for what was lost.
    await assert.rejects(ledger.calls.add(callRecord('more')), LedgerWriteError);
    await assert.rejects(ledger.create(newRun(1)), LedgerWriteError);
    await assert.rejects(writer.close(), LedgerWriteError);
    await assert.rejects(ledger.close(), LedgerWriteError);
    await using again = await opened(path);
    assert.equal(
      (await again.runs.progress(run)).reduce((sum, state) => sum + state, 0),
      finished,
    );
    await using next = await again.writer(run, 'a test');
    await next.addSample(sampleRecord(finished), []);
  } finally {
    spawnSync('umount', [folder.path]);
  }
});

test('a run has one writer, whatever links lead to its file', async () => {
  using folder = temporaryFolder();
  const path = folder.at('ledger.db');
  await using ledger = await opened(path);
  const run = await ledger.create(newRun(1));
  const writer = await ledger.writer(run, 'a test');
  symlinkSync(path, folder.at('file.db'));
  symlinkSync(folder.path, folder.at('folder'));
  for (const other of [folder.at('file.db'), folder.at('folder', 'ledger.db')]) {
    await using linked = await opened(other);
    await assert.rejects(linked.writer(run, 'another'), /is being written by process \d+/);
  }
  await writer.close();
  await using linked = await opened(folder.at('folder', 'ledger.db'));
  await (await linked.writer(run, 'another')).close();
});

test('a ledger without a name is refused, since SQLite would keep nothing in it', async () => {
  assert.match(await refusal(''), /the path of the ledger is empty/);
});

test('a ledger in a folder that takes no files can be read', async (t) => {
  using folder = temporaryFolder();
  const path = folder.at('ledger.db');
  await (await opened(path)).close();
  chmodSync(folder.path, 0o555);
  try {
    const reading = `
      const { openLedger } = await import(${JSON.stringify(import.meta.resolve('./ledger.ts'))});
      const opened = await openLedger(${JSON.stringify(path)}, { write: false });
      console.log(opened.ok ? (await opened.ledger.runs.list()).length : opened.message);
      if (opened.ok) await opened.ledger.close();`;
    // Nothing is closed to root.
    const asNobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', reading], {
      encoding: 'utf8',
      ...asNobody,
    });
    if (/EACCES/.test(stderr)) return t.skip('nobody may read this checkout');
    assert.equal(stdout, '0\n', stderr);
    assert.deepEqual(readdirSync(folder.path), ['ledger.db']);
  } finally {
    chmodSync(folder.path, 0o755);
  }
});
