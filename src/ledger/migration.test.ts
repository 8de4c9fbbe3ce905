import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { type Ledger, openLedger } from './ledger.ts';

const ADDED_IN_2 = ['labels', 'label_queues', 'certificates', 'rounds'];

function opened(path: string): Ledger {
  const result = openLedger(path, { write: true, purpose: 'a test' });
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.ledger;
}

test('a ledger of version 1 keeps its runs and gets the tables of version 2', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenet-migration-'));
  const path = join(folder, 'ledger.db');
  try {
    let ledger = opened(path);
    const hash = 'ab'.repeat(32);
    const plan = {
      hash,
      simulated: true,
      samples: 1,
      document: { a: 1 },
      scenarios: [{ id: 's' }],
    };
    const run = ledger.runs.create({ ...plan, created: 1 });
    ledger.close();

    const database = new DatabaseSync(path);
    for (const table of ADDED_IN_2) database.exec(`DROP TABLE ${table}`);
    database.exec('PRAGMA user_version = 1');
    database.close();
    const read = openLedger(path, { write: false });
    assert.ok(!read.ok);
    assert.match(read.message, /older Tenet \(ledger version 1, this one reads 2\)/);

    ledger = opened(path);
    assert.deepEqual(
      ledger.runs.list().map(({ id }) => id),
      [run.id],
    );
    assert.deepEqual(ledger.runs.plan(run.ordinal), { a: 1 });
    ledger.rounds.add(run.ordinal, { round: 0, time: 5, detail: { samples: [0] } });
    assert.deepEqual(ledger.rounds.ofRun(run.ordinal), [
      { round: 0, time: 5, detail: { samples: [0] } },
    ]);
    const certificate = { judge: 'j', prompt: 'p', spec: 's', simulated: true, created: 7 };
    ledger.certificates.add({ ...certificate, hash: 'one', body: { kappa: 0.5 } });
    ledger.certificates.add({ ...certificate, hash: 'two', body: { kappa: 0.6 } });
    ledger.certificates.add({ ...certificate, hash: 'one', body: { kappa: 0.5 } });
    assert.deepEqual(
      ledger.certificates.ofJudge('j').map(({ hash: own }) => own),
      ['two', 'one'],
    );
    assert.deepEqual(ledger.labels.ofRun(run.ordinal), []);
    ledger.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
