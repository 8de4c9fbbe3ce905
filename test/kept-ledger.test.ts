// A ledger that an earlier commit wrote says the same today, to the last digit that a sum may move.

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { type Folder, temporaryFolder, userIn } from './command.ts';
import {
  commandsOf,
  KEPT,
  type KeptRuns,
  LEDGER,
  OUTPUTS,
  PACKED,
  SUBJECTS_AND_JUDGES,
} from './kept-ledger.ts';

/** Relative; sums may be taken in another order. */
const LAST_DIGITS = 1e-12;

const runs = JSON.parse(readFileSync(join(KEPT, 'runs.json'), 'utf8')) as KeptRuns;

function unpacked(): Folder {
  const folder = temporaryFolder();
  writeFileSync(folder.at(LEDGER), zstdDecompressSync(readFileSync(join(KEPT, PACKED))));
  for (const file of ['old.md', 'new.md', 'policy.yaml']) {
    copyFileSync(join(KEPT, file), folder.at(file));
  }
  return folder;
}

/** The places at which two documents differ, numbers by more than their last digits. */
function* differences(found: unknown, kept: unknown, at = ''): Generator<string> {
  if (typeof found === 'number' && typeof kept === 'number') {
    const far = Math.abs(found - kept) > LAST_DIGITS * Math.max(1, Math.abs(kept));
    if (far) yield `${at}: ${found} was ${kept}`;
    return;
  }
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!isObject(found) || !isObject(kept)) {
    if (found !== kept) yield `${at}: ${JSON.stringify(found)} was ${JSON.stringify(kept)}`;
    return;
  }
  for (const key of new Set([...Object.keys(found), ...Object.keys(kept)])) {
    yield* differences(found[key], kept[key], `${at}/${key}`);
  }
}

describe('a ledger of an earlier commit', () => {
  for (const [name, words] of Object.entries(commandsOf(runs))) {
    it(`says the same under tenet ${words.slice(0, 2).join(' ')} (${name})`, async () => {
      using folder = unpacked();
      const { code, stdout, stderr } = await userIn(folder.path).run(...words, '--ledger', LEDGER);
      const kept = JSON.parse(readFileSync(join(KEPT, OUTPUTS, `${name}.json`), 'utf8'));
      assert.equal(code, kept.code, stderr);
      assert.deepEqual([...differences(JSON.parse(stdout), kept.document)].slice(0, 20), []);
    });
  }

  it('is replayed byte for byte', async () => {
    using folder = unpacked();
    const replay = async (): Promise<string> => {
      const { code, stdout, stderr } = await userIn(folder.path).run(
        ...['audit', '--spec', 'old.md', ...SUBJECTS_AND_JUDGES, '--offline', '--json'],
        ...['--ledger', LEDGER],
      );
      assert.equal(code, 0, stderr);
      return stdout;
    };
    const first = await replay();
    assert.equal(await replay(), first);
    const kept = JSON.parse(readFileSync(join(KEPT, OUTPUTS, 'report-panel.json'), 'utf8'));
    assert.equal(JSON.parse(first).run.plan, kept.document.run.plan);
    assert.deepEqual(
      [...differences(JSON.parse(first).subjects, kept.document.subjects)].slice(0, 20),
      [],
    );
  });
});
