import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../test/command.ts';
import { readLedger, writeLedger } from './ledgers.ts';

const QUIET = { environment: {}, say: () => {} };

describe('a ledger that can’t be opened', () => {
  it('should be an error that keeps apart what is wrong and what to do', async () => {
    using folder = temporaryFolder();
    const path = folder.at('l.db');
    await assert.rejects(readLedger(path, QUIET), {
      code: 'ledger',
      message: `${path}: there is no ledger here. 'tenet audit' makes one, or name yours with --ledger.`,
      remedy: "'tenet audit' makes one, or name yours with --ledger.",
      data: { path, problem: { why: 'absent' } },
    });
    await assert.rejects(readLedger(folder.path, QUIET), {
      code: 'ledger',
      remedy: 'Name another file with --ledger.',
      data: { path: folder.path, problem: { why: 'folder' } },
    });
    writeFileSync(path, 'no database, and long enough to look like one, were it one: '.repeat(9));
    await assert.rejects(writeLedger(path, QUIET), {
      code: 'ledger',
      data: { path, problem: { why: 'unreadable' } },
    });
  });
});
