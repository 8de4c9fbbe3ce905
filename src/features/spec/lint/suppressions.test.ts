import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSpec } from '../../../spec/read.ts';
import type { Spec } from '../../../spec/types.ts';
import { fingerprints } from './baseline.ts';
import { applyFixes, baselineOf, beyondBaseline, lint, lintSpec } from './index.ts';
import { LINT_RULES } from './rules.ts';
import { sampleSource } from './samples.ts';

const read = (text: string): Spec =>
  readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(text) });
const clause = (body: string): Spec => readSpec(sampleSource({ text: body }));
const HEDGED = 'The assistant should generally refuse.';

const found = (spec: Spec): string[] => lintSpec(spec).map(({ rule }) => rule);

test('a comment with a reason suppresses what follows it', () => {
  const before = '<!-- tenet-ignore S022: usual practice is meant -->';
  assert.deepEqual(found(clause(HEDGED)), ['S022']);
  assert.deepEqual(found(clause(`${before}\n${HEDGED}`)), []);
  assert.deepEqual(found(clause(`${before}\n\n${HEDGED}`)), [], 'blank lines between');
  assert.deepEqual(
    found(clause(`${before}\n- A list.\n- ${HEDGED}`)),
    [],
    'somewhere in the block that follows',
  );
  assert.deepEqual(found(clause(`${before}\n\nThe assistant should answer.\n\n${HEDGED}`)), [
    'S041',
    'S022',
  ]);
  assert.equal(lint(clause(`${before}\n${HEDGED}`)).suppressed.length, 1);
});

test('a comment suppresses in its own line, and in a whole document', () => {
  assert.deepEqual(found(clause(`${HEDGED} <!-- tenet-ignore S022: as usual -->`)), []);
  assert.deepEqual(found(clause(`${HEDGED}\n\n<!-- tenet-ignore-file S022: translated -->`)), []);
  const two = `<!-- tenet-ignore S022: usual -->\n<!-- tenet-ignore S023: short -->\nThe assistant should generally refuse and must not argue.`;
  assert.deepEqual(found(clause(two)), []);
});

test('a suppression without reason or effect is found itself', () => {
  assert.deepEqual(found(clause(`<!-- tenet-ignore S022 -->\n${HEDGED}`)), ['S040', 'S022']);
  assert.deepEqual(found(clause(`<!-- tenet-ignore S022: -->\n${HEDGED}`)), ['S040', 'S022']);
  assert.deepEqual(found(clause(`<!-- tenet-ignore S022, S024: usual -->\n${HEDGED}`)), ['S041']);
  assert.deepEqual(
    found(clause('<!-- tenet-ignore-file S999: typo -->\nThe assistant should answer.')),
    ['S041'],
  );
});

test('a suppression names its rule in any case, and one that does not exist is told', () => {
  assert.deepEqual(found(clause(`<!-- tenet-ignore s022: usual -->\n${HEDGED}`)), []);
  const messages = lintSpec(clause(`<!-- tenet-ignore S999, S024: typo -->\nIt should answer.`));
  assert.deepEqual(
    messages.map(({ rule, message }) => `${rule} ${message}`),
    [
      'S041 There is no rule S999, so this suppresses nothing.',
      'S041 S024 finds nothing here, so this suppression is not needed.',
    ],
  );
});

test('a comment within an example is part of a message and suppresses nothing', () => {
  const conversation = `<user>\n<!-- tenet-ignore-file S015: attack -->\nWhich?\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nThis.\n</assistant>\n</comparison>`;
  const spec = readSpec(sampleSource({ frame: 'conversation', text: conversation }));
  assert.ok(found(spec).includes('S015'));
});

test('a baseline knows its findings after lines were added, and no others', () => {
  const spec = clause(`${HEDGED}\n\nThe assistant should generally decline.`);
  const findings = lintSpec(spec);
  assert.equal(findings.length, 2);
  const known = new Set(baselineOf(spec, findings).map(({ fingerprint }) => fingerprint));
  assert.equal(known.size, 2);
  const later = clause(
    `Some words before.\n\n${HEDGED}\n\nThe assistant should usually wait.\n\nThe assistant should generally decline.`,
  );
  const { findings: left, overlooked } = beyondBaseline(later, lintSpec(later), known);
  assert.equal(overlooked, 2);
  assert.deepEqual(
    left.map(({ message }) => message.slice(0, 9)),
    ['"usually"'],
  );
  // The same words twice are two findings.
  const twice = clause(`${HEDGED}\n\n${HEDGED}`);
  assert.equal(new Set(fingerprints(twice, lintSpec(twice))).size, 2);
});

test('fixes keep line ends and everything outside their places, and come to an end', () => {
  const text =
    '# Chapter\r\n\r\nWords with a\u00a0space and the the word twice.\r\n\r\n## A clause {authority=root}\r\n\r\nThe assistant should answer.\r\n';
  const fixed = applyFixes(text, lintSpec(read(text), { profile: 'openai' })).text;
  assert.equal(
    fixed,
    '# Chapter {#chapter}\r\n\r\nWords with a space and the word twice.\r\n\r\n## A clause {#a_clause authority=root}\r\n\r\nThe assistant should answer.\r\n',
  );
  assert.equal(applyFixes(fixed, lintSpec(read(fixed))).text, fixed);
});

/** How the fingerprints began in the first version that kept baselines. */
const KNOWN = `
  E701 9ae2b364 E702 9379d280 E703 65eea56f E704 537924a6 S001 849c6b6b S002 3bd99085 
  S003 b934e8ac S004 2d450042 S005 466b4417 S006 9628574d S007 686e4073 S008 b5eb5138 
  S009 902044df S010 f611972b S011 e6860b2a S012 6acb4545 S013 77dfe367 S014 f9739da5 
  S015 6b55f005 S016 c124528b S017 4eba407b S018 9019e536 S019 7bd9f5db S020 2a3d0d4c 
  S021 e4b3cf59 S022 da454a2e S023 d341856d S024 0291e843 S025 88bcf762 S026 a1d99ea9 
  S027 12f4b347 S028 4ce5f096 S029 632e0e70 S030 bceaafd8 S031 a947dae5 S033 17c0571f 
  S034 ed02386b S035 cc031e7e S036 aa7ea24d S037 ff3c887d S038 7c9463c7 S039 a49a919f 
  S040 c9da4b93 S041 44f622b4 S042 485cd2cc S043 486b3384 S044 f0dac404 S045 297127aa 
  S046 cc36490e S047 a5360bd1 S048 9db77039 S049 9bde2ffb S051 4e5da9a0
`;

test('a baseline that was made with an earlier version still knows its findings', () => {
  const words = KNOWN.match(/\S+/g) ?? [];
  const known = new Map(words.flatMap((word, n) => (n % 2 === 0 ? [[word, words[n + 1]]] : [])));
  assert.equal(known.size, 53);
  for (const [id, before] of known) {
    const bad = LINT_RULES.find((rule) => rule.id === id)?.bad;
    assert.ok(bad, `${id} is still a rule`);
    const spec = readSpec(sampleSource(bad));
    const profile = id.startsWith('E') ? 'eu-gpai' : 'openai';
    const found = lintSpec(spec, { profile }).filter(({ rule }) => rule === id);
    assert.equal(fingerprints(spec, found)[0]?.slice(0, 8), before, `${id}: ${found[0]?.message}`);
  }
});

const PIECES = [
  '# A {#a authority=root}\n',
  '## B\n',
  '#### C {#a}\n',
  '**Example**: t\n',
  '~~~xml\n',
  '~~~\n',
  '<user>\n',
  ' </user>\n',
  '<comparison>\n',
  '</comparison>\n',
  '<assistant> <!-- GOOD, well -->\n',
  '</assistant>\n',
  '<!-- tenet-ignore S022',
  ': reason -->',
  ' -->\n',
  '!!! meta "Commentary"\n    It should.\n',
  '- item\n',
  '    a > b > c\n',
  '[?](#a)',
  '[x](#b-c)',
  '[^ab12]',
  'The the assistant should generally & never, unless \u200b\u202e “it’s” TODO.',
  '\n\n',
  '\r\n',
  '\u00a0',
  '<',
  '```\n',
  '你好。',
  '# Definitions {#definitions}\n',
  '**Term**: x.\n',
  '{#',
  '}',
  '\0',
  '\ud800',
];

test('whatever the text, linting gives places that exist, and fixing comes to rest', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
      let text = Buffer.from(pieces.join('')).toString('utf8');
      for (let round = 0; ; round++) {
        assert.ok(round < 10, 'fixes come to rest');
        const findings = lintSpec(read(text));
        const own = findings.filter(({ file }) => file === 'spec.md');
        for (const { span, message } of own) {
          assert.ok(
            span.start.offset <= span.end.offset && span.end.offset <= text.length,
            message,
          );
          assert.ok(span.start.line <= span.end.line, message);
        }
        const { text: fixed, applied } = applyFixes(text, own);
        if (applied.length === 0) {
          assert.equal(fixed, text);
          break;
        }
        text = fixed;
      }
    }),
    { numRuns: 300 },
  );
});
