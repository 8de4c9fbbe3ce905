/** Arbitrary blocks with hostile text in every place that takes text. */
import fc from 'fast-check';
import type { Bars, Block, Column, Paragraph, TableRow } from './blocks.ts';
import type { RateFigure } from './figures.ts';
import type { Part, Words } from './words.ts';

/** Text as an attacker or another script would write it. */
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\u001b[2J\u001b]8;;https://example.com\u0007click\u001b]8;;\u0007',
    '\u202egnp.exe\u2069 \u200b\u{e0041}\u{e0042}',
    '| a | b |\n|---|---|\n# heading\n```\n',
    '[x](javascript:alert(1)) <img src=x onerror=alert(1)> `code` <!-- -->',
    '[x]: https://example.com "title"',
    'https://example.com www.example.com a@example.com',
    '</p></td></table><script>alert(1)</script>',
    '\'"><b onmouseover="alert(1)">&lt;&#60;',
    '* one\n* two\n\n    code\n> quote\n===\n---\n1. a\n+ b',
    '**bold** __bold__ ~~gone~~ $x^2$ \\',
    '漢字'.repeat(20),
    '👩‍👩‍👧‍👦👍🏽⚠️',
    'x'.repeat(120),
    'a\u0301\u0301\u0301\u0301\u0301\u0301',
    ' ',
  ),
);

const number = fc.nat({ max: 99_999 });

/** Hostile text with a word in it that can be found again: `tok17`. */
const text = fc
  .tuple(hostile, number, hostile)
  .map(([before, word, after]) => `${before} tok${word} ${after}`);

const tone = fc.constantFrom('strong', 'dim', 'good', 'warning', 'bad', 'accent');
const tones = fc.oneof(tone, fc.constant(['warning', 'strong'] as const));

const part: fc.Arbitrary<Part> = fc.oneof(
  text,
  fc.record({ text, tone: tones }),
  fc.record({ added: text }),
  fc.record({ removed: text }),
  fc.record({ code: text }),
  fc.record({ clause: text }),
  fc.record({ transcript: text }),
  fc.record({ model: text }),
);

const words: fc.Arbitrary<Words> = fc.oneof(text, fc.array(part, { minLength: 1, maxLength: 4 }));

const indent = fc.constantFrom(0, 2, 4);
const marker = fc.oneof(fc.constantFrom('→ ', '! ', '- ', '  medium  '), hostile);

const paragraph: fc.Arbitrary<Paragraph> = fc.record(
  {
    type: fc.constant('paragraph' as const),
    text: words,
    ...{ marker, indent, tone, markerTone: tone, firstTone: tone },
    fit: fc.constantFrom('wrap', 'cut'),
  },
  { requiredKeys: ['type', 'text'] },
);

const share = fc.double({ min: 0, max: 1, noNaN: true });

const rate: fc.Arbitrary<RateFigure> = fc
  .record({
    ends: fc.option(fc.tuple(share, share, share), { nil: null }),
    trials: fc.nat({ max: 20_000 }),
    judge: fc.constantFrom('measured' as const, 'unmeasured' as const),
  })
  .map(({ ends, trials, judge }) => {
    const [low, estimate, high] = ends?.toSorted((a, b) => a - b) ?? [null, null, null];
    return { low: low ?? null, estimate: estimate ?? null, high: high ?? null, trials, judge };
  });

function bars(subjects: number, narrow: boolean): fc.Arbitrary<Bars> {
  const each = <Value>(of: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
    fc.array(of, { minLength: subjects, maxLength: subjects });
  const row = fc.oneof(
    fc.record({ heading: text }),
    fc.record(
      {
        label: words,
        rates: each(fc.option(rate, { nil: null })),
        ...{ indent, marked: each(fc.boolean()), strong: fc.boolean() },
        ...{ casesOnly: fc.boolean(), notes: each(fc.constantFrom('', '≤ 12–45 %')) },
      },
      { requiredKeys: ['label', 'rates'] },
    ),
  );
  return fc.record({
    type: fc.constant('bars' as const),
    title: narrow ? text : fc.constantFrom('Adherence', 'By clause'),
    subjects: each(fc.record({ key: fc.constantFrom('', 'A'), id: text })),
    rows: fc.array(row, { minLength: 1, maxLength: 4 }),
    beside: fc.constant([]),
  });
}

/** With `narrow` also what may be cut for want of room. */
function table(columns: number, narrow: boolean): fc.Arbitrary<Block> {
  const each = <Value>(of: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
    fc.array(of, { minLength: columns, maxLength: columns });
  const column: fc.Arbitrary<Column> = fc.record(
    {
      head: text,
      align: fc.constantFrom('left', 'right'),
      ...(narrow
        ? {
            width: fc.nat({ max: 30 }),
            most: fc.nat({ max: 30 }),
            cut: fc.constantFrom('end' as const, 'middle' as const),
            rest: fc.nat({ max: 30 }),
            fills: fc.boolean(),
          }
        : {}),
    },
    { requiredKeys: ['head'] },
  );
  const row: fc.Arbitrary<TableRow> = fc.oneof(
    fc.record({ heading: words }),
    paragraph.map(({ type: _, text: note, ...about }) => ({ ...about, note })),
    fc.record(
      { cells: each(words), tone, indent, key: fc.constant('1') },
      { requiredKeys: ['cells'] },
    ),
  );
  return fc.record(
    {
      type: fc.constant('table' as const),
      columns: each(column),
      rows: fc.array(row, { minLength: 1, maxLength: 4 }),
      indent,
      gap: fc.constantFrom(1, 2),
      ...(narrow
        ? {
            heads: fc.constantFrom('plain' as const, 'none' as const, 'dim' as const),
            stackedBelow: fc.constantFrom(50, 80, Number.POSITIVE_INFINITY),
          }
        : {}),
    },
    { requiredKeys: ['type', 'columns', 'rows'] },
  );
}

const quote: fc.Arbitrary<Block> = fc
  .record({
    lines: fc.array(text, { minLength: 1, maxLength: 3 }),
    ends: fc.tuple(share, share),
    source: text,
    indent,
  })
  .map(({ lines, ends: [a, b], ...about }): Block => {
    // Marked before the first word that is looked for, so that no mark cuts it in two.
    const [first = ''] = lines;
    const until = first.indexOf('tok');
    const [start, end] = [a * until, b * until].map(Math.floor).toSorted((x, y) => x - y);
    const marks = [{ start: start ?? 0, end: end ?? 0 }];
    return { type: 'quote', text: lines.join('\n'), marks, ...about };
  });

/** Any blocks; `narrow`: also such that may be cut where there is no room. */
export function anyBlocks({ narrow }: { narrow: boolean }): fc.Arbitrary<Block[]> {
  const { blocks } = fc.letrec<{ blocks: Block[]; block: Block; texts: Block[]; list: Block }>(
    (tie) => ({
      blocks: fc.array(tie('block'), { maxLength: 4 }),
      texts: fc.array(fc.oneof({ depthSize: 'small' }, paragraph, quote, tie('list')), {
        maxLength: 3,
      }),
      list: fc.record(
        {
          type: fc.constant('list' as const),
          items: fc.array(
            fc.record(
              { text: words, marker, markerTone: tone, tone, blocks: tie('texts') },
              { requiredKeys: ['text'] },
            ),
            { minLength: 1, maxLength: 3 },
          ),
          indent,
          ...(narrow ? { fit: fc.constantFrom('wrap' as const, 'cut' as const) } : {}),
        },
        { requiredKeys: ['type', 'items'] },
      ) as fc.Arbitrary<Block>,
      block: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        paragraph,
        fc.record(
          {
            type: fc.constant('heading' as const),
            level: fc.constantFrom(1, 2, 3),
            text: words,
            ...{
              tone: tones,
              indent,
              aside: narrow ? text : fc.constant(''),
              fit: fc.constantFrom('wrap', 'cut'),
            },
          },
          { requiredKeys: ['type', 'level', 'text'] },
        ),
        fc.record(
          {
            type: fc.constant('keyValues' as const),
            rows: fc.array(
              fc.record(
                { key: text, mark: text, value: words, tone, marker: hostile, markerTone: tone },
                { requiredKeys: ['key', 'value'] },
              ),
              { minLength: 1, maxLength: 3 },
            ),
            indent,
            ...(narrow ? { keyWidth: fc.nat({ max: 24 }) } : {}),
          },
          { requiredKeys: ['type', 'rows'] },
        ),
        fc.record({
          type: fc.constant('callout' as const),
          tone: fc.constantFrom('simulated', 'toy', 'warning'),
          text: words,
        }),
        quote,
        fc.integer({ min: 1, max: 5 }).chain((columns) => table(columns, narrow)),
        fc.integer({ min: 1, max: 4 }).chain((subjects) => bars(subjects, narrow)),
        tie('list'),
        fc.record({
          type: fc.constant('code' as const),
          text: fc.array(text, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
          indent,
          fit: fc.constant('wrap' as const),
        }),
        fc.record({ type: fc.constant('section' as const), blocks: tie('blocks') }),
        fc.record(
          {
            type: fc.constant('details' as const),
            summary: words,
            open: fc.boolean(),
            blocks: tie('blocks'),
          },
          { requiredKeys: ['type', 'summary', 'blocks'] },
        ),
      ) as fc.Arbitrary<Block>,
    }),
  );
  return blocks;
}
