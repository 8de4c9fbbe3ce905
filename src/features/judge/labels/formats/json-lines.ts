/**
 * @module features/judge/labels/formats/json-lines
 * Labels in JSON: one object per line, a list of such objects, or the tasks that Label Studio exports.
 */
import { z } from 'zod';
import {
  fieldNamed,
  type LabelFormat,
  type LabelSink,
  labelOfRow,
  type Place,
  type RawRow,
} from './row.ts';

/** Hands over every label of a JSON file. */
export function readJsonLabels(text: string, format: LabelFormat, sink: LabelSink): void {
  const start = text.search(/\S/);
  if (text[start] === '[') readList(text, format, sink);
  else if (format === 'label-studio') {
    sink.complain(
      placeOf(text, Math.max(0, start)),
      'an export of Label Studio is a list of tasks: export it as JSON.',
    );
  } else readLines(text, sink);
}

function readList(text: string, format: LabelFormat, sink: LabelSink): void {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    sink.complain(brokenAt(text, error), `this is no JSON: ${messageOf(error)}`);
    return;
  }
  if (!Array.isArray(list)) return;
  const places = elementPlaces(text);
  for (const [index, value] of list.entries()) {
    const place = places[index] ?? { line: 1, column: 1 };
    const isTask =
      format === 'label-studio' ||
      (value !== null && typeof value === 'object' && 'annotations' in value);
    if (isTask) readTask(value, place, sink);
    else readObject(value, place, () => place, sink);
  }
}

function readLines(text: string, sink: LabelSink): void {
  for (const [index, words] of text.split(/\r\n|\n|\r/).entries()) {
    if (words.trim() === '') continue;
    const line = index + 1;
    let value: unknown;
    try {
      value = JSON.parse(words);
    } catch (error) {
      sink.complain(
        { ...brokenAt(words, error), line },
        `this line is no JSON: ${messageOf(error)}`,
      );
      continue;
    }
    const placeOfKey = (key: string) => ({
      line,
      column: Math.max(0, words.indexOf(JSON.stringify(key))) + 1,
    });
    readObject(value, { line, column: 1 }, placeOfKey, sink);
  }
}

function readObject(
  value: unknown,
  start: Place,
  placeOfKey: (key: string) => Place,
  sink: LabelSink,
): void {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    sink.complain(
      start,
      'a label must be an object such as {"transcript":"t17","clause":"…","outcome":"adheres"}.',
    );
    return;
  }
  const raw: RawRow = {};
  for (const [key, part] of Object.entries(value)) {
    const field = fieldNamed(key);
    if (field === undefined || part === null) continue;
    const place = placeOfKey(key);
    if (!['string', 'number', 'boolean'].includes(typeof part)) {
      sink.complain(
        place,
        `'${key}' must be a text, and not ${Array.isArray(part) ? 'a list' : 'an object'}.`,
      );
      return;
    }
    if (raw[field] !== undefined) {
      sink.complain(place, `the ${field} stands here twice. Keep one.`);
      return;
    }
    raw[field] = { text: String(part), ...place };
  }
  const row = labelOfRow(raw, start, sink.complain);
  if (row !== null) sink.row(row);
}

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * What is read of a Label Studio task. Choices stand in `result[].value.choices` of each annotation, a written note
 * in `value.text`. Source: Label Studio, "Label Studio JSON format of annotated tasks".
 */
const taskSchema = z.object({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(
    z.object({
      completed_by: z
        .union([scalar, z.object({ id: scalar.optional(), email: scalar.optional() })])
        .optional(),
      was_cancelled: z.boolean().nullish(),
      result: z.array(
        z.object({
          from_name: z.string().optional(),
          value: z.object({
            choices: z.array(z.string()).optional(),
            text: z.union([z.string(), z.array(z.string())]).optional(),
          }),
        }),
      ),
    }),
  ),
});

const SEVERITY = /^(minor|major|critical)$/i;

function readTask(value: unknown, place: Place, sink: LabelSink): void {
  const read = taskSchema.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    sink.complain(
      place,
      `this is no task of Label Studio: ${issue?.path.join('.')}: ${issue?.message}.`,
    );
    return;
  }
  const { data, annotations } = read.data;
  const given: RawRow = {};
  for (const [key, part] of Object.entries(data)) {
    const field = fieldNamed(key);
    // What the task was made with may hold a judge's verdict; the outcome is a person's.
    if (field === undefined || field === 'outcome' || field === 'severity' || field === 'person')
      continue;
    if (typeof part === 'string' || typeof part === 'number')
      given[field] = { text: String(part), ...place };
  }
  for (const { result, completed_by: by, was_cancelled: isCancelled } of annotations) {
    if (isCancelled === true || result.length === 0) continue;
    const choices = result.flatMap(({ value: { choices = [] } }) => choices);
    const outcomes = choices.filter((choice) => !SEVERITY.test(choice));
    const severities = choices.filter((choice) => SEVERITY.test(choice));
    if (outcomes.length !== 1 || severities.length > 1) {
      const found = choices.length === 0 ? 'none' : `'${choices.join("', '").slice(0, 80)}'`;
      sink.complain(
        place,
        `an annotation must have one choice for the outcome (and one severity at most); here: ${found}.`,
      );
      continue;
    }
    const note = result.flatMap(({ value: { text } }) => text ?? []).join(' ');
    const raw: RawRow = { ...given };
    const put = (field: keyof RawRow, text: string | undefined): void => {
      if (text !== undefined && text !== '') raw[field] = { text, ...place };
    };
    put('outcome', outcomes[0]);
    put('severity', severities[0]);
    put('note', note);
    put('person', personOf(by));
    const row = labelOfRow(raw, place, sink.complain);
    if (row !== null) sink.row(row);
  }
}

function personOf(by: unknown): string | undefined {
  if (by === null || by === undefined) return undefined;
  if (typeof by !== 'object') return typeof by === 'string' ? by : `annotator ${by}`;
  const { email, id } = by as { email?: unknown; id?: unknown };
  return typeof email === 'string' ? email : id === undefined ? undefined : `annotator ${id}`;
}

/** Where the elements of a JSON list start. The text is JSON. */
function elementPlaces(text: string): Place[] {
  const places: Place[] = [];
  let depth = 0;
  let isNext = false;
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '\n') {
      line++;
      lineStart = at + 1;
    }
    if (/\s/.test(character)) continue;
    if (isNext && character !== ']') places.push({ line, column: at - lineStart + 1 });
    isNext = false;
    if (character === '"') {
      while (text[++at] !== '"') if (text[at] === '\\') at++;
    } else if (character === '[' || character === '{') {
      if (depth === 0) isNext = true;
      depth++;
    } else if (character === ']' || character === '}') depth--;
    else if (character === ',' && depth === 1) isNext = true;
  }
  return places;
}

function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

function brokenAt(text: string, error: unknown): Place {
  const at = /at position (\d+)/.exec(messageOf(error))?.[1];
  return placeOf(text, at === undefined ? text.length : Number(at));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
