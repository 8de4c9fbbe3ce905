/**
 * @module spec/formats/read-records
 * A spec from JSON, JSON lines or YAML: the same model as from any other document, each part with its
 * place in the file.
 */

import type * as z from 'zod';
import { blockContext, readBlocks } from '../blocks.ts';
import { shortened } from '../diagnostics.ts';
import type { Reading, Unread } from '../dialects/dialect.ts';
import { hashText } from '../dialects/headed-sections.ts';
import { withTag } from '../dialects/tenet.ts';
import { isElided } from '../messages.ts';
import { exampleOf, messageOf } from '../plain-conversation.ts';
import { present } from '../present.ts';
import type { EvalFile, Example, Section } from '../types.ts';
import { field, type Placed, plainValue, readRecords, textIn } from './records.ts';
import {
  type EvalsRecord,
  evalsSchema,
  firstLineSchema,
  sectionSchema,
  specSchema,
} from './schema.ts';

/** A spec as one JSON document. */
export function readJsonSpec(unread: Unread): Reading {
  return readDocument(unread, readRecords(unread.source, 'json', unread.diagnostics)[0]);
}

/** A spec as YAML. */
export function readYamlSpec(unread: Unread): Reading {
  return readDocument(unread, readRecords(unread.source, 'yaml', unread.diagnostics)[0]);
}

const NOTHING: Reading = { levels: [], sections: [] };
/** Checked without its parts: one bad section must not take the others with it. */
const frameSchema = specSchema.omit({ sections: true, evals: true });

function readDocument(unread: Unread, record: Placed | undefined): Reading {
  if (record === undefined) return NOTHING;
  const frame = checked(unread, frameSchema, record);
  if (frame === null) return NOTHING;
  return assembled(unread, frame, listIn(record, 'sections'), listIn(record, 'evals'));
}

function listIn(record: Placed, name: string): Placed[] {
  const value = field(record, name)?.value;
  return Array.isArray(value) ? value : [];
}

/** A spec as JSON lines. */
export function readJsonLines(unread: Unread): Reading {
  const [first, ...rest] = readRecords(unread.source, 'jsonl', unread.diagnostics);
  if (first === undefined) return NOTHING;
  const frame = checked(unread, firstLineSchema, first);
  if (frame === null) return NOTHING;
  const ofType = (type: string): Placed[] =>
    rest.filter((record) => field(record, 'type')?.value === type);
  return assembled(unread, frame, ofType('section'), ofType('evals'));
}

/** A record as its schema has it; null, with its first faults reported at their places, if it is not so. */
export function checked<T extends z.ZodType>(
  unread: Unread,
  schema: T,
  record: Placed,
): z.output<T> | null {
  const { source, diagnostics } = unread;
  const result = schema.safeParse(plainValue(record));
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues.slice(0, 5)) {
    const at = placeOf(record, path);
    const data = { problem: 'form', path: shortened(path.join('.')), reason: message } as const;
    diagnostics.add(source, 'invalid-record', at.start, Math.min(at.end, at.start + 80), data);
  }
  return null;
}

function placeOf(record: Placed, path: readonly PropertyKey[]): Placed {
  let at = record;
  for (const step of path) {
    const { value } = at;
    const next = Array.isArray(value)
      ? value[Number(step)]
      : value instanceof Map
        ? value.get(String(step))
        : undefined;
    if (next === undefined) break;
    at = next;
  }
  return at;
}

function assembled(
  unread: Unread,
  frame: z.output<typeof firstLineSchema> | z.output<typeof frameSchema>,
  sectionRecords: readonly Placed[],
  evalsRecords: readonly Placed[],
): Reading {
  const evals = evalsRecords.flatMap((record) => {
    const data = checked(unread, evalsSchema, record);
    return data === null ? [] : [{ record, data }];
  });
  const ofWhole = Map.groupBy(evals, ({ data }) => data.section);
  const levels = frame.levels.map(({ name, overridable }, rank) => ({ name, rank, overridable }));
  const taken = new Map<string, number>();
  const sections: Section[] = [];
  for (const record of sectionRecords) {
    const section = readSection(unread, record, taken);
    if (section === null) continue;
    for (const { record: place, data } of ofWhole.get(section.id) ?? []) {
      const span = unread.source.span(place.start, place.end);
      section.blocks = withTag(section.blocks, data.tag, span);
    }
    sections.push(section);
  }
  const known = new Set(sections.map(({ id }) => id));
  for (const section of sections) {
    if (section.parent !== null && !known.has(section.parent)) section.parent = null;
  }
  const titles = new Map(sections.map(({ id, title }) => [id, title]));
  const { schema: _schema, dialect: _dialect, sha256: _hash, levels: _levels, ...about } = frame;
  return {
    ...about,
    title: about.title === '' ? undefined : about.title,
    levels,
    sections,
    evalFiles: evals.map(({ record, data }) => evalFile(unread, record, data, titles)),
  };
}

function readSection(unread: Unread, record: Placed, taken: Map<string, number>): Section | null {
  const { source, diagnostics } = unread;
  const data = checked(unread, sectionSchema, record);
  if (data === null) return null;
  const { clause, navigation, body: _body, reading: _reading, attributes, ...said } = data;
  const titlePlace = field(record, 'title') ?? record;
  const heading = source.span(titlePlace.start, titlePlace.end);
  const count = (taken.get(data.id) ?? 0) + 1;
  taken.set(data.id, count);
  const id = count === 1 ? data.id : `${data.id}~${count}`;
  if (count > 1) {
    const said = { id: shortened(data.id), line: null, readAs: shortened(id) };
    diagnostics.addAt(source.file, 'duplicate-id', heading, said);
  }
  const text = textIn(source, field(record, 'body'));
  return {
    ...said,
    id,
    isClause: clause,
    ...present({ isNavigation: navigation }),
    attributes: (attributes ?? []).map(({ key, value }) => ({ key, value, span: heading })),
    heading,
    span: source.span(record.start, record.end),
    textHash: hashText(`${data.title}\n${data.body}`),
    blocks:
      text === null
        ? []
        : readBlocks(
            blockContext(text, diagnostics),
            0,
            text.lineCount,
            id,
            data.kind === 'definition',
          ),
  };
}

function evalFile(
  { source }: Unread,
  record: Placed,
  data: EvalsRecord,
  titles: ReadonlyMap<string, string>,
): EvalFile {
  const places = listIn(record, 'prompts');
  const section = data.section ?? '';
  return {
    tag: data.tag,
    file: data.file ?? source.file,
    sectionTitle: data.title === '' ? (titles.get(section) ?? '') : data.title,
    prompts: data.prompts.map(({ title, messages, settings, elided }, index): Example => {
      const { start, end } = places[index] ?? record;
      const span = source.span(start, end);
      const turns = messages.map(({ role, content, ...said }) => ({
        ...messageOf(role, content, span),
        ...said,
        elided: isElided(content),
      }));
      return exampleOf({ span, title, section, ordinal: index + 1, turns, settings, elided });
    }),
  };
}
