/**
 * @module spec/formats/traits
 * Traits of a character in the first person, each with questions that show it: JSON or JSON lines of
 * `{"trait": "I …", "questions": ["…"]}`; and plain lists of principles as JSON strings.
 */

import { blockContext, readBlocks } from '../blocks.ts';
import type { Reading, Unread } from '../dialects/dialect.ts';
import { hashText } from '../dialects/headed-sections.ts';
import { FreshIds, plainTitle } from '../dialects/lift.ts';
import { promptsOf } from '../dialects/prompts.ts';
import { withTag } from '../dialects/tenet.ts';
import { madeSection } from '../made-section.ts';
import type { EvalFile, Section } from '../types.ts';
import { field, type Placed, readListOrLines, textIn } from './records.ts';

/** The traits of a document as clauses without a level; their questions are eval prompts. */
export function readTraits(unread: Unread): Reading {
  const { source, diagnostics } = unread;
  const records = readListOrLines(source, diagnostics);
  const ids = new FreshIds([]);
  const sections: Section[] = [];
  const evalFiles: EvalFile[] = [];
  for (const record of records) {
    const said = traitOf(record);
    const text = textIn(source, said);
    if (said === undefined || text === null || text.text.trim() === '') {
      const end = Math.min(record.end, record.start + 1);
      diagnostics.add(source, 'invalid-record', record.start, end, { problem: 'no-trait' });
      continue;
    }
    const title = plainTitle(firstSentence(text.text));
    const id = ids.from(title);
    const questions = questionsOf(unread, record);
    let blocks = readBlocks(blockContext(text, diagnostics), 0, text.lineCount, id, false);
    const list = field(record, 'questions') ?? field(record, 'additional_questions');
    if (questions.length > 0 && list !== undefined) {
      blocks = withTag(blocks, id, source.span(list.start, list.end));
      const prompts = promptsOf(id, questions);
      evalFiles.push({ tag: id, file: source.file, sectionTitle: title, prompts });
    }
    const heading = source.span(said.start, said.end);
    const span = source.span(record.start, record.end);
    sections.push(madeSection({ id, title, heading, span, textHash: hashText(text.text), blocks }));
  }
  return { levels: [], sections, evalFiles };
}

function traitOf(record: Placed): Placed | undefined {
  if (typeof record.value === 'string') return record;
  return field(record, 'trait') ?? field(record, 'principle') ?? field(record, 'rule');
}

function questionsOf(
  { source }: Unread,
  record: Placed,
): { text: string; span: Section['span'] }[] {
  return ['questions', 'additional_questions'].flatMap((name) => {
    const list = field(record, name)?.value;
    if (!Array.isArray(list)) return [];
    return list.flatMap(({ value, start, end }) =>
      typeof value === 'string' && value.trim() !== ''
        ? [{ text: value, span: source.span(start, end) }]
        : [],
    );
  });
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text.slice(0, 400))?.[0] ?? text;
}
