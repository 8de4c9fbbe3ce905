import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CallRecord } from '../model/record.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { SampleRecord, VerdictRecord } from './records.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { deflate, inflate } from './texts.ts';
import { LedgerWriteError } from './writes.ts';

function temporaryFolder(): AsyncDisposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'tenet-ledger-'));
  return {
    path,
    [Symbol.asyncDispose]: async () => rmSync(path, { recursive: true, force: true }),
  };
}

function open(path: string): Ledger {
  const opened = openLedger(path, { write: true, purpose: 'a test' });
  assert.ok(opened.ok, opened.ok ? '' : opened.message);
  return opened.ledger;
}

function refusal(path: string, write = true): string {
  const opened = openLedger(path, write ? { write, purpose: 'a test' } : { write });
  if (opened.ok) opened.ledger.close();
  assert.ok(!opened.ok, 'the ledger should not open');
  return opened.message;
}

function callRecord(text: string, over: Partial<CallRecord> = {}): CallRecord {
  return {
    hash: 'ab'.repeat(32),
    model: 'sim:subject',
    request: { messages: [{ role: 'user', content: text }], parameters: {}, repeat: 0 },
    answer: {
      type: 'reply',
      text,
      finish: 'stop',
      usage: { input: 1, output: 2 },
      raw: JSON.stringify({ text }),
    },
    cost: 0.25,
    attempts: 1,
    started: 1_700_000_000_000,
    elapsed: 12,
    ...over,
  };
}

function sampleRecord(index: number, over: Partial<SampleRecord> = {}): SampleRecord {
  return {
    index,
    scenario: `scenario-${index}`,
    subject: 0,
    repeat: 0,
    outcome: 'replied',
    reason: null,
    transcript: {
      messages: [{ id: 'm1', role: 'user', content: 'hello '.repeat(200), source: 'scenario' }],
      finish: 'stop',
    },
    usage: { input: 10, output: null },
    cost: null,
    calls: ['aa', 'bb'],
    ...over,
  };
}

function verdictRecord(sample: number): VerdictRecord {
  return {
    sample,
    judge: 0,
    clause: 'be_honest',
    clauseHash: 'cc',
    outcome: 'violates',
    severity: 'major',
    reason: 'It did not say so.',
    citations: [{ message: 'm1', quote: 'hello', span: { start: 0, end: 5 } }],
    cause: null,
    usage: { input: 3, output: 4 },
    cost: 0.5,
    calls: ['dd'],
  };
}

function createRun(ledger: Ledger, samples = 10, hash = 'f'.repeat(64)) {
  return ledger.runs.create({
    hash,
    simulated: true,
    samples,
    document: { plan: { note: 'x'.repeat(5_000) } },
    scenarios: [{ id: 'first' }, { id: 'y'.repeat(1_000) }],
    created: 1,
  });
}

test('a ledger gives back what it was given, also after it was closed', async () => {
  await using folder = temporaryFolder();
  const path = join(folder.path, 'deep', 'ledger.db');
  const call = callRecord('words '.repeat(1_000));
  const first = open(path);
  const run = createRun(first);
  first.addCall(call);
  first.addSample(run.ordinal, sampleRecord(3), [verdictRecord(3)]);
  first.close();

  const second = open(path);
  assert.deepEqual(second.findCall(call.hash, false), call);
  assert.equal(second.findCall('00'.repeat(32), true), null);
  assert.deepEqual(second.runs.sample(run.ordinal, 3), {
    sample: JSON.parse(JSON.stringify(sampleRecord(3))),
    verdicts: [verdictRecord(3)],
  });
  assert.deepEqual(second.runs.plan(run.ordinal), { plan: { note: 'x'.repeat(5_000) } });
  assert.deepEqual(
    [...second.runs.scenarios(run.ordinal)],
    [{ id: 'first' }, { id: 'y'.repeat(1_000) }],
  );
  assert.deepEqual([...second.runs.progress(run)].slice(2, 5), [0, 1, 0]);
  assert.equal(second.runs.list()[0]?.state, 'started');
  second.close();
});

test('any value with long and odd strings survives being taken apart into texts', () => {
  const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
  const long = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.string({ unit: codeUnit, minLength: 180, maxLength: 220 }),
  );
  const value = fc
    .tuple(long, fc.array(long))
    .map(([text, list]) => ({ text, list, nested: { text } }));
  fc.assert(
    fc.property(value, (given) => {
      const texts = new Map<string, string>();
      const json = deflate(given, (digest, text) => texts.set(digest, text));
      assert.deepEqual(
        inflate(json, (digest) => texts.get(digest) ?? null),
        given,
      );
    }),
  );
});

test('a long text that many calls share is stored once', async () => {
  await using folder = temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const ledger = open(path);
  const shared = Array.from({ length: 3_000 }, (_, index) => `word${index * 7_919}`).join(' ');
  for (let index = 0; index < 300; index++) {
    ledger.addCall(callRecord(shared, { hash: index.toString(16).padStart(64, '0') }));
  }
  ledger.close();
  assert.ok(
    readFileSync(path).byteLength < 300 * 2_000,
    'the shared text was stored again and again',
  );
});

test('a failed call is not found again, except by who asks for failures', async () => {
  await using folder = temporaryFolder();
  const ledger = open(join(folder.path, 'ledger.db'));
  const failure = callRecord('x', {
    answer: { type: 'failure', kind: 'server', message: 'broken', transient: true },
  });
  ledger.addCall(failure);
  for (const committed of [false, true]) {
    if (committed) ledger.flush();
    assert.equal(ledger.findCall(failure.hash, false), null);
    assert.deepEqual(ledger.findCall(failure.hash, true), failure);
  }
  const success = callRecord('x');
  ledger.addCall(success);
  assert.deepEqual(ledger.findCall(failure.hash, true), success);
  ledger.flush();
  assert.deepEqual(ledger.findCall(failure.hash, true), success);
  ledger.close();
});

test('a sample that failed and is asked again counts once, as it ended last', async () => {
  await using folder = temporaryFolder();
  const ledger = open(join(folder.path, 'ledger.db'));
  const run = createRun(ledger);
  ledger.addSample(run.ordinal, sampleRecord(1, { outcome: 'failed', reason: 'server' }), []);
  assert.equal(ledger.runs.progress(run)[1], 2);
  ledger.addSample(run.ordinal, sampleRecord(1), [verdictRecord(1)]);
  assert.equal(ledger.runs.progress(run)[1], 1);
  assert.deepEqual(
    [...ledger.runs.samples(run.ordinal)].map(({ index, outcome }) => [index, outcome]),
    [[1, 'replied']],
  );
  assert.equal([...ledger.runs.verdicts(run.ordinal)].length, 1);
  ledger.close();
});

test('runs of one plan are told apart, and found by how their id begins', async () => {
  await using folder = temporaryFolder();
  const ledger = open(join(folder.path, 'ledger.db'));
  const first = createRun(ledger, 1, 'abc'.padEnd(64, '0'));
  const second = createRun(ledger, 1, 'abc'.padEnd(64, '0'));
  const other = createRun(ledger, 1, 'b'.repeat(64));
  assert.equal(second.id, `${first.id}-2`);
  assert.equal(ledger.runs.latestOfPlan(first.planHash)?.id, second.id);
  const found = ledger.runs.find('bb');
  assert.ok('run' in found && found.run.id === other.id);
  assert.deepEqual(ledger.runs.find('abc'), { candidates: [first.id, second.id] });
  assert.deepEqual(ledger.runs.find('%'), { candidates: [] });
  ledger.runs.addEvent(other.ordinal, { time: 2, kind: 'stopped', detail: 'the budget is spent' });
  assert.equal(ledger.runs.list()[2]?.state, 'stopped');
  ledger.close();
});

test('the second writer is told who has the ledger; readers come in', async () => {
  await using folder = temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const holder = open(path);
  const child = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { openLedger } from ${JSON.stringify(import.meta.resolve('./ledger.ts'))};
       const write = openLedger(${JSON.stringify(path)}, { write: true, purpose: 'second' });
       const read = openLedger(${JSON.stringify(path)}, { write: false });
       process.stdout.write(JSON.stringify([write.ok, write.message, read.ok]));`,
    ],
    { encoding: 'utf8' },
  );
  const [wrote, message, read] = JSON.parse(child.stdout) as [boolean, string, boolean];
  assert.equal(wrote, false);
  assert.match(message, new RegExp(`process ${process.pid} on .*a test`));
  assert.equal(read, true);
  holder.close();
  open(path).close();
});

test('the hold of a process that was killed is free at once', async () => {
  await using folder = temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const child = spawnSync(process.execPath, [
    '--input-type=module',
    '-e',
    `import { openLedger } from ${JSON.stringify(import.meta.resolve('./ledger.ts'))};
     openLedger(${JSON.stringify(path)}, { write: true, purpose: 'to be killed' });
     process.kill(process.pid, 'SIGKILL');`,
  ]);
  assert.equal(child.signal, 'SIGKILL');
  open(path).close();
});

test('a file that is not a ledger of ours is refused and left as it was', async () => {
  await using folder = temporaryFolder();
  const text = join(folder.path, 'notes.db');
  writeFileSync(
    text,
    'these are notes, and no database at all, however long they are. '.repeat(50),
  );
  const foreign = join(folder.path, 'foreign.db');
  const database = new DatabaseSync(foreign);
  database.exec('CREATE TABLE mine (x); INSERT INTO mine VALUES (1)');
  database.close();
  const newer = join(folder.path, 'newer.db');
  open(newer).close();
  rmSync(`${newer}.hold`);
  const raised = new DatabaseSync(newer);
  raised.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  raised.close();
  for (const [path, words] of [
    [text, /not a ledger/],
    [foreign, /not a ledger of Tenet/],
    [newer, /newer Tenet/],
  ] as const) {
    const before = readFileSync(path);
    assert.match(refusal(path), words);
    assert.match(refusal(path, false), words);
    assert.deepEqual(readFileSync(path), before);
    assert.ok(!existsSync(`${path}.hold`), 'nothing is written beside it');
  }
  assert.match(refusal(folder.path), /folder/);
  assert.match(refusal(join(folder.path, 'none.db'), false), /no ledger here/);
});

test('a disk that fills up loses nothing that was committed, and says what to do', async (t) => {
  await using folder = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.path]);
  if (mounted.status !== 0) {
    t.skip('a small disk can only be mounted by root, so there is none to fill');
    return;
  }
  try {
    const path = join(folder.path, 'ledger.db');
    const ledger = open(path);
    const run = createRun(ledger, 5_000);
    let finished = 0;
    assert.throws(
      () => {
        for (; finished < 5_000; finished++) {
          const words = Array.from({ length: 400 }, (_, word) => `${finished}-${word * 31}`).join(
            ' ',
          );
          const message = { id: 'm1', role: 'user', content: words, source: 'scenario' } as const;
          const transcript = { messages: [message], finish: 'stop' };
          ledger.addSample(run.ordinal, sampleRecord(finished, { transcript }), [
            verdictRecord(finished),
          ]);
          ledger.flush();
        }
      },
      (error: unknown) =>
        error instanceof LedgerWriteError && /disk is full.*--resume/.test(error.message),
    );
    assert.throws(() => ledger.addCall(callRecord('more')), LedgerWriteError);
    assert.throws(() => ledger.close(), LedgerWriteError);
    assert.ok(finished > 3);
    spawnSync('mount', ['-o', 'remount,size=8m', folder.path]);
    const again = open(path);
    assert.equal(
      again.runs.progress(run).reduce((sum, state) => sum + state, 0),
      finished,
    );
    again.addSample(run.ordinal, sampleRecord(finished), []);
    again.close();
  } finally {
    spawnSync('umount', [folder.path]);
  }
});

test('one file has one hold, whatever links lead to it', async () => {
  await using folder = temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const ledger = open(path);
  try {
    symlinkSync(path, join(folder.path, 'file.db'));
    symlinkSync(folder.path, join(folder.path, 'folder'));
    for (const other of ['file.db', 'folder/ledger.db']) {
      assert.match(refusal(join(folder.path, other)), /is being written by process \d+/);
    }
  } finally {
    ledger.close();
  }
  open(join(folder.path, 'folder', 'ledger.db')).close();
});

test('a ledger without a name is refused, since SQLite would keep nothing in it', () => {
  assert.match(refusal(''), /the path of the ledger is empty/);
});

test('a ledger in a folder that takes no files can be read', async (t) => {
  await using folder = temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  open(path).close();
  rmSync(`${path}.hold`, { force: true });
  chmodSync(folder.path, 0o555);
  try {
    const reading = `
      const { openLedger } = await import(${JSON.stringify(import.meta.resolve('./ledger.ts'))});
      const opened = openLedger(${JSON.stringify(path)}, { write: false });
      console.log(opened.ok ? opened.ledger.runs.list().length : opened.message);
      if (opened.ok) opened.ledger.close();`;
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
