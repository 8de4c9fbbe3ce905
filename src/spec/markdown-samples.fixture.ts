/** Made-up Markdown: what people write in specs, with the white space that editors leave behind. */

import fc from 'fast-check';

const oneOf = (...choices: string[][]): fc.Arbitrary<string[]> => fc.constantFrom(...choices);

const word = fc.constantFrom(
  'be',
  'kind',
  'Say',
  'true.',
  'so',
  'a_b',
  '*now*',
  '`x`',
  'C#',
  '2.',
  '>',
  '-',
  '#5',
  '{x}',
);
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
const link = fc
  .tuple(
    fc.constantFrom(
      '?',
      'this',
      'a `b`',
      '*c*',
      'd [e](#f) g',
      '![h](i.png)',
      'j `](k)` l',
      'm\\]',
    ),
    fc.constantFrom(
      '#be_kind',
      'https://a.b/c_(d)?e=f#g',
      '/x',
      'y.md "Z z"',
      "y 'Z'",
      '<a b>',
      '<y> "Z"',
      '/x (Z z)',
      '/x ',
      'y(z',
      '/x "a\\"b"',
    ),
    fc.constantFrom('', '', '!', '\\'),
  )
  .map(([text, target, before]) => `${before}[${text}](${target})`);
/** Words that begin like words, so that they open no block. */
const phrase = fc
  .tuple(
    fc.constantFrom('Be', 'Say so', '*Never*', '`y`', 'The'),
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: words },
        { weight: 2, arbitrary: link },
        fc.constantFrom('[^ab12]', '<b>', '\\*', 'a\\'),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([first, rest]) => [first, ...rest].join(' '));
const trailing = fc.constantFrom('', '', '', '', ' ', '  ', '\t');
const lines = (most: number) =>
  fc.array(
    fc.tuple(phrase, trailing).map((parts) => parts.join('')),
    { minLength: 1, maxLength: most },
  );
const paragraph = fc
  .tuple(lines(3), fc.constantFrom('', '', '', ' ', '   '))
  .map(([written, indent]) => written.map((text, index) => (index === 0 ? indent + text : text)));

const heading = fc
  .tuple(
    fc.constantFrom('', '', '', ' ', '   '),
    fc.constantFrom('#', '##', '###', '######'),
    fc.constantFrom(' ', ' ', '  ', '\t'),
    phrase,
    fc.constantFrom('', ' {#x}', ' {#x level=root}', ' {x}', ' #', ' ##  ', '#'),
  )
  .map((parts) => [parts.join('')]);
const notHeading = oneOf(['####### Seven'], ['#none'], ['\\# Escaped']);
const underlined = fc
  .tuple(phrase, fc.constantFrom('===', '---', '-----  '))
  .map(([title, under]) => [title, under]);

const insideFence = fc.constantFrom(
  'x = 1',
  '',
  '    y',
  '# no heading',
  '- no item',
  '<!-- no -->',
  '~~',
  'a\tb',
  '  z  ',
);
/** Marks of fences, and marks that do not close them. */
const marks = fc.constantFrom(['~~~', '```'], ['```', '~~~'], ['~~~~', '~~~'], ['`````', '````']);
const fence = fc
  .tuple(
    fc.constantFrom('', '', '', ' ', '   '),
    marks,
    fc.constantFrom('', 'js', ' Text more', 'js  '),
    fc.array(fc.oneof({ weight: 8, arbitrary: insideFence }, fc.constant(null)), { maxLength: 4 }),
    fc.constantFrom('', '', ' ', '  '),
  )
  .map(([indent, [opening = '', other = ''], info, inside, after]) => [
    `${indent}${opening}${info}`,
    ...inside.map((text) => (text === '' ? '' : indent + (text ?? other))),
    `${indent}${opening}${after}`,
  ]);

interface Item {
  gap: string;
  blocks: string[][];
  /** Whether blank lines part its blocks, and it from the item before. */
  isLoose: boolean;
  /** Whether its first paragraph goes on without being indented. */
  isLazy: boolean;
  /** Columns by which its other blocks are indented more than they need be. */
  shift: number;
}

const { list } = fc.letrec<{ list: string[]; item: Item }>((tie) => ({
  item: fc.record({
    gap: fc.constantFrom(' ', ' ', ' ', '  ', '   '),
    blocks: fc.oneof(
      {
        weight: 9,
        arbitrary: fc
          .tuple(
            lines(2),
            fc.array(
              fc.oneof({ maxDepth: 2 }, paragraph, fence, tie('list') as fc.Arbitrary<string[]>),
              {
                maxLength: 2,
              },
            ),
          )
          .map(([first, rest]) => [first, ...rest]),
      },
      fc.constant<string[][]>([['']]),
    ),
    isLoose: fc.boolean(),
    isLazy: fc.constantFrom(false, false, false, true),
    shift: fc.constantFrom(0, 0, 0, 0, 1, 2),
  }),
  list: fc
    .tuple(
      fc.constantFrom('', '', '', ' '),
      fc.constantFrom('-', '*', '+', '1.', '1)', '3.', '10.'),
      fc.array(tie('item') as fc.Arbitrary<Item>, { minLength: 1, maxLength: 3 }),
    )
    .map(([indent, marker, items]) =>
      items.flatMap((item, index) => {
        const written = writtenItem(indent + marker, item);
        return index > 0 && item.isLoose ? ['', ...written] : written;
      }),
    ),
}));

function writtenItem(marker: string, { gap, blocks, isLoose, isLazy, shift }: Item): string[] {
  const inside = ' '.repeat(marker.length + gap.length);
  const [[first = '', ...lazy] = [], ...rest] = blocks;
  const more = (block: readonly string[]) => (block[0]?.startsWith(' ') ? '' : ' '.repeat(shift));
  return [
    (marker + gap + first).trimEnd(),
    ...lazy.map((text) => (isLazy ? text : inside + text)),
    ...rest.flatMap((block) => [
      // A nested list may follow its item's text at once.
      ...(isLoose || !/^ ?(?:[-*+] |1[.)])/.test(block[0] ?? '') ? [''] : []),
      ...block.map((text) => (text === '' ? '' : inside + more(block) + text)),
    ]),
  ];
}

const belowItems = oneOf(
  ['-', 'Below'],
  ['- Be', '  -', 'Below'],
  ['-', '', '  Below'],
  ['- Be', '', '  ~~~', '  x', '  ~~~', 'Below'],
  ['* Be', '* * *', 'Below'],
);
const tabbed = oneOf(
  ['-\tBe kind', '\tand true.', '-\tSo'],
  ['1.\tBe', '', '\tSay so.', '', '\t- so', '', '2.\tBe'],
  ['- Be', '\t- kind', '', '\t  and true', '- So'],
);
const quotation = fc
  .tuple(lines(3), fc.constantFrom('> ', '>'))
  .map(([written, mark]) => written.map((text) => mark + text));
const html = oneOf(
  ['<div>', 'x', '</div>'],
  ['<!-- a remark -->'],
  ['<!-- a', '', 'remark -->'],
  ['<!-- a --> text'],
  ['<b>bold</b> text'],
  ['<br/>'],
);
const rule = oneOf(['---'], ['***'], ['* * *'], ['___'], [' - - -'], ['-----  ']);
const indented = lines(2).map((written) => written.map((text) => `    ${text}`));
const table = oneOf(['| a | b |', '|---|---|', '| 1 | 2 |']);
const definition = oneOf(['[this]: https://a.b "c"'], ['[^ab12]: note']);
const ranking = oneOf(['a > b > c'], ['So it is:', '    a > b']);
const commentary = fc
  .tuple(
    fc.array(fc.oneof(paragraph, list, fence), { minLength: 1, maxLength: 3 }),
    fc.constantFrom([], ['']),
  )
  .map(([blocks, gap]) => [
    '!!! meta "Commentary"',
    ...gap,
    ...blocks.flatMap((block, index) =>
      [...(index === 0 ? [] : ['']), ...block].map((text) => (text === '' ? '' : `    ${text}`)),
    ),
  ]);
const example = fc
  .tuple(
    fc.constantFrom([], ['**Example**: a title', ''], ['**Example**: a title']),
    fc.constantFrom('~~~', '```'),
  )
  .map(([title, marks]) => [...title, `${marks}xml`, '<user>', 'Why?', '</user>', marks]);

/** A kind of block, and where it needs no blank line before or after it. */
interface Kind {
  lines: fc.Arbitrary<string[]>;
  beginsAnywhere?: boolean;
  endsByItself?: boolean;
  /** Nothing but a blank line ends it. */
  endsAtBlank?: boolean;
  weight?: number;
}

const KINDS: readonly Kind[] = [
  { lines: paragraph, weight: 5 },
  { lines: list, weight: 6 },
  { lines: tabbed },
  { lines: belowItems },
  { lines: fence, beginsAnywhere: true, endsByItself: true, weight: 3 },
  { lines: heading, beginsAnywhere: true, endsByItself: true, weight: 3 },
  { lines: example, endsByItself: true },
  { lines: commentary },
  { lines: ranking },
  { lines: notHeading },
  { lines: underlined },
  { lines: quotation },
  { lines: html, endsAtBlank: true },
  { lines: rule },
  { lines: indented },
  { lines: table },
  { lines: definition },
];

const block = fc.oneof(
  ...KINDS.map(({ lines: written, weight = 1, ...kind }) => ({
    weight,
    arbitrary: fc.record({
      lines: written,
      kind: fc.constant(kind),
      gap: fc.constantFrom([], [''], [''], [''], [''], [' ', ''], ['', '\t']),
    }),
  })),
);

/** A document of a heading and a few blocks after it, with blank lines between them where they need some. */
export const markdown: fc.Arbitrary<string> = fc
  .tuple(fc.array(block, { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\n', '\r\n', '\r'))
  .map(([blocks, lineEnd]) => {
    const written = blocks.flatMap(({ lines: own, kind, gap }, index) => {
      const next = blocks[index + 1]?.kind;
      const needsGap =
        kind.endsAtBlank === true || !(kind.endsByItself === true || next?.beginsAnywhere === true);
      // What the other reader makes of a list below indented lines stands among the known differences.
      const between = own.at(-1)?.startsWith('    ') ? ['', 'So:', ''] : [];
      return [...own, ...(needsGap && gap.length === 0 ? [''] : gap), ...between];
    });
    return ['# A {#a}', '', ...written, ''].join(lineEnd);
  });
