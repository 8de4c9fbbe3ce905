/**
 * @module model/simulated/draws
 * Draws that are the same in every run: each is a hash of what it is drawn for.
 */
import { hash } from 'node:crypto';
import type { ModelRequest } from '../types.ts';

/** A number in [0, 1) that only depends on the parts; parts that differ anywhere give unrelated numbers. */
export function draw(...parts: (string | number)[]): number {
  return Number.parseInt(hash('sha256', parts.join('\u0000'), 'hex').slice(0, 13), 16) / 2 ** 52;
}

/** What all draws for one request start from: the same question, repeat and seed give the same text. */
export function seedOf(request: ModelRequest, seed: string): string {
  const messages = request.messages.map(({ role, content }) => [role, content]);
  const asked = [messages, request.repeat, request.parameters.seed ?? null, seed];
  return hash('sha256', JSON.stringify(asked), 'hex');
}

/** One of the choices, or undefined where there are none. */
export function pick<Choice>(choices: readonly Choice[], chance: number): Choice | undefined {
  return choices[Math.floor(chance * choices.length)];
}
