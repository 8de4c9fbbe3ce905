import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  classify,
  duration,
  networkFailure,
  quote,
  readErrorBody,
  retryAfter,
} from './failures.ts';

describe('retryAfter', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const cases: [string, Record<string, string>, number, number | undefined][] = [
    ['nothing', {}, 429, undefined],
    ['seconds', { 'retry-after': '3' }, 503, 3000],
    ['parts of seconds', { 'retry-after': '0.5' }, 429, 500],
    ['milliseconds before seconds', { 'retry-after-ms': '150', 'retry-after': '1' }, 429, 150],
    ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }, 429, 10_000],
    [
      "a date by the sender's clock",
      { 'retry-after': 'Thu, 01 Jan 2026 01:00:10 GMT', date: 'Thu, 01 Jan 2026 01:00:00 GMT' },
      429,
      10_000,
    ],
    ['a date that has passed', { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 429, 0],
    ['nonsense', { 'retry-after': 'soon' }, 429, undefined],
    ['a negative wait', { 'retry-after': '-5', 'retry-after-ms': '-5' }, 400, undefined],
    [
      'the reset of what is used up',
      {
        'x-ratelimit-remaining-requests': '12',
        'x-ratelimit-reset-requests': '8.64s',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      429,
      360_000,
    ],
    [
      'the soonest reset where none is used up',
      { 'x-ratelimit-reset-requests': '20ms', 'x-ratelimit-reset-tokens': '1s' },
      429,
      20,
    ],
    ['no reset but on 429', { 'x-ratelimit-reset-requests': '1s' }, 500, undefined],
  ];
  for (const [what, headers, status, wait] of cases) {
    it(`should read ${what}`, () => assert.equal(retryAfter(headers, status, now), wait));
  }
});

describe('duration', () => {
  it('should read the forms that providers use', () => {
    assert.equal(duration('20ms'), 20);
    assert.equal(duration('1.5s'), 1500);
    assert.equal(duration('6m0s'), 360_000);
    assert.equal(duration('1h2m3s'), 3_723_000);
    for (const wrong of ['', ' ', '5', 'soon', '-1s']) assert.equal(duration(wrong), undefined);
  });
});

describe('classify', () => {
  it('should tell what can be asked again from what cannot', () => {
    for (const status of [408, 409, 425, 429, 500, 502, 503, 504, 520, 529]) {
      assert.equal(classify(status).transient, true, String(status));
    }
    for (const status of [400, 401, 402, 403, 404, 405, 413, 415, 422, 451, 501]) {
      assert.equal(classify(status).transient, false, String(status));
    }
    assert.equal(classify(401).kind, 'authentication');
    assert.equal(classify(422).kind, 'request');
    assert.equal(classify(429).kind, 'rate_limit');
  });
});

describe('readErrorBody', () => {
  const cases: [string, unknown, string, string[]][] = [
    ['OpenAI', { error: { message: 'm', type: 't', code: 'c' } }, 'm', ['c', 't']],
    [
      'Anthropic',
      { type: 'error', error: { type: 'overloaded_error', message: 'm' } },
      'm',
      ['overloaded_error'],
    ],
    [
      'Google',
      { error: { code: 400, message: 'm', status: 'INVALID_ARGUMENT' } },
      'm',
      ['INVALID_ARGUMENT'],
    ],
    ["Google's lists", [{ error: { code: 400, message: 'm', status: 'X' } }], 'm', ['X']],
    [
      'Mistral',
      { object: 'error', message: 'm', type: 'invalid_request_error', code: '3230' },
      'm',
      ['3230', 'invalid_request_error'],
    ],
    ['FastAPI', { detail: [{ msg: 'field required' }] }, '[{"msg":"field required"}]', []],
    ['Ollama', { error: 'model "x" not found' }, 'model "x" not found', []],
    [
      'a gateway',
      { error: { message: 'm', code: 403, metadata: { reasons: ['violence'] } } },
      'm',
      ['moderation'],
    ],
  ];
  for (const [who, body, message, codes] of cases) {
    it(`should read the form of ${who}`, () => {
      const read = readErrorBody(JSON.stringify(body));
      assert.equal(read.message, message);
      assert.deepEqual(read.codes, codes);
    });
  }

  it('should quote what is no JSON', () => {
    assert.equal(readErrorBody('upstream\nconnect error').message, 'upstream connect error');
    assert.equal(readErrorBody('').message, '');
  });

  it('should read any body without throwing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"error":${json}}`),
        ),
        (raw) => {
          assert.equal(typeof readErrorBody(raw).message, 'string');
        },
      ),
    );
  });
});

describe('quote', () => {
  it('should leave nothing that moves a cursor or turns a line', () => {
    assert.equal(quote('a\u001b[2Jb\r\nc\u202ed\u0007'), 'a [2Jb c d');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        const quoted = quote(text);
        assert.ok(quoted.length <= 301);
        assert.doesNotMatch(quoted, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('networkFailure', () => {
  const failure = (code: string, message = 'm') =>
    networkFailure(Object.assign(new Error(message), { code }), 'http://h/v1', null);

  it('should say what is wrong', () => {
    assert.match(
      failure('ENOTFOUND').message,
      /^No answer from http:\/\/h\/v1: there is no such host \(ENOTFOUND\)\.$/,
    );
    assert.match(failure('UND_ERR_CONNECT_TIMEOUT').message, /could not be opened in time/);
    assert.match(failure('E_ODD', 'odd').message, /odd \(E_ODD\)/);
  });

  it('should find the cause within wrapped and gathered errors', () => {
    const inner = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    assert.match(networkFailure(new AggregateError([inner]), 'a', null).message, /ECONNREFUSED/);
    assert.match(
      networkFailure(new Error('y', { cause: inner }), 'a', null).message,
      /ECONNREFUSED/,
    );
    assert.match(networkFailure('z', 'a', null).message, /z/);
  });

  it('should take broken trust for lasting, and the rest for passing', () => {
    assert.equal(failure('ECONNRESET').transient, true);
    assert.equal(failure('SELF_SIGNED_CERT_IN_CHAIN').transient, false);
    assert.match(failure('DEPTH_ZERO_SELF_SIGNED_CERT').message, /no trusted TLS connection/);
  });
});
