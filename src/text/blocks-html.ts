/**
 * @module text/blocks-html
 * Blocks as one HTML page: no script, nothing fetched, details folded, and it prints well.
 */
import {
  type Bars,
  type Block,
  type Column,
  type KeyValues,
  type List,
  MARK,
  type Paragraph,
  type Quote,
  type Renderers,
  ratesIn,
  rendered,
  type Table,
  type TableRow,
} from './blocks.ts';
import { estimateText, intervalText, NOTHING, type RateFigure, reasonsOf } from './figures.ts';
import { withMarks } from './mark-spans.ts';
import { grouped } from './numbers.ts';
import { PAGE_STYLE } from './page-style.ts';
import { safeLine, safeText } from './safe-text.ts';
import { type Part, partsOf, plainText, type Tones, tonesOf, type Words } from './words.ts';

/** The blocks as a page. Its title is the first heading. */
export function toHtml(blocks: readonly Block[]): string {
  const title = headingIn(blocks) ?? 'Tenet';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>
${PAGE_STYLE}</style>
</head>
<body>
<main>
${allHtml(blocks)}
</main>
</body>
</html>
`;
}

function headingIn(blocks: readonly Block[]): string | null {
  for (const block of blocks) {
    if (block.type === 'heading') return plainText(block.text);
    const inner = block.type === 'section' ? headingIn(block.blocks) : null;
    if (inner !== null) return inner;
  }
  return null;
}

const HTML: Renderers<string> = {
  section: ({ blocks }) => {
    const inner = allHtml(blocks);
    return inner === '' ? '' : `<section>\n${inner}\n</section>`;
  },
  details: ({ open, summary, blocks }) =>
    `<details${open === true ? ' open' : ''}>\n<summary>${inline(summary)}</summary>\n${allHtml(blocks)}\n</details>`,
  heading: ({ level, text, aside }) => `<h${level}>${inline(text)}</h${level}>${asideHtml(aside)}`,
  paragraph: (block) => {
    const text = paragraphHtml(block);
    return text === '' ? '' : `<p${toneClass(block.tone)}${insetStyle(block)}>${text}</p>`;
  },
  list: listHtml,
  keyValues: keyValuesHtml,
  table: tableHtml,
  bars: barsHtml,
  callout: ({ tone, text }) => `<p class="callout ${tone}" role="note">${inline(text)}</p>`,
  quote: quoteHtml,
  code: ({ text }) => `<pre>${lines(text)}</pre>`,
  command: ({ words }) => `<p><code>${escaped(words.join(' '))}</code></p>`,
};

function allHtml(blocks: readonly Block[]): string {
  return blocks
    .map((block) => rendered(HTML, block))
    .filter(Boolean)
    .join('\n');
}

/** Sections stand in by two already; what stands further in belongs to what is above it. */
function insetStyle({ indent = 0 }: { indent?: number }): string {
  return indent <= 2 ? '' : ` style="margin-left: ${(0.3 * (indent - 2)).toFixed(1)}em"`;
}

function paragraphHtml({ marker, markerTone, text }: Omit<Paragraph, 'type'>): string {
  return `${markerHtml(marker, markerTone)}${inline(text)}`;
}

function markerHtml(marker: string | undefined, tones: Tones | undefined): string {
  const sign = escaped(marker ?? '').trim();
  if (sign === '') return '';
  return tones === undefined ? `${sign} ` : `<span${toneClass(tones)}>${sign}</span> `;
}

function inline(text: Words): string {
  return partsOf(text).map(partHtml).join('');
}

function partHtml(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if ('text' in part) return `<span${toneClass(part.tone)}>${escaped(part.text)}</span>`;
  if ('code' in part) return `<code>${escaped(part.code)}</code>`;
  if ('clause' in part) return `<code class="clause">#${escaped(part.clause)}</code>`;
  if ('transcript' in part) return `<code class="transcript">${escaped(part.transcript)}</code>`;
  if ('added' in part) return `<ins>${escaped(part.added)}</ins>`;
  if ('removed' in part) return `<del>${escaped(part.removed)}</del>`;
  return `<span class="model">${escaped(part.model)}</span>`;
}

function asideHtml(aside: string | undefined): string {
  return aside === undefined ? '' : `\n<p class="dim">${escaped(aside)}</p>`;
}

function toneClass(tones: Tones | undefined): string {
  return tones === undefined ? '' : ` class="${tonesOf(tones).join(' ')}"`;
}

function listHtml({ items }: List): string {
  if (items.length === 0) return '';
  const rows = items.map(({ text, marker, markerTone, tone, blocks = [] }) => {
    const head = `${markerHtml(marker, markerTone)}${inline(text)}`;
    const parts = [head, allHtml(blocks)].filter(Boolean);
    return `<li${toneClass(tone)}>${parts.join('\n')}</li>`;
  });
  return `<ul>\n${rows.join('\n')}\n</ul>`;
}

function keyValuesHtml({ rows }: KeyValues): string {
  const shown = rows.filter(({ value }) => plainText(value) !== '');
  if (shown.length === 0) return '';
  const pairs = shown.map(({ key, value, mark = '', tone, marker, markerTone }) => {
    const name = `${markerHtml(marker, markerTone)}${escaped(key)}`;
    const own = mark === '' ? '' : `<b>${escaped(mark)}</b> `;
    return `<dt>${name}</dt><dd${toneClass(tone)}>${own}${inline(value)}</dd>`;
  });
  return `<dl>\n${pairs.join('\n')}\n</dl>`;
}

function tableHtml({ columns, rows }: Table): string {
  if (rows.length === 0) return '';
  const head = columns.map(
    (column) => `<th scope="col"${cellClass(column, column.head)}>${escaped(column.head)}</th>`,
  );
  const line = (row: TableRow): string => {
    if ('heading' in row) {
      return `<tr class="heading"><th scope="rowgroup" colspan="${columns.length}">${inline(row.heading)}</th></tr>`;
    }
    if ('note' in row) {
      const text = paragraphHtml({ ...row, text: row.note });
      return `<tr${toneClass(row.tone)}><td colspan="${columns.length}">${text}</td></tr>`;
    }
    const cells = columns.map((column, place) => {
      const cell = row.cells[place] ?? '';
      return `<td${cellClass(column, cell)}>${inline(cell)}</td>`;
    });
    return `<tr${toneClass(row.tone)}>${cells.join('')}</tr>`;
  };
  const wide = columns.length > WIDE ? ' class="wide"' : '';
  const set = `<table${wide}>\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${rows.map(line).join('\n')}\n</tbody>\n</table>`;
  // A region that scrolls must be reached by the keyboard too.
  return `<div class="scroll" tabindex="0">\n${set}\n</div>`;
}

/** Tables of more columns are set smaller. */
const WIDE = 6;
/** Short cells stay in one line, so that long ones give way. */
const SHORT = 24;

function cellClass(column: Column | undefined, text: Words): string {
  if (column?.align === 'right') return ' class="number"';
  return plainText(text).length > SHORT ? ' class="long"' : '';
}

function barsHtml({ title, subjects, rows }: Bars): string {
  if (rows.length === 0) return '';
  const names = subjects.map(({ key, id }) => (key === '' ? id : `${key} ${id}`));
  const heads = names.map((name) => `<th scope="colgroup" colspan="3">${escaped(name)}</th>`);
  const lines = rows.map((row) => {
    if ('heading' in row) {
      const width = 1 + 3 * subjects.length;
      return `<tr class="heading"><th scope="rowgroup" colspan="${width}">${escaped(row.heading)}</th></tr>`;
    }
    const cells = names.map((name, place) =>
      rateCells(row.rates[place] ?? null, {
        of: subjects.length > 1 ? name : '',
        isMarked: row.marked?.[place] === true,
        note: row.casesOnly === true ? (row.notes?.[place] ?? '') : null,
      }),
    );
    const indent = (row.indent ?? 0) > 0 ? ' class="inner"' : '';
    return `<tr${row.strong === true ? ' class="strong"' : ''}><th scope="row"${indent}>${inline(row.label)}</th>${cells.join('')}</tr>`;
  });
  const width = Math.floor(PLOTS / subjects.length);
  const units = subjects.map(
    () =>
      `<td class="number">rate, interval</td><td class="plot" style="width: ${width}%">${AXIS}</td><td class="number cases">n</td>`,
  );
  const reasons = reasonsOf(ratesIn(rows)).map(
    (reason) => `<p class="dim">${NOTHING} means: ${escaped(reason)}.</p>`,
  );
  const head = `<thead><tr><td></td>${heads.join('')}</tr>\n<tr><td></td>${units.join('')}</tr></thead>`;
  const table = `<table class="bars">\n${head}\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table>`;
  return [
    `<h2>${escaped(title)}</h2>`,
    `<div class="scroll" tabindex="0">\n${table}\n</div>`,
    ...reasons,
  ].join('\n');
}

function rateCells(
  rate: RateFigure | null,
  { of, isMarked, note }: { of: string; isMarked: boolean; note: string | null },
): string {
  const data = ` data-of="${escaped(of)}"`;
  if (rate === null) return `<td class="rate" colspan="3"${data}></td>`;
  const cases = `<td class="number cases">${grouped(rate.trials)}</td>`;
  if (note !== null) return `<td class="rate" colspan="2"${data}>${escaped(note)}</td>${cases}`;
  const mark = isMarked ? `<span class="bad">${MARK}</span> ` : '';
  return `<td class="number rate"${data}>${mark}${rateHtml(rate)}</td><td class="plot">${plotSvg(rate)}</td>${cases}`;
}

function rateHtml(rate: RateFigure): string {
  const { estimate, low, high, trials } = rate;
  const data = [
    ...(estimate === null ? [] : [`value="${estimate}"`]),
    ...(low === null ? [] : [`data-low="${low}"`]),
    ...(high === null ? [] : [`data-high="${high}"`]),
    `data-decided="${trials}"`,
  ];
  return `<data data-rate ${data.join(' ')}>${escaped(estimateText(rate))} <small>${escaped(intervalText(rate))}</small></data>`;
}

/** The plots' part of a table's width, in percent. */
const PLOTS = 45;
/** Fewer cases than this make a hollow dot. */
const FEW = 10;

function placeOf(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** The scale above the plots. */
const AXIS = `<svg height="14" aria-hidden="true">${[0, 50, 100]
  .map((value) => `<text x="${value}%" y="11" text-anchor="middle">${value}</text>`)
  .join('')}</svg>`;

/** Line: the interval; dot: the estimate, hollow where cases are few; on a scale from 0 to 100 that is never cut. */
function plotSvg({ estimate, low, high, trials }: RateFigure): string {
  if (estimate === null) return '';
  const line =
    low === null || high === null
      ? ''
      : `<line x1="${placeOf(low)}" x2="${placeOf(high)}" y1="8" y2="8" class="interval"/>`;
  const ticks = [0, 0.5, 1]
    .map(
      (share) =>
        `<line x1="${placeOf(share)}" x2="${placeOf(share)}" y1="2" y2="14" class="tick"/>`,
    )
    .join('');
  const few = trials < FEW ? ' class="few"' : '';
  return `<svg height="16" aria-hidden="true">${ticks}${line}<circle cx="${placeOf(estimate)}" cy="8" r="4"${few}/></svg>`;
}

function quoteHtml({ text, marks = [], source }: Quote): string {
  const html = withMarks(text, marks, lines, (part) => `<mark>${lines(part)}</mark>`);
  const from = source === undefined ? '' : `<footer>${escaped(source)}</footer>`;
  return `<blockquote>${html}${from}</blockquote>`;
}

function lines(text: string): string {
  return markup(safeText(text));
}

/** Text made harmless: unseen characters become visible, markup is shown. */
function escaped(text: string): string {
  return markup(safeLine(text));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markup(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
