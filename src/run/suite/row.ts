/**
 * @module run/suite/row
 * One row of a suite file made into a scenario: one of our own, or a prompt with its clause as people have them.
 */
import * as z from 'zod';
import { parsedJson, withoutUndefined } from '../../model/json.ts';
import { type RowProblem, rowProblem } from './messages.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';

/** A row as its file holds it. */
export interface Row {
  /** Where it stands, as a person finds it: `12`, or ` item 12` of a JSON array. */
  place: string;
  line: number;
  value: unknown;
}

const { messages: messagesSchema, tools, maxTokens, source } = scenarioSchema.shape;
const text = z.string().trim().min(1);
const clauseIds = z.union([z.array(z.string()), z.string()]);
const conversation = z.union([messagesSchema, text]);

/** Every field of our own scenarios, and the names that others have for them. */
const rowSchema = z.object({
  id: z.string().min(1).optional(),
  title: z.string().optional(),
  clause: clauseIds.optional(),
  clauses: clauseIds.optional(),
  prompt: conversation.optional(),
  input: conversation.optional(),
  messages: conversation.optional(),
  system: z.string().optional(),
  tools,
  maxTokens,
  max_tokens: maxTokens,
  cluster: z.string().min(1).optional(),
  source: source.optional(),
});

type RowFields = z.infer<typeof rowSchema>;

/** The fields that a row may have. */
export const ROW_FIELDS: readonly string[] = Object.keys(rowSchema.shape);

const CONVERSATIONS = ['messages', 'input', 'prompt'] as const;
const TITLE_LENGTH = 60;
/** Enough of a prompt for a title, however much of it is space. */
const TITLE_SOURCE = 300;

/** The scenario in a row, or what is wrong with the row. */
export function scenarioOfRow(file: string, { place, line, value }: Row): Scenario | RowProblem {
  const read = rowSchema.safeParse(value);
  if (!read.success) return rowProblem('row-not-readable', { reason: firstIssue(read.error) });
  const row = read.data;
  const clauses = clausesOf(row);
  if (clauses.length === 0) return rowProblem('no-clause', {});
  const messages = messagesOf(row);
  if ('code' in messages) return messages;
  const id = row.id ?? `${file.replace(/^.*[\\/]/, '')}:${place.trim()}`;
  return withoutUndefined({
    id,
    title: row.title ?? titleOf(messages),
    clauses,
    messages,
    tools: row.tools,
    maxTokens: row.maxTokens ?? row.max_tokens,
    cluster: row.cluster ?? id,
    source: row.source ?? { kind: 'file', reference: file, line },
  });
}

function titleOf(messages: Scenario['messages']): string {
  const { content } = messages.at(-1) ?? { content: '' };
  const start = content.slice(0, TITLE_SOURCE);
  // A slice shares the prompt's memory; a replaced text is one more of its own, for every row.
  const line = /\s\s|[^\S ]/.test(start) ? start.replace(/\s+/g, ' ') : start;
  return line.slice(0, TITLE_LENGTH);
}

/** Both fields' clauses, each once: the same id in both is one clause. */
function clausesOf({ clause, clauses }: RowFields): string[] {
  const listed = [clause, clauses].flatMap((ids) =>
    // Either field may be left out.
    typeof ids === 'string' ? ids.split(/[;,]/) : (ids ?? []),
  );
  const ids = listed.map((id) => id.trim().replace(/^#/, '')).filter((id) => id !== '');
  return [...new Set(ids)];
}

function messagesOf(row: RowFields): Scenario['messages'] | RowProblem {
  const [field, other] = CONVERSATIONS.filter((name) => row[name] !== undefined);
  const given = field === undefined ? undefined : row[field];
  if (field === undefined || given === undefined) return rowProblem('no-messages', {});
  if (other !== undefined) return rowProblem('two-conversations', { fields: [field, other] });
  const messages = typeof given === 'string' ? fromText(given) : given;
  if ('code' in messages) return messages;
  const system = row.system?.trim();
  return system === undefined || system === ''
    ? messages
    : [{ role: 'system', content: system }, ...messages];
}

/** CSV has only text: a cell that is a JSON list of messages is taken as one. */
function fromText(given: string): Scenario['messages'] | RowProblem {
  if (!/^\[\s*\{/.test(given)) return [{ role: 'user', content: given }];
  const value = parsedJson(given);
  if (value === undefined) return [{ role: 'user', content: given }];
  const parsed = messagesSchema.safeParse(value);
  return parsed.success
    ? parsed.data
    : rowProblem('wrong-messages', { reason: firstIssue(parsed.error) });
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'it fits no form';
  const { path, message } = innermost(issue);
  return `${path.length === 0 ? '' : `${path.join('.')}: `}${message}`;
}

/** Where several forms are allowed, what is wrong with the one that the value came closest to. */
function innermost(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string } {
  if (issue.code !== 'invalid_union') return issue;
  const within = issue.errors.flatMap((issues) => issues.slice(0, 1).map(innermost));
  const deepest = within.toSorted((a, b) => b.path.length - a.path.length)[0];
  return deepest === undefined || deepest.path.length === 0
    ? issue
    : { path: [...issue.path, ...deepest.path], message: deepest.message };
}
