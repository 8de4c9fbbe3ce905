// Conversations in examples: what they say, and how they are read when something is missing.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Example,
  examplesOf,
  messagesBefore,
  readSpec,
  type Spec,
  type Turn,
  withUntrustedMarked,
} from './index.ts';

function readExample(
  conversation: string,
  fence = '~~~',
): { example: Example; spec: Spec; codes: string[] } {
  const text = `# A {#a authority=root}\n\n**Example**: title\n\n${fence}xml\n${conversation}\n${fence}\n\n# B {#b}\n`;
  const spec = readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(text) });
  const [example] = spec.sections.flatMap(examplesOf);
  assert.ok(example);
  return { example, spec, codes: spec.diagnostics.map(({ code }) => code) };
}

function short(turn: Turn): unknown {
  if (turn.type === 'message') return `${turn.role}: ${turn.content}`;
  return turn.replies.map(({ mark, content }) => `${mark}: ${content}`);
}

const turns = (conversation: string): unknown => readExample(conversation).example.turns.map(short);

describe('conversations', () => {
  it('keep messages and comparisons in order', () => {
    const { example, codes } = readExample(
      '<user>\nHi\n</user>\n<assistant recipient="python" end_turn="false">\nx\n</assistant>\n<tool name="python">\ny\n</tool>\n<comparison>\n<assistant> <!-- GOOD -->\nA\n</assistant>\n<assistant> <!-- BAD -->\nB\n</assistant>\n</comparison>',
    );
    assert.deepEqual(codes, []);
    assert.deepEqual(example.turns.map(short), [
      'user: Hi',
      'assistant: x',
      'tool: y',
      ['good: A', 'bad: B'],
    ]);
    const [, second] = example.turns;
    assert.ok(second?.type === 'message');
    assert.deepEqual(second.attributes, { recipient: 'python', end_turn: 'false' });
    assert.deepEqual([example.section, example.ordinal, example.title], ['a', 1, 'title']);
  });

  it('decode entities once, and leave everything else as written', () => {
    assert.deepEqual(
      turns(
        '<user>\n\n&lt;b&gt; &amp;lt; &quot;x&quot; &#39;y&#x27; &nope; a > b\n\n  \\\\(z\\\\)  \n\n</user>',
      ),
      ['user: <b> &lt; "x" \'y\' &nope; a > b\n\n  \\\\(z\\\\)  '],
    );
  });

  it('hold fences in messages, closed or not', () => {
    assert.deepEqual(turns('<user>\n```python\n# x {y}\nprint("<user>")\n~~\n</user>'), [
      'user: ```python\n# x {y}\nprint("<user>")\n~~',
    ]);
    const inBackticks = readExample(
      '<user>\n```python\nx\n```\n</user>\n<user>\ny\n</user>',
      '```',
    );
    assert.deepEqual(inBackticks.example.turns.map(short), ['user: ```python\nx\n```', 'user: y']);
    assert.deepEqual(inBackticks.codes, []);
  });

  it('know quoted text inside messages', () => {
    const { example } = readExample(
      '<developer>\n\n<untrusted>\na &lt;\n\nb\n</untrusted>\nc\n<untrusted>\nd\n</untrusted>\n</developer>',
    );
    const [message] = example.turns;
    assert.ok(message?.type === 'message');
    assert.equal(message.content, 'a <\n\nb\nc\nd');
    assert.deepEqual(
      message.untrusted.map(({ start, end }) => message.content.slice(start, end)),
      ['a <\n\nb', 'd'],
    );
    assert.equal(
      withUntrustedMarked(message),
      '<untrusted_text>\na <\n\nb\n</untrusted_text>\nc\n<untrusted_text>\nd\n</untrusted_text>',
    );
  });

  it('have settings, in any message', () => {
    const { example } = readExample(
      '<system>\nBe brief.\n<settings>\nunder_18: true\nmax_tokens: 10\n</settings>\n</system>',
    );
    assert.deepEqual(example.settings, { under_18: 'true', max_tokens: '10' });
    assert.deepEqual(example.turns.map(short), ['system: Be brief.']);
  });

  it('know what was left out', () => {
    const { example } = readExample(
      '<user>\na [...] b\n</user>\n[...]\n<user>\n[... more ...]\n</user>\n<user>\nf([...list])\n</user>',
    );
    assert.equal(example.elided, true);
    assert.deepEqual(
      example.turns.map((turn) => turn.type === 'message' && turn.elided),
      [true, true, false],
    );
  });

  it('lead up to each comparison with the first good reply of those before', () => {
    const { example } = readExample(
      '<user>\n1\n</user>\n<comparison>\n<assistant> <!-- BAD -->\nb\n</assistant>\n<assistant> <!-- GOOD -->\ng\n</assistant>\n</comparison>\n<user>\n2\n</user>\n<comparison>\n<assistant> <!-- OK -->\no\n</assistant>\n</comparison>\n<user>\n3\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nx\n</assistant>\n</comparison>',
    );
    const comparisons = example.turns.filter((turn) => turn.type === 'comparison');
    assert.deepEqual(
      comparisons.map((comparison) =>
        messagesBefore(example, comparison)
          .map(({ content }) => content)
          .join(''),
      ),
      ['1', '1g2', '1g2o3'],
    );
  });
});

describe('marks', () => {
  const reply = (comment: string) => {
    const { example, codes } = readExample(
      `<comparison>\n<assistant> <!-- ${comment} -->\nx\n</assistant>\n</comparison>`,
    );
    const [turn] = example.turns;
    assert.ok(turn?.type === 'comparison');
    const [found] = turn.replies;
    assert.ok(found);
    return { read: [found.mark, found.violates, found.note], inlines: found.inlines, codes };
  };
  const usual: [string, unknown[]][] = [
    ['GOOD', ['good', null, null]],
    ['OK: fine', ['ok', null, 'fine']],
    ['BAD, given: this', ['bad', null, 'given: this']],
    ['BAD[#b]', ['bad', 'b', null]],
    ['BAD[#b]: no -> yes', ['bad', 'b', 'no -> yes']],
  ];
  for (const [comment, expected] of usual) {
    it(comment, () => {
      assert.deepEqual(reply(comment).read, expected);
      assert.deepEqual(reply(comment).codes, []);
    });
  }
  const unusual: [string, unknown[]][] = [
    ['good', ['good', null, null]],
    ['Violation: rude', ['bad', null, 'rude']],
    ['COMPLIANT', ['good', null, null]],
    ['BAD because', ['bad', null, 'because']],
    ['BAD:', ['bad', null, null]],
  ];
  for (const [comment, expected] of unusual) {
    it(comment, () => {
      assert.deepEqual(reply(comment).read, expected);
      assert.deepEqual(reply(comment).codes, ['mark-form']);
    });
  }

  it('may refer to clauses in their notes', () => {
    const { inlines } = reply('BAD: violates [?](#b)');
    assert.deepEqual(
      inlines.map(
        (inline) =>
          inline.type === 'reference' && [inline.form, inline.target, inline.span.start.line],
      ),
      [['auto', 'b', 7]],
    );
  });

  it('that point nowhere are told', () => {
    assert.deepEqual(reply('BAD[#nowhere]').codes, ['dangling-reference']);
    assert.deepEqual(reply('BAD: see [?](#nowhere)').codes, ['dangling-reference']);
  });
});

describe('missing tags', () => {
  const whole =
    '<user>\nq\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\na\n</assistant>\n<assistant> <!-- BAD -->\nb\n</assistant>\n</comparison>\n<user>\nr\n</user>';
  const expected = ['user: q', ['good: a', 'bad: b'], 'user: r'];

  it('that close something lose nothing', () => {
    const lines = whole.split('\n');
    for (const [index, line] of lines.entries()) {
      if (!line.startsWith('</')) continue;
      const { example, codes } = readExample(lines.toSpliced(index, 1).join('\n'));
      assert.deepEqual(example.turns.map(short), expected, line);
      assert.deepEqual(codes, ['unclosed-tag'], line);
    }
  });

  it('that open a comparison are assumed', () => {
    const { example, codes } = readExample(whole.replace('<comparison>\n', ''));
    assert.deepEqual(example.turns.map(short), expected);
    assert.deepEqual(codes, ['unexpected-tag']);
  });

  it('that open a message leave its text outside, and say so', () => {
    const { example, codes } = readExample(whole.replace('<user>\nq', 'q'));
    assert.deepEqual(example.turns.map(short), expected.slice(1));
    assert.equal(example.elided, true);
    assert.deepEqual(codes.sort(), ['text-outside-tags', 'unexpected-tag']);
  });

  it('of the wrong name close the message that is open', () => {
    const { example, codes } = readExample('<user>\nq\n</assistant>\n<user>\nr\n</user>');
    assert.deepEqual(example.turns.map(short), ['user: q', 'user: r']);
    assert.deepEqual(codes, ['unexpected-tag']);
  });

  it('of settings and quoted text end with the message', () => {
    const { example, codes } = readExample(
      '<system>\n<settings>\na: b\n</system>\n<user>\nx\n<untrusted>\ny\n</user>',
    );
    assert.deepEqual(example.settings, { a: 'b' });
    assert.deepEqual(example.turns.map(short), ['system: ', 'user: x\ny']);
    assert.deepEqual(codes, ['unclosed-tag', 'unclosed-tag']);
  });
});

describe('a fence that is never closed', () => {
  it('ends after its last tag, and the text after it is read as usual', () => {
    const text =
      '# A {#a authority=root}\n\n**Example**: one\n\n~~~xml\n<user>\nHi\n</user>\n\nProse.\n\n**Example**: two\n\n~~~xml\n<user>\nHo\n</user>\n~~~\n\n# B {#b}\n';
    const spec = readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(text) });
    assert.deepEqual(
      spec.sections[0]?.blocks.map((block) =>
        block.type === 'paragraph' ? block.text : block.type,
      ),
      ['example', 'Prose.', 'example'],
    );
    assert.deepEqual(
      spec.diagnostics.map(({ code, span }) => [code, span.start.line]),
      [['unclosed-fence', 5]],
    );
    assert.equal(spec.sections.length, 2);
  });
});
