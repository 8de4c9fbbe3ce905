/**
 * @module spec/formats/markdown
 * Blocks as Markdown in Tenet's form, such that reading it gives the same blocks.
 */

import { printCode } from '../clause.ts';
import { hasMarks } from '../dialects/marked-examples.ts';
import type { Block, Example, ExampleMessage, List, MarkedReply, Section, Spec } from '../types.ts';
import { walkInlines } from '../walk.ts';

/** Dialects whose sections are Markdown that Tenet's form also has. */
const NATIVE: ReadonlySet<string> = new Set(['model-spec', 'tenet', 'marked']);

/**
 * The text of a section below its heading. Where its own lines say it, they are taken as they are;
 * otherwise it is written anew from the blocks.
 */
export function bodyOf(spec: Spec, section: Section, hasLifted: boolean): string {
  let body = writtenBody(spec, section, hasLifted);
  for (const inline of walkInlines(section.blocks)) {
    if (inline.type !== 'reference' || inline.written === undefined) continue;
    body = body.replaceAll(`](#${inline.written})`, () => `](#${inline.target})`);
  }
  return body;
}

function writtenBody(spec: Spec, section: Section, hasLifted: boolean): string {
  const start = section.heading.start.offset;
  const isNative = NATIVE.has(spec.dialect) && spec.text[start] === '#' && !hasLifted;
  if (!isNative || hasPromptFence(spec, section)) return blocksAsMarkdown(section.blocks);
  const text = spec.text.slice(section.heading.end.offset, section.span.end.offset);
  if (hasMarks(text)) return blocksAsMarkdown(section.blocks);
  const lines = text.split(/\r\n|\r|\n/).slice(1);
  return lines
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

/** Whether prompts stand in the section itself: they are printed apart. */
function hasPromptFence(spec: Spec, { blocks }: Section): boolean {
  return blocks.some(
    (block) =>
      block.type === 'paragraph' &&
      block.inlines.some(
        ({ type, span }) => type === 'eval-tag' && spec.text[span.start.offset] !== '[',
      ),
  );
}

/** Blocks as Markdown. */
function blocksAsMarkdown(blocks: readonly Block[]): string {
  return blocks
    .map(printBlock)
    .filter((text) => text !== '')
    .join('\n\n');
}

function printBlock(block: Block): string {
  if (block.type === 'paragraph') return printParagraph(block.text);
  if (block.type === 'list') return printList(block);
  if (block.type === 'code') return printCode(block.language, block.text);
  if (block.type === 'example') return printExample(block);
  const body = blocksAsMarkdown(block.blocks)
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
  const title = block.title === '' ? '' : ` "${block.title.replaceAll('"', "'")}"`;
  return body === '' ? `!!! ${block.kind}${title}` : `!!! ${block.kind}${title}\n${body}`;
}

/** A line that would begin something else goes on the paragraph when it is indented far enough. */
function printParagraph(text: string): string {
  return text
    .split('\n')
    .map((line, index) =>
      index > 0 && /^(?:[-*+~`!#<]|\d{1,9}[.)])/.test(line) ? `    ${line}` : line,
    )
    .join('\n');
}

function printList(list: List): string {
  const isLoose = list.items.some(
    ({ blocks }) => blocks.filter(({ type }) => type !== 'list').length > 1,
  );
  const items = list.items.map(({ marker, blocks }) => {
    const parts = blocks.map((block, index) => {
      const text = printBlock(block);
      return index === 0 ? text : `${block.type === 'list' && !isLoose ? '\n' : '\n\n'}${text}`;
    });
    const [first = '', ...rest] = parts.join('').split('\n');
    const indent = ' '.repeat(Math.max(4, marker.length + 1));
    const gap = ' '.repeat(indent.length - marker.length);
    const opensWithText = blocks[0]?.type === 'paragraph';
    const isNarrow = rest.length === 0 || !opensWithText;
    const head = `${marker}${isNarrow ? ' ' : gap}${first}`;
    return [head, ...rest.map((line) => (line === '' ? '' : indent + line))].join('\n');
  });
  return items.join(isLoose ? '\n\n' : '\n');
}

/** An example as a titled conversation. */
export function printExample(example: Example): string {
  const lines: string[] = [];
  const { settings, turns } = example;
  const settingLines = Object.entries(settings).map(([key, value]) => `${key}: ${value}`);
  const first = turns[0];
  const holder =
    first?.type === 'message' && (first.role === 'system' || first.role === 'developer');
  if (settingLines.length > 0 && !holder) {
    lines.push('<system>', '<settings>', ...settingLines, '</settings>', '</system>');
  }
  for (const [index, turn] of turns.entries()) {
    if (index === turns.length - 1 && example.elided) lines.push('[...]');
    if (turn.type === 'message') {
      const inside = index === 0 && holder ? settingLines : [];
      lines.push(...printMessage(turn, inside, ''));
      continue;
    }
    lines.push('<comparison>');
    for (const reply of turn.replies) lines.push(...printMessage(reply, [], markOf(reply)));
    lines.push('</comparison>');
  }
  const title =
    example.title === '' ? '' : `**Example**: ${example.title.replaceAll('\n', ' ')}\n\n`;
  return `${title}~~~xml\n${lines.join('\n')}\n~~~`;
}

function printMessage(
  message: ExampleMessage | MarkedReply,
  settings: readonly string[],
  mark: string,
): string[] {
  const attributes = Object.entries(message.attributes)
    .map(([key, value]) => ` ${key}="${value.replaceAll('"', "'")}"`)
    .join('');
  const held = settings.length === 0 ? [] : ['<settings>', ...settings, '</settings>'];
  const content = message.content === '' ? [] : withQuotes(message);
  return [`<${message.role}${attributes}>${mark}`, ...held, ...content, `</${message.role}>`];
}

/** The lines of a message, with its quoted parts between tags again. */
function withQuotes({ content, untrusted }: ExampleMessage | MarkedReply): string[] {
  const lines: string[] = [];
  let at = 0;
  for (const { start, end } of untrusted) {
    if (start > at) lines.push(...escapedLines(content.slice(at, start - 1)));
    lines.push('<untrusted>', ...escapedLines(content.slice(start, end)), '</untrusted>');
    at = end + 1;
  }
  if (at <= content.length) lines.push(...escapedLines(content.slice(at)));
  return lines;
}

/** What would be read as something else than text is written by number. */
function escapedLines(text: string): string[] {
  return text.split('\n').map((line) => {
    let escaped = line.replaceAll(/&(?=[a-z]{2,4};|#)/g, '&amp;').replaceAll('\r', '&#13;');
    if (/^[* \t]*<\/?[A-Za-z_]/.test(escaped)) escaped = escaped.replace('<', '&lt;');
    return escaped.replace(/^(\s*)([#*~`])/, (whole, space: string, sign: string) =>
      /^(?:#{1,6}\s.*\}\s*$|\*\*Example(?:\*\*:|:\*\*)|~~~|```xml)/.test(
        escaped.slice(space.length),
      )
        ? `${space}&#${sign.charCodeAt(0)};`
        : whole,
    );
  });
}

function markOf({ mark, note, violates }: MarkedReply): string {
  if (mark === null) return '';
  const pointer = violates === null ? '' : `[#${violates}]`;
  const words = note === null ? '' : `: ${note.replaceAll('\n', ' ').replaceAll('-->', '--&gt;')}`;
  return ` <!-- ${mark.toUpperCase()}${pointer}${words} -->`;
}
