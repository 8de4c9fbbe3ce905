import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { familyOf, parseModelName } from './name.ts';

const cases: [string, string | null][] = [
  ['openai:gpt-5', 'openai'],
  ['openai:o3-mini', 'openai'],
  ['openai:chatgpt-4o-latest', 'openai'],
  ['openai:ft:gpt-4o:acme::x', 'openai'],
  ['openai:something-new', 'openai'],
  ['openai:llama-3.1-8b?base=https://api.example/v1', 'meta'],
  ['openai:mystery?base=https://api.example/v1', null],
  ['anthropic:claude-sonnet-4-5', 'anthropic'],
  ['google:gemini-2.5-pro', 'google'],
  ['google:gemma-3-27b-it', 'google'],
  ['mistral:codestral-latest', 'mistral'],
  ['mistral:open-mixtral-8x7b', 'mistral'],
  ['ollama:llama3.2:3b', 'meta'],
  ['ollama:gemma3', 'google'],
  ['ollama:gpt-oss:20b', 'openai'],
  ['ollama:qwq', 'qwen'],
  ['ollama:mistral-nemo', 'mistral'],
  ['ollama:phi4', 'microsoft'],
  ['ollama:my-own', null],
  ['ollama:gpt4all-falcon', null],
  ['vllm:Qwen/Qwen3-8B', 'qwen'],
  ['vllm:meta-llama/Llama-3.3-70B-Instruct', 'meta'],
  ['vllm:deepseek-ai/DeepSeek-R1-Distill-Llama-70B', 'deepseek'],
  ['compatible:anthropic/claude-opus-4.1?base=https://openrouter.example/api/v1', 'anthropic'],
  ['compatible:openai/gpt-5?base=https://openrouter.example/api/v1', 'openai'],
  ['compatible:x-ai/grok-4?base=https://openrouter.example/api/v1', 'xai'],
  ['compatible:house-model?base=https://h/v1', null],
  ['compatible:house-model?base=https://h/v1&family=meta', 'meta'],
  ['sim:judge', null],
];

describe('familyOf', () => {
  for (const [text, family] of cases) {
    it(`should say ${family} of ${text}`, () => {
      const parsed = parseModelName(text);
      assert.ok(parsed.ok);
      assert.equal(familyOf(parsed.name), family);
    });
  }
});
