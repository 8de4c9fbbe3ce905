// The one way in takes a text, its bytes, or a document with the files beside it.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { readSpec } from './index.ts';

const TEXT = '# Be honest {#honest authority=root}\n\nSay what is true – always.\n';
const BYTES = new TextEncoder().encode(TEXT);

describe('readSpec', () => {
  it('reads a text as it reads its bytes', () => {
    assert.deepEqual(readSpec(TEXT), readSpec(BYTES));
    assert.deepEqual(
      readSpec(TEXT, { path: 'a/b.md' }),
      readSpec({ file: 'a/b.md', bytes: BYTES }),
    );
    assert.equal(readSpec(TEXT).text, TEXT);
  });

  it('takes id and version from the path, and does without one', () => {
    const { id, version, file } = readSpec(TEXT, { path: '2026-01-02/our_rules.md' });
    assert.deepEqual([id, version, file], ['our-rules', '2026-01-02', '2026-01-02/our_rules.md']);
    assert.deepEqual([readSpec(TEXT).id, readSpec(TEXT).version], ['spec', null]);
  });

  it('reads in the dialect that it is told', () => {
    assert.equal(readSpec(TEXT).dialect, 'model-spec');
    assert.equal(readSpec(TEXT, { dialect: 'prose' }).dialect, 'prose');
  });

  it('takes bytes of another realm', () => {
    const bytes: Uint8Array = runInContext(`Uint8Array.from([${BYTES}])`, createContext());
    assert.equal(bytes instanceof Uint8Array, false);
    assert.equal(readSpec(bytes).sections[0]?.id, 'honest');
  });

  it('refuses what holds no text', () => {
    for (const value of [undefined, null, 7, true, [], {}, { file: 'a.md' }, { bytes: TEXT }]) {
      assert.throws(() => readSpec(value as unknown as string), TypeError);
    }
  });
});
