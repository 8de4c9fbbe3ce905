// What is carried to another form and read back says the same, clause by clause.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  RELEASES,
  sharedData,
  sharedRelease,
  skipUnlessShared,
} from '../../../test/shared-data.ts';
import {
  type Clause,
  clausesOf,
  type ExchangeForm,
  printAs,
  readSpec,
  type Spec,
  specFromJson,
} from '../index.ts';

const encoder = new TextEncoder();
const EXTENSIONS = { tenet: 'md', json: 'json', jsonl: 'jsonl', yaml: 'yaml' } as const;

/** Clauses without their places, which are those of the file at hand. */
function said(spec: Spec): unknown {
  return JSON.parse(
    JSON.stringify(clausesOf(spec), (key, value) =>
      key === 'span' || key === 'textHash' || key === 'file' ? undefined : value,
    ),
  ).map((clause: Clause) => ({
    ...clause,
    provenance: undefined,
    examples: clause.examples.map((example) => ({ ...example })),
  }));
}

function throughForm(spec: Spec, form: keyof typeof EXTENSIONS): Spec {
  const text = printAs(spec, form as ExchangeForm);
  return readSpec({ file: `copy.${EXTENSIONS[form]}`, bytes: encoder.encode(text) });
}

function documents(): { name: string; spec: () => Spec }[] {
  const read =
    (path: string): (() => Spec) =>
    () =>
      readSpec({ file: path, bytes: readFileSync(path) });
  const starter = new URL('../../../specs/starter/spec.md', import.meta.url).pathname;
  const found = [
    { name: 'the starter spec', spec: read(starter) },
    ...readdirSync(new URL('../dialects/samples/', import.meta.url)).map((name) => ({
      name: `the sample ${name}`,
      spec: read(new URL(`../dialects/samples/${name}`, import.meta.url).pathname),
    })),
  ];
  if (sharedData('model-spec') === null) return found;
  for (const version of RELEASES) {
    found.push({
      name: `the Model Spec of ${version}`,
      spec: () => readSpec(sharedRelease(version)),
    });
  }
  const constitution = sharedData('claude-constitution/2026-01.web-scrape-abridged.md');
  if (constitution !== null) found.push({ name: 'the constitution', spec: read(constitution) });
  for (const folder of ['hand-written', 'few-shot']) {
    const traits = sharedData(`open-character/constitutions/${folder}`);
    for (const file of traits === null ? [] : readdirSync(traits)) {
      if (file !== 'template.txt')
        found.push({ name: `${folder}/${file}`, spec: read(join(traits ?? '', file)) });
    }
  }
  return found;
}

describe('carried to another form and read back', () => {
  for (const { name, spec: load } of documents()) {
    for (const form of ['tenet', 'json', 'jsonl', 'yaml'] as const) {
      it(`${name} says the same as ${form}`, (t) => {
        if (skipUnlessShared(t)) return;
        const spec = load();
        const copy = throughForm(spec, form);
        assert.equal(copy.dialect, form);
        const errors = copy.diagnostics.filter(({ severity }) => severity === 'error');
        const before = new Set(spec.diagnostics.map(({ code }) => code));
        assert.deepEqual(
          errors.filter(({ code }) => !before.has(code)),
          [],
        );
        const expected = withoutFiles(said(spec), form, spec);
        const actual = withoutFiles(said(copy), form, spec);
        assert.deepEqual(relocated(actual), relocated(expected));
        assert.deepEqual(copy.levels, spec.levels);
        assert.deepEqual(copy.priority, spec.priority);
        assert.equal(copy.licence, spec.licence);
      });
    }
  }
});

describe('tenet.spec/1', () => {
  it('meets its published JSON Schema', () => {
    const file = new URL('../../../docs/schemas/spec-1.json', import.meta.url);
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    for (const { spec } of documents().slice(0, 8)) {
      assert.ok(validate(JSON.parse(printAs(spec(), 'json'))), JSON.stringify(validate.errors));
    }
  });

  it('read from a value says what is wrong with it', () => {
    const { diagnostics, sections } = specFromJson({
      schema: 'tenet.spec/1',
      id: 'x',
      sections: [
        { id: 'a', title: 'A', depth: 0 },
        { id: 'b', title: 'B', depth: 1, body: 'It must.' },
      ],
    });
    assert.deepEqual(
      sections.map(({ id }) => id),
      ['b'],
    );
    const [first] = diagnostics;
    assert.deepEqual([first?.code, first?.span.start.line], ['invalid-record', 8]);
    for (const value of [null, 7, [], {}, { schema: 'tenet.spec/2' }]) {
      assert.ok(specFromJson(value).diagnostics.some(({ severity }) => severity === 'error'));
    }
  });
});

describe('statements for SpecEval', () => {
  it('read back to the same levels, references and pairs', () => {
    const spec = documents()[0]?.spec();
    assert.ok(spec !== undefined);
    const copy = readSpec({ file: 'x.jsonl', bytes: encoder.encode(printAs(spec, 'speceval')) });
    assert.equal(copy.dialect, 'speceval');
    assert.deepEqual(copy.diagnostics, []);
    const about = (one: Spec): unknown[] =>
      clausesOf(one).map(({ id, text, level, references }) => [
        id,
        text,
        level,
        [...new Set(references.map(({ to }) => to))].sort(),
      ]);
    const ids = new Set(clausesOf(spec).map(({ id }) => id));
    const expected = about(spec).map((row) => {
      const [id, text, level, to] = row as [string, string, string, string[]];
      return [id, text, level, to.filter((target) => ids.has(target))];
    });
    assert.deepEqual(about(copy), expected);
    const statement = {
      id: 's1',
      text: 'Never lie.',
      type: 'prohibition',
      authority_level: 'ROOT',
      section: 'A',
      subsection: 'B',
      related_statements: ['s2', 'gone'],
    };
    const other = readSpec({
      file: 'x.jsonl',
      bytes: encoder.encode(
        `${JSON.stringify(statement)}\n{"id":"s2","text":"Be kind.","type":"guideline"}\n`,
      ),
    });
    assert.deepEqual(
      clausesOf(other).map(({ id, kind, level, path, references }) => [
        id,
        kind,
        level,
        path,
        references.map(({ to }) => to),
      ]),
      [
        ['s1', 'rule', 'root', ['a', 'b'], ['s2']],
        ['s2', null, null, [], []],
      ],
    );
  });
});

/** Prompts in files of their own stay there when the document is printed as Markdown. */
function withoutFiles(clauses: unknown, form: string, spec: Spec): unknown {
  const hasFiles = spec.evalFiles.some(({ file }) => file !== spec.file);
  if (form !== 'tenet' || !hasFiles) return clauses;
  return JSON.parse(
    JSON.stringify(clauses, (key, value) => (key === 'prompts' ? undefined : value)),
  );
}

function relocated(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
