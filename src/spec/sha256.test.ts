// Hashes without Node's crypto are those of Node's crypto, and are there whenever they are asked for.

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readSpec } from './index.ts';
import { hashOnDemand, portableSha256, sha256 } from './sha256.ts';

for (const [name, compute] of Object.entries({ sha256, portableSha256 })) {
  describe(name, () => {
    it('is that of the standard for the empty message and for "abc"', () => {
      assert.equal(compute(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
      assert.equal(
        compute('abc'),
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      );
    });

    it('is that of Node for bytes of any length', () => {
      for (let length = 0; length < 200; length++) {
        const bytes = Uint8Array.from({ length }, (_, index) => (index * 7 + length) % 256);
        assert.equal(compute(bytes), hash('sha256', bytes, 'hex'));
      }
    });

    it('is that of Node for any text, lone surrogates included', () => {
      const text = fc.string({
        unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      });
      fc.assert(
        fc.property(text, (value) => assert.equal(compute(value), hash('sha256', value, 'hex'))),
      );
    });
  });
}

describe('a hash on demand', () => {
  it('is computed once, and not before it is asked for', () => {
    let asked = 0;
    const demanded = hashOnDemand(() => {
      asked++;
      return 'abc';
    });
    assert.equal(asked, 0);
    assert.equal(demanded(), sha256('abc'));
    assert.equal(demanded(), sha256('abc'));
    assert.equal(asked, 1);
  });
});

describe("a spec's hash", () => {
  const byte = fc.oneof(
    fc.constantFrom(...new TextEncoder().encode('# A {#a}\r\n-"{}:é€𝄞\ufeff\ufffd')),
    fc.integer({ min: 0, max: 255 }),
  );
  const bytes = fc.array(byte, { maxLength: 60 }).map((values) => Uint8Array.from(values));

  it('is that of its bytes, whatever they are', () => {
    fc.assert(
      fc.property(bytes, (document) => {
        const spec = readSpec({ file: 'spec.md', bytes: document });
        assert.equal(spec.sha256, hash('sha256', document, 'hex'));
      }),
      { numRuns: 500 },
    );
  });

  it('is that of the bytes as they were when it was read', () => {
    const document = new TextEncoder().encode('# A {#a authority=root}\n\nBe kind.\n');
    const expected = hash('sha256', document, 'hex');
    const spec = readSpec({ file: 'spec.md', bytes: document });
    document.fill(0);
    assert.equal(spec.sha256, expected);
  });

  it('and those of its sections survive copying and printing', () => {
    const document = new TextEncoder().encode('# A {#a authority=root}\r\n\r\nBe kind.\r\n\r\n');
    const spec = readSpec({ file: 'spec.md', bytes: document });
    const expected = hash('sha256', '# A {#a authority=root}\n\nBe kind.', 'hex');
    const copies = [{ ...spec }, structuredClone(spec), JSON.parse(JSON.stringify(spec))];
    for (const copy of copies) {
      assert.equal(copy.sha256, hash('sha256', document, 'hex'));
      assert.equal(copy.sections[0]?.textHash, expected);
    }
  });
});
