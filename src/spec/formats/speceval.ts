/**
 * @module spec/formats/speceval
 * Statements of a spec as SpecEval keeps them: JSON lines of
 * `{id, text, type, authority_level, section, subsection, related_statements, metadata}`.
 */

import { z } from 'zod';
import { blockContext, readBlocks } from '../blocks.ts';
import type { Reading, Unread } from '../dialects/dialect.ts';
import { hashText } from '../dialects/headed-sections.ts';
import { FreshIds, plainTitle } from '../dialects/lift.ts';
import { kindOf } from '../kinds.ts';
import { orderLevels } from '../levels.ts';
import { slug } from '../section-ids.ts';
import { type Clause, clausesOf } from '../semantics/clauses.ts';
import type { Block, Comparison, Example, Kind, Paragraph, Section, Span, Spec } from '../types.ts';
import { walkInlines } from '../walk.ts';
import { checked } from './read-records.ts';
import { field, type Placed, readRecords, textIn } from './records.ts';

const optionalText = z.string().nullish();
const statementSchema = z.object({
  id: z.string().min(1),
  text: z.string().min(1),
  type: optionalText,
  authority_level: optionalText,
  section: optionalText,
  subsection: optionalText,
  related_statements: z.array(z.string()).nullish(),
  metadata: z
    .object({
      examples: z
        .array(
          z.object({
            description: optionalText,
            user_query: optionalText,
            good_response: optionalText,
            bad_response: optionalText,
          }),
        )
        .nullish(),
    })
    .nullish(),
});
type Statement = z.output<typeof statementSchema>;

/** Statements as clauses under the sections that they name. */
export function readSpecEval(unread: Unread): Reading {
  const { source, diagnostics, header } = unread;
  const isArray = /^\s*\[/.test(source.text.slice(0, 1000));
  const records = readRecords(source, isArray ? 'json' : 'jsonl', diagnostics).flatMap((record) =>
    Array.isArray(record.value) ? record.value : [record],
  );
  const read = records.flatMap((record) => {
    const data = checked(unread, statementSchema, record);
    return data === null ? [] : [{ record, data }];
  });
  const used = read.flatMap(({ data }) => levelOf(data) ?? []);
  const levels = orderLevels(used, header.levels);
  const byName = new Map(levels.map((level) => [level.name, level]));
  const chapters = new Chapters(
    unread,
    read.map(({ data }) => data.id),
  );
  const known = new Set(read.map(({ data }) => data.id));
  const sections: Section[] = [];
  for (const { record, data } of read) {
    const parent = chapters.above(sections, data, record);
    const level = levelOf(data);
    const kind =
      kindOfType(data.type) ??
      kindOf(level === null ? null : (byName.get(level) ?? null), null, false);
    const text = textIn(source, field(record, 'text'));
    const blocks =
      text === null
        ? []
        : readBlocks(blockContext(text, diagnostics), 0, text.lineCount, data.id, false);
    const span = source.span(record.start, record.end);
    const related = field(record, 'related_statements') ?? record;
    sections.push({
      id: chapters.idOf(data.id),
      title: plainTitle(data.text.split(/(?<=[.!?])\s/, 1)[0] ?? data.text),
      depth: (parent?.depth ?? 0) + 1,
      parent: parent?.id ?? null,
      level,
      kind,
      isClause: kind !== 'definition',
      tags: [],
      attributes: data.type ? [{ key: 'type', value: data.type, span }] : [],
      heading: span,
      span,
      textHash: hashText(data.text),
      blocks: [
        ...withRelated(
          blocks,
          (data.related_statements ?? []).filter((id) => known.has(id)),
          source.span(related.start, related.end),
        ),
        ...examplesOf(data, span),
      ],
    });
  }
  return { levels, sections };
}

/** Makes the sections that statements stand under, each where it is first named. */
class Chapters {
  readonly #unread: Unread;
  readonly #ids: FreshIds;
  readonly #made = new Map<string, Section>();
  readonly #seen = new Map<string, number>();

  constructor(unread: Unread, statementIds: readonly string[]) {
    this.#unread = unread;
    this.#ids = new FreshIds(statementIds.map((id) => ({ id }) as Section));
  }

  idOf(id: string): string {
    const count = (this.#seen.get(id) ?? 0) + 1;
    this.#seen.set(id, count);
    return count === 1 ? id : `${id}~${count}`;
  }

  above(sections: Section[], data: Statement, record: Placed): Section | null {
    const outer = this.#chapter(sections, data.section, null, record, 'section');
    return this.#chapter(sections, data.subsection, outer, record, 'subsection') ?? outer;
  }

  #chapter(
    sections: Section[],
    title: string | null | undefined,
    parent: Section | null,
    record: Placed,
    name: string,
  ): Section | null {
    if (!title) return null;
    const key = `${parent?.id ?? ''}\0${title}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const { source } = this.#unread;
    const placed = field(record, name) ?? record;
    const span = source.span(placed.start, placed.end);
    const section: Section = {
      id: this.#ids.from(title),
      title,
      depth: (parent?.depth ?? 0) + 1,
      parent: parent?.id ?? null,
      level: null,
      kind: null,
      isClause: false,
      tags: [],
      attributes: [],
      heading: span,
      span,
      textHash: hashText(title),
      blocks: [],
    };
    this.#made.set(key, section);
    sections.push(section);
    return section;
  }
}

function levelOf({ authority_level: level }: Statement): string | null {
  return level ? slug(level) : null;
}

function kindOfType(type: string | null | undefined): Kind | null {
  if (type === 'definition') return 'definition';
  return type === 'prohibition' ? 'rule' : null;
}

/** References that the statement lists and its text does not hold. */
function withRelated(blocks: Block[], related: readonly string[], span: Span): Block[] {
  const first = blocks.find((block): block is Paragraph => block.type === 'paragraph');
  if (first === undefined || related.length === 0) return blocks;
  const written = new Set(
    walkInlines(blocks).flatMap((inline) => (inline.type === 'reference' ? [inline.target] : [])),
  );
  for (const target of related) {
    if (written.has(target)) continue;
    first.inlines.push({ type: 'reference', form: 'auto', target, text: '?', span });
  }
  return blocks;
}

function examplesOf({ id, metadata }: Statement, span: Span): Example[] {
  return (metadata?.examples ?? []).flatMap((example, index): Example[] => {
    const { user_query: query, good_response: good, bad_response: bad, description } = example;
    if (!query) return [];
    const message = (role: 'user' | 'assistant', content: string) => ({
      role,
      content,
      untrusted: [],
      attributes: {},
      elided: false,
      span,
    });
    const replies: Comparison['replies'] = [];
    for (const [mark, content] of [
      ['good', good],
      ['bad', bad],
    ] as const) {
      if (!content) continue;
      replies.push({
        ...message('assistant', content),
        type: 'reply',
        mark,
        note: null,
        violates: null,
        inlines: [],
      });
    }
    return [
      {
        type: 'example',
        span,
        title: description ?? '',
        inlines: [],
        section: id,
        ordinal: index + 1,
        turns: [
          { type: 'message', ...message('user', query) },
          ...(replies.length === 0 ? [] : [{ type: 'comparison' as const, span, replies }]),
        ],
        settings: {},
        elided: false,
      },
    ];
  });
}

/** The clauses of a spec as statements, one line each. */
export function specToSpecEval(spec: Spec): string {
  const titles = new Map(spec.sections.map(({ id, title }) => [id, title]));
  const lines = clausesOf(spec).map((clause) => {
    const [section, subsection] = clause.path.map((id) => titles.get(id) ?? id);
    return JSON.stringify({
      id: clause.id,
      text: clause.text === '' ? clause.title : clause.text,
      type: typeOf(clause),
      authority_level: (clause.level ?? clause.inheritedLevel?.level ?? '').toUpperCase() || null,
      section: section ?? clause.title,
      subsection: subsection ?? null,
      related_statements: [...new Set(clause.references.map(({ to }) => to))],
      metadata: { examples: clause.examples.flatMap(pairsOf) },
    });
  });
  return lines.map((line) => `${line}\n`).join('');
}

function typeOf({ kind, modality }: Clause): string {
  if (kind === 'definition') return 'definition';
  if (modality === 'must_not' || modality === 'should_not') return 'prohibition';
  return modality === 'must' || kind === 'rule' ? 'requirement' : 'guideline';
}

/** SpecEval's examples are one question with a good and a bad reply; others cannot be said in it. */
export function pairsOf(example: Example): Record<string, string>[] {
  const [first, second, ...more] = example.turns;
  if (first?.type !== 'message' || first.role !== 'user') return [];
  if (second?.type !== 'comparison' || more.length > 0) return [];
  const reply = (mark: string): string | undefined =>
    second.replies.find((candidate) => candidate.mark === mark)?.content;
  const good = reply('good');
  const bad = reply('bad');
  return [
    {
      description: example.title,
      user_query: first.content,
      ...(good === undefined ? {} : { good_response: good }),
      ...(bad === undefined ? {} : { bad_response: bad }),
    },
  ];
}
