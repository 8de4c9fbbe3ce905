/**
 * @module spec/dialects/tenet
 * Tenet's own Markdown form: the Model Spec's dialect, further attributes of headings, examples marked
 * by hand with ✅ and ❌, and eval prompts within the document:
 *
 *     ~~~evals
 *     One prompt per line
 *     ~~~
 */

import type { SourceText } from '../source-text.ts';
import type { Block, Code, EvalFile, Example, Paragraph, Span } from '../types.ts';
import type { Reading, Unread } from './dialect.ts';
import { readHeadedSections, reportPreamble } from './headed-sections.ts';
import { reworkMarked } from './marked.ts';
import { hasMarks } from './marked-examples.ts';
import { promptsOf } from './prompts.ts';

/** The word after the marks of a fence that holds eval prompts. */
const EVALS = 'evals';

/** The sections of a document in Tenet's own form. */
export function readTenet(unread: Unread): Reading {
  const { source, header, diagnostics } = unread;
  const evalFiles: EvalFile[] = [];
  const marked = hasMarks(source.text);
  const { levels, sections, firstHeading } = readHeadedSections(unread, {
    expectsIds: true,
    knowsExtensions: true,
    rework: (blocks, section) => {
      const withPrompts = takePrompts(blocks, section, source, evalFiles);
      return marked ? reworkMarked(unread, withPrompts, section) : withPrompts;
    },
  });
  const titles = new Map(sections.map(({ id, title }) => [id, title]));
  for (const file of evalFiles) file.sectionTitle = titles.get(file.tag) ?? '';
  reportPreamble(source, header.nextLine, firstHeading, diagnostics);
  return { levels, sections, evalFiles };
}

/** Takes the fences of prompts out of a section's blocks; their tag, the section's id, stands in their place. */
function takePrompts(
  blocks: Block[],
  section: string,
  source: SourceText,
  evalFiles: EvalFile[],
): Block[] {
  const fences = blocks.filter(
    (block): block is Code => block.type === 'code' && block.language === EVALS,
  );
  if (fences.length === 0) return blocks;
  const prompts = fences.flatMap((fence) => readPrompts(fence, section, source));
  const rest = blocks.filter((block) => block.type !== 'code' || block.language !== EVALS);
  evalFiles.push({
    tag: section,
    file: source.file,
    sectionTitle: '',
    prompts: prompts.map((prompt, index) => ({ ...prompt, ordinal: index + 1 })),
  });
  const first = fences[0];
  return first === undefined ? rest : withTag(rest, section, first.span);
}

/** Binds prompts to a clause as a whole: an eval tag at the end of its first paragraph. */
export function withTag(blocks: Block[], tag: string, span: Span): Block[] {
  const index = blocks.findIndex(({ type }) => type === 'paragraph');
  const paragraph = blocks[index];
  if (paragraph?.type !== 'paragraph') {
    const empty: Paragraph = { type: 'paragraph', span, text: '', sentences: [], inlines: [] };
    return withTag([empty, ...blocks], tag, span);
  }
  const phrase = { text: paragraph.text, span: paragraph.span };
  const inlines = [...paragraph.inlines, { type: 'eval-tag' as const, tag, span, phrase }];
  return blocks.with(index, { ...paragraph, inlines });
}

function readPrompts(fence: Code, section: string, source: SourceText): Example[] {
  const places: { text: string; span: Span }[] = [];
  for (let line = fence.span.start.line; line < fence.span.end.line - 1; line++) {
    if (source.isBlank(line)) continue;
    const span = source.span(source.first(line), source.visibleEnd(line, line + 1));
    places.push({ text: unescaped(source.text.slice(span.start.offset, span.end.offset)), span });
  }
  return promptsOf(section, places);
}

/** A prompt in one line: `\n` stands for a line end, `\\` for a backslash. */
export function escapedPrompt(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}

function unescaped(line: string): string {
  return line.replaceAll(/\\([\\nr])/g, (_, sign: string) =>
    sign === 'n' ? '\n' : sign === 'r' ? '\r' : '\\',
  );
}
