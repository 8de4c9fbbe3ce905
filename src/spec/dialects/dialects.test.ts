// Each way of writing is recognised, and becomes the clauses that a reader would find in it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sharedData, sharedJson, sharedText, skipUnlessShared } from '../../../test/shared-data.ts';
import {
  type Clause,
  clausesOf,
  decodeText,
  examplesOf,
  findSection,
  joinInstructions,
  printSpec,
  readSpec,
  repliesOf,
  type Spec,
} from '../index.ts';

const encoder = new TextEncoder();
const read = (text: string, file = 'spec.md', dialect?: string): Spec =>
  readSpec({ file, bytes: encoder.encode(text), ...(dialect === undefined ? {} : { dialect }) });
const sample = (name: string): Spec =>
  readSpec({ file: name, bytes: readFileSync(new URL(`samples/${name}`, import.meta.url)) });
const clause = (spec: Spec, id: string): Clause => {
  const found = clausesOf(spec).find((candidate) => candidate.id === id);
  assert.ok(found !== undefined, `${id} among ${clausesOf(spec).map((other) => other.id)}`);
  return found;
};

describe('the dialect', () => {
  const expected = {
    'marked.md': 'marked',
    'rules.md': 'rules',
    'policy.md': 'policy',
    'hazards.md': 'policy',
    'instructions.mdc': 'instructions',
    'prose.md': 'prose',
  };
  for (const [name, dialect] of Object.entries(expected)) {
    it(`of ${name} is recognised as ${dialect}, and can be overridden`, () => {
      const spec = sample(name);
      assert.equal(spec.dialect, dialect);
      assert.equal(read(spec.text, name, 'model-spec').dialect, 'model-spec');
      for (const section of spec.sections) {
        const { start, end } = section.span;
        assert.ok(start.offset <= end.offset && end.offset <= spec.text.length, section.id);
      }
    });
  }
});

describe("Claude's constitution", () => {
  it('has its chapters, priorities, limits and adjustable defaults', (t) => {
    const text = sharedText(t, 'claude-constitution/2026-01.web-scrape-abridged.md');
    if (text === null) return;
    const structure = sharedJson('claude-constitution/2026-01.structure.json') as {
      toc: string[][];
      hard_constraints_never: string[];
      instructable_defaults: Record<string, string[]>;
    };
    const spec = read(text, 'constitution.md');
    assert.equal(spec.dialect, 'prose');
    assert.equal(spec.licence, 'CC0-1.0');
    assert.equal(spec.sourceUrl, 'https://www.anthropic.com/constitution');
    assert.match(spec.scope ?? '', /mainline, general-access/);
    const order = [
      'broadly_safe',
      'broadly_ethical',
      'compliant_with_anthropics_guidelines',
      'genuinely_helpful',
    ];
    assert.deepEqual(spec.priority, { mode: 'holistic', order });
    assert.deepEqual(
      spec.levels.map(({ name }) => name),
      ['hard_constraint', ...order],
    );
    const clauses = clausesOf(spec);
    const limits = clauses.filter(({ level }) => level === 'hard_constraint');
    assert.equal(limits.length, structure.hard_constraints_never.length);
    for (const limit of limits) {
      assert.deepEqual(
        [limit.kind, limit.modality, limit.overridable?.how],
        ['rule', 'must_not', 'never'],
      );
      assert.match(limit.text, /^Claude should never:\n\n- /);
    }
    for (const [name, items] of Object.entries(structure.instructable_defaults)) {
      const [who, , , way] = name.split('_');
      const found = clauses.filter(
        ({ overridable }) =>
          overridable?.by[0] === who && overridable?.default === (way === 'off' ? 'on' : 'off'),
      );
      assert.equal(found.length, items.length, name);
    }
    // Three entries of the contents are not in the abridged copy, which has other headings instead.
    const titles = new Set(spec.sections.map(({ title }) => straight(title)));
    const missing = structure.toc
      .map((path) => straight(path.at(-1) ?? ''))
      .filter((title) => !titles.has(title));
    assert.equal(structure.toc.length, 41);
    assert.ok(missing.length <= 4, missing.join('; '));
    assert.equal(clause(spec, 'being_honest').inheritedLevel?.level, 'broadly_ethical');
  });

  it('parts its chapters with lines that say nothing', () => {
    for (const line of ['---', '* * *', '_ _ _']) {
      const spec = read(
        `# Be kind\n\nClaude should be kind.\n\n${line}\nIt must be.\n`,
        'spec.md',
        'prose',
      );
      const texts = spec.sections[0]?.blocks.map(
        (block) => block.type === 'paragraph' && block.text,
      );
      assert.deepEqual(texts, ['Claude should be kind.', 'It must be.']);
      assert.ok(!spec.diagnostics.some(({ code }) => code === 'unsupported-markdown'));
    }
  });

  it('shows what a copy from the web brings along', () => {
    const { diagnostics, sections } = sample('prose.md');
    const found = new Map(diagnostics.map(({ code, span }) => [code, span.start.line]));
    assert.deepEqual(Object.fromEntries(found), {
      'made-up-ids': 1,
      navigation: 3,
      'curly-quote-in-address': 5,
      'trailing-white-space': 7,
      'private-address': 20,
    });
    assert.equal(sections[0]?.isNavigation, false);
  });
});

function straight(title: string): string {
  return title.replace(/ \?$/, '').replaceAll(/[’‘]/g, "'").replaceAll(/[“”]/g, '"');
}

describe('traits', () => {
  it('of every shared character are clauses with their questions as prompts', (t) => {
    if (skipUnlessShared(t)) return;
    let questions = 0;
    for (const folder of ['hand-written', 'few-shot']) {
      const path = sharedData(`open-character/constitutions/${folder}`) ?? '';
      for (const name of readdirSync(path).filter((file) => file !== 'template.txt')) {
        const bytes = readFileSync(join(path, name));
        const spec = readSpec({ file: name, bytes });
        assert.equal(spec.dialect, 'traits', name);
        assert.deepEqual(spec.diagnostics, [], name);
        assert.deepEqual(spec.levels, []);
        for (const trait of clausesOf(spec)) {
          const place = spec.text.slice(
            trait.sentences[0]?.span.start.offset,
            trait.sentences[0]?.span.end.offset,
          );
          assert.equal(JSON.parse(`"${place}"`), trait.sentences[0]?.text);
          questions += trait.evals[0]?.prompts ?? 0;
        }
      }
    }
    // 11 characters; the few-shot files hold 5,750 questions, the hand-written ones the first of these again.
    assert.ok(questions >= 5750, String(questions));
  });
});

describe('objectives, rules and defaults', () => {
  it('have their kind from the chapter and ✅ ❌ examples', () => {
    const spec = sample('marked.md');
    assert.deepEqual(spec.priority?.order, ['platform', 'developer', 'user', 'tool']);
    assert.deepEqual(
      clausesOf(spec).map(({ id, level, kind, path }) => [id, level, kind, path.at(-1)]),
      [
        ['help_the_person_who_asks', 'objective', 'objective', 'objectives'],
        ['benefit_people_at_large', 'objective', 'objective', 'objectives'],
        ['follow_the_chain_of_command', 'rule', 'rule', 'rules'],
        ['protect_peoples_privacy', 'rule', 'rule', 'rules'],
        ['ask_when_in_doubt', 'default', 'default', 'defaults'],
      ],
    );
    const [fenced] = clause(spec, 'follow_the_chain_of_command').examples;
    assert.ok(fenced !== undefined);
    assert.deepEqual(
      fenced.turns.map((turn) => (turn.type === 'message' ? turn.role : turn.type)),
      ['developer', 'user', 'comparison'],
    );
    assert.deepEqual(
      repliesOf(fenced).map(({ mark, note, content }) => [mark, note, content]),
      [
        [
          'good',
          "Stays with the developer's instruction.",
          'I can help with recipes. Shall we find one for the half-time break?',
        ],
        ['bad', null, 'The home side won.'],
      ],
    );
    const doubt = clause(spec, 'ask_when_in_doubt');
    assert.deepEqual(
      doubt.examples.flatMap(repliesOf).map(({ mark, content }) => [mark, content.slice(0, 5)]),
      [
        ['good', 'What '],
        ['bad', 'Done!'],
      ],
    );
    assert.deepEqual(
      doubt.conditions.clauses.map(({ text }) => text),
      ['when the request is unclear'],
    );
    assert.deepEqual(
      doubt.exceptions.map(({ text }) => text),
      ['unless the developer says otherwise'],
    );
    assert.deepEqual(
      spec.diagnostics.filter(({ code }) => code === 'example-without-conversation'),
      [],
    );
  });
});

describe('rules', () => {
  it('are one clause per item, absolute or comparative', () => {
    assert.deepEqual(
      clausesOf(sample('rules.md')).map(({ title, form, modality, kind }) => [
        title,
        form,
        modality,
        kind,
      ]),
      [
        ['Do not pretend to have a human identity', 'absolute', 'must_not', 'rule'],
        ["Never give advice on medicine that you can't support", 'absolute', 'must_not', 'rule'],
        ['Be brief', 'absolute', null, 'rule'],
        ['Please choose the response that is least harmful', 'comparative', 'prefer', null],
        ['Which of these responses is more honest?', 'comparative', null, null],
      ],
    );
  });
});

describe('a policy', () => {
  it('has rules for what violates it, defaults for what is safe, and labelled examples', () => {
    const spec = sample('policy.md');
    assert.deepEqual(
      clausesOf(spec).map(({ title, kind, conditions, text }) => [
        title,
        kind,
        conditions.tags[0],
        text.split('\n')[0],
      ]),
      [
        ['Violates: Asks for help to write a phishing mail', 'rule', 'violates', 'VIOLATES:'],
        ['Violates: Sells stolen card numbers', 'rule', 'violates', 'VIOLATES:'],
        [
          'Safe: Explains how phishing works to people who defend against it',
          'default',
          'safe',
          'SAFE:',
        ],
      ],
    );
    const section = findSection(spec, 'examples');
    assert.ok(section !== undefined);
    assert.deepEqual(
      examplesOf(section).map(({ settings }) => settings.label),
      ['VIOLATES', 'SAFE'],
    );
  });

  it('of hazards has a clause for each code', () => {
    const hazards = clausesOf(sample('hazards.md'));
    assert.deepEqual(
      hazards.map(({ conditions }) => conditions.tags),
      [['s1'], ['s2'], ['s3']],
    );
    assert.match(hazards[1]?.text ?? '', /theft or fraud/);
  });
});

describe('instruction files', () => {
  it('as a set hold for their folders, the nearest first, with places in their own files', () => {
    const files = [
      { file: 'AGENTS.md', text: '# All\n\n- Never push.\n' },
      { file: 'packages/api/AGENTS.md', text: '- Use tabs.\n- See [x](#nowhere).' },
      { file: '.cursor/rules/web.mdc', text: '---\nglobs: web/**/*.tsx\n---\n- Use hooks.\n' },
    ];
    const bytes = joinInstructions(
      files.map(({ file, text }) => ({ file, bytes: encoder.encode(text) })),
    );
    const spec = readSpec({ file: 'project', bytes });
    assert.equal(spec.dialect, 'instructions');
    assert.deepEqual(
      clausesOf(spec).map(({ title, conditions, provenance }) => [
        title,
        conditions.scope,
        provenance.file,
      ]),
      [
        ['Never push', '**', 'AGENTS.md'],
        ['Use tabs', 'packages/api/**', 'packages/api/AGENTS.md'],
        ['See [x](#nowhere)', 'packages/api/**', 'packages/api/AGENTS.md'],
        ['Use hooks', 'web/**/*.tsx', '.cursor/rules/web.mdc'],
      ],
    );
    assert.deepEqual(spec.priority, { mode: 'strict', order: ['packages/api/**', '**'] });
    const dangling = spec.diagnostics.find(({ code }) => code === 'dangling-reference');
    assert.deepEqual(
      [dangling?.file, dangling?.span.start.line, dangling?.span.start.column],
      ['packages/api/AGENTS.md', 2, 7],
    );
  });
});

describe('bad input', () => {
  const DIALECTS = [
    'model-spec',
    'tenet',
    'prose',
    'marked',
    'rules',
    'traits',
    'policy',
    'instructions',
    'json',
    'jsonl',
    'yaml',
    'speceval',
  ];
  const cases: Record<string, string> = {
    'ten thousand headings': '## Must be kind\n\nThe model must be kind.\n\n- never: x\n\n'.repeat(
      10_000,
    ),
    'a hundred nested lists': Array.from(
      { length: 100 },
      (_, depth) => `${'  '.repeat(depth)}- S1: it must not ${depth}`,
    ).join('\n'),
    'right-to-left text': '# \u202eمواصفات\n\n- يجب أن يكون صادقا.\n- لا يكذب أبدا.\n',
    'mixed line endings': '# A\r\n\n## B\r- never lie\n- never hide\r\n',
    'a byte-order mark': '\ufeff# A {#a authority=root}\n\nIt must.',
    'a spec in Chinese':
      '# 准则\n\n## 诚实\n\n助手必须诚实。助手不得说谎。如果用户要求，应当说明来源。\n',
    'two levels of one name':
      '<!-- tenet: id=x levels=root>user>root -->\n# A {#a authority=root}\n',
    'duplicate ids': '# A {#a authority=root}\n\n# B {#a authority=user}\n',
    'nested arrays': '['.repeat(5000),
    'a broken record':
      '{"schema":"tenet.spec/1","id":"x","sections":[{"id":7},{"id":"b","title":"B","depth":1}]}',
    'an alias bomb':
      'schema: tenet.spec/1\na: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nsections: *c\n',
    'signs only': '✅❌'.repeat(5000),
  };
  for (const [name, text] of Object.entries(cases)) {
    it(`${name} is read in every dialect, with places inside the text`, () => {
      for (const dialect of DIALECTS) {
        const spec = read(text, 'spec.md', dialect);
        clausesOf(spec);
        assert.equal(decodeText(printSpec(spec)), text.replace(/^\ufeff/, ''));
        for (const { span, message } of spec.diagnostics) {
          assert.ok(
            span.start.offset <= span.end.offset && span.end.offset <= spec.text.length,
            message,
          );
        }
        assert.equal(
          new Set(spec.sections.map(({ id }) => id)).size,
          spec.sections.length,
          dialect,
        );
      }
    });
  }

  it('keeps the records that can be read, and reports the others at their place', () => {
    const spec = read(cases['a broken record'] ?? '', 'spec.json');
    assert.deepEqual(
      spec.sections.map(({ id }) => id),
      ['b'],
    );
    assert.ok(
      spec.diagnostics.some(
        ({ code, span }) => code === 'invalid-record' && span.start.column === 53,
      ),
    );
  });

  it('in Chinese binds as strongly', () => {
    const spec = read(cases['a spec in Chinese'] ?? '', 'spec.md', 'prose');
    assert.deepEqual(
      clausesOf(spec)[0]?.sentences.map(({ modality }) => modality),
      ['must', 'must_not', 'should'],
    );
  });
});
