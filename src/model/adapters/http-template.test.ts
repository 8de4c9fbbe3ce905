import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, it } from 'node:test';
import { stringify } from 'yaml';
import { type Behaviour, fixed } from '../../../test/servers/behaviours.ts';
import { always, at } from '../../../test/servers/faults.ts';
import {
  type Protocol,
  type ServerOptions,
  startServer,
  type TestServer,
} from '../../../test/servers/server.ts';
import { createBudget } from '../budget.ts';
import { createCaller } from '../call.ts';
import { createLimiter } from '../limiter.ts';
import type { Environment } from '../provider.ts';
import type { CallRecord } from '../record.ts';
import type { Answer, Message, ModelRequest, Provider } from '../types.ts';
import { httpModelProvider, readHttpModel, variablesOf } from './http-template.ts';

const TOKEN = 'tok-geheim0123456789';

/** What stands for a variable of the environment. */
const variable = (name: string): string => ['$', '{', name, '}'].join('');

interface Seen {
  path: string;
  body: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}

/** A server that takes any JSON, and answers in a form of its own. */
async function start(
  behaviour: Behaviour,
  options: ServerOptions = {},
): Promise<{ server: TestServer; seen: Seen[] }> {
  const seen: Seen[] = [];
  const protocol: Protocol = {
    basePath: '',
    check: (path, body, headers) => {
      seen.push({ path, body, headers });
      return null;
    },
    read: () => ({ model: 'own', messages: [] }),
    write: (said) => ({ 'a/b': [{ '~out': 'text' in said ? said.text : null }], n: 3 }),
    fault: () => undefined,
    error: (_status, message) => ({ error: { message } }),
    keyOf: ({ authorization }) => authorization?.replace('Bearer ', ''),
  };
  return { server: await startServer(protocol, { behaviour, ...options }), seen };
}

const TEMPLATE = {
  schema: 'tenet.http-model/1',
  name: 'own',
  body: { messages: '{{messages}}', limit: '{{maxTokens}}', heat: '{{temperature}}' },
  reply: '/a~1b/0/~0out',
};

function readError(template: object | string): string {
  const read = readHttpModel(typeof template === 'string' ? template : stringify(template));
  assert.ok(!read.ok, 'it is a template');
  return read.message;
}

function open(template: object, environment: Environment = {}): Provider {
  const read = readHttpModel(stringify(template));
  assert.ok(read.ok, read.ok ? '' : read.message);
  const opened = httpModelProvider('http:own.yaml', read.model, environment);
  assert.ok(opened.ok, opened.ok ? '' : opened.message);
  return opened.provider;
}

const HELLO: Message = { role: 'user', content: 'Hello?' };

function request(messages: Message[] = [HELLO], more: Partial<ModelRequest> = {}): ModelRequest {
  return { messages, parameters: { maxTokens: 10 }, repeat: 0, ...more };
}

async function ask(
  template: object,
  asked: ModelRequest = request(),
  environment: Environment = {},
): Promise<Answer> {
  const provider = open(template, environment);
  try {
    return await provider.complete(asked, AbortSignal.timeout(20_000));
  } finally {
    await provider.close();
  }
}

describe('readHttpModel', () => {
  it('should say what is wrong with a template', () => {
    const url = 'http://127.0.0.1:1/';
    const wrong: [object | string, RegExp][] = [
      ['', /object/],
      ['a: [', /^Flow sequence .* at line 1, column 5:?$/],
      ['a: &x 1\nb: *x', /^Alias/],
      [{ ...TEMPLATE, url, replies: '/x' }, /replies/],
      [{ ...TEMPLATE, url, name: 'my own' }, /^name: /],
      [{ ...TEMPLATE, url, version: 1 }, /^version: /],
      [{ ...TEMPLATE, url, reply: 'text' }, /^reply: /],
      [{ ...TEMPLATE, url: 'ftp://x/' }, /^url must be an http or https address/],
      [{ ...TEMPLATE, url: `http://me:${TOKEN}@x/` }, /^url must not hold a user name/],
      [{ ...TEMPLATE, url: `http://${variable('HOST')}/` }, /^url must name its host/],
      [
        { ...TEMPLATE, url, body: { q: '{{question}}' } },
        /^body holds \{\{question\}\}, .*\{\{last\}\}/,
      ],
      [{ ...TEMPLATE, url, body: { q: 'Hello?' } }, /^body holds neither/],
      [{ ...TEMPLATE, url, body: { '{{last}}': 1 } }, /^body holds neither/],
    ];
    for (const [template, message] of wrong) assert.match(readError(template), message);
    for (const [template] of wrong) assert.ok(!readError(template).includes('geheim'));
  });

  it('should tell the variables that a template needs', () => {
    const read = readHttpModel(
      stringify({
        ...TEMPLATE,
        url: `http://x/${variable('REGION')}/ask?key=${variable('KEY')}`,
        headers: { a: `${variable('ONE')}-${variable('TWO')}`, b: '$NOT {NOR}' },
      }),
    );
    assert.ok(read.ok);
    assert.deepEqual(variablesOf(read.model), ['REGION', 'KEY', 'ONE', 'TWO']);
  });
});

describe('a model behind an HTTP template', () => {
  it('should be asked as the template says, and its reply found where the template says', async () => {
    const { server, seen } = await start(fixed('Hi!'));
    await using _ = server;
    const body = {
      question: '{{last}}',
      as: 'You are {{system}} of {{maxTokens}} words',
      plain: [true, 1, null, '{{maxTokens}}'],
      heat: '{{temperature}}',
    };
    const answer = await ask(
      {
        ...TEMPLATE,
        url: `${server.origin}/${variable('TEAM')}/ask?v=2`,
        body,
        headers: { authorization: `Bearer ${variable('TOKEN')}`, 'x-plain': 'yes' },
      },
      request([{ role: 'system', content: 'a poet' }, HELLO]),
      { TOKEN, TEAM: 'a b/c' },
    );
    assert.partialDeepStrictEqual(answer, {
      type: 'reply',
      text: 'Hi!',
      finish: 'stop',
      usage: { input: null, output: null },
    });
    const [asked] = seen;
    assert.ok(asked !== undefined);
    assert.equal(asked.path, '/a%20b%2Fc/ask?v=2');
    assert.deepEqual(asked.body, {
      question: 'Hello?',
      as: 'You are a poet of 10 words',
      plain: [true, 1, null, 10],
    });
    assert.equal(asked.headers.authorization, `Bearer ${TOKEN}`);
    assert.equal(asked.headers['x-plain'], 'yes');
  });

  it('should be sent a text as it is, also one that looks like a placeholder', async () => {
    const { server, seen } = await start(fixed('Hi!'));
    await using _ = server;
    const content = `{{system}} "quoted" $& ${variable('TOKEN')}\n`;
    const messages: Message[] = [
      HELLO,
      { role: 'assistant', content: 'Yes?' },
      { role: 'user', content },
    ];
    const body = { all: '{{messages}}', text: 'Q: {{last}}' };
    await ask({ ...TEMPLATE, url: server.origin, body }, request(messages), { TOKEN });
    assert.deepEqual(seen[0]?.body, { all: messages, text: `Q: ${content}` });
  });

  it('should not be asked what the template has no place for', async () => {
    const { server, seen } = await start(fixed('Hi!'));
    await using _ = server;
    const system: Message = { role: 'system', content: 'Be brief.' };
    const reply: Message = { role: 'assistant', content: 'Yes?' };
    const tool: Message = { role: 'tool', content: '3' };
    const tools = [{ name: 'search', description: '', parameters: {} }];
    const last = { q: '{{last}}' };
    const all = { q: '{{messages}}' };
    const cases: [object, ModelRequest, RegExp][] = [
      [last, request([system, HELLO]), /no place for a system prompt/],
      [last, request([HELLO, reply, HELLO]), /a place for one question only/],
      [last, request([reply]), /a place for one question only/],
      [last, request([{ role: 'developer', content: 'x' }]), /a place for one question only/],
      [all, request([HELLO, tool]), /no place for tools/],
      [all, request([HELLO], { tools }), /no place for tools/],
    ];
    for (const [body, asked, reason] of cases) {
      const answer = await ask({ ...TEMPLATE, url: server.origin, body }, asked);
      assert.equal(answer.type, 'unsupported');
      assert.ok(answer.type === 'unsupported');
      assert.match(answer.reason, /^http:own\.yaml: /);
      assert.match(answer.reason, reason);
      assert.deepEqual(answer.usage, { input: 0, output: 0 });
    }
    assert.equal(seen.length, 0);
  });

  it('should fail where its reply holds no text at that place', async () => {
    const { server } = await start(fixed('Hi!'));
    await using _ = server;
    for (const reply of ['/a~1b/1/~0out', '/n', '/a~1b', '', '/__proto__', '/a~1b/length']) {
      const answer = await ask({ ...TEMPLATE, url: server.origin, reply });
      assert.ok(answer.type === 'failure', reply);
      assert.equal(answer.kind, 'malformed');
      assert.match(answer.message, /^http:own\.yaml: there is no text at /);
      assert.match(answer.raw ?? '', /Hi!/);
    }
  });

  it('should not be opened without the variables that it needs', () => {
    const template = {
      ...TEMPLATE,
      url: 'http://x/',
      headers: { authorization: `Bearer ${variable('TOKEN')}` },
    };
    const read = readHttpModel(stringify(template));
    assert.ok(read.ok);
    for (const environment of [{}, { TOKEN: ' ' }, { TOKEN: `${TOKEN}\nx` }]) {
      const opened = httpModelProvider('http:own.yaml', read.model, environment);
      assert.ok(!opened.ok);
      assert.match(opened.message, /^http:own\.yaml: the environment variable TOKEN /);
      assert.ok(!opened.message.includes('geheim'));
    }
  });

  it('should keep to itself what is secret, also where a server sends it back', async () => {
    const said = [TOKEN, encodeURIComponent(TOKEN), Buffer.from(TOKEN).toString('base64')].join(
      ' ',
    );
    const { server, seen } = await start(fixed(said));
    await using _ = server;
    const failing = await start(fixed(''), { faults: always('echo-headers') });
    await using __ = failing.server;
    const ways = [
      { url: '/', headers: { 'x-mine': variable('TOKEN') } },
      { url: '/', headers: { Authorization: `Bearer ${TOKEN}` } },
      { url: `/?access_token=${variable('TOKEN')}`, headers: {} },
      { url: `/?access_token=${TOKEN}`, headers: {} },
    ];
    for (const { url, headers } of ways) {
      for (const { origin } of [server, failing.server]) {
        const answer = await ask({ ...TEMPLATE, url: `${origin}${url}`, headers }, request(), {
          TOKEN,
        });
        const written = JSON.stringify(answer);
        assert.ok(written.includes('[key]') || answer.type === 'failure', written);
        assert.ok(!written.includes('geheim'), written);
        assert.ok(!written.includes(Buffer.from(TOKEN).toString('base64')), written);
      }
    }
    assert.ok(JSON.stringify(seen).includes(TOKEN), 'the server has seen it');
  });

  it('should not follow a redirect, which would carry what is secret elsewhere', async () => {
    const { server } = await start(fixed(''), { faults: always('redirect') });
    await using _ = server;
    const answer = await ask({ ...TEMPLATE, url: server.origin });
    assert.ok(answer.type === 'failure');
    assert.deepEqual([answer.kind, answer.transient], ['request', false]);
    assert.match(answer.message, /redirects to https:\/\/elsewhere\.example.*in the template/);
  });

  it('should be asked again when it says when', async () => {
    const { server } = await start(fixed('Hi!'), {
      faults: at({ 1: '429-retry-after', 2: '500' }),
    });
    await using _ = server;
    const waits: number[] = [];
    const records: CallRecord[] = [];
    const caller = createCaller({
      provider: open({ ...TEMPLATE, url: server.origin }),
      store: {
        find: async () => null,
        add: async (record) => {
          records.push(record);
        },
        flush: async () => {},
      },
      limiter: createLimiter(1),
      budget: createBudget(null),
      price: null,
      waiting: ({ milliseconds }) => waits.push(milliseconds),
    });
    const result = await caller.call(request(), new AbortController().signal);
    assert.ok(result.type === 'answered');
    assert.partialDeepStrictEqual(result.answer, { type: 'reply', text: 'Hi!' });
    assert.equal(server.requests, 3);
    assert.equal(waits[0], 2_000);
    assert.equal(records[0]?.attempts, 3);
    assert.match(records[0]?.model ?? '', /^http:own#/);
  });

  it('should have its version in its name', () => {
    const bare = open({ ...TEMPLATE, url: 'http://x/' });
    assert.equal(bare.name.model, 'own');
    assert.match(bare.recordedAs ?? '', /^http:own#[0-9a-f-]{36}$/);
    const versioned = open({ ...TEMPLATE, url: 'http://x/', version: '2' });
    assert.equal(versioned.name.model, 'own@2');
    assert.equal(versioned.recordedAs, undefined);
    assert.equal(versioned.name.text, 'http:own.yaml');
  });
});
