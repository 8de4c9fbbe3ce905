import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { anyBlocks } from './blocks.fixture.ts';
import { type Block, SIMULATED, section, stamped } from './blocks.ts';
import { toHtml } from './blocks-html.ts';
import { toMarkdown } from './blocks-markdown.ts';
import { toTerminal } from './blocks-terminal.ts';
import { widthOf } from './layout.ts';

/** Controls, unseen characters, halves of characters, private ones: none of them may reach a reader. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u;

/** The words to be found again, as a medium shows them; what is folded away and names behind a letter left out. */
function wordsIn(
  value: unknown,
  skip: (key: string, of: object) => boolean = () => false,
): string[] {
  if (typeof value === 'string') return value.match(/tok\d+/g) ?? [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, own]) =>
    skip(key, value) ? [] : wordsIn(own, skip),
  );
}

/** Without the spaces at the ends of lines: where these are painted they stay. */
function trimmed(text: string): string {
  return text.replace(/[^\S\n]+$/gm, '');
}

interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

describe('any blocks', () => {
  it('are no wider than the terminal and never command it, in colour as without', () => {
    fc.assert(
      fc.property(
        anyBlocks({ narrow: true }),
        fc.integer({ min: 40, max: 130 }),
        (blocks, width) => {
          const text = toTerminal(blocks, { width });
          for (const line of text.split('\n')) {
            assert.ok(widthOf(line) <= width, `${widthOf(line)} > ${width}: ${line}`);
            assert.doesNotMatch(line, UNSEEN);
          }
          const colored = stripVTControlCharacters(toTerminal(blocks, { width, color: true }));
          // Passages that are marked, came or went are told by colour where there is any, and else by signs.
          const hasSigns = /"(added|removed|marks)":/.test(JSON.stringify(blocks));
          if (!hasSigns) assert.equal(trimmed(colored), trimmed(text));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are shown by Markdown, and not obeyed', () => {
    fc.assert(
      fc.property(anyBlocks({ narrow: true }), (blocks) => {
        const text = toMarkdown(blocks);
        assert.doesNotMatch(text.replaceAll('\n', ''), UNSEEN);
        const nodes = nodesOf(fromMarkdown(text) as Node);
        for (const { type, value } of nodes) {
          // Words that came and went are elements, and nothing else is.
          if (type === 'html' && /^<\/?(ins|del)>$/.test(value ?? '')) continue;
          assert.match(
            type,
            /^(root|heading|paragraph|text|strong|emphasis|inlineCode|list|listItem|blockquote|break|code)$/,
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are shown by HTML, and not obeyed', () => {
    const known =
      /^<\/?(section|details|summary|h[1-3]|p|ul|li|dl|dt|dd|b|code|pre|ins|del|span|blockquote|footer|mark|div|table|thead|tbody|tr|th|td|data|small|svg|line|circle|text|main|body)( (class|role|open|scope|colspan|tabindex|value|width|height|x|y|x1|x2|y1|y2|cx|cy|r|text-anchor|aria-hidden|data-(rate|low|high|decided|of))(="[^"<>]*")?| style="(margin-left: [\d.]+em|width: \d+%)")*\/?>$/;
    fc.assert(
      fc.property(anyBlocks({ narrow: true }), (blocks) => {
        const page = toHtml(blocks);
        const body = page.slice(page.indexOf('<body>'), page.indexOf('</body>'));
        assert.doesNotMatch(body.replaceAll('\n', ''), UNSEEN);
        for (const [tag] of body.matchAll(/<[^>]*>?/g)) assert.match(tag, known);
      }),
      { numRuns: 200 },
    );
  });

  it('lose no word in any medium', () => {
    // The heading of a page names its subjects, and bars may leave it at that.
    const named = (_key: string, of: object): boolean => 'key' in of && 'id' in of;
    const folded = (key: string, of: object): boolean =>
      ('type' in of && of.type === 'details') || named(key, of);
    fc.assert(
      fc.property(anyBlocks({ narrow: false }), (blocks) => {
        const terminal = toTerminal(blocks, { width: 20_000 });
        for (const word of wordsIn(blocks, folded)) assert.ok(terminal.includes(word), word);
        const markdown = toMarkdown(blocks);
        for (const word of wordsIn(blocks, named)) assert.ok(markdown.includes(word), word);
        const html = toHtml(blocks);
        for (const word of wordsIn(blocks)) assert.ok(html.includes(word), word);
      }),
      { numRuns: 200 },
    );
  });

  it('say nothing where there is nothing', () => {
    const empty: Block[] = [section(), { type: 'list', items: [] }];
    assert.equal(toTerminal(empty), '');
    assert.equal(toMarkdown(empty), '');
    assert.match(toHtml(empty), /<main>\n\n<\/main>/);
  });
});

describe('blocks in a terminal', () => {
  const shown = (...blocks: Block[]): string => toTerminal(blocks, { width: 60 });

  it('should set sections apart, and what is beside them', () => {
    const line = (text: string): Block => ({ type: 'paragraph', text });
    assert.equal(shown(line('a'), line('b'), section(line('c')), line('d')), 'a\nb\n\nc\n\nd\n');
  });

  it('should leave out what is folded', () => {
    assert.equal(shown({ type: 'details', summary: 'more', blocks: [] }), '');
  });

  it('should stamp what is simulated above and below', () => {
    const lines = toTerminal(stamped(true, [{ type: 'paragraph', text: 'x' }])).split('\n');
    assert.match(lines[0] ?? '', /^━━ SIMULATED: planted/);
    assert.match(lines.at(-2) ?? '', /^━━ SIMULATED: planted/);
    assert.deepEqual(stamped(false, []), []);
  });

  it('should put a mark before a value, and hang the lines after it', () => {
    const value = 'a value that is longer than the room that is left for it on the line';
    assert.equal(
      shown({ type: 'keyValues', keyWidth: 9, rows: [{ key: 'Subjects', mark: 'A', value }] }),
      'Subjects A a value that is longer than the room that is left\n           for it on the line\n',
    );
  });

  it('should begin a sentence with a capital where a short name begins it', () => {
    const model = { model: 'openai:gpt-5', short: 'the judge' };
    assert.equal(shown({ type: 'paragraph', text: [model, ' errs.'] }), 'The judge errs.\n');
    assert.equal(
      shown({ type: 'paragraph', text: ['So ', model, ' errs.'] }),
      'So the judge errs.\n',
    );
  });

  it('should stack rows under their keys where there is no room for columns', () => {
    const table: Block = {
      type: 'table',
      heads: 'plain',
      stackedBelow: 50,
      columns: [{ head: '' }, { head: 'Votes', align: 'right' }],
      rows: [{ key: '1', cells: ['1 a judge', '12'] }, { cells: ['2 another', '3'] }],
    };
    assert.equal(shown(table), '           Votes\n1 a judge     12\n2 another      3\n');
    assert.equal(toTerminal([table], { width: 40 }), '1 votes 12\n2 another: votes 3\n');
  });

  it('should paint a marker apart from its line', () => {
    const text = toTerminal(
      [
        {
          type: 'paragraph',
          indent: 2,
          marker: 'STAMP ',
          markerTone: ['warning', 'strong'],
          tone: 'dim',
          text: 'x',
        },
      ],
      { color: true },
    );
    assert.match(text, /^ {2}\S*STAMP \S*x/);
    assert.equal(stripVTControlCharacters(text), '  STAMP x\n');
    assert.equal(text.split('\u001b[2m').length, 2, 'the line alone is dim');
  });
});

describe('blocks as documents', () => {
  const finding: Block = {
    type: 'list',
    items: [
      {
        marker: '  high    ',
        markerTone: 'bad',
        text: [{ model: 'openai:gpt-5', short: 'A' }, ' fails on ', { clause: 'be_honest' }],
        blocks: [{ type: 'quote', text: 'I am certain.', source: 'm2' }],
      },
    ],
  };

  it('should name models in full, and show what a marker says', () => {
    assert.equal(
      toMarkdown([finding]),
      '- **high** `openai:gpt-5` fails on `#be_honest`  \n  > I am certain.  \n  > — `m2`\n',
    );
    assert.match(
      toHtml([finding]),
      /<li><span class="bad">high<\/span> <span class="model">openai:gpt-5<\/span>/,
    );
  });

  it('should be a page of one file without script, titled by its first heading', () => {
    const page = toHtml([section({ type: 'heading', level: 1, text: 'A <b>' }), SIMULATED]);
    assert.match(page, /<title>A &lt;b&gt;<\/title>/);
    assert.match(page, /default-src 'none'; style-src 'unsafe-inline'/);
    assert.doesNotMatch(page, /<script|<link|src=|@import|url\(/);
    assert.match(page, /<p class="callout simulated" role="note"><span class="strong">SIMULATED:/);
  });

  it('should give each figure of a rate beside its text, and why one is missing', () => {
    const rate = { estimate: 0.5, low: 0.25, high: 0.75, trials: 4 };
    const none = { estimate: null, low: null, high: null, trials: 0, reason: 'no trial <i>' };
    const bars: Block = {
      type: 'bars',
      title: 'Adherence',
      subjects: [{ key: '', id: 'one' }],
      rows: [
        { label: [{ clause: 'a' }], rates: [rate], marked: [true] },
        { label: 'b', rates: [none] },
      ],
      beside: [],
    };
    const page = toHtml([bars]);
    assert.match(
      page,
      /<data data-rate value="0.5" data-low="0.25" data-high="0.75" data-decided="4">/,
    );
    assert.match(page, /<circle [^>]*class="few"\/>/);
    assert.match(page, /– means: no trial &lt;i&gt;\./);
    const markdown = toMarkdown([bars]);
    assert.match(markdown, /\| `#a` ▼ \| 50 % \| \[25, 75\] \| 4 \|/);
    assert.match(markdown, /– means: no trial \\<i\\>\./);
  });

  it('should fold details in HTML, and write them out in Markdown', () => {
    const inner: Block = { type: 'paragraph', text: 'inside' };
    const details = (open: boolean): Block => ({
      type: 'details',
      summary: 'More',
      open,
      blocks: [inner],
    });
    assert.match(toHtml([details(false)]), /<details>\n<summary>More<\/summary>\n<p>inside<\/p>/);
    assert.match(toHtml([details(true)]), /<details open>/);
    assert.equal(toMarkdown([details(false)]), '**More**\n\ninside\n');
  });
});
