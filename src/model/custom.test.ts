import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CustomModel, defineProvider } from './custom.ts';
import { modelIdentity } from './record.ts';
import type { Answer, ModelRequest } from './types.ts';

const REQUEST: ModelRequest = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hello?' },
  ],
  parameters: { maxTokens: 10 },
  schema: { name: 'verdict', schema: { type: 'object' } },
  repeat: 0,
};

const NEVER = new AbortController().signal;

function ask(
  call: CustomModel['call'],
  { signal = NEVER, ...more }: Partial<CustomModel> & { signal?: AbortSignal } = {},
): Promise<Answer> {
  return defineProvider({ name: 'bot', version: '1', call, ...more }).complete(REQUEST, signal);
}

describe('defineProvider', () => {
  it('should take a text as a whole reply whose tokens nobody counted', async () => {
    assert.deepEqual(await ask(async () => ''), {
      type: 'reply',
      text: '',
      finish: 'stop',
      usage: { input: null, output: null },
      raw: '{"text":""}',
    });
  });

  it('should take an answer as it is', async () => {
    const refusal: Answer = {
      type: 'refused',
      reason: 'not today',
      usage: { input: 3, output: 0 },
      raw: '',
    };
    assert.deepEqual(await ask(async () => refusal), refusal);
    const later: Answer = {
      type: 'failure',
      kind: 'rate_limit',
      message: 'come back later',
      retryAfter: 5,
      transient: true,
    };
    assert.deepEqual(await ask(async () => later), later);
  });

  it('should make a failure of what is thrown, also before a promise is there', async () => {
    const failed = { type: 'failure', kind: 'server', message: 'bot: no luck', transient: false };
    const error = new Error('no luck');
    assert.deepEqual(await ask(() => Promise.reject(error)), failed);
    const atOnce = () => {
      throw error;
    };
    assert.deepEqual(await ask(atOnce), failed);
    assert.partialDeepStrictEqual(await ask(() => Promise.reject('a text')), {
      message: 'bot: a text',
    });
  });

  it('should make a failure of what is no answer, and say what is wrong with it', async () => {
    const wrong: [unknown, RegExp][] = [
      [undefined, /^bot gave neither a text nor an answer: .*undefined/],
      [3, /^bot gave neither .*number/],
      [{ type: 'replied', text: 'hi' }, /^bot gave neither .*: type: /],
      [{ type: 'reply', text: 'hi', finish: 'stop', raw: '' }, /: usage: /],
      [
        { type: 'reply', text: 'hi', finish: 'end', usage: { input: 1, output: 1 }, raw: '' },
        /: finish: /,
      ],
    ];
    for (const [said, message] of wrong) {
      const answer = await ask(async () => said as string);
      assert.ok(answer.type === 'failure' && answer.kind === 'malformed', JSON.stringify(said));
      assert.equal(answer.transient, false);
      assert.match(answer.message, message);
    }
  });

  it('should end at the deadline with a function that takes no notice of its signal', async () => {
    const controller = new AbortController();
    const hanging = ask(() => new Promise<string>(() => {}), { signal: controller.signal });
    controller.abort();
    const timeout = {
      type: 'failure',
      kind: 'timeout',
      message: 'bot gave no answer in time',
      transient: false,
    };
    assert.deepEqual(await hanging, timeout);
    const heeding = new AbortController();
    const ended = ask(
      (_, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { signal: heeding.signal },
    );
    heeding.abort();
    assert.deepEqual(await ended, timeout);
  });

  it('should count the attempts at a request', async () => {
    const attempts: number[] = [];
    const bot = defineProvider({
      name: 'bot',
      version: '1',
      call: async (_, { attempt }) => {
        attempts.push(attempt);
        return '';
      },
    });
    const other = { ...REQUEST };
    for (const request of [REQUEST, REQUEST, other, REQUEST]) await bot.complete(request, NEVER);
    assert.deepEqual(attempts, [1, 2, 1, 3]);
  });

  it('should show a copy, so that what the function does to it changes nothing', async () => {
    const before = structuredClone(REQUEST);
    await ask(async ({ messages, parameters }) => {
      messages.reverse().pop();
      parameters.temperature = 1;
      return '';
    });
    assert.deepEqual(REQUEST, before);
  });

  it('should leave out a schema that the function does not take', async () => {
    const shown: (string | undefined)[] = [];
    const look: CustomModel['call'] = async ({ schema }) => {
      shown.push(schema?.name);
      return '';
    };
    await ask(look);
    await ask(look, { supports: { schema: false } });
    assert.deepEqual(shown, ['verdict', undefined]);
  });

  it('should answer for the function what it does not take', async () => {
    const never = () => assert.fail('it was asked');
    const usage = { input: 0, output: 0 };
    assert.deepEqual(await ask(never, { supports: { system: false } }), {
      type: 'unsupported',
      reason: 'bot takes no system prompt',
      usage,
      raw: '',
    });
    const bot = defineProvider({
      name: 'bot',
      version: '1',
      supports: { tools: false },
      call: never,
    });
    const tools = [{ name: 'search', description: '', parameters: {} }];
    assert.partialDeepStrictEqual(await bot.complete({ ...REQUEST, tools }, NEVER), {
      type: 'unsupported',
      reason: 'bot takes no tools',
    });
  });

  it('should have its version in its name, and without one a name of this process', () => {
    const call = async () => '';
    const versioned = defineProvider({ name: 'bot', version: '2', call });
    assert.equal(modelIdentity(versioned.name), 'custom:bot@2');
    assert.equal(versioned.recordedAs, undefined);
    const bare = defineProvider({ name: 'bot', version: null, call });
    assert.equal(modelIdentity(bare.name), 'custom:bot');
    assert.match(bare.recordedAs ?? '', /^custom:bot#[0-9a-f-]{36}$/);
  });

  it('should refuse what can be no definition, also from a program without types', () => {
    const call = async () => '';
    const wrong: [object, RegExp][] = [
      [{ name: 'my bot', version: '1', call }, /name is "my bot"/],
      [{ name: 'openai:gpt-5', version: '1', call }, /name is "openai:gpt-5"/],
      [{ version: '1', call }, /name is undefined/],
      [{ name: 'bot', call }, /version of bot is undefined/],
      [{ name: 'bot', version: 'a@b', call }, /version of bot is "a@b".*or null/],
      [{ name: 'bot', version: null }, /call of bot must be a function/],
    ];
    for (const [given, message] of wrong) {
      assert.throws(() => defineProvider(given as CustomModel), { name: 'TypeError', message });
    }
  });
});
