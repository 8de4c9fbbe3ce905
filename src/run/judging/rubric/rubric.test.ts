import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { readSpec, type Spec } from '../../../spec/index.ts';
import { chooseRubrics } from './choose.ts';
import { readRubric } from './read.ts';
import { rubricOf, withRubric } from './tell.ts';

const root = join(import.meta.dirname, '../../../..');
const starter = specAt('specs/starter/spec.md');

function specAt(file: string): Spec {
  return readSpec({ file, bytes: readFileSync(join(root, file)) });
}

/** A rubric's text with these keys and this body. */
function rubric(keys: string, body = '\n## IS\n\n- short\n'): string {
  return `---\nrubric: r\nversion: 1\nclause: fit_the_form\n${keys}---\n${body}`;
}

/** `line:column message` of everything that is wrong with a rubric. */
function faults(text: string): string[] {
  const read = readRubric('r.md', text);
  return 'problems' in read
    ? read.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
    : [];
}

/** What is wrong with a set of rubrics for the starter spec. */
function misfits(...texts: string[]): string[] {
  const chosen = chooseRubrics(
    texts.map((text, place) => ({ file: `${place + 1}.md`, text })),
    starter,
  );
  return 'problems' in chosen
    ? chosen.problems.map((one) => `${one.file}:${one.line}:${one.column} ${one.message}`)
    : chosen.notes;
}

describe('a rubric', () => {
  it('should be read with all that it says, whatever its line ends', () => {
    const body = `
Read the tone last.

## IS

- short,
  and to the point
* plain <!-- to be
- discussed -->

## is not:
ignored, since it is another heading

## IS NOT

1. curt

## Severity

- **minor**: filler
- critical: an order that hurts
`;
    for (const text of [rubric('', body), `\uFEFF${rubric('', body).replaceAll('\n', '\r\n')}`]) {
      const read = readRubric('r.md', text);
      assert.ok('rubric' in read, JSON.stringify(read));
      const { is, isNot, anchors, notes, checks, severity, version } = read.rubric;
      assert.deepEqual(is, ['short, and to the point', 'plain']);
      assert.deepEqual(isNot, ['curt']);
      assert.deepEqual(anchors, { minor: 'filler', critical: 'an order that hurts' });
      assert.match(notes, /^Read the tone last\.\s+## is not:\s+ignored/);
      assert.deepEqual([checks, severity, version], [null, 'major', '1']);
    }
  });

  it('should say where it is wrong', () => {
    for (const [text, ...expected] of [
      ['# A rubric', /^1:1 There is no front matter here.*line ---/],
      ['---\nrubric: a\n', /^1:1 The front matter does not end/],
      [rubric('').replace('fit_the_form', '#fit_the_form'), /^4:1 clause is empty\. In YAML #/],
      [rubric('').replace('version: 1\n', ''), /^\d+:\d+ version is missing/],
      [rubric('sevrity: minor\n'), /^5:1 There is no key "sevrity" here\. Is it severity\?/],
      [rubric('severity: grave\n'), /^5:11 severity: .*"minor"/],
      [
        rubric('severity: minor\nseverity: major\n'),
        /^6:1 This key stands in the same place twice/,
      ],
      [rubric('spec: "a b"\n'), /^5:7 spec: id or id@version/],
      [
        rubric('severity: minor\napplies_when: {contains: a}\n'),
        /^6:1 applies_when is for code/,
        /^5:1 severity is for code/,
      ],
      [rubric('checks: [\n'), /^\d+:\d+ This is no YAML/],
      [rubric('checks: &a {regex: x}\nspec: *a\n'), /^6:7 Aliases/],
      [rubric('', ''), /^1:1 This rubric says nothing/],
      [rubric('', '\n<!-- ## IS -->\n'), /^1:1 This rubric says nothing/],
      [
        rubric('', '\n## IS\n\nbe short\n'),
        /^9:1 Only a list can stand here/,
        /^7:1 There is no list under "IS"/,
      ],
      [rubric('', '\n## IS\n- a\n## IS\n- b\n'), /^9:1 "IS" stands here a second time/],
      [
        rubric('', '\n## Severity\n- mior: a\n- minor:\n'),
        /^8:3 An anchor is.*Is it minor\?/,
        /^9:3 minor says nothing/,
      ],
      [
        rubric('', `\n## IS\n- ${'many words '.repeat(3_000)}`),
        /^1:1 About \d+ tokens are too many.*1200/,
      ],
    ] as const) {
      const found = faults(text);
      assert.equal(found.length, expected.length, `${text}\n${found.join('\n')}`);
      for (const [place, one] of expected.entries()) assert.match(found[place] ?? '', one);
    }
  });

  it('should say where its checks are wrong', () => {
    for (const [checks, expected] of [
      ['checks:\n', /^5:8 A check is a key with a value/],
      ['checks:\n  lenght: 3\n', /^6:3 There is no check "lenght" here\. Is it length\?/],
      ['checks:\n  - length: {words: {max: 3, mx: 4}}\n', /^6:30 length: "mx" is not known here/],
      ['checks:\n  - length: {words: {min: 4, max: 3}}\n', /^6:21 length: min is above max/],
      ['checks:\n  - regex: "(a"\n', /^6:12 regex: .*Unterminated group/],
      ['checks:\n  - regex: {pattern: a, flags: gg}\n', /^6:32 regex: flags are of i, m, s and u/],
      ['checks:\n  - contains: []\n', /^6:15 contains: /],
      ['checks:\n  - contains: " "\n', /^6:15 contains: there is nothing in it/],
      ['checks:\n  contains: a\n  regex: b\n', /^7:3 One check has one key/],
      [
        'checks:\n  any:\n    - not:\n        formt: json\n',
        /^8:9 There is no check "formt".*format/,
      ],
      ['checks:\n  any: {regex: b}\n', /^6:8 any takes a list/],
      [
        'checks:\n  json_schema: {type: object, if: {}}\n',
        /^6:31 json_schema: "if" is not known here\. Of JSON Schema these are checked/,
      ],
      ['checks:\n  json_schema: {items: {type: strng}}\n', /^6:31 json_schema: /],
      [
        'applies_when:\n  format: json\nchecks:\n  refusal: true\n',
        /^6:3 There is no check "format" here.*contains/,
      ],
      [`checks: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`, /^\d+:\d+ /],
      [`checks:\n  ${'{not: '.repeat(20_000)}{refusal: true}${'}'.repeat(20_000)}\n`, /^\d+:\d+ /],
    ] as const) {
      const found = faults(rubric(checks));
      assert.equal(found.length, 1, `${checks.slice(0, 200)}\n${found.slice(0, 3).join('\n')}`);
      assert.match(found[0] ?? '', expected);
    }
  });

  it('should fit the spec: its clauses, its id, one rubric for a clause', () => {
    assert.deepEqual(misfits(rubric('')), []);
    assert.match(
      misfits(rubric('').replace('fit_', 'fix_'))[0] ?? '',
      /^1\.md:4:9 The spec has no clause #fix_the_form\. Is it #fit_the_form or/,
    );
    assert.match(
      misfits(rubric('').replace('fit_the_form', 'definitions'))[0] ?? '',
      /^1\.md:4:9 #definitions is a section/,
    );
    assert.match(
      misfits(rubric(''), rubric(''))[0] ?? '',
      /^2\.md:4:9 1\.md is a rubric for #fit_the_form too/,
    );
    assert.match(
      misfits(rubric('spec: other\n'))[0] ?? '',
      /^1\.md:5:7 This rubric is for the spec other/,
    );
    assert.match(
      misfits(rubric('spec: starter@2020-01-01\n'))[0] ?? '',
      /^1\.md: written for starter@2020-01-01/,
    );
  });

  it('should be named by the hash of its bytes, and read again from what a plan keeps', () => {
    const text = `\uFEFF${rubric('checks: {format: json}\n')}`.replace(
      'version: 1',
      'version: 1.10',
    );
    const chosen = chooseRubrics([{ file: 'a.md', text }], starter);
    assert.ok('rubrics' in chosen);
    const [planned] = chosen.rubrics;
    assert.ok(planned !== undefined);
    assert.partialDeepStrictEqual(planned, {
      clause: 'fit_the_form',
      name: 'r@1.10',
      byCode: true,
    });
    assert.equal(planned.hash, hash('sha256', Buffer.from(text), 'hex'));
    assert.deepEqual(rubricOf(planned).checks, { format: 'json' });
  });

  it('should stand after the clause in what a judge is told, and leave its words alone', () => {
    const read = readRubric(
      'r.md',
      rubric('', '\n## IS\n- short\n\n## Severity\n- minor: filler\n'),
    );
    assert.ok('rubric' in read);
    const told = withRubric('# The clause\n\nBe brief.', read.rubric);
    assert.match(
      told,
      /^# The clause\n\nBe brief\.\n\n# Rubric\n\n.*the clause counts\.\n\n## Keeping the clause is\n\n- short\n\n## Severity of a violation\n\n- minor: filler$/s,
    );
  });
});

test('the rubrics in the documentation are ones', () => {
  const page = readFileSync(join(root, 'docs/rubrics.md'), 'utf8');
  const blocks = [...page.matchAll(/^```markdown\n([\s\S]*?)^```$/gm)].map(
    ([, text]) => text ?? '',
  );
  assert.ok(blocks.length > 1);
  for (const text of blocks) assert.deepEqual(faults(text), [], text);
});
