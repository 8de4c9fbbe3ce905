/**
 * @module test/servers/behaviours
 * What a server's model says.
 */

/** A request, the same whatever protocol it came in. */
export interface Asked {
  /** Counts from 1. */
  number: number;
  model: string;
  messages: { role: string; content: string }[];
  /** The JSON Schema of the reply, where one is asked for. */
  schema?: unknown;
  path: string;
  body: Record<string, unknown>;
}

/** What the model answers with; a text is short for `{ text }`. */
export type Said =
  | string
  | { text: string; finish?: 'stop' | 'length' }
  | { toolCalls: { id: string; name: string; arguments: string }[]; text?: string };

export type Behaviour = (asked: Asked) => Said | Promise<Said>;

/** Says what the user said last. */
export const echo: Behaviour = (asked) => lastUser(asked);

/** Always says the same. */
export function fixed(text: string): Behaviour {
  return () => text;
}

/**
 * A judge with a foregone conclusion, which cites the first words of the assistant's last message.
 *
 * @param outcome What it finds.
 */
export function verdict(outcome: 'adheres' | 'violates'): Behaviour {
  return (asked) => {
    const assistant = readTranscript(lastUser(asked)).findLast(({ role }) => role === 'assistant');
    const quote = assistant?.content.match(/^\s*(?:\S+\s+){0,4}\S+/)?.[0] ?? '';
    return JSON.stringify({
      outcome,
      severity: outcome === 'violates' ? 'major' : null,
      reason: `The reply ${outcome}.`,
      citations: assistant && quote !== '' ? [{ message: assistant.id, quote }] : [],
    });
  };
}

/** A subject and its judge in one: a few sentences, and a verdict where a form is asked for. */
export const repliesAndJudges: Behaviour = ({ schema }) =>
  schema === undefined
    ? 'A reply of a fair length, as a model gives it to a question of a few lines. '.repeat(4)
    : JSON.stringify({
        reason: 'The reply does what the clause asks, in the situation it stands in. '.repeat(3),
        outcome: 'adheres',
        severity: null,
        citations: [],
      });

/**
 * Reads a behaviour from a command line: `echo`, `fixed:TEXT`, `verdict:adheres`, `verdict:violates`, `both`.
 *
 * @param text The behaviour's name.
 */
export function behaviourNamed(text: string): Behaviour {
  if (text === 'echo') return echo;
  if (text === 'both') return repliesAndJudges;
  if (text.startsWith('fixed:')) return fixed(text.slice('fixed:'.length));
  if (text === 'verdict:adheres') return verdict('adheres');
  if (text === 'verdict:violates') return verdict('violates');
  throw new Error(`There is no behaviour "${text}".`);
}

function lastUser(asked: Asked): string {
  return asked.messages.findLast(({ role }) => role === 'user')?.content ?? '';
}

interface TranscriptMessage {
  id: string;
  role: string;
  content: string;
}

/** The list under the key "transcript", also where the JSON stands within other text. */
function readTranscript(text: string): TranscriptMessage[] {
  for (const found of text.matchAll(/"transcript"\s*:\s*\[/g)) {
    const start = found.index + found[0].length - 1;
    const end = closingBracket(text, start);
    if (end === -1) continue;
    const list: unknown = JSON.parse(text.slice(start, end + 1));
    if (Array.isArray(list)) return list.filter(isTranscriptMessage);
  }
  return [];
}

function isTranscriptMessage(value: unknown): value is TranscriptMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'role' in value &&
    'content' in value &&
    typeof value.content === 'string'
  );
}

function closingBracket(text: string, start: number): number {
  let depth = 0;
  let isInString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') {
      depth--;
      if (depth === 0) return at;
    }
  }
  return -1;
}
