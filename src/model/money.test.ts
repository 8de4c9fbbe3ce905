import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encode } from 'gpt-tokenizer';
import { sharedText } from '../../test/shared-data.ts';
import { createBudget } from './budget.ts';
import { parseModelName } from './name.ts';
import { costOf, estimateTokens, priceOf } from './prices.ts';
import type { ModelName } from './types.ts';

function name(text: string): ModelName {
  const parsed = parseModelName(text);
  assert.ok(parsed.ok);
  return parsed.name;
}

test('calls in flight together never break through a budget', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 0, max: 10, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { maxLength: 30 }),
      async (ceiling, costs) => {
        const budget = createBudget(ceiling);
        await Promise.all(
          costs.map(async (cost) => {
            if (!(await budget.reserve(cost))) return;
            await Promise.resolve();
            budget.settle(cost, cost * 0.9);
          }),
        );
        assert.ok(budget.spent <= ceiling + 1e-9);
      },
    ),
  );
});

test('a call waits for what others have set aside, and is made when it comes back', async () => {
  const budget = createBudget(1);
  assert.equal(await budget.reserve(0.8), true);
  const second = budget.reserve(0.8);
  budget.settle(0.8, 0.1);
  assert.equal(await second, true);
  budget.settle(0.8, 0.8);
  assert.equal(await budget.reserve(0.2), false);
});

test('a dated name has the price of its model, another model has none, and one can give it', () => {
  assert.deepEqual(priceOf(name('openai:gpt-5-2025-08-07')), priceOf(name('openai:gpt-5')));
  assert.deepEqual(
    priceOf(name('anthropic:claude-sonnet-4-5-20250929')),
    priceOf(name('anthropic:claude-sonnet-4-5')),
  );
  assert.equal(priceOf(name('openai:gpt-5-unheard-of')), null);
  assert.equal(priceOf(name('compatible:mine?base=http://127.0.0.1:1/v1')), null);
  assert.deepEqual(priceOf(name('openai:gpt-5'), { 'openai:gpt-5': { input: 1, output: 2 } }), {
    input: 1,
    output: 2,
  });
  assert.deepEqual(priceOf(name('ollama:llama3.2')), { input: 0, output: 0 });
});

test('a cost is the sum of its tokens, and unknown where a part of it is', () => {
  const price = { input: 2, output: 10, cachedInput: 0.5 };
  assert.equal(costOf(price, { input: 1e6, output: 1e5 }), 3);
  assert.equal(costOf(price, { input: 1e6, output: 0, cachedInput: 5e5 }), 1.25);
  assert.equal(costOf(price, { input: null, output: 1 }), null);
  assert.equal(costOf(null, { input: 1, output: 1 }), null);
});

test('the estimate of tokens is near the count of a real tokenizer, and seldom below', (t) => {
  const text = sharedText(t, 'model-spec/2025-12-18/model_spec.md');
  if (text === null) return;
  const counted = encode(text).length;
  const estimated = estimateTokens(text);
  assert.ok(estimated >= counted && estimated < counted * 1.4, `${estimated} for ${counted}`);
  const chinese = '模型应当诚实地回答用户的问题，并说明不确定之处。'.repeat(50);
  assert.ok(estimateTokens(chinese) >= encode(chinese).length * 0.8);
});
