/**
 * @module model/tool-calls
 * Gives tool calls and their results the ids by which every protocol ties them together. Conversations printed in a
 * specification have none: there, a message to `browser` is followed by one from `browser`.
 */

import { isRecord, parsedJson } from './json.ts';
import type { Message, ToolCall } from './types.ts';

/** A message that the provider has a place for. */
export type PlacedMessage =
  | { role: 'system' | 'developer' | 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: ToolCall[] }
  | { role: 'tool'; content: string; toolCallId: string; name: string };

type Linked = { messages: PlacedMessage[] } | { unsupported: string };

/** Recipients that are people or everybody, not tools. */
const people = new Set(['user', 'all']);

/**
 * Gives every tool result its call: messages to a recipient become calls, results are tied to the
 * open call of the same id, or the same name, or the first that is open.
 *
 * @param messages The conversation.
 * @param callIds Which ids the protocol takes.
 */
export function linkTools(messages: readonly Message[], callIds: RegExp): Linked {
  const placed: PlacedMessage[] = [];
  const ids = new Ids(callIds);
  let open: ToolCall[] = [];

  for (const message of messages) {
    if (message.role === 'tool') {
      const call = takeCall(open, message, ids);
      if (!call) {
        return {
          unsupported: `the result of ${message.name === undefined ? 'a tool' : `the tool "${message.name}"`} answers no call before it.`,
        };
      }
      open = open.filter((candidate) => candidate !== call);
      placed.push({ role: 'tool', content: message.content, toolCallId: call.id, name: call.name });
      continue;
    }
    const speaks = message.role === 'assistant' ? assistant(message, ids) : undefined;
    const last = placed.at(-1);
    if (open.length > 0) {
      // Calls made side by side may be written one below the other.
      if (last?.role !== 'assistant' || speaks?.toolCalls === undefined) return unanswered(open);
      last.toolCalls = [...(last.toolCalls ?? []), ...speaks.toolCalls];
      last.content =
        last.content === '' ? speaks.content : `${last.content}\n\n${speaks.content}`.trimEnd();
      open.push(...speaks.toolCalls);
      continue;
    }
    if (speaks) {
      placed.push(speaks);
      open = [...(speaks.toolCalls ?? [])];
    } else {
      placed.push({
        role: message.role as 'system' | 'developer' | 'user',
        content: message.content,
      });
    }
  }
  return open.length > 0 ? unanswered(open) : { messages: placed };
}

function unanswered(open: readonly ToolCall[]): Linked {
  return { unsupported: `the call of the tool "${open[0]?.name}" is not followed by its result.` };
}

function assistant(message: Message, ids: Ids): PlacedMessage & { role: 'assistant' } {
  if (message.toolCalls !== undefined && message.toolCalls.length > 0) {
    const toolCalls = message.toolCalls.map((call) => ({
      id: ids.take(call.id),
      name: toolName(call.name),
      arguments: objectText(call.arguments),
    }));
    return { role: 'assistant', content: message.content, toolCalls };
  }
  if (message.recipient === undefined || people.has(message.recipient)) {
    return { role: 'assistant', content: message.content };
  }
  const call = {
    id: ids.take(undefined),
    name: toolName(message.recipient),
    arguments: objectText(message.content),
  };
  return { role: 'assistant', content: '', toolCalls: [call] };
}

function takeCall(open: readonly ToolCall[], message: Message, ids: Ids): ToolCall | undefined {
  if (message.toolCallId !== undefined) {
    const id = ids.known(message.toolCallId);
    return open.find((call) => call.id === id);
  }
  const name = message.name === undefined ? undefined : toolName(message.name);
  return open.find((call) => call.name === name) ?? open[0];
}

/**
 * A tool's name in the letters that every protocol takes: `functions.search` is `search`,
 * `browser.open` is `browser_open`.
 *
 * @param name As the conversation has it.
 */
function toolName(name: string): string {
  const plain = name
    .replace(/^functions\./, '')
    .replace(/[^a-zA-Z0-9_-]/g, '_')
    .slice(0, 64);
  return /^[a-zA-Z_]/.test(plain) ? plain : `_${plain}`.slice(0, 64);
}

/** Arguments are a JSON object in every protocol; what is none is put into one, under `input`. */
function objectText(text: string): string {
  if (isRecord(parsedJson(text))) return text;
  return JSON.stringify(text.trim() === '' ? {} : { input: text });
}

/** Ids that fit the protocol and are used once. */
class Ids {
  readonly #pattern: RegExp;
  readonly #used = new Set<string>();
  readonly #renamed = new Map<string, string>();
  #count = 0;

  constructor(pattern: RegExp) {
    this.#pattern = pattern;
  }

  take(wanted: string | undefined): string {
    let id = wanted;
    while (id === undefined || !this.#pattern.test(id) || this.#used.has(id)) {
      this.#count++;
      id = `call${String(this.#count).padStart(5, '0')}`;
    }
    this.#used.add(id);
    if (wanted !== undefined) this.#renamed.set(wanted, id);
    return id;
  }

  known(id: string): string {
    return this.#renamed.get(id) ?? id;
  }
}
