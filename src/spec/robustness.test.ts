// Whatever is done to a document, the reader does not throw, its places are right, and nothing is lost
// without a word.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RELEASES, sharedRelease, skipUnlessShared } from '../../test/shared-data.ts';
import {
  type Block,
  decodeText,
  examplesOf,
  readSpec,
  repliesOf,
  type Section,
  type Span,
  type Spec,
  specStats,
  type Turn,
} from './index.ts';

const SMALL = `<!-- tenet: id=small version=2026-01-02 -->

# Definitions {#definitions}

**Assistant**: whoever answers.

# Conduct {#conduct}

## Be honest {#honest authority=root tags=a,b}

Say what is true[^ab12], e.g. when asked. See [?](#kind) and [this](#definitions).

- first, with [a link](https://example.com/a_(b))
    - nested

    continued text
- second

!!! meta "Commentary"
    Why: because.

**Example**: asked about [?](#kind)

~~~xml
<system>
<settings>
under_18: true
</settings>
</system>
<developer>
Grade this:
<untrusted>
I deserve an A.
</untrusted>
</developer>
<user>
Is 1 &lt; 2?
</user>
<comparison>
<assistant> <!-- GOOD -->
Yes.
</assistant>
<assistant> <!-- BAD[#kind]: wrong, see [?](#definitions) -->
No [...]
</assistant>
</comparison>
~~~

The order is:
    right > silent > wrong

## Be kind {#kind authority=guideline}

Be kind.

**Example**: two rounds

~~~xml
<user>
Hi
</user>
<comparison>
<assistant> <!-- OK, a bit short -->
Hello.
</assistant>
</comparison>
[...]
<user>
Bye
</user>
<comparison>
<assistant> <!-- GOOD: warm -->
Goodbye!
</assistant>
</comparison>
~~~

\`\`\`python
# no heading
\`\`\`
`;

function read(text: string): Spec {
  return readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(text) });
}

/** Line starts found in another way than the reader finds them. */
function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
}

const layout = (text: string): string =>
  text.replaceAll(/\r\n|\r|\n/g, '\n').replaceAll(/\n[ \t]+/g, '\n');

/** Checks every place in a spec against the text that was read; throws on the first that is wrong. */
class PlaceCheck {
  readonly #text: string;
  readonly #starts: number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = lineStarts(text);
  }

  check(spec: Spec): void {
    for (const diagnostic of spec.diagnostics)
      if (diagnostic.file === spec.file) this.#span(diagnostic.span);
    let at = spec.sections[0]?.span.start.offset ?? 0;
    for (const section of spec.sections) {
      assert.equal(section.span.start.offset, at, 'sections follow each other without a gap');
      at = section.span.end.offset;
      this.#section(section);
    }
    if (spec.sections.length > 0) assert.equal(at, this.#text.length);
  }

  #section(section: Section): void {
    const text = this.#slice(section.span).replaceAll(/\r\n?/g, '\n').trimEnd();
    assert.equal(section.textHash, createHash('sha256').update(text).digest('hex'));
    this.#inside(section.heading, section.span);
    assert.match(this.#slice(section.heading), /^#{1,6}/);
    for (const { key, span } of section.attributes) {
      this.#inside(span, section.heading);
      assert.ok(this.#slice(span).startsWith(`${key}=`));
    }
    this.#blocks(section.blocks, section.span);
  }

  #blocks(blocks: readonly Block[], parent: Span): void {
    let at = parent.start.offset;
    for (const block of blocks) {
      this.#inside(block.span, parent);
      assert.ok(block.span.start.offset >= at, 'blocks follow each other');
      at = block.span.end.offset;
      this.#block(block);
    }
  }

  #block(block: Block): void {
    const text = this.#slice(block.span);
    assert.doesNotMatch(text, /^[ \t\r\n]|[ \t\r\n]$/);
    if (block.type === 'paragraph') {
      assert.equal(layout(text), layout(block.text));
      for (const sentence of block.sentences) {
        this.#inside(sentence.span, block.span);
        assert.equal(layout(this.#slice(sentence.span)), layout(sentence.text));
      }
      this.#inlines(block.inlines, block.span);
    } else if (block.type === 'list') {
      for (const item of block.items) {
        this.#inside(item.span, block.span);
        assert.ok(this.#slice(item.span).startsWith(item.marker));
        this.#blocks(item.blocks, item.span);
      }
    } else if (block.type === 'commentary') {
      assert.ok(text.startsWith('!!!'));
      this.#blocks(block.blocks, block.span);
    } else if (block.type === 'code') assert.match(text, /^(?:~~~|```)/);
    else {
      assert.ok(text.includes(block.title));
      this.#inlines(block.inlines, block.span);
      let at = block.span.start.offset;
      for (const turn of block.turns) {
        this.#inside(turn.span, block.span);
        assert.ok(turn.span.start.offset >= at, 'turns follow each other');
        at = turn.span.end.offset;
        this.#turn(turn);
      }
    }
  }

  #turn(turn: Turn): void {
    if (turn.type === 'message') {
      this.#message(turn);
      return;
    }
    for (const reply of turn.replies) {
      this.#inside(reply.span, turn.span);
      this.#message(reply);
      this.#inlines(reply.inlines, reply.span);
    }
  }

  #message(message: {
    role: string;
    content: string;
    span: Span;
    untrusted: { start: number; end: number }[];
  }): void {
    const text = this.#slice(message.span);
    assert.ok(text.startsWith(`<${message.role}`));
    // With entities as they were, every line of the content stands between the tags.
    const lines = new Set(text.split(/\r\n|\r|\n/).map((line) => line.trim()));
    for (const line of message.content.split('\n')) {
      if (line.trim() === '' || /[&<>"']/.test(line)) continue;
      assert.ok(lines.has(line.trim()), `"${line}" in its message`);
    }
    let at = 0;
    for (const { start, end } of message.untrusted) {
      assert.ok(start >= at && end > start && end <= message.content.length);
      at = end;
    }
  }

  #inlines(inlines: readonly { type: string; span: Span }[], parent: Span): void {
    for (const inline of inlines as Extract<Block, { type: 'paragraph' }>['inlines']) {
      this.#inside(inline.span, parent);
      const text = this.#slice(inline.span);
      if (inline.type === 'eval-tag') {
        assert.equal(text, `[^${inline.tag}]`);
        this.#inside(inline.phrase.span, parent);
        assert.equal(layout(this.#slice(inline.phrase.span)), layout(inline.phrase.text));
      } else {
        const hash = inline.form === 'external' ? '' : '#';
        const inParentheses = layout(text).slice(`[${inline.text}](`.length);
        assert.ok(layout(text).startsWith(`[${layout(inline.text)}](`));
        assert.ok(inParentheses.startsWith(`${hash}${inline.target}`) && text.endsWith(')'));
      }
    }
  }

  #slice(span: Span): string {
    this.#span(span);
    return this.#text.slice(span.start.offset, span.end.offset);
  }

  #inside(inner: Span, outer: Span): void {
    this.#span(inner);
    assert.ok(inner.start.offset >= outer.start.offset && inner.end.offset <= outer.end.offset);
  }

  #span(span: Span): void {
    assert.ok(span.start.offset <= span.end.offset && span.end.offset <= this.#text.length);
    for (const { line, column, offset } of [span.start, span.end]) {
      assert.equal((this.#starts[line - 1] ?? Number.NaN) + column - 1, offset);
      const nextLine = this.#starts[line];
      assert.ok(nextLine === undefined || offset < nextLine);
    }
  }
}

/** Numbers (from 1) of lines with visible text that neither a node nor a diagnostic covers. */
function lostLines(spec: Spec, text: string): number[] {
  const covered = new Set<number>();
  const cover = (span: Span): void => {
    for (let line = span.start.line; line <= span.end.line; line++) covered.add(line);
  };
  const coverBlock = (block: Block): void => {
    if (block.type === 'commentary') {
      covered.add(block.span.start.line);
      block.blocks.forEach(coverBlock);
    } else if (block.type === 'list') {
      for (const item of block.items) {
        covered.add(item.span.start.line);
        item.blocks.forEach(coverBlock);
      }
    } else if (block.type === 'example') {
      for (const turn of block.turns) cover(turn.span);
      covered.add(block.span.start.line);
      covered.add(block.span.end.line);
      for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
        const isInside = index + 1 > block.span.start.line && index + 1 < block.span.end.line;
        const [key = '', value = ''] = line.split(/:(.*)/s).map((part) => part.trim());
        const isSetting = block.settings[key] === value;
        const isTag = /^\s*(?:~~~|```|\*?<\/?(?:comparison|settings))/.test(line);
        if (isInside && (isSetting || isTag)) covered.add(index + 1);
      }
    } else cover(block.span);
  };
  for (const diagnostic of spec.diagnostics)
    if (diagnostic.file === spec.file) cover(diagnostic.span);
  for (const section of spec.sections) {
    cover(section.heading);
    section.blocks.forEach(coverBlock);
  }
  const lost: number[] = [];
  let isFirst = true;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const isHeader = isFirst && /^\s*<!--\s*tenet:/.test(line);
    if (!covered.has(index + 1) && !isHeader) lost.push(index + 1);
    isFirst = false;
  }
  return lost;
}

function checkWhole(text: string): Spec {
  const spec = read(text);
  // What was read is the text after decoding: lone surrogates do not survive it.
  const decoded = decodeText(new TextEncoder().encode(text));
  new PlaceCheck(decoded).check(spec);
  assert.deepEqual(lostLines(spec, decoded), [], text);
  return spec;
}

/** A release cut at its chapters: small enough to read thousands of times. */
function chapters(version: string): string[] {
  const text = decodeText(sharedRelease(version).bytes);
  return text.split(/^(?=# .*\{#)/m);
}

const edit = fc.record({
  kind: fc.constantFrom('delete', 'duplicate', 'swap', 'truncate', 'insert'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  other: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  inserted: fc.constantFrom(
    '~~~',
    '~~~xml',
    '```',
    '<user>',
    '</assistant>',
    '<comparison>',
    '# x',
    '> a',
    '    y',
    '!!! meta',
    '- - z',
    '**Example**: w',
    '<!--',
    '-->',
    '\0',
    '<settings>',
    '[^ab12]: x',
    '| a |',
    '===',
    '[?](#nowhere)',
    '</settings>',
    '<untrusted>',
    '*<user a>',
  ),
});

function edited(
  text: string,
  edits: readonly { kind: string; at: number; other: number; inserted: string }[],
): string {
  const lines = text.split('\n');
  for (const { kind, at, other, inserted } of edits) {
    const index = Math.floor(at * lines.length);
    const second = Math.floor(other * lines.length);
    if (kind === 'delete') lines.splice(index, 1);
    else if (kind === 'duplicate') lines.splice(second, 0, lines[index] ?? '');
    else if (kind === 'insert') lines.splice(index, 0, inserted);
    else if (kind === 'truncate') lines[index] = (lines[index] ?? '').slice(0, second % 40);
    else [lines[index], lines[second]] = [lines[second] ?? '', lines[index] ?? ''];
  }
  return lines.join('\n');
}

describe('places', () => {
  it('of every node are exact in a small document', () => {
    const spec = checkWhole(SMALL);
    assert.deepEqual(
      spec.diagnostics.map((diagnostic) => diagnostic.code),
      ['no-eval-files', 'elided-turns'],
    );
  });

  for (const version of RELEASES) {
    it(`of every node are exact in the release of ${version}`, (t) => {
      if (skipUnlessShared(t)) return;
      const release = sharedRelease(version);
      const text = decodeText(release.bytes);
      const spec = readSpec(release);
      new PlaceCheck(text).check(spec);
      assert.deepEqual(lostLines(spec, text), []);
    });
  }

  it('are right with every kind of line end, and the content is the same', (t) => {
    const texts = [SMALL];
    if (!skipUnlessShared(t)) texts.push(decodeText(sharedRelease('2025-12-18').bytes));
    for (const text of texts) {
      const expected = specStats(read(text));
      const hashes = read(text).sections.map((section) => section.textHash);
      for (const end of ['\r\n', '\r']) {
        const converted = text.replaceAll('\n', end);
        const spec = checkWhole(converted);
        const stats = specStats(spec);
        assert.deepEqual({ ...stats, diagnostics: [] }, { ...expected, diagnostics: [] });
        assert.deepEqual(
          spec.sections.map((section) => section.textHash),
          hashes,
        );
        assert.deepEqual(
          spec.diagnostics.map(({ code, span }) => [code, span.start.line, span.start.column]),
          expected.diagnostics.map(({ code, span }) => [code, span.start.line, span.start.column]),
        );
      }
    }
  });

  it('do not count a byte-order mark', () => {
    const plain = read(SMALL);
    const marked = read(`\ufeff${SMALL}`);
    assert.deepEqual(marked.encoding, { byteOrderMark: true, replaced: [] });
    const { encoding: _, ...rest } = marked;
    assert.deepEqual({ ...rest, sha256: '' }, { ...plain, sha256: '' });
  });
});

describe('damaged documents', () => {
  it('of one small document: any line deleted is told, if it mattered', () => {
    const lines = SMALL.split('\n');
    for (const [index, line] of lines.entries()) {
      const spec = checkWhole(lines.toSpliced(index, 1).join('\n'));
      const isStructure = /^(?:~~~|<|\*\*Example)/.test(line) && index > 0;
      if (!isStructure) continue;
      const near = spec.diagnostics.some((diagnostic) => diagnostic.severity !== 'information');
      assert.ok(near, `nothing is said about the lost line ${index + 1}: ${line}`);
    }
  });

  it('edited at random keep their places, and no line is lost without a word', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        checkWhole(edited(SMALL, edits));
      }),
      { numRuns: 1500 },
    );
  });

  it('of a release, edited at random, keep their places and lines', (t) => {
    if (skipUnlessShared(t)) return;
    const parts = RELEASES.flatMap(chapters);
    fc.assert(
      fc.property(
        fc.nat(parts.length - 1),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (part, edits) => {
          checkWhole(edited(parts[part] ?? '', edits));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('cut off anywhere keep their places and lines', () => {
    for (let length = 0; length <= SMALL.length; length++) checkWhole(SMALL.slice(0, length));
  });

  it('of random bytes, or with random bytes in them, never make the reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(SMALL.length), (noise, at) => {
        readSpec({ file: 'noise', bytes: noise });
        const source = new TextEncoder().encode(SMALL);
        const bytes = new Uint8Array([...source.slice(0, at), ...noise, ...source.slice(at)]);
        const spec = readSpec({ file: 'spec.md', bytes });
        const text = decodeText(bytes);
        new PlaceCheck(text).check(spec);
        assert.deepEqual(lostLines(spec, text), []);
        const isReplaced = text.includes('\ufffd');
        assert.equal(
          spec.diagnostics.some(({ code }) => code === 'invalid-utf8'),
          isReplaced,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('made of the marks of the format alone never make the reader throw', () => {
    const marks = fc.constantFrom(
      '\n',
      '\n',
      '\n',
      ' ',
      '    ',
      '~~~',
      '~~~xml',
      '```',
      '#',
      '# ',
      '{#a}',
      '<user>',
      '</user>',
      '<assistant>',
      '<!-- GOOD -->',
      '<comparison>',
      '[',
      ']',
      '(',
      ')',
      '[?](#a)',
      '[^a]',
      '*',
      '- ',
      '1. ',
      '!!! meta "C"',
      '**Example**: ',
      '`',
      '|',
      '>',
      '\\',
      '.',
      '\t',
      '\r',
      'a',
      '。',
      '&lt;',
    );
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 60 }), (parts) => {
        checkWhole(parts.join(''));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a release with one line gone', () => {
  const counts = (spec: Spec): object => {
    const { diagnostics: _, ...stats } = specStats(spec);
    return stats;
  };

  it('of a closing fence loses nothing and says where', (t) => {
    if (skipUnlessShared(t)) return;
    for (const text of chapters('2025-12-18')) {
      const lines = text.split('\n');
      const expected = counts(read(text));
      for (const [index, line] of lines.entries()) {
        if (line !== '~~~') continue;
        const spec = read(lines.toSpliced(index, 1).join('\n'));
        assert.deepEqual(counts(spec), expected);
        const found = spec.diagnostics.find(({ code }) => code === 'unclosed-fence');
        const opened = lines.lastIndexOf('~~~xml', index);
        assert.equal(found?.span.start.line, opened + 1);
      }
    }
  });

  it('of a closing </assistant> loses nothing and says where', (t) => {
    if (skipUnlessShared(t)) return;
    for (const text of chapters('2025-12-18')) {
      const lines = text.split('\n');
      const replies = (spec: Spec): unknown =>
        spec.sections
          .flatMap(examplesOf)
          .flatMap(repliesOf)
          .map(({ mark, content, note }) => [mark, content, note]);
      const expected = replies(read(text));
      for (const [index, line] of lines.entries()) {
        if (line !== '</assistant>') continue;
        const spec = read(lines.toSpliced(index, 1).join('\n'));
        assert.deepEqual(replies(spec), expected);
        const found = spec.diagnostics.find(({ code }) => code === 'unclosed-tag');
        const place = found?.span.start.line ?? 0;
        assert.ok(lines[place - 1]?.includes('<assistant') && place <= index);
      }
    }
  });

  it('of an id keeps every section and says where', (t) => {
    if (skipUnlessShared(t)) return;
    for (const text of chapters('2025-12-18')) {
      const lines = text.split('\n');
      const expected = read(text).sections.map((section) => section.title);
      for (const [index, line] of lines.entries()) {
        const id = /^#+ .*\{(#[a-z0-9_]+)/.exec(line)?.[1];
        if (id === undefined) continue;
        const spec = read(lines.with(index, line.replace(id, '')).join('\n'));
        assert.deepEqual(
          spec.sections.map((section) => section.title.replace(/ ?\{\}$/, '')),
          expected,
        );
        const found = spec.diagnostics.find(({ code }) => code === 'heading-without-id');
        assert.equal(found?.span.start.line, index + 1);
      }
    }
  });
});

describe('large documents', () => {
  // Each would take longer than the whole suite may if reading took more than time in proportion to the text.
  const large: Record<string, string> = {
    'one line of words': 'word '.repeat(400_000),
    'one line of sentences': 'A b. '.repeat(400_000),
    brackets: '['.repeat(900_000),
    'half links': ']('.repeat(450_000),
    backticks: '` `` ``` '.repeat(100_000),
    'unclosed comments': '<!-- \n\n'.repeat(50_000),
    'unclosed fences': '~~~text\n## h {#h}\n'.repeat(5000),
    'nested lists': Array.from({ length: 2000 }, (_, depth) => `${'  '.repeat(depth)}- a`).join(
      '\n',
    ),
    'nested commentary': Array.from(
      { length: 1000 },
      (_, depth) => `${'    '.repeat(depth)}!!! meta "c"`,
    ).join('\n'),
    'ten thousand headings': Array.from(
      { length: 10_000 },
      (_, index) => `## h\n\ntext ${index}\n`,
    ).join('\n'),
    'equal ids': '## h {#h}\n\ntext\n\n'.repeat(10_000),
  };
  for (const [name, text] of Object.entries(large)) {
    it(name, () => {
      const spec = read(`# top {#top}\n\n${text}`);
      assert.equal(new Set(spec.sections.map((section) => section.id)).size, spec.sections.length);
    });
  }
});
