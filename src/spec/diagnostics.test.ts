// Every diagnostic has a sample that calls it forth, at the line it is about, and nothing else.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DIAGNOSTICS, type DiagnosticCode, readSpec, type Spec } from './index.ts';

interface Sample {
  text: string | Uint8Array;
  /** Line from 1. */
  line: number;
  evalFiles?: Record<string, string>;
  dialect?: string;
  /** Said of every document of this dialect. */
  beside?: DiagnosticCode;
  /** The file that the diagnostic is in; the document without it. */
  file?: string;
}

const clause = (body: string): string => `# Clause {#clause authority=root}\n\n${body}`;
/** The first line of `conversation` is line 6. */
const example = (conversation: string): string =>
  clause(`**Example**: title\n\n~~~xml\n${conversation}\n~~~\n`);
const evalFile = (body: string): string => `Examples for [^ab12] in Clause:\n\n${body}`;
const prompt = '**Example**: title\n\n~~~xml\n<user>\nHi\n</user>\n~~~\n';
const tagged = clause('Say it[^ab12].\n');

const essay = (body: string): string =>
  `# Essay\n\n## One\n\nThe model must be kind. It should help. It must never lie.\n\n${body}`;

const SAMPLES: Record<DiagnosticCode, Sample> = {
  'unknown-dialect': { text: clause(''), line: 1, dialect: 'latin' },
  'unknown-value': {
    text: '<!-- tenet: id=x -->\n# Clause {#clause authority=root form=round}\n',
    line: 2,
  },
  'made-up-ids': { text: essay(''), line: 1, dialect: 'prose' },
  navigation: {
    text: essay('- [One](#one)\n- [One](#one)\n- [Essay](#essay)\n'),
    line: 7,
    dialect: 'prose',
    beside: 'made-up-ids',
  },
  'curly-quote-in-address': {
    text: essay('See [this](#‘one’).\n'),
    line: 7,
    dialect: 'prose',
    beside: 'made-up-ids',
  },
  'private-address': {
    text: essay('See [this](https://docs.google.com/document/d/1Zi_x/edit).\n'),
    line: 7,
    dialect: 'prose',
    beside: 'made-up-ids',
  },
  'trailing-white-space': {
    text: essay('Ends in space.  \n'),
    line: 7,
    dialect: 'prose',
    beside: 'made-up-ids',
  },
  'invalid-record': { text: '[\n{"trait": "I am kind."},\n{"trait": 7}\n]\n', line: 3 },
  'invalid-utf8': {
    text: new Uint8Array([...new TextEncoder().encode(clause('a ')), 0xff]),
    line: 3,
  },
  'nul-character': { text: clause('a \0 b'), line: 3 },
  'invalid-header': { text: `<!-- tenet: id=x colour=red -->\n${clause('')}`, line: 1 },
  'no-clauses': { text: '# Title {#title}\n\nText.\n', line: 1 },
  'text-before-first-heading': { text: `Preface.\n\n${clause('')}`, line: 1 },
  'heading-without-id': { text: `${clause('')}\n## Another\n`, line: 4 },
  'duplicate-id': { text: `${clause('')}\n## Another {#clause}\n`, line: 4 },
  'unusual-id': { text: `${clause('')}\n## Another {#Be-Kind}\n`, line: 4 },
  'malformed-attributes': { text: '# Clause {#clause root authority=root}', line: 1 },
  'unknown-attribute': { text: '# Clause {#clause authority=root colour=red}', line: 1 },
  'duplicate-attribute': { text: '# Clause {#clause authority=user level=root}', line: 1 },
  'unknown-level': { text: '# Clause {#clause authority=boss}', line: 1 },
  'unknown-kind': { text: '# Clause {#clause authority=root kind=law}', line: 1 },
  'unclosed-fence': { text: clause('```python\nprint()\n'), line: 3 },
  'heading-in-fence': { text: clause('```markdown\n# Title {#title}\n```\n'), line: 4 },
  'unsupported-markdown': { text: clause('| a | b |\n|---|---|\n'), line: 3 },
  'skipped-comment': { text: clause('<!-- later -->\n'), line: 3 },
  'line-too-long': { text: clause('a'.repeat(1_000_001)), line: 3 },
  'nested-too-deeply': {
    text: clause(Array.from({ length: 101 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')),
    line: 103,
  },
  'unknown-admonition': { text: clause('!!! note "Note"\n    Text.\n'), line: 3 },
  'malformed-admonition': { text: clause('!!! meta Commentary\n'), line: 3 },
  'empty-commentary': { text: clause('!!! meta "Commentary"\nText.\n'), line: 3 },
  'example-without-conversation': { text: clause('**Example**: title\n\nText.\n'), line: 3 },
  'untitled-example': { text: clause('~~~xml\n<user>\nHi\n</user>\n~~~\n'), line: 3 },
  'unexpected-fence-language': {
    text: clause('**Example**: title\n\n~~~text\n<user>\nHi\n</user>\n~~~\n'),
    line: 5,
  },
  'empty-example': { text: example(''), line: 5 },
  'stray-around-tag': { text: example('*<user>\nHi\n</user>'), line: 6 },
  'elided-turns': { text: example('<user>\nHi\n</user>\n[...]'), line: 9 },
  'text-outside-tags': { text: example('<user>\nHi\n</user>\nHello.'), line: 9 },
  'unclosed-tag': { text: example('<user>\nHi'), line: 6 },
  'unexpected-tag': { text: example('<user>\nHi\n</user>\n</user>'), line: 9 },
  'unknown-element': { text: example('<user>\n<image>\n</user>'), line: 7 },
  'malformed-tag': { text: example('<user>\n<user> Hi\n</user>'), line: 7 },
  'tag-outside-example': { text: clause('<user>\nHi\n</user>\n'), line: 3 },
  'malformed-setting': {
    text: example('<system>\n<settings>\nunder 18\n</settings>\n</system>'),
    line: 8,
  },
  'unexpected-comment': { text: example('<user> <!-- GOOD -->\nHi\n</user>'), line: 6 },
  'mark-form': {
    text: example(
      '<comparison>\n<assistant> <!-- Violation: rude -->\nNo.\n</assistant>\n</comparison>',
    ),
    line: 7,
  },
  'unreadable-mark': {
    text: example('<comparison>\n<assistant> <!-- FINE -->\nYes.\n</assistant>\n</comparison>'),
    line: 7,
  },
  'unmarked-reply': {
    text: example('<comparison>\n<assistant>\nYes.\n</assistant>\n</comparison>'),
    line: 7,
  },
  'dangling-reference': { text: clause('See [?](#nowhere).\n'), line: 3 },
  'eval-tag-used-twice': {
    text: clause('One[^ab12].\n\nTwo[^ab12].\n'),
    line: 5,
    evalFiles: { 'ab12.md': evalFile(prompt) },
  },
  'footnote-definition': { text: clause('[^1]: a note\n'), line: 3 },
  'no-eval-files': { text: tagged, line: 3 },
  'tag-without-file': {
    text: clause('One[^ab12].\n\nTwo[^cd34].\n'),
    line: 5,
    evalFiles: { 'ab12.md': evalFile(prompt) },
  },
  'file-without-tag': {
    text: clause(''),
    line: 1,
    evalFiles: { 'ab12.md': evalFile(prompt) },
    file: 'ab12.md',
  },
  'duplicate-eval-file': {
    text: tagged,
    line: 1,
    evalFiles: { 'ab12.md': evalFile(prompt), 'more/ab12.md': evalFile(prompt) },
    file: 'more/ab12.md',
  },
  'malformed-eval-header': {
    text: tagged,
    line: 1,
    evalFiles: { 'ab12.md': prompt },
    file: 'ab12.md',
  },
  'eval-tag-mismatch': {
    text: tagged,
    line: 1,
    evalFiles: { 'ab12.md': `Examples for [^zz99] in Clause:\n\n${prompt}` },
    file: 'ab12.md',
  },
  'stale-eval-title': {
    text: tagged,
    line: 1,
    evalFiles: { 'ab12.md': `Examples for [^ab12] in Old name:\n\n${prompt}` },
    file: 'ab12.md',
  },
  'eval-file-without-prompts': {
    text: tagged,
    line: 1,
    evalFiles: { 'ab12.md': evalFile('') },
    file: 'ab12.md',
  },
  'text-in-eval-file': {
    text: tagged,
    line: 3,
    evalFiles: { 'ab12.md': evalFile(`A remark.\n\n${prompt}`) },
    file: 'ab12.md',
  },
  'comparison-in-eval-file': {
    text: tagged,
    line: 3,
    evalFiles: {
      'ab12.md': evalFile(
        '**Example**: t\n\n~~~xml\n<user>\nHi\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nHi\n</assistant>\n</comparison>\n~~~\n',
      ),
    },
    file: 'ab12.md',
  },
};

function read(sample: Sample): Spec {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  return readSpec({
    file: 'spec.md',
    ...(sample.dialect === undefined ? {} : { dialect: sample.dialect }),
    bytes: typeof sample.text === 'string' ? bytes(sample.text) : sample.text,
    evalFiles: Object.entries(sample.evalFiles ?? {}).map(([file, text]) => ({
      file,
      bytes: bytes(text),
    })),
  });
}

describe('diagnostics', () => {
  for (const [code, sample] of Object.entries(SAMPLES)) {
    it(code, () => {
      const { diagnostics } = read(sample);
      assert.deepEqual(
        diagnostics
          .filter((diagnostic) => diagnostic.code !== sample.beside)
          .map((diagnostic) => ({
            code: diagnostic.code,
            severity: diagnostic.severity,
            file: diagnostic.file,
            line: diagnostic.span.start.line,
          })),
        [
          {
            code,
            severity: DIAGNOSTICS[code as DiagnosticCode].severity,
            file: sample.file ?? 'spec.md',
            line: sample.line,
          },
        ],
      );
      const about = diagnostics.find((diagnostic) => diagnostic.code === code);
      assert.ok(about);
      assert.match(about.message, /^.{10,400}[.?]$/s);
      // What a sentence names is there as data; `problem` and `what` choose the sentence.
      for (const [key, value] of Object.entries(about.data)) {
        if (key === 'problem' || key === 'what' || typeof value !== 'string') continue;
        assert.ok(about.message.toLowerCase().includes(value.toLowerCase()), `${key}: ${value}`);
      }
      const names = about.message.match(/(?<=\[\^)\w+(?=\])/g) ?? [];
      for (const tag of names) assert.ok(Object.values(about.data).includes(tag), tag);
    });
  }

  it('have a sample each', () => {
    assert.deepEqual(Object.keys(SAMPLES).sort(), Object.keys(DIAGNOSTICS).sort());
  });

  it('are few for a binary file', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256);
    const { diagnostics } = readSpec({ file: 'image.png', bytes });
    assert.ok(diagnostics.length < 50);
    assert.ok(diagnostics.some((diagnostic) => diagnostic.code === 'no-clauses'));
  });
});
