import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBudget } from './budget.ts';
import { createCaller } from './call.ts';
import { createLimiter } from './limiter.ts';
import type { CallRecord, CallStore } from './record.ts';
import type { ModelRequest, Provider } from './types.ts';

test('a question that rests on a reply is asked once that reply is on disk', async () => {
  const happened: string[] = [];
  const records = new Map<string, CallRecord>();
  const store: CallStore = {
    find: async (hash) => records.get(hash) ?? null,
    add: async (record) => {
      records.set(record.hash, record);
      happened.push('added');
    },
    flush: async () => {
      happened.push('on disk');
    },
  };
  const provider = {
    name: { text: 'sim:x', provider: 'sim', model: 'x', options: {} },
    complete: async () => {
      happened.push('asked');
      return {
        ...{ type: 'reply', text: 'so', finish: 'stop', raw: '' },
        usage: { input: 1, output: 1 },
      };
    },
  } as unknown as Provider;
  const caller = createCaller({
    ...{ provider, store, limiter: createLimiter(1), budget: createBudget(null), price: null },
  });
  const { signal } = new AbortController();
  const asking = (content: string): ModelRequest => {
    return { messages: [{ role: 'user', content }], parameters: {}, repeat: 0 };
  };
  await caller.call(asking('first'), signal);
  await caller.call(asking('second'), signal, true);
  assert.deepEqual(happened, ['asked', 'added', 'on disk', 'asked', 'added']);
  await caller.call(asking('second'), signal, true);
  assert.equal(happened.length, 5, 'what is on record is asked of nobody');
});
