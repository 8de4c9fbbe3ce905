import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseModelName, providerNames } from './name.ts';
import { readOptions } from './options.ts';

function parsed(text: string) {
  const result = parseModelName(text);
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.name;
}

function refused(text: string): string {
  const result = parseModelName(text);
  assert.ok(!result.ok, `"${text}" should not be a name`);
  return result.message;
}

describe('parseModelName', () => {
  it('should take names apart', () => {
    assert.deepEqual(parsed('openai:gpt-5'), {
      text: 'openai:gpt-5',
      provider: 'openai',
      model: 'gpt-5',
      options: {},
    });
  });

  it('should keep slashes, colons, at-signs and dots of a model name', () => {
    assert.equal(parsed('ollama:llama3.2:3b').model, 'llama3.2:3b');
    assert.equal(
      parsed('compatible:anthropic/claude-4.5@eu?base=https://x.example/v1').model,
      'anthropic/claude-4.5@eu',
    );
  });

  it('should put options into one order and decode their values', () => {
    const name = parsed('vllm:m?timeout=60&base=http%3A%2F%2Fh%3A1%2Fv1');
    assert.equal(name.text, 'vllm:m?base=http://h:1/v1&timeout=60');
    assert.deepEqual(name.options, { base: 'http://h:1/v1', timeout: '60' });
    assert.deepEqual(readOptions(name.options), { base: 'http://h:1/v1', timeout: 60 });
  });

  it('should read every option of a wire provider', () => {
    const name = parsed(
      'openai:m?base=https://h/v1/&key=MY_KEY&timeout=1.5&deadline=60&attempts=3&api=responses&temperature=0.7&max_tokens=100&family=meta',
    );
    assert.deepEqual(readOptions(name.options), {
      base: 'https://h/v1',
      key: 'MY_KEY',
      timeout: 1.5,
      deadline: 60,
      attempts: 3,
      api: 'responses',
      temperature: 0.7,
      maxTokens: 100,
      family: 'meta',
    });
  });

  it('should keep the options of simulated models without checking them', () => {
    assert.deepEqual(parsed('sim:subject?violates=0.15&x=y').options, { violates: '0.15', x: 'y' });
  });

  it('should name what is unknown, suggest the nearest and list the valid', () => {
    assert.match(refused('opnai:gpt-5'), /"opnai".*mean "openai".*anthropic.*compatible and sim/);
    assert.match(refused('openai:m?tempreature=1'), /"tempreature".*mean "temperature".*base, key/);
    assert.match(refused('sim:judg'), /"sim:judg".*mean "judge".*sim:subject and sim:judge/);
    assert.match(refused('gpt-5'), /"gpt-5" names no provider.*provider:model/);
    assert.match(refused(''), /provider:model/);
    assert.match(refused('openai:'), /lacks a model's name/);
    assert.match(refused('openai:a b'), /no spaces/);
  });

  it('should offer api only where there are two', () => {
    assert.match(refused('ollama:m?api=chat'), /no option "api"/);
    parsed('compatible:m?api=chat&base=http://h/v1');
  });

  it('should refuse values that do not parse, and say which', () => {
    const cases: [string, RegExp][] = [
      ['timeout=abc', /timeout must be a number of seconds above 0, not "abc"/],
      ['timeout=0', /above 0/],
      ['timeout=-1', /above 0/],
      ['deadline=1e9', /deadline must/],
      ['attempts=1.5', /attempts must be a whole number/],
      ['temperature=3', /temperature must be a number from 0 to 2/],
      ['max_tokens=0', /max_tokens must/],
      ['api=batch', /"chat" or "responses"/],
      ['family=Meta', /lower case/],
      ['base=ftp://h/', /http or https/],
      ['base=localhost:8000', /http or https/],
      ['timeout', /lacks a value/],
      ['timeout=1&timeout=2', /given twice/],
      ['timeout=%E0%A4%A', /percent-encoded/],
      ['%E0%A4%A=1', /percent-encoded/],
    ];
    for (const [options, message] of cases) assert.match(refused(`openai:m?${options}`), message);
  });

  it('should never repeat what may be a secret', () => {
    const secret = 'sk-proj-0123456789';
    for (const options of [
      `key=${secret}`,
      `apikey=${secret}`,
      `base=https://user:${secret}@h/v1`,
      `base=https://h/v1?token=${secret}`,
      `base=https://h/v1%3Ftoken%3D${secret}`,
    ]) {
      assert.ok(!refused(`openai:m?${options}`).includes(secret), options);
    }
  });

  it('should give back the same name from its own text', () => {
    const word = fc.stringMatching(/^[^\s\p{Cc}?]+$/u);
    fc.assert(
      fc.property(
        fc.constantFrom(...providerNames.filter((name) => name !== 'sim')),
        word,
        fc.record(
          {
            timeout: fc.integer({ min: 1, max: 999 }).map(String),
            family: fc.constantFrom('meta', 'qwen'),
          },
          { requiredKeys: [] },
        ),
        (provider, model, options) => {
          const query = Object.entries(options)
            .map(([key, value]) => `${key}=${value}`)
            .join('&');
          const name = parsed(`${provider}:${model}?${query}`);
          assert.deepEqual(parsed(name.text), name);
        },
      ),
    );
  });

  it('should keep any option value of a simulated model through its text', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z_]+$/), fc.string({ unit: 'grapheme' })),
        (options) => {
          const query = Object.entries(options)
            .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
            .join('&');
          const name = parsed(`sim:judge?${query}`);
          assert.deepEqual({ ...name.options }, { ...options });
          assert.deepEqual(parsed(name.text), name);
        },
      ),
    );
  });

  it('should never throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', 'openai:', 'sim:judge?', 'vllm:m?'),
        (text, start) => {
          parseModelName(start + text);
        },
      ),
    );
  });
});
