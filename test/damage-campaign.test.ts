// Ledgers with flipped bits and swapped pages: each says what it said before, or that it is damaged, and which it is.

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { sectionsOf } from '../src/app/lent.ts';
import { reportOfRun } from '../src/app/report-of-run.ts';
import * as capabilities from '../src/capabilities.ts';
import { openLedger } from '../src/ledger/ledger.ts';
import { planDocument } from '../src/run/run.ts';
import { seededRandom } from '../src/stats/random.ts';
import { type Folder, temporaryFolder, userIn } from './command.ts';

/** More of them: `TENET_DAMAGES=400`. */
const DAMAGES = Number(process.env.TENET_DAMAGES ?? 60);

const PAGE = 16_384;

const sections = await sectionsOf(Object.values(capabilities));

let folder: Folder;

before(async () => {
  folder = temporaryFolder();
  const user = userIn(folder.path);
  const panel = ['--judge', 'sim:judge', '--judge', 'sim:judge?seed=2', '--limit', '40'];
  for (const words of [
    ['audit', ...panel, '--repeats', '2'],
    ['judge', 'calibrate', '--judge', 'sim:judge', '--limit', '20'],
  ]) {
    const { code, stderr } = await user.run(...words, '--ledger', 'whole.db');
    assert.equal(code, 0, stderr);
  }
  const database = new DatabaseSync(folder.at('whole.db'));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
  database.close();
});

after(() => folder[Symbol.dispose]());

/** The reports of all runs of a ledger, or why there are none. */
async function said(path: string): Promise<{ reports: string } | { problem: string }> {
  const opened = await openLedger(path, { write: false });
  if (!opened.ok) return { problem: opened.message };
  await using ledger = opened.ledger;
  try {
    const reports: unknown[] = [];
    for (const run of await ledger.runs.list()) {
      const { plan } = await planDocument(ledger, run);
      reports.push(await reportOfRun({ ledger, run, plan, sections }));
    }
    return { reports: JSON.stringify(reports) };
  } catch (error) {
    assert.ok(error instanceof Error && Symbol.for('tenet.error') in error, String(error));
    return { problem: error.message };
  }
}

describe('a ledger whose bytes were changed', () => {
  it('should say what it said, or name itself as damaged', async (t) => {
    const whole = readFileSync(folder.at('whole.db'));
    const expected = await said(folder.at('whole.db'));
    assert.ok('reports' in expected);
    const pages = whole.length / PAGE;
    const random = seededRandom(11);
    const below = (count: number): number => Math.floor(random() * count);
    let told = 0;
    for (let damage = 0; damage < DAMAGES; damage++) {
      const bytes = Buffer.from(whole);
      let what: string;
      if (damage % 2 === 0) {
        const place = below(bytes.length);
        const bit = below(8);
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        what = `bit ${bit} of byte ${place}`;
      } else {
        const [one, other] = [1 + below(pages - 1), 1 + below(pages - 1)];
        const kept = Buffer.from(bytes.subarray(one * PAGE, (one + 1) * PAGE));
        bytes.copy(bytes, one * PAGE, other * PAGE, (other + 1) * PAGE);
        kept.copy(bytes, other * PAGE);
        what = `pages ${one} and ${other} of ${pages}`;
      }
      const path = folder.at('damaged.db');
      writeFileSync(path, bytes);
      const found = await said(path);
      if ('problem' in found) {
        told++;
        assert.ok(found.problem.includes('damaged.db'), `${what}: ${found.problem}`);
      } else assert.ok(found.reports === expected.reports, `${what}: other words than before`);
    }
    t.diagnostic(
      `${DAMAGES} damaged ledgers: ${told} told, ${DAMAGES - told} said what they had said`,
    );
    assert.ok(told > DAMAGES / 10);
    copyFileSync(folder.at('whole.db'), folder.at('damaged.db'));
    assert.deepEqual(await said(folder.at('damaged.db')), expected);
  });
});
