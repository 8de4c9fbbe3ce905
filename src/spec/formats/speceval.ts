/**
 * @module spec/formats/speceval
 * Statements of a spec as SpecEval keeps them: JSON lines of
 * `{id, text, type, authority_level, section, subsection, related_statements, metadata}`.
 */

import * as z from 'zod';
import { blockContext, readBlocks } from '../blocks.ts';
import type { Reading, Unread } from '../dialects/dialect.ts';
import { hashText } from '../dialects/headed-sections.ts';
import { FreshIds, plainTitle } from '../dialects/lift.ts';
import { kindOf } from '../kinds.ts';
import { orderLevels } from '../levels.ts';
import { madeSection } from '../made-section.ts';
import { exampleOf, messageOf } from '../plain-conversation.ts';
import { present } from '../present.ts';
import { slug } from '../section-ids.ts';
import { type Clause, clausesOf } from '../semantics/clauses.ts';
import type {
  Block,
  Example,
  Kind,
  Mark,
  MarkedReply,
  Section,
  Span,
  Spec,
  Turn,
} from '../types.ts';
import { walkInlines } from '../walk.ts';
import { checked } from './read-records.ts';
import { field, type Placed, readListOrLines, textIn } from './records.ts';

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
  const read = readListOrLines(source, diagnostics).flatMap((record) => {
    const data = checked(unread, statementSchema, record);
    return data === null ? [] : [{ record, data }];
  });
  const used = read.flatMap(({ data }) => levelOf(data) ?? []);
  const levels = orderLevels(used, header.levels);
  const byName = new Map(levels.map((level) => [level.name, level]));
  const known = new Set(read.map(({ data }) => data.id));
  const chapters = new Chapters(unread, known);
  const sections: Section[] = [];
  for (const { record, data } of read) {
    const parent = chapters.above(sections, data, record);
    const level = levelOf(data);
    const ranked = level === null ? undefined : byName.get(level);
    const kind = kindOfType(data.type) ?? kindOf(ranked ?? null, null, false);
    const text = textIn(source, field(record, 'text'));
    const blocks =
      text === null
        ? []
        : readBlocks(blockContext(text, diagnostics), 0, text.lineCount, data.id, false);
    const span = source.span(record.start, record.end);
    const place = field(record, 'related_statements') ?? record;
    const related = (data.related_statements ?? []).filter((id) => known.has(id));
    addRelated(blocks, related, source.span(place.start, place.end));
    sections.push(
      madeSection({
        id: chapters.idOf(data.id),
        title: plainTitle(data.text.split(/(?<=[.!?])\s/, 1)[0] ?? data.text),
        ...placeBelow(parent),
        level,
        kind,
        isClause: kind !== 'definition',
        attributes: data.type ? [{ key: 'type', value: data.type, span }] : [],
        heading: span,
        span,
        textHash: hashText(data.text),
        blocks: [...blocks, ...examplesOf(data, span)],
      }),
    );
  }
  return { levels, sections };
}

function placeBelow(parent: Section | null): Pick<Section, 'depth' | 'parent'> {
  return { depth: (parent?.depth ?? 0) + 1, parent: parent?.id ?? null };
}

/** Makes the sections that statements stand under, each where it is first named. */
class Chapters {
  readonly #unread: Unread;
  readonly #ids: FreshIds;
  readonly #made = new Map<string, Section>();
  readonly #seen = new Map<string, number>();

  constructor(unread: Unread, statementIds: Iterable<string>) {
    this.#unread = unread;
    this.#ids = new FreshIds(statementIds);
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
    const section = madeSection({
      id: this.#ids.from(title),
      title,
      ...placeBelow(parent),
      isClause: false,
      heading: span,
      span,
      textHash: hashText(title),
      blocks: [],
    });
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

/** Adds the references that the statement lists and its text does not hold. */
function addRelated(blocks: readonly Block[], related: readonly string[], span: Span): void {
  const first = blocks.find((block) => block.type === 'paragraph');
  if (first === undefined) return;
  const inlines = walkInlines(blocks).filter((inline) => inline.type === 'reference');
  const written = new Set(inlines.map(({ target }) => target));
  for (const target of related) {
    if (written.has(target)) continue;
    first.inlines.push({ type: 'reference', form: 'auto', target, text: '?', span });
  }
}

function examplesOf({ id, metadata }: Statement, span: Span): Example[] {
  return (metadata?.examples ?? []).flatMap((example, index): Example[] => {
    const { user_query: query, good_response: good, bad_response: bad, description } = example;
    if (!query) return [];
    const replies = [...replyOf('good', good, span), ...replyOf('bad', bad, span)];
    const turns: Turn[] = [messageOf('user', query, span)];
    if (replies.length > 0) turns.push({ type: 'comparison', span, replies });
    return [exampleOf({ span, title: description ?? '', section: id, ordinal: index + 1, turns })];
  });
}

function replyOf(mark: Mark, content: string | null | undefined, span: Span): MarkedReply[] {
  if (!content) return [];
  const { type: _type, ...message } = messageOf('assistant', content, span);
  return [{ ...message, type: 'reply', mark, note: null, violates: null, inlines: [] }];
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
  const replies = present({ good_response: reply('good'), bad_response: reply('bad') });
  return [{ description: example.title, user_query: first.content, ...replies }];
}
