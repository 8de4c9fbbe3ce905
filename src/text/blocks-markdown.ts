/**
 * @module text/blocks-markdown
 * Blocks as Markdown: text from models, specs and files is shown, never obeyed.
 */
import type { Bars, Block, Code, KeyValues, List, Quote, Table } from './blocks.ts';
import { estimateText, intervalText, NOTHING, reasonsOf } from './figures.ts';
import { markdownTable } from './markdown-table.ts';
import { grouped } from './numbers.ts';
import { markdownCode, markdownText, safeText } from './safe-text.ts';
import { type Part, partsOf, tonesOf, type Words } from './words.ts';

/** The blocks as a document of Markdown, with a line end after the last line. */
export function toMarkdown(blocks: readonly Block[]): string {
  const parts = blocks.flatMap(blockParts);
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

function blockParts(block: Block): string[] {
  switch (block.type) {
    case 'section':
      return block.blocks.flatMap(blockParts);
    case 'details': {
      const inner = block.blocks.flatMap(blockParts);
      return inner.length === 0 ? [] : [`**${inline(block.summary)}**`, ...inner];
    }
    case 'heading':
      return [
        `${'#'.repeat(block.level)} ${inline(block.text)}`,
        ...(block.aside === undefined ? [] : [markdownText(block.aside)]),
      ];
    case 'paragraph': {
      const text = inline(block.text);
      const marker = markdownText(block.marker?.trim() ?? '');
      const whole = [marker, text].filter((part) => part !== '').join(' ');
      return whole === '' ? [] : [whole];
    }
    case 'list':
      return block.items.length === 0 ? [] : [listText(block)];
    case 'keyValues':
      return keyValueText(block);
    case 'table':
      return block.rows.length === 0 ? [] : [tableText(block)];
    case 'bars':
      return block.rows.length === 0 ? [] : [barsText(block)];
    case 'callout':
      return [`> ${calloutText(block.text)}`];
    case 'quote':
      return [quoteText(block)];
    case 'code':
      return [codeText(block)];
    case 'command':
      return [markdownCode(block.words.join(' '))];
  }
}

/** Words in one line of Markdown. */
function inline(text: Words): string {
  return partsOf(text).map(partText).join('').trim();
}

function partText(part: Part): string {
  if (typeof part === 'string') return spaced(part, markdownText);
  if ('text' in part) {
    const isDim = tonesOf(part.tone).includes('dim');
    return spaced(part.text, (text) => (isDim ? markdownText(text) : emphasised(text)));
  }
  if ('code' in part) return markdownCode(part.code);
  if ('clause' in part) return markdownCode(`#${part.clause}`);
  if ('transcript' in part) return markdownCode(part.transcript);
  if ('added' in part) return spaced(part.added, (text) => element('ins', markdownText(text)));
  if ('removed' in part) return spaced(part.removed, (text) => element('del', markdownText(text)));
  return markdownCode(part.model);
}

/** The escaping trims; the spaces that part two words stay. */
function spaced(text: string, made: (text: string) => string): string {
  const before = /^\s/.test(text) ? ' ' : '';
  const after = text.trim() !== '' && /\s$/.test(text) ? ' ' : '';
  return before + made(text) + after;
}

function emphasised(text: string): string {
  const safe = markdownText(text);
  return safe === '' ? '' : `**${safe}**`;
}

function element(name: 'ins' | 'del', text: string): string {
  return text === '' ? '' : `<${name}>${text}</${name}>`;
}

/** `**SIMULATED:** …`: the word before a colon stands out. */
function calloutText(text: Words): string {
  const whole = inline(text);
  return whole.replace(/^(\p{Lu}+(?: \p{Lu}+)*):/u, '**$1:**');
}

function listText({ items }: List): string {
  return items
    .map(({ text, marker = '', blocks = [] }) => {
      const inner = blocks.flatMap(blockParts).map((part) => part.replaceAll(/^(?=.)/gm, '  '));
      const head = [markdownText(marker.trim()), inline(text)].filter(Boolean).join(' ');
      // Two spaces end a line, where Markdown would run it into the next one.
      return [`- ${head}`, ...inner].join('  \n');
    })
    .join('\n');
}

function keyValueText({ rows }: KeyValues): string[] {
  const lines = rows.flatMap(({ key, value, marker = '' }) => {
    const text = inline(value);
    if (text === '') return [];
    const name = [markdownText(marker), markdownText(key)].filter(Boolean).join(' ');
    return [name === '' ? `- ${text}` : `- ${name}: ${text}`];
  });
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function tableText({ columns, rows }: Table): string {
  const heads = columns.map(({ head }) => markdownText(head));
  const texts = columns.filter(({ align }) => align !== 'right').length;
  const cells = rows.map((row) => {
    if ('heading' in row) return [`*${inline(row.heading)}*`, ...columns.slice(1).map(() => '')];
    if ('note' in row) return [inline(row.note), ...columns.slice(1).map(() => '')];
    return columns.map((_, place) => inline(row.cells[place] ?? ''));
  });
  return markdownTable(heads, cells, texts);
}

/** A row for each label and subject, so that every figure has room; measures stand side by side. */
function barsText(bars: Bars): string {
  const { title, subjects, rows } = bars;
  if (bars.form === 'figures') return measuresText(bars);
  const several = subjects.length > 1;
  const cells = rows.flatMap((row): string[][] => {
    if ('heading' in row) return [[`*${markdownText(row.heading)}*`]];
    return subjects.map(({ id }, place) => {
      const rate = row.rates[place] ?? null;
      const mark = row.marked?.[place] === true ? ' ▼' : '';
      const note = row.casesOnly === true ? (row.notes?.[place] ?? '') : null;
      const figures =
        rate === null
          ? ['', '', '']
          : note === null
            ? [estimateText(rate), intervalText(rate), grouped(rate.trials)]
            : [markdownText(note), '', grouped(rate.trials)];
      return [
        `${markdownText(row.label)}${mark}`,
        ...(several ? [markdownCode(id)] : []),
        ...figures,
      ];
    });
  });
  const heads = [markdownText(title), ...(several ? ['Subject'] : []), 'Rate', 'Interval', 'n'];
  const filled = cells.map((row) => heads.map((_, place) => row[place] ?? ''));
  return markdownTable(heads, filled, several ? 2 : 1);
}

function measuresText({ title, subjects, rows }: Bars): string {
  const heads = [markdownText(title), ...subjects.flatMap(({ id }) => [markdownText(id), 'n'])];
  const lines = rows.map((row) => {
    if ('heading' in row) return [`*${markdownText(row.heading)}*`];
    const cells = subjects.flatMap((_, place) => {
      const rate = row.rates[place] ?? null;
      if (rate === null) return ['', ''];
      const interval = rate.estimate === null ? '' : ` ${intervalText(rate)}`;
      return [estimateText(rate) + interval, grouped(rate.trials)];
    });
    return [markdownText(row.label), ...cells];
  });
  const filled = lines.map((line) => heads.map((_, place) => line[place] ?? ''));
  const rates = rows.flatMap((row) =>
    'heading' in row ? [] : row.rates.flatMap((rate) => rate ?? []),
  );
  const reasons = reasonsOf(rates).map((reason) => `${NOTHING} ${markdownText(reason)}`);
  return [markdownTable(heads, filled), ...reasons].join('\n\n');
}

function quoteText({ text, marks = [] }: Quote): string {
  let marked = '';
  let at = 0;
  for (const { start, end } of marks.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    marked += `${text.slice(at, start)}«${text.slice(start, end)}»`;
    at = end;
  }
  marked += text.slice(at);
  return safeText(marked)
    .split('\n')
    .map((line) => `> ${markdownText(line)}`.trimEnd())
    .join('  \n');
}

/** Between fences of more backticks than stand together in the text, so that nothing in it ends them. */
function codeText({ text }: Code): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${safeText(text)}\n${fence}`;
}
