import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startAnthropic } from './anthropic.ts';
import { behaviourNamed } from './behaviours.ts';
import { ask, clients, connect, request } from './clients.ts';
import { faultNames, faultsNamed, sometimes } from './faults.ts';
import { startGoogle } from './google.ts';
import { startOpenai } from './openai.ts';

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers });
  return { status: response.status, text: await response.text() };
}

describe('the test servers', () => {
  it('should refuse what the real ones refuse', async () => {
    await using openai = await startOpenai();
    await using mistral = await startOpenai({ dialect: 'mistral' });
    await using anthropic = await startAnthropic();
    await using google = await startGoogle();
    const user = { role: 'user', content: 'x' };
    const assistant = { role: 'assistant', content: 'y' };
    const version = { 'anthropic-version': '2023-06-01' };
    const chat = (messages: unknown[], rest = {}) =>
      post(`${openai.base}/chat/completions`, { model: 'm', messages, ...rest });
    const message = (messages: unknown[], rest = {}) =>
      post(`${anthropic.base}/messages`, { model: 'm', max_tokens: 5, messages, ...rest }, version);
    const generate = (contents: unknown[]) =>
      post(`${google.base}/models/m:generateContent`, { contents });
    const cases: [Promise<{ status: number; text: string }>, RegExp][] = [
      [chat([]), /too short/],
      [chat([{ role: 'robot', content: 'x' }]), /Invalid value: 'robot'/],
      [
        chat([user, { role: 'tool', content: 'x', tool_call_id: '1' }]),
        /must be a response to a preceeding/,
      ],
      [chat([user], { max_tokens: 5 }), /max_completion_tokens/],
      [chat([user], { surprise: 1 }), /Unrecognized request argument supplied: surprise/],
      [
        post(`${openai.base}/responses`, { model: 'm', input: [user], stop: ['x'] }),
        /Unknown parameter: 'stop'/,
      ],
      [
        post(`${mistral.base}/chat/completions`, { model: 'm', messages: [user, assistant] }),
        /Expected last role User or Tool/,
      ],
      [
        post(`${anthropic.base}/messages`, { model: 'm', messages: [user] }, version),
        /max_tokens: Field required/,
      ],
      [message([user, user]), /roles must alternate/],
      [message([assistant]), /beginning with/],
      [message([user, assistant]), /prefill/],
      [message([{ role: 'user', content: '' }]), /non-empty/],
      [message([user], { temperature: 1.5 }), /temperature/],
      [generate([]), /contents is not specified/],
      [generate([{ role: 'user', parts: [] }]), /must not be empty/],
      [
        generate([
          { role: 'user', parts: [{ text: 'x' }] },
          { role: 'model', parts: [{ text: 'x' }] },
        ]),
        /ends with a user turn/,
      ],
    ];
    for (const [asking, expected] of cases) {
      const { status, text } = await asking;
      assert.equal(status, 400, text);
      assert.match(text, expected);
    }
  });

  it('should cite the first words of the last assistant message as a judge', async () => {
    const transcript = [
      { id: 'm1', role: 'user', content: 'q "transcript": [1]' },
      { id: 'm2', role: 'assistant', content: 'first' },
      { id: 'm3', role: 'user', content: ']}' },
      { id: 'm4', role: 'assistant', content: 'It is "so" [indeed], \\ my dear friend of old' },
    ];
    for (const client of clients) {
      await using server = await client.start({ behaviour: behaviourNamed('verdict:violates') });
      const provider = connect(client, server.base);
      const answer = await ask(
        provider,
        request(`Judge this: ${JSON.stringify({ clause: 'c', transcript })}\nThanks.`),
      );
      assert.ok(answer.type === 'reply', JSON.stringify(answer));
      assert.deepEqual(JSON.parse(answer.text), {
        outcome: 'violates',
        severity: 'major',
        reason: 'The reply violates.',
        citations: [{ message: 'm4', quote: 'It is "so" [indeed], \\' }],
      });
      await provider.close();
    }
  });

  it('should draw faults at their rate, the same in every run', () => {
    const plan = sometimes({ '500': 0.1, hang: 0.05 }, 3);
    const drawn = Array.from({ length: 10_000 }, (_, index) => plan(index + 1));
    const share = (name: string) => drawn.filter((fault) => fault === name).length / drawn.length;
    assert.ok(Math.abs(share('500') - 0.1) < 0.01);
    assert.ok(Math.abs(share('hang') - 0.05) < 0.01);
    assert.deepEqual(
      drawn,
      Array.from({ length: 10_000 }, (_, index) =>
        sometimes({ '500': 0.1, hang: 0.05 }, 3)(index + 1),
      ),
    );
  });

  it('should read faults from a command line', () => {
    const plan = faultsNamed(['500@2', '429-retry-after@3']);
    assert.deepEqual([1, 2, 3].map(plan), [undefined, '500', '429-retry-after']);
    assert.equal(faultsNamed(['hang'])(9), 'hang');
    assert.throws(() => faultsNamed(['bang']), /no fault "bang"/);
    for (const name of faultNames) assert.equal(faultsNamed([`${name}@1`])(1), name);
  });

  it('should run as a process of its own', async () => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    for (const name of ['openai', 'anthropic', 'google', 'mistral', 'compatible']) {
      const child = spawn(
        process.execPath,
        [main, name, '--reply', 'fixed:yes', '--fault', '500@1'],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const [line] = await once(child.stdout, 'data');
      const client = clients.find(({ model }) =>
        model.startsWith(name === 'compatible' ? 'vllm' : name),
      );
      assert.ok(client);
      const provider = connect(client, String(line).trim());
      assert.equal((await ask(provider, request('x'))).type, 'failure');
      assert.partialDeepStrictEqual(await ask(provider, request('x')), {
        type: 'reply',
        text: 'yes',
      });
      await provider.close();
      child.kill();
      await once(child, 'exit');
    }
  });
});
