import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redact, redactBody, secretsOf } from './redact.ts';

const key = 'sk-a/b+c"0123456789';
const secrets = secretsOf(key);

describe('redact', () => {
  it('should strike out a key in each of its forms', () => {
    for (const form of [
      key,
      `Bearer ${key}`,
      JSON.stringify({ authorization: key }),
      encodeURIComponent(key),
      Buffer.from(key).toString('base64'),
    ]) {
      const clean = redact(`before ${form} after`, secrets);
      assert.ok(clean.includes('[key]') && clean.includes('before') && clean.includes('after'));
      assert.ok(!clean.includes('0123456789'), clean);
    }
  });

  it('should leave placeholder keys alone, since they are words', () => {
    assert.deepEqual(secretsOf('ollama', undefined, 'EMPTY', ''), []);
    assert.equal(redact('ollama is fine', secretsOf('ollama')), 'ollama is fine');
  });

  it('should find a key that JSON spells with escapes', () => {
    const spelled = `{"echo":"\\u0073k-a\\/b+c\\"0123456789","other":"\\u00e9"}`;
    const clean = redactBody(spelled, secrets);
    assert.deepEqual(JSON.parse(clean), { echo: '[key]', other: 'é' });
  });

  it('should give back a body without a key byte for byte', () => {
    const body = '{ "a": "\\u003cb\\u003e \\/ x" }';
    assert.equal(redactBody(body, secrets), body);
    assert.equal(redactBody('not \\u0073 json', secrets), 'not \\u0073 json');
  });

  it('should leave no key in any text that holds one', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.stringMatching(/^[!-~]{8,40}$/),
        (before, after, secret) => {
          const clean = redact(before + secret + after, secretsOf(secret));
          // What stands around the place where a key was may by chance spell the key anew.
          fc.pre(!(before + after).includes(secret.slice(0, 4)));
          assert.ok(!clean.includes(secret));
        },
      ),
    );
  });
});
