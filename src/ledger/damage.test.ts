// What a damaged file says is told with the file's name, and never counted.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { temporaryFolder, userIn } from '../../test/command.ts';
import { KEPT, type KeptRuns, LEDGER, PACKED } from '../../test/kept-ledger.ts';

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
