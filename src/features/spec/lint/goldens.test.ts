import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  RELEASES,
  sharedJson,
  sharedRelease,
  skipUnlessShared,
} from '../../../../test/shared-data.ts';
import { readSpec } from '../../../spec/read.ts';
import { applyFixes, type LintFinding, lintSpec } from './index.ts';
import { lintSummary } from './summary.ts';

interface Golden {
  releases: Record<
    string,
    {
      xml_anomalies: { line: number; kind: string }[];
      verdict_comma_form: number;
      footnotes_without_file: string[];
      files_without_footnote: string[];
      eval_file_title_stale: { file: string }[];
      clauses_with_authority_with_neither: string[];
      clauses_with_authority_without_footnote: string[];
    }
  >;
}

interface Statistics {
  prose_sentences: number;
  prose_words: number;
  normative_sentences: number;
  normative_by_authority: { None: number };
  sentence_len: { over_40: number };
  flesch_kincaid_grade: number;
  root_clause_sentences_with_hedge: [id: string, line: number, text: string][];
  'compound_normative(>=2 modals)': number;
}

const lines = (findings: readonly LintFinding[]): number[] =>
  findings.map(({ span }) => span.start.line);
/** Near: another way to split words or to count a modal makes a difference of a few. */
const near = (actual: number, expected: number, by: number, what: string): void =>
  assert.ok(Math.abs(actual - expected) <= by, `${what}: ${actual}, expected ${expected} ± ${by}`);

for (const release of RELEASES) {
  test(`what is known to be wrong with the Model Spec of ${release} is found, where it is`, (t) => {
    if (skipUnlessShared(t)) return;
    const golden = (sharedJson('model-spec/golden.json') as Golden).releases[release];
    const statistics = (sharedJson('model-spec/lint-stats.json') as Record<string, Statistics>)[
      release
    ];
    assert.ok(golden && statistics);
    const spec = readSpec(sharedRelease(release));
    const findings = lintSpec(spec);
    const of = (rule: string): LintFinding[] => findings.filter((one) => one.rule === rule);
    const tagAnomalies = golden.xml_anomalies.filter(({ kind }) => kind !== 'text outside tags');
    const outside = golden.xml_anomalies.filter(({ kind }) => kind === 'text outside tags');

    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.equal(of('S002').length, 0);
    assert.deepEqual(
      of('S003')
        .map(({ message }) => /\[\^(\w+)\]/.exec(message)?.[1])
        .toSorted(),
      golden.footnotes_without_file.toSorted(),
    );
    assert.deepEqual(
      of('S004').map(({ file }) => file),
      golden.files_without_footnote.map((tag) => `${release}/examples/${tag}.md`),
    );
    assert.deepEqual(
      of('S005').map(({ file }) => file),
      golden.eval_file_title_stale.map(({ file }) => `${release}/examples/${file}.md`),
    );
    assert.deepEqual(
      lines(of('S010')),
      tagAnomalies.map(({ line }) => line),
    );
    assert.deepEqual(
      lines(of('S011')),
      outside.map(({ line }) => line),
    );
    assert.equal(of('S014').length, golden.verdict_comma_form);
    assert.equal(
      of('S015').length,
      { '2025-04-11': 28, '2025-09-12': 30, '2025-12-18': 29 }[release],
    );
    assert.equal(of('S016').length, 13);

    const untested = of('S021');
    assert.deepEqual(
      untested.filter(({ severity }) => severity === 'warning').map(({ section }) => section),
      golden.clauses_with_authority_with_neither,
    );
    assert.deepEqual(
      untested.map(({ section }) => section),
      golden.clauses_with_authority_without_footnote,
    );

    const hedged = of('S022').filter(({ severity }) => severity === 'warning');
    for (const [id, line] of statistics.root_clause_sentences_with_hedge) {
      assert.ok(
        hedged.some(({ section, span }) => section === id && span.start.line === line),
        `a hedge in #${id}, line ${line}`,
      );
    }
    assert.equal(of('S024').length, statistics.sentence_len.over_40);
    near(of('S020').length, statistics.normative_by_authority.None, 2, 'duties without a level');
    near(of('S023').length, statistics['compound_normative(>=2 modals)'], 4, 'compound duties');
  });

  test(`the figures of the Model Spec of ${release} are those counted independently`, (t) => {
    if (skipUnlessShared(t)) return;
    const golden = (sharedJson('model-spec/lint-stats.json') as Record<string, Statistics>)[
      release
    ];
    assert.ok(golden);
    const { readability } = lintSummary(readSpec(sharedRelease(release)));
    near(readability.sentences, golden.prose_sentences, 1, 'sentences');
    near(readability.words, golden.prose_words, 1, 'words');
    near(readability.duties, golden.normative_sentences, 8, 'sentences with a duty');
    assert.equal(readability.longSentences, golden.sentence_len.over_40);
    // Syllables are guessed from letters, and guesses differ.
    near(readability.grade ?? 0, golden.flesch_kincaid_grade, 0.5, 'grade');
  });
}

test('the fixes of the Model Spec change their own places only, and are done after one round', (t) => {
  if (skipUnlessShared(t)) return;
  for (const release of RELEASES) {
    const source = sharedRelease(release);
    const spec = readSpec(source);
    const own = lintSpec(spec).filter(({ file, fix }) => file === spec.file && fix !== undefined);
    const { text, applied } = applyFixes(spec.text, own);
    assert.deepEqual(applied, own);
    const after = readSpec({ ...source, bytes: new TextEncoder().encode(text) });
    const left = lintSpec(after).filter(({ file, fix }) => file === spec.file && fix !== undefined);
    assert.deepEqual(left, []);

    const before = spec.text.split('\n');
    const changed = text
      .split('\n')
      .flatMap((line, index) => (line === before[index] ? [] : [index + 1]));
    assert.equal(text.split('\n').length, before.length);
    assert.deepEqual(changed, [...new Set(lines(own))]);
  }
});

test('a spec in prose lacks no ids, levels or examples, and its private link is found', (t) => {
  if (skipUnlessShared(t)) return;
  const text =
    '# On care {#care}\n\nSee [this](https://docs.google.com/document/d/1Zi__x).\n\n# Other\n\nMore.\n\n# Third\n\nText.\n';
  const spec = readSpec({ file: 'constitution.md', bytes: new TextEncoder().encode(text) });
  assert.deepEqual(
    lintSpec(spec, { profile: 'constitution', rules: { S019: 'off' } }).map(({ rule }) => rule),
    ['S029'],
  );
});
