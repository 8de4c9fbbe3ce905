import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ask, type Client, clients, connect, request } from '../../../test/servers/clients.ts';
import { always, at, type FaultName, faultNames, sometimes } from '../../../test/servers/faults.ts';
import type { Answer } from '../types.ts';

interface Expected {
  type?: Answer['type'];
  kind?: string;
  transient?: boolean;
  status?: number;
  retryAfter?: number;
  message?: RegExp;
}

const expected: Record<FaultName, Expected> = {
  '401': {
    kind: 'authentication',
    transient: false,
    status: 401,
    message: /answered 401: Incorrect API key/,
  },
  '404': { kind: 'request', transient: false, status: 404, message: /does not exist/ },
  '429': { kind: 'rate_limit', transient: true, status: 429 },
  '429-retry-after': { kind: 'rate_limit', transient: true, status: 429, retryAfter: 2000 },
  '429-quota': { kind: 'rate_limit', status: 429, message: /quota/ },
  '500': { kind: 'server', transient: true, status: 500 },
  '503': { kind: 'server', transient: true, status: 503, retryAfter: 1000 },
  hang: { kind: 'timeout', transient: true, message: /in the time allowed/ },
  'hang-body': { kind: 'timeout', transient: true, message: /in the time allowed/ },
  cut: { kind: 'network', transient: true, message: /cut off after 20 bytes/ },
  reset: { kind: 'network', transient: true, message: /the connection was cut/ },
  malformed: { kind: 'malformed', transient: true, message: /not valid JSON/ },
  html: { kind: 'malformed', transient: false, message: /sent a web page/ },
  'wrong-type': { kind: 'malformed', transient: false, message: /"text\/event-stream"/ },
  'empty-body': { kind: 'malformed', transient: true, message: /empty body/ },
  'empty-choices': {
    kind: 'malformed',
    transient: true,
    message: /without a (choice|message|candidate)/,
  },
  'not-an-object': { kind: 'malformed', transient: true, message: /no object|not expected/ },
  'not-utf8': { kind: 'malformed', transient: true, message: /not UTF-8/ },
  compressed: { kind: 'malformed', transient: false, message: /packed as "gzip"/ },
  redirect: {
    kind: 'request',
    transient: false,
    status: 307,
    message: /redirects to https:\/\/elsewhere/,
  },
  filter: { type: 'filtered' },
  'filter-prompt': { type: 'filtered' },
  refusal: { type: 'refused' },
  huge: { type: 'reply' },
  oversize: { kind: 'malformed', transient: false, message: /more than 64 MB/ },
  'echo-headers': { kind: 'request', transient: false, status: 400, message: /\[key\]/ },
};

/** Where a protocol differs from the rest. */
const exceptions: Record<string, Partial<Record<FaultName, Expected>>> = {
  anthropic: {
    // An empty list of content is a reply without words, which Claude does give.
    'empty-choices': { type: 'reply' },
    filter: { type: 'refused' },
  },
  google: {
    '429': { kind: 'rate_limit', transient: true, retryAfter: 34_070 },
    refusal: { type: 'filtered' },
  },
  // Mistral has no field for a refusal: what it says instead is a reply like any other.
  mistral: { refusal: { type: 'reply' } },
};

function check(answer: Answer, fault: FaultName, client: Client): void {
  const provider = client.model.split(':')[0] ?? '';
  const want = exceptions[provider]?.[fault] ?? expected[fault];
  const about = `${client.model} ${fault}: ${JSON.stringify({ ...answer, raw: undefined }).slice(0, 300)}`;
  assert.equal(answer.type, want.type ?? 'failure', about);
  if (answer.type !== 'failure') return;
  assert.equal(answer.kind, want.kind, about);
  if (want.transient !== undefined) assert.equal(answer.transient, want.transient, about);
  assert.equal(answer.status, want.status ?? answer.status, about);
  assert.equal(answer.retryAfter, want.retryAfter ?? answer.retryAfter, about);
  assert.match(answer.message, want.message ?? /./, about);
  assert.match(answer.message, /http:\/\/127\.0\.0\.1:\d+\/v1/, about);
  assert.ok(!answer.message.includes('\n'), about);
}

for (const client of clients) {
  describe(`${client.model}${client.options ? ` (${client.options})` : ''}`, () => {
    for (const fault of faultNames) {
      it(`should make one answer of ${fault}, and go on`, async () => {
        await using server = await client.start({ faults: at({ 1: fault }) });
        const provider = connect(client, server.base);
        const patience = fault.startsWith('hang') ? 150 : 20_000;
        check(await ask(provider, request('hello'), AbortSignal.timeout(patience)), fault, client);
        const next = await ask(provider, request('hello'));
        assert.equal(next.type === 'reply' && next.text, 'hello');
        assert.equal(server.requests, 2, 'the adapter does not retry');
        await provider.close();
      });
    }

    it('should keep the raw body of replies, refusals and errors', async () => {
      await using server = await client.start({ faults: at({ 1: 'filter', 2: '500' }) });
      const provider = connect(client, server.base);
      for (let i = 0; i < 3; i++) {
        const { raw } = await ask(provider, request('hello'));
        assert.equal(typeof JSON.parse(raw ?? ''), 'object');
      }
      await provider.close();
    });

    it('should give every one of many faulty calls exactly one answer', async () => {
      const rates = Object.fromEntries(
        faultNames
          .filter((name) => name !== 'oversize' && name !== 'huge')
          .map((name) => [name, 0.03]),
      );
      await using server = await client.start({ faults: sometimes(rates, 7) });
      const provider = connect(client, server.base);
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          ask(provider, request(`n${index}`), AbortSignal.timeout(3000)),
        ),
      );
      const replies = answers.filter(
        (answer) => answer.type === 'reply' && /^n\d+$/.test(answer.text),
      );
      assert.ok(replies.length > 20 && replies.length < 150, String(replies.length));
      assert.equal(server.requests, 200);
      await provider.close();
    });

    it('should say what it cannot reach', async () => {
      const server = await client.start({});
      await server.close();
      const provider = connect(client, server.base);
      const answer = await ask(provider, request('hello'));
      assert.ok(answer.type === 'failure');
      assert.equal(answer.kind, 'network');
      assert.equal(answer.transient, true);
      assert.match(answer.message, /127\.0\.0\.1:\d+.*nothing listens there.*ECONNREFUSED/);
      await provider.close();
    });

    it('should stop at once when it is told to', async () => {
      await using server = await client.start({ faults: always('hang') });
      const provider = connect(client, server.base);
      const controller = new AbortController();
      const asking = ask(provider, request('hello'), controller.signal);
      while (server.requests === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      // The server never answers: without the abort nothing would come back at all.
      controller.abort();
      const answer = await asking;
      assert.ok(answer.type === 'failure' && answer.kind === 'timeout' && answer.transient);
      assert.match(answer.message, /was stopped/);
      const before = await ask(provider, request('hello'), AbortSignal.abort());
      assert.ok(before.type === 'failure' && before.kind === 'timeout');
      assert.equal(server.requests, 1, 'a call that was stopped before is not made');
      await provider.close();
    });

    it('should resolve calls that are under way when it is closed', async () => {
      await using server = await client.start({ faults: always('hang') });
      const provider = connect(client, server.base);
      const asking = ask(provider, request('hello'));
      while (server.requests === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await provider.close();
      const answer = await asking;
      assert.ok(answer.type === 'failure' && answer.kind === 'network');
      const after = await ask(provider, request('hello'));
      assert.ok(after.type === 'failure');
    });

    it('should carry a thousand calls at once over kept-alive connections', async () => {
      await using server = await client.start({ latency: 50 });
      const provider = connect(client, server.base);
      for (let round = 0; round < 2; round++) {
        const answers = await Promise.all(
          Array.from({ length: 1000 }, (_, index) => ask(provider, request(`n${index}`))),
        );
        for (const [index, answer] of answers.entries()) {
          assert.equal(answer.type === 'reply' && answer.text, `n${index}`);
        }
      }
      assert.equal(server.requests, 2000);
      assert.ok(server.connections <= 1000, `${server.connections} connections`);
      assert.ok(server.mostAtOnce > 300, `${server.mostAtOnce} at once`);
      await provider.close();
    });
  });
}
