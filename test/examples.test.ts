import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { complaintsAbout, examplesIn, outputOf } from '../scripts/examples.ts';

const root = join(import.meta.dirname, '..');
const examples = examplesIn();

describe('code in the documentation', () => {
  it('should print what it is said to print', () => {
    const runnable = examples.filter(({ printed }) => printed !== null);
    assert.ok(runnable.length >= 5, `${runnable.length} examples`);
    for (const example of runnable) {
      assert.equal(outputOf(example), example.printed, `${example.file}:\n${example.code}`);
    }
  });

  it('should fit the types', () => {
    assert.equal(complaintsAbout(examples), '');
    const wrong = "import { audit } from 'tenet';\naudit({ subject: 'bot' });\n";
    const complaints = complaintsAbout([{ file: 'x', code: wrong, printed: null }]);
    assert.match(complaints, /example1\.ts\(2,9\): error/, 'what is wrong is not found');
  });

  it('should be found wherever a page marks it', () => {
    for (const file of new Set(examples.map((example) => example.file))) {
      const text = readFileSync(join(root, file), 'utf8');
      const marked = text.match(/^```ts\b/gm) ?? [];
      assert.equal(examples.filter((example) => example.file === file).length, marked.length, file);
    }
  });
});
