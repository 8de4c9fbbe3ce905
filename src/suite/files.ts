/**
 * @module suite/files
 * Suites as files: our own JSON lines, and the prompts that people have, as JSON lines, JSON or CSV with a
 * clause column. Whatever is wrong with a row is said with its line; a file is taken whole or not at all.
 */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type Scenario, type Suite, scenarioSchema, suiteOf } from './scenario.ts';

/** What is wrong with a suite file, a line each: `file:line: what, and what to do`. */
export interface SuiteProblems {
  problems: string[];
}

const MOST_PROBLEMS = 10;

/** A suite as JSON lines, as `readSuite` reads it. */
export function writeSuite(suite: Suite): string {
  return suite.scenarios.map((scenario) => `${JSON.stringify(scenario)}\n`).join('');
}

/**
 * The suite in a file's text. `.csv` is read as CSV; everything else as JSON lines or a JSON array. A row is
 * a scenario as `writeSuite` writes it, or has a prompt (`prompt`, `input` or `messages`) and its clause
 * (`clause`, or `clauses` as a list or separated by `;`), and may have `id`, `title`, `system`, `cluster`.
 * `isClause` says whether the spec has a clause of this id, and which ids are near.
 */
export function readSuite(
  file: string,
  text: string,
  clauses: { has(id: string): boolean; near(id: string): string[] },
): Suite | SuiteProblems {
  const rows = /\.csv$/i.test(file) ? csvRows(file, text) : jsonRows(file, text);
  if ('problems' in rows) return rows;
  const problems: string[] = [];
  const scenarios: Scenario[] = [];
  const placeOfId = new Map<string, string>();
  for (const row of rows) {
    const scenario = toScenario(file, row);
    if (typeof scenario === 'string') {
      problems.push(`${file}:${row.place}: ${scenario}`);
      continue;
    }
    for (const id of scenario.clauses) {
      if (clauses.has(id)) continue;
      const near = clauses.near(id).map((known) => `#${known}`);
      const hint = near.length > 0 ? ` Is it ${near.join(' or ')}?` : '';
      problems.push(`${file}:${row.place}: the spec has no clause #${id}.${hint}`);
    }
    const earlier = placeOfId.get(scenario.id);
    if (earlier !== undefined) {
      problems.push(`${file}:${row.place}: the id '${scenario.id}' stands at ${earlier} too.`);
    }
    placeOfId.set(scenario.id, row.place);
    scenarios.push(scenario);
  }
  if (problems.length === 0 && scenarios.length === 0) {
    problems.push(`${file}: no scenario in it. Each row needs a 'clause' and a 'prompt'.`);
  }
  if (problems.length === 0) return suiteOf(scenarios);
  const shown = problems.slice(0, MOST_PROBLEMS);
  if (problems.length > shown.length) shown.push(`… and ${problems.length - shown.length} more.`);
  return { problems: shown };
}

interface Row {
  /** Where the row stands, as a person finds it: `12`, or ` item 12` of a JSON array. */
  place: string;
  line: number;
  value: unknown;
}

function csvRows(file: string, text: string): Row[] | SuiteProblems {
  try {
    const records: unknown = parse(text, {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
    });
    const parsed = z
      .array(
        z.object({
          record: z.record(z.string(), z.string()),
          info: z.object({ lines: z.number() }),
        }),
      )
      .parse(records);
    return parsed.map(({ record, info }) => ({
      place: String(info.lines),
      line: info.lines,
      value: record,
    }));
  } catch (error) {
    const lines =
      error instanceof Error && 'lines' in error && typeof error.lines === 'number'
        ? error.lines
        : 1;
    const message = error instanceof Error ? error.message : String(error);
    return { problems: [`${file}:${lines}: this is no CSV: ${message}`] };
  }
}

function jsonRows(file: string, text: string): Row[] | SuiteProblems {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (body.trimStart().startsWith('[')) {
    try {
      const list: unknown = JSON.parse(body);
      if (Array.isArray(list))
        return list.map((value, index) => ({ place: ` item ${index + 1}`, line: 1, value }));
    } catch (error) {
      return { problems: [`${file}:1: this is no JSON: ${messageOf(error)}`] };
    }
  }
  const rows: Row[] = [];
  const problems: string[] = [];
  for (const [index, line] of body.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    try {
      rows.push({ place: String(index + 1), line: index + 1, value: JSON.parse(line) });
    } catch (error) {
      problems.push(`${file}:${index + 1}: this line is no JSON: ${messageOf(error)}`);
      if (problems.length === MOST_PROBLEMS) break;
    }
  }
  return problems.length > 0 ? { problems } : rows;
}

const text = z.string().trim().min(1);

const looseRowSchema = z.object({
  id: text.optional(),
  title: z.string().optional(),
  clause: z.string().optional(),
  clauses: z.union([z.array(z.string()), z.string()]).optional(),
  prompt: text.optional(),
  input: z.union([text, scenarioSchema.shape.messages]).optional(),
  messages: z.union([scenarioSchema.shape.messages, text]).optional(),
  system: z.string().optional(),
  cluster: text.optional(),
});

function toScenario(file: string, { place, line, value }: Row): Scenario | string {
  const own = scenarioSchema.safeParse(value);
  if (own.success) return own.data;
  const loose = looseRowSchema.safeParse(value);
  if (!loose.success) return `this row can't be read: ${firstIssue(loose.error)}`;
  const row = loose.data;
  const clauses = clausesOf(row);
  if (clauses.length === 0) {
    return "no clause: give its id in a column or field named 'clause'.";
  }
  const messages = messagesOf(row);
  if (typeof messages === 'string') return messages;
  const first = messages.at(-1)?.content ?? '';
  const id = row.id ?? `${file.replace(/^.*[\\/]/, '')}:${place.trim()}`;
  return {
    id,
    title: row.title ?? first.replace(/\s+/g, ' ').slice(0, 60),
    clauses,
    messages,
    cluster: row.cluster ?? id,
    source: { kind: 'file', reference: file, line },
  };
}

function clausesOf(row: z.infer<typeof looseRowSchema>): string[] {
  const listed = Array.isArray(row.clauses) ? row.clauses : (row.clauses ?? '').split(/[;,]/);
  return [row.clause ?? '', ...listed].map((id) => id.trim().replace(/^#/, '')).filter(Boolean);
}

function messagesOf(row: z.infer<typeof looseRowSchema>): Scenario['messages'] | string {
  const given = row.messages ?? row.input ?? row.prompt;
  if (given === undefined) {
    return "no messages: give 'messages', or a 'prompt' that the user sends.";
  }
  const messages = typeof given === 'string' ? fromText(given) : given;
  if (typeof messages === 'string') return messages;
  const system = row.system?.trim() ?? '';
  return system === '' ? messages : [{ role: 'system', content: system }, ...messages];
}

/** CSV has only text: a cell that is a JSON list of messages is taken as one. */
function fromText(given: string): Scenario['messages'] | string {
  if (!/^\[\s*\{/.test(given)) return [{ role: 'user', content: given }];
  try {
    const parsed = scenarioSchema.shape.messages.safeParse(JSON.parse(given));
    return parsed.success ? parsed.data : `messages: ${firstIssue(parsed.error)}`;
  } catch {
    return [{ role: 'user', content: given }];
  }
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
