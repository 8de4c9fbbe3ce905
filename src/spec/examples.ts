/**
 * @module spec/examples
 * Makes an example of a title and the fence below it, and code of a fence that holds no conversation.
 */

import { readConversation } from './conversations.ts';
import type { DiagnosticList } from './diagnostics.ts';
import type { Fence } from './fences.ts';
import { readReferences } from './paragraphs.ts';
import type { SourceText } from './source-text.ts';
import type { Code, Example } from './types.ts';

/** Both ways to close the bold type are as long: `**Example**:` and `**Example:**`. */
const TITLE_LABEL = '**Example**:'.length;

/**
 * The example in a fence.
 * @param titleLine line (from 0) of `**Example**: …`, or null if the fence has no title
 * @param place section and number of the example there
 */
export function readExample(
  source: SourceText,
  fence: Fence,
  titleLine: number | null,
  place: { section: string; ordinal: number },
  diagnostics: DiagnosticList,
): Example {
  const { openLine, language } = fence;
  if (titleLine === null) diagnostics.addLine(source, 'untitled-example', openLine, {});
  if (language !== 'xml') {
    diagnostics.addLine(source, 'unexpected-fence-language', openLine, { language });
  }
  const start = source.first(titleLine ?? fence.openLine);
  const title = titleLine === null ? { start, end: start } : findTitle(source, titleLine);
  const conversation = readConversation(
    source,
    fence.bodyStart,
    fence.bodyEnd,
    fence.indent,
    diagnostics,
  );
  if (conversation.turns.length === 0) diagnostics.addLine(source, 'empty-example', openLine, {});
  return {
    type: 'example',
    span: source.span(start, source.visibleEnd(fence.openLine, fence.nextLine)),
    title: source.text.slice(title.start, title.end),
    inlines: readReferences(source, title.start, title.end),
    ...place,
    ...conversation,
  };
}

/** A fence that holds no conversation. */
export function readCode(source: SourceText, fence: Fence): Code {
  const lines: string[] = [];
  for (let line = fence.bodyStart; line < fence.bodyEnd; line++) {
    lines.push(source.dedented(line, fence.indent));
  }
  const start = source.first(fence.openLine);
  const end = source.visibleEnd(fence.openLine, fence.nextLine);
  return {
    type: 'code',
    span: source.span(start, end),
    language: fence.language,
    text: lines.join('\n'),
  };
}

function findTitle(source: SourceText, line: number): { start: number; end: number } {
  const end = source.visibleEnd(line, line + 1);
  let start = source.first(line) + TITLE_LABEL;
  while (start < end && (source.text[start] === ' ' || source.text[start] === '\t')) start++;
  return { start, end };
}
