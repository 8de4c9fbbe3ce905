/**
 * @module text/blocks-markdown
 * Blocks as Markdown: text from models, specs and files is shown, never obeyed.
 */
import {
  type Bars,
  type Block,
  type Code,
  type KeyValues,
  type List,
  MARK,
  type Paragraph,
  type Quote,
  type Renderers,
  ratesIn,
  rendered,
  type Table,
} from './blocks.ts';
import { estimateText, intervalText, NOTHING, reasonsOf } from './figures.ts';
import { withMarks } from './mark-spans.ts';
import { markdownTable } from './markdown-table.ts';
import { grouped } from './numbers.ts';
import { markdownCode, markdownText, safeText } from './safe-text.ts';
import { type Part, partsOf, tonesOf, type Words } from './words.ts';

/** The blocks as a document of Markdown, with a line end after the last line. */
export function toMarkdown(blocks: readonly Block[]): string {
  const parts = blocks.flatMap(blockParts);
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

const PARTS: Renderers<string[]> = {
  section: ({ blocks }) => blocks.flatMap(blockParts),
  details: ({ summary, blocks }) => [`**${inline(summary)}**`, ...blocks.flatMap(blockParts)],
  heading: ({ level, text, aside }) => [
    `${'#'.repeat(level)} ${inline(text)}`,
    ...(aside === undefined ? [] : [markdownText(aside)]),
  ],
  paragraph: (block) => [paragraphText(block)].filter(Boolean),
  list: (block) => (block.items.length === 0 ? [] : [listText(block)]),
  keyValues: keyValueText,
  table: (block) => (block.rows.length === 0 ? [] : [tableText(block)]),
  bars: (block) => (block.rows.length === 0 ? [] : barsText(block)),
  callout: ({ text }) => [`> ${inline(text)}`],
  quote: (block) => [quoteText(block)],
  code: (block) => [codeText(block)],
  command: ({ words }) => [markdownCode(words.join(' '))],
};

function blockParts(block: Block): string[] {
  return rendered(PARTS, block);
}

function paragraphText({ marker = '', text }: Pick<Paragraph, 'marker' | 'text'>): string {
  return [markdownText(marker.trim()), inline(text)].filter((part) => part !== '').join(' ');
}

/** Words in one line of Markdown. */
function inline(text: Words): string {
  return partsOf(text).map(partText).reduce(joined, '').trim();
}

/** Signs that open and close must not touch those of the part before: two of them would be one sign of another kind. */
function joined(before: string, after: string): string {
  const last = before.at(-1);
  const touches = last === after.at(0) && (last === '`' || last === '*');
  return touches ? `${before} ${after}` : before + after;
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

function listText({ items }: List): string {
  return items
    .map(({ text, marker = '', markerTone, blocks = [] }) => {
      const inner = blocks.flatMap(blockParts).map((part) => part.replaceAll(/^(?=.)/gm, '  '));
      const sign = markdownText(marker.trim());
      const own = markerTone === undefined || sign === '' ? sign : `**${sign}**`;
      const head = [own, inline(text)].filter(Boolean).join(' ');
      // Two spaces end a line, where Markdown would run it into the next one.
      return [`- ${head}`, ...(inner.length === 0 ? [] : [inner.join('\n\n')])].join('  \n');
    })
    .join('\n');
}

function keyValueText({ rows }: KeyValues): string[] {
  const lines = rows.flatMap(({ key, value, mark = '', marker = '' }) => {
    const words = inline(value);
    if (words === '') return [];
    const text = [markdownText(mark), words].filter(Boolean).join(' ');
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
    if ('note' in row) {
      const text = paragraphText({ ...row, text: row.note });
      return [text, ...columns.slice(1).map(() => '')];
    }
    return columns.map((_, place) => inline(row.cells[place] ?? ''));
  });
  return markdownTable(heads, cells, texts);
}

/** A row for each label and subject, so that every figure has room; measures stand side by side. */
function barsText(bars: Bars): string[] {
  const { title, subjects, rows } = bars;
  if (bars.form === 'figures') return measuresText(bars);
  const several = subjects.length > 1;
  const cells = rows.flatMap((row): string[][] => {
    if ('heading' in row) return [[`*${markdownText(row.heading)}*`]];
    return subjects.map(({ id }, place) => {
      const rate = row.rates[place] ?? null;
      const mark = row.marked?.[place] === true ? ` ${MARK}` : '';
      const note = row.casesOnly === true ? (row.notes?.[place] ?? '') : null;
      const figures =
        rate === null
          ? ['', '', '']
          : note === null
            ? [estimateText(rate), intervalText(rate), grouped(rate.trials)]
            : [markdownText(note), '', grouped(rate.trials)];
      return [`${inline(row.label)}${mark}`, ...(several ? [markdownCode(id)] : []), ...figures];
    });
  });
  const heads = ['', ...(several ? ['Subject'] : []), 'Rate', 'Interval', 'n'];
  const filled = cells.map((row) => heads.map((_, place) => row[place] ?? ''));
  return [
    `## ${markdownText(title)}`,
    markdownTable(heads, filled, several ? 2 : 1),
    ...reasonsIn(rows).map((reason) => `${NOTHING} means: ${reason}.`),
  ];
}

/** Why figures are missing. */
function reasonsIn(rows: Bars['rows']): string[] {
  return reasonsOf(ratesIn(rows)).map(markdownText);
}

function measuresText({ title, subjects, rows }: Bars): string[] {
  const heads = [markdownText(title), ...subjects.flatMap(({ id }) => [markdownText(id), 'n'])];
  const lines = rows.map((row) => {
    if ('heading' in row) return [`*${markdownText(row.heading)}*`];
    const cells = subjects.flatMap((_, place) => {
      const rate = row.rates[place] ?? null;
      if (rate === null) return ['', ''];
      const interval = rate.estimate === null ? '' : ` ${intervalText(rate)}`;
      return [estimateText(rate) + interval, grouped(rate.trials)];
    });
    return [inline(row.label), ...cells];
  });
  const filled = lines.map((line) => heads.map((_, place) => line[place] ?? ''));
  return [markdownTable(heads, filled), ...reasonsIn(rows).map((reason) => `${NOTHING} ${reason}`)];
}

function quoteText({ text, marks = [], source }: Quote): string {
  const marked = withMarks(text, marks, String, (part) => `«${part}»`);
  const lines = safeText(marked).split('\n').map(markdownText);
  if (source !== undefined) lines.push(`— ${markdownCode(source)}`);
  return lines.map((line) => `> ${line}`.trimEnd()).join('  \n');
}

/** Between fences of more backticks than stand together in the text, so that nothing in it ends them. */
function codeText({ text }: Code): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${safeText(text)}\n${fence}`;
}
