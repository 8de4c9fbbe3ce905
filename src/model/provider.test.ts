import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseModelName } from './name.ts';
import { commonOptions } from './options.ts';
import { type Environment, openProvider, providerPlaces } from './provider.ts';

function open(text: string, environment: Environment) {
  const parsed = parseModelName(text);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.message);
  return openProvider(parsed.name, environment);
}

function account(text: string, environment: Environment = {}): string {
  const opened = open(text, environment);
  assert.ok(opened.ok, opened.ok ? '' : opened.message);
  return opened.provider.account;
}

function refusal(text: string, environment: Environment = {}): string {
  const opened = open(text, environment);
  assert.ok(!opened.ok);
  return opened.message;
}

const key = 'sk-0123456789';

describe('openProvider', () => {
  it('should name the environment variable of a key that is missing', () => {
    assert.match(refusal('openai:m'), /openai:m: .*OPENAI_API_KEY/);
    assert.match(refusal('openai:m', { OPENAI_API_KEY: ' ' }), /OPENAI_API_KEY/);
    assert.match(refusal('anthropic:m'), /ANTHROPIC_API_KEY/);
    assert.match(refusal('google:m'), /GOOGLE_GENERATIVE_AI_API_KEY or GEMINI_API_KEY/);
    assert.match(refusal('mistral:m'), /MISTRAL_API_KEY/);
    assert.match(refusal('vllm:m?key=MY_KEY'), /MY_KEY/);
    assert.match(refusal('openai:m?key=MY_KEY', { OPENAI_API_KEY: key }), /MY_KEY/);
  });

  it('should not print a key that no header can hold', () => {
    const message = refusal('openai:m', { OPENAI_API_KEY: 'sk-geheim\nwert' });
    assert.match(message, /OPENAI_API_KEY/);
    assert.ok(!message.includes('geheim'));
  });

  it('should find each provider at its own address', () => {
    assert.equal(
      account('openai:m', { OPENAI_API_KEY: key }).split(' ')[1],
      'https://api.openai.com',
    );
    assert.equal(
      account('anthropic:m', { ANTHROPIC_API_KEY: key }).split(' ')[1],
      'https://api.anthropic.com',
    );
    assert.equal(
      account('google:m', { GEMINI_API_KEY: key }).split(' ')[1],
      'https://generativelanguage.googleapis.com',
    );
    assert.equal(
      account('mistral:m', { MISTRAL_API_KEY: key }).split(' ')[1],
      'https://api.mistral.ai',
    );
    assert.equal(account('ollama:m'), 'ollama http://127.0.0.1:11434 no key');
    assert.equal(account('vllm:m'), 'vllm http://127.0.0.1:8000 no key');
  });

  it('should take addresses from the environment, and from the name before that', () => {
    assert.equal(
      account('openai:m', { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://proxy:1/v1' }).split(
        ' ',
      )[1],
      'http://proxy:1',
    );
    assert.equal(
      account('anthropic:m', {
        ANTHROPIC_API_KEY: key,
        ANTHROPIC_BASE_URL: 'http://proxy:2',
      }).split(' ')[1],
      'http://proxy:2',
    );
    assert.equal(
      account('vllm:m', { VLLM_BASE_URL: 'http://gpu:8000/v1' }),
      'vllm http://gpu:8000 no key',
    );
    assert.equal(
      account('vllm:m?base=http://other:8000', { VLLM_BASE_URL: 'http://gpu:8000' }),
      'vllm http://other:8000 no key',
    );
    assert.equal(account('ollama:m', { OLLAMA_HOST: 'box' }), 'ollama http://box:11434 no key');
    assert.equal(
      account('ollama:m', { OLLAMA_HOST: '0.0.0.0' }),
      'ollama http://127.0.0.1:11434 no key',
    );
    assert.equal(
      account('ollama:m', { OLLAMA_HOST: 'https://box:444/' }),
      'ollama https://box:444 no key',
    );
  });

  it('should say which variable holds a wrong address', () => {
    assert.match(refusal('vllm:m', { VLLM_BASE_URL: 'gpu:8000' }), /VLLM_BASE_URL must be an http/);
    assert.match(refusal('ollama:m', { OLLAMA_HOST: 'a b' }), /OLLAMA_HOST must be an http/);
    assert.match(refusal('compatible:m'), /add base=/);
  });

  it('should account by provider, address and key, and show no more than a mark of the key', () => {
    const first = account('compatible:a?base=http://h:1/v1', { COMPATIBLE_API_KEY: key });
    assert.match(first, /^compatible http:\/\/h:1 [0-9a-f]{8}$/);
    assert.equal(account('compatible:b?base=http://h:1/v2', { COMPATIBLE_API_KEY: key }), first);
    assert.notEqual(
      account('compatible:a?base=http://h:1/v1', { COMPATIBLE_API_KEY: `${key}x` }),
      first,
    );
    assert.notEqual(account('compatible:a?base=http://h:2/v1', { COMPATIBLE_API_KEY: key }), first);
  });

  it('should leave simulated models to whoever makes them', () => {
    assert.match(refusal('sim:judge'), /not available/);
    const parsed = parseModelName('sim:judge');
    assert.ok(parsed.ok);
    assert.deepEqual(
      openProvider(parsed.name, {}, () => ({ ok: false, message: 'made' })),
      { ok: false, message: 'made' },
    );
  });

  it('should close what was never used', async () => {
    const opened = open('anthropic:m', { ANTHROPIC_API_KEY: key });
    assert.ok(opened.ok);
    await opened.provider.close();
  });
});

describe('the documentation', () => {
  const page = readFileSync(new URL('../../docs/providers.md', import.meta.url), 'utf8');
  const code = (word: string) => `\`${word}\``;

  it('should print keys and addresses as they are', () => {
    for (const [name, place] of Object.entries(providerPlaces)) {
      const keys = place.keys.map(code).join(' or ') + (place.needsKey ? '' : ', if any');
      const base = place.base === undefined ? 'none: `base=` must give it' : code(place.base);
      const variable = place.baseVariable === undefined ? '–' : code(place.baseVariable);
      const row = `| ${code(name)} | ${keys} | ${base} | ${variable} |`;
      assert.ok(page.includes(row), row);
    }
  });

  it('should name every option', () => {
    const table = page.slice(page.indexOf('## Options'), page.indexOf('## Roles'));
    for (const option of [...commonOptions, 'api']) assert.ok(table.includes(code(option)), option);
  });
});
