/**
 * @module features/spec/resolve/conversation
 * Reads a conversation from JSON (an array of messages, or an object with `messages`) or JSON lines.
 */
import type * as z from 'zod';
import type { FileProblem } from '../../../app/file-problem.ts';
import {
  type Authority,
  authorityOf,
  KNOWN_ROLES,
  levelNamed,
  lowestSpeaking,
} from '../../../spec/authority.ts';
import { type JsonPath, jsonPlace, stringEnd } from '../../../spec/json-places.ts';
import { SourceText } from '../../../spec/source-text.ts';
import type { Spec } from '../../../spec/types.ts';
import { type ConversationFault, conversationText } from './messages.ts';
import { splitText } from './quoted.ts';
import { conversationSchema, messageSchema } from './schema.ts';
import type { ConversationMessage, QuotedText, Transcript } from './types.ts';

type RawMessage = z.infer<typeof messageSchema>;

/** The values of a file and where in it each stands. */
interface Placed {
  messages: { value: unknown; offset: number; text: string; path: JsonPath }[];
  roles: Record<string, string | null>;
  judgements: Transcript['judgements'];
}

/** The conversation in a file's text, or what is wrong with it, each with file, line and column. */
export function readConversation(
  file: string,
  text: string,
  spec: Spec,
): { conversation: Transcript } | { problems: FileProblem[] } {
  const source = new SourceText(file, text.replace(/^\uFEFF/, ''));
  const problems: FileProblem[] = [];
  const report: Report = (offset, fault) => {
    if (problems.length >= MOST_PROBLEMS) return;
    const { line, column } = source.position(offset);
    problems.push({ file, line, column, ...fault, message: conversationText(fault) });
  };
  const placed = readWhole(source.text, report) ?? { messages: [], roles: {}, judgements: {} };
  const names = authorityOf(spec).levels.map(({ name }) => name);
  for (const [role, level] of Object.entries(placed.roles)) {
    if (level === null || names.includes(level)) continue;
    const { offset } = jsonPlace(source.text, ['roles', role]);
    report(offset, { code: 'no-such-level', data: { level, levels: names } });
  }
  const authority = authorityOf(spec, placed.roles);
  const messages = placed.messages.map((raw, index) => {
    const { line, column } = source.position(offsetOf(raw, []));
    return readMessage(raw, index + 1, { line, column }, authority, report);
  });
  if (problems.length > 0) return { problems };
  const { roles, judgements } = placed;
  const read = messages.filter((message) => message !== null);
  return { conversation: { file, messages: read, roles, judgements } };
}

type Report = (offset: number, fault: ConversationFault) => void;

const MOST_PROBLEMS = 20;

function readWhole(text: string, report: Report): Placed | null {
  if (text.trim() === '') {
    report(0, { code: 'empty-file', data: {} });
    return null;
  }
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    const lines = readLines(text, report);
    if (lines !== null) return lines;
    const { offset, expected } = jsonPlace(text);
    report(offset, { code: 'no-json', data: { expected } });
    return null;
  }
  if (Array.isArray(whole))
    return { messages: placedItems(whole, text, []), roles: {}, judgements: {} };
  if (isRecord(whole) && 'role' in whole && !('messages' in whole)) {
    return { messages: [{ value: whole, offset: 0, text, path: [] }], roles: {}, judgements: {} };
  }
  return readObject(whole, text, report);
}

function readObject(whole: unknown, text: string, report: Report): Placed | null {
  // Messages are looked at one by one below, so that each of them can be named.
  const parsed = conversationSchema.omit({ messages: true }).safeParse(whole);
  if (!parsed.success) {
    for (const { path, field, reason } of faultsIn(parsed.error)) {
      report(jsonPlace(text, path).offset, { code: 'wrong-field', data: { field, reason } });
    }
    return null;
  }
  const { messages } = parsed.data as { messages?: unknown };
  if (!Array.isArray(messages)) {
    report(0, { code: 'no-messages', data: {} });
    return null;
  }
  const { roles = {}, judgements = {} } = parsed.data;
  return { messages: placedItems(messages, text, ['messages']), roles, judgements };
}

function faultsIn({ issues }: z.ZodError): { path: JsonPath; field: string; reason: string }[] {
  return issues.map(({ path: keys, message: reason }) => {
    const path = keys.map((part) => (typeof part === 'symbol' ? '' : part));
    return { path, field: path.join('.'), reason };
  });
}

/** Where the items begin is found in one reading of the text, whatever their number. */
function placedItems(items: unknown[], text: string, path: JsonPath): Placed['messages'] {
  const starts = itemOffsets(text, jsonPlace(text, path).offset);
  return items.map((value, index) => {
    // In a text that nests too deep to be looked through, the place of an item is that of the text.
    const offset = starts[index] ?? 0;
    return { value, offset, text: text.slice(offset, starts[index + 1]), path: [] };
  });
}

/** Offsets of the items of the array that begins at `start`, in a text that is known to be JSON. */
function itemOffsets(text: string, start: number): number[] {
  const offsets: number[] = [];
  let depth = 0;
  let awaits = true;
  let at = start + 1;
  while (at < text.length && depth >= 0) {
    const sign = text.charAt(at);
    if (/\s/.test(sign)) {
      at++;
      continue;
    }
    if (awaits && sign !== ']') offsets.push(at);
    awaits = depth === 0 && sign === ',';
    if (sign === '[' || sign === '{') depth++;
    else if (sign === ']' || sign === '}') depth--;
    at = sign === '"' ? stringEnd(text, at) : at + 1;
  }
  return offsets;
}

/** JSON lines; null where the first line is no JSON value of its own, so that this is something else. */
function readLines(text: string, report: Report): Placed | null {
  const messages: Placed['messages'] = [];
  let offset = 0;
  let isFirst = true;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') {
      try {
        messages.push({ value: JSON.parse(line), offset, text: line, path: [] });
      } catch {
        if (isFirst) return null;
        const { offset: within, expected } = jsonPlace(line);
        report(offset + within, { code: 'no-json-line', data: { expected } });
      }
      isFirst = false;
    }
    offset += line.length + 1;
  }
  return { messages, roles: {}, judgements: {} };
}

function offsetOf(raw: Placed['messages'][number], path: JsonPath): number {
  const lead = raw.text.length - raw.text.trimStart().length;
  if (path.length === 0) return raw.offset + lead;
  return raw.offset + jsonPlace(raw.text, path).offset;
}

function readMessage(
  raw: Placed['messages'][number],
  number: number,
  place: { line: number; column: number },
  authority: Authority,
  report: Report,
): ConversationMessage | null {
  const parsed = messageSchema.safeParse(raw.value);
  if (!parsed.success) {
    for (const { path, field, reason } of faultsIn(parsed.error)) {
      const data = { message: number, field, reason };
      report(offsetOf(raw, path), { code: 'wrong-message', data });
    }
    return null;
  }
  const message = parsed.data;
  const { role } = message;
  if (!Object.hasOwn(authority.roles, role)) {
    const roles = [...new Set([...KNOWN_ROLES, ...Object.keys(authority.roles)])];
    const data = { message: number, role, roles };
    report(offsetOf(raw, ['role']), { code: 'unknown-role', data });
    return null;
  }
  return { ...takeApart(message, `m${number}`, authority), ...place };
}

/** Types of parts that hold the sender's own words. */
const OWN_TEXT = new Set(['text', 'input_text', 'output_text']);

/** Types of parts that hold text of others. */
const QUOTED_PART = new Set(['untrusted', 'untrusted_text', 'quoted', 'tool_result', 'document']);

function takeApart(
  message: RawMessage,
  id: string,
  authority: Authority,
): Omit<ConversationMessage, 'line' | 'column'> {
  const level = levelNamed(authority, authority.roles[message.role] ?? null);
  const maySet = level !== undefined && level !== lowestSpeaking(authority);
  const settings: Record<string, string> = {};
  if (maySet) {
    for (const [name, value] of Object.entries(message.settings ?? {}))
      settings[name] = String(value);
  }
  const { role, content } = message;
  const name = message.name ?? null;
  const whole = { id, role, name, settings };
  if (level === undefined) {
    const text = partsOf(content).map(partText).join('\n');
    return { ...whole, text, quoted: [], markers: [] };
  }
  const texts: string[] = [];
  const quoted: QuotedText[] = [];
  const markers: ConversationMessage['markers'] = [];
  for (const part of partsOf(content)) {
    if (OWN_TEXT.has(part.type) && 'text' in part && typeof part.text === 'string') {
      const split = splitText(part.text, id, quoted.length + 1, maySet);
      texts.push(split.text);
      quoted.push(...split.quoted);
      markers.push(...split.markers);
      Object.assign(settings, split.settings);
    } else {
      const own = `${id}.q${quoted.length + 1}`;
      const form = QUOTED_PART.has(part.type) ? 'part' : 'media';
      quoted.push({ id: own, form, text: partText(part) || `(${part.type})` });
      texts.push(`[${own}]`);
    }
  }
  return { ...whole, text: texts.join('\n').trim(), quoted, markers };
}

function partsOf(content: RawMessage['content']): { type: string; [field: string]: unknown }[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  // A message may say nothing, such as one that only calls tools.
  return content ?? [];
}

function partText(part: Record<string, unknown>): string {
  if (typeof part.text === 'string') return part.text;
  if (typeof part.content === 'string') return part.content;
  if (!Array.isArray(part.content)) return '';
  return part.content
    .map((inner) => (isRecord(inner) ? partText({ text: inner.text }) : ''))
    .join('\n');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
