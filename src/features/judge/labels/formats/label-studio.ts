/**
 * @module features/judge/labels/formats/label-studio
 * The tasks that Label Studio exports as JSON, each with the annotations that people gave it.
 */

import * as z from 'zod';
import { at } from '../../../../text/at.ts';
import type { LabelFormat } from './format.ts';
import type { Place } from './issues.ts';
import { readList, readObject } from './json-objects.ts';
import { fieldNamed, handOver, type LabelSink, type RawRow } from './row.ts';

/** One label for each annotation that was not cancelled. What is no task in the list is a label as it stands. */
export const labelStudio: LabelFormat = {
  name: 'label-studio',
  recognises: (text) => /^\s*\[/.test(text) && /"annotations"\s*:/.test(text),
  read: (text, sink) =>
    readList(text, sink, (value, place) => {
      const isTask = value !== null && typeof value === 'object' && 'annotations' in value;
      if (isTask) readTask(value, place, sink);
      else readObject(value, place, () => place, sink);
    }),
};

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * What is read of a task. Choices stand in `result[].value.choices` of each annotation, a written note in
 * `value.text`. Source: Label Studio, "Label Studio JSON format of annotated tasks".
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

type Annotation = z.infer<typeof taskSchema>['annotations'][number];

const SEVERITY = /^(minor|major|critical)$/i;

/** What an annotation says, not what the task was made with, which may hold a judge's verdict. */
const OF_PEOPLE: ReadonlySet<string> = new Set(['outcome', 'severity', 'person']);

function readTask(value: unknown, place: Place, sink: LabelSink): void {
  const read = taskSchema.safeParse(value);
  if (!read.success) {
    const { path, message } = at(read.error.issues, 0);
    sink.complain(place, 'no-task', { path: path.join('.'), reason: message });
    return;
  }
  const { data, annotations } = read.data;
  const given: RawRow = {};
  for (const [key, part] of Object.entries(data)) {
    const field = fieldNamed(key);
    if (field === undefined || OF_PEOPLE.has(field)) continue;
    if (typeof part === 'string' || typeof part === 'number')
      given[field] = { text: String(part), ...place };
  }
  for (const annotation of annotations) {
    if (annotation.was_cancelled === true || annotation.result.length === 0) continue;
    readAnnotation(annotation, given, place, sink);
  }
}

function readAnnotation(
  { result, completed_by: by }: Annotation,
  given: RawRow,
  place: Place,
  sink: LabelSink,
): void {
  const choices = result.flatMap(({ value: { choices = [] } }) => choices);
  const outcomes = choices.filter((choice) => !SEVERITY.test(choice));
  const severities = choices.filter((choice) => SEVERITY.test(choice));
  if (outcomes.length !== 1 || severities.length > 1) {
    sink.complain(place, 'choices', { choices });
    return;
  }
  const raw: RawRow = { ...given };
  const put = (field: keyof RawRow, text: string | undefined): void => {
    if (text !== undefined && text !== '') raw[field] = { text, ...place };
  };
  put('outcome', outcomes[0]);
  put('severity', severities[0]);
  put('note', result.flatMap(({ value: { text = [] } }) => text).join(' '));
  put('person', personOf(by));
  handOver(raw, place, sink);
}

function personOf(by: Annotation['completed_by']): string | undefined {
  if (by === null || by === undefined) return undefined;
  if (typeof by !== 'object') return typeof by === 'string' ? by : `annotator ${by}`;
  const { email, id } = by;
  return typeof email === 'string' ? email : id === undefined ? undefined : `annotator ${id}`;
}
