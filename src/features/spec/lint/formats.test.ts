import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { sharedData, sharedRelease } from '../../../../test/shared-data.ts';
import { readSpec, type Spec } from '../../../spec/index.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { githubAnnotations } from './annotations.ts';
import { findingBlocks } from './finding-blocks.ts';
import { checkSpec, type LintedFile, lintReport } from './linted-file.ts';
import { ruleBlocks, ruleDocument } from './rule-blocks.ts';
import { LINT_RULES } from './rules.ts';
import { sampleSource } from './samples.ts';
import { sarifLog, uriOf } from './sarif.ts';
import { lintReportSchema, lintRuleSchema } from './schema.ts';

function linted(spec: Spec): LintedFile {
  return checkSpec(spec, {});
}

function shown(files: readonly LintedFile[], { all = false, width = 80 } = {}): string {
  return toTerminal(findingBlocks(files, all), { width });
}

const HOSTILE_TITLE = 'A ] [x](javascript:1) \u202e\u001b[31m %0A::error::taken, over';
const hostile = linted(
  readSpec({
    file: 'specs/a, b:c/späc %.md',
    bytes: new TextEncoder().encode(
      `# Chapter {#chapter}\n\nText.\n\n## ${HOSTILE_TITLE} {#clause authority=root}\n\nIt should generally be ([?](#no\u202esuch)).\n\n## ${HOSTILE_TITLE} {#other authority=user}\n\n<!-- tenet-ignore S022: as usual -->\nIt should usually be.\n`,
    ),
  }),
);
const release =
  sharedData('model-spec') === null ? null : linted(readSpec(sharedRelease('2025-12-18')));
const all = [
  hostile,
  ...LINT_RULES.map(({ bad }) => linted(readSpec(sampleSource(bad)))),
  ...(release === null ? [] : [release]),
];

/** The official schema; that it is missing is a failure, for the package is a development dependency. */
function officialSchema(): Record<string, unknown> {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@microsoft/jest-sarif/package.json'));
  return JSON.parse(readFileSync(join(folder, 'lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
}

test('SARIF logs validate against the official schema', () => {
  // The schema is of draft 4; all that it uses of it and Ajv does not know are these two names.
  const { id: _id, $schema: _draft, ...rest } = officialSchema();
  const validate = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    unicodeRegExp: false,
  }).compile(rest);
  const file = join(import.meta.dirname, '../../../../specs/starter/spec.md');
  const starter = readSpec({ file: 'specs/starter/spec.md', bytes: readFileSync(file) });
  const logs = {
    everything: sarifLog(all, '0.1.0', { S024: 'off', S022: 'error' }),
    starter: sarifLog([linted(starter)], '0.1.0'),
    'no findings': sarifLog([{ ...hostile, findings: [], suppressed: [] }], '0.1.0'),
    'no files': sarifLog([], '0.1.0'),
    ...(release === null ? {} : { release: sarifLog([release], '0.1.0') }),
  };
  for (const [name, log] of Object.entries(logs)) {
    const isValid = validate(JSON.parse(JSON.stringify(log)));
    assert.deepEqual(validate.errors?.slice(0, 3) ?? [], [], name);
    assert.ok(isValid, name);
  }
});

interface Sarif {
  version: string;
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: {
        physicalLocation: { artifactLocation: { uri: string }; region: Record<string, number> };
      }[];
      suppressions?: { kind: string }[];
    }[];
  }[];
}

test('a SARIF result says its rule, its place and its level, and brackets in it are no links', () => {
  const log = sarifLog(all, '0.1.0') as unknown as Sarif;
  assert.equal(log.version, '2.1.0');
  const run = log.runs[0];
  assert.ok(run);
  for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
    assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
    assert.ok(['error', 'warning', 'note'].includes(level));
    assert.doesNotMatch(message.text, /(?<!\\)\[|\p{Cc}|\u202e/u);
    const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
    assert.match(artifactLocation?.uri ?? '', /^[\w./%~!'()*-]+$/);
    for (const name of ['startLine', 'startColumn', 'endLine', 'endColumn']) {
      assert.ok((region?.[name] ?? 0) >= 1, name);
    }
  }
  assert.equal(
    run.results.filter(({ suppressions }) => suppressions?.[0]?.kind === 'inSource').length >= 1,
    true,
  );
});

test('paths become addresses', () => {
  assert.equal(uriOf('a b/ü#1.md'), 'a%20b/%C3%BC%231.md');
  assert.equal(uriOf('./spec.md'), 'spec.md');
  assert.equal(uriOf('/home/a/spec.md'), 'file:///home/a/spec.md');
  assert.equal(uriOf('C:\\specs\\spec.md'), 'file:///C:/specs/spec.md');
});

test('an annotation is one line, whatever it says', () => {
  const annotations = githubAnnotations(all);
  const lines = annotations.trimEnd().split('\n');
  assert.equal(
    lines.length,
    all.reduce((sum, { findings }) => sum + findings.length, 0),
  );
  for (const line of lines) {
    assert.match(
      line,
      /^::(?:error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?,title=Tenet [SE]\d+::/,
    );
  }
  const own = githubAnnotations([hostile]);
  assert.ok(own.includes('file=specs/a%2C b%3Ac/späc %25.md'));
  assert.ok(!own.includes('%0A::error'), 'a percent sign is escaped itself');
  assert.doesNotMatch(own, /\u202e|(?!\n)\p{Cc}/u);
});

test('text keeps to its width and shows what is hidden in a spec', () => {
  for (const width of [60, 80, 120]) {
    for (const line of shown(all, { width, all: true }).split('\n')) {
      assert.ok(widthOf(line) <= width, line);
    }
  }
  assert.doesNotMatch(shown(all), /[\u202e\u200b]|(?!\n)\p{Cc}/u);
  for (const rule of LINT_RULES) {
    const lines = toTerminal(ruleBlocks(rule)).split('\n');
    for (const line of lines) assert.ok(widthOf(line) <= 80, line);
  }
});

test('text shows every error and warning, and of the rest the first ones', () => {
  if (release === null) return;
  const some = shown([release]);
  const every = shown([release], { all: true });
  const places = (text: string, word: string): number =>
    text.split('\n').filter((line) => line.includes(` ${word} `) && /^ {2}\d/.test(line)).length;
  assert.equal(places(some, 'warning'), places(every, 'warning'));
  assert.ok(places(some, 'info') < places(every, 'info'));
  assert.match(some, /112 of S017/);
});

test('the JSON document counts what it holds, and fits its schema', () => {
  const report = lintReport(all);
  assert.deepEqual(lintReportSchema.parse(JSON.parse(JSON.stringify(report))), report);
  const severities = report.files.flatMap(({ findings }) =>
    findings.map(({ severity }) => severity),
  );
  assert.equal(report.errors + report.warnings + report.information, severities.length);
  const prints = report.files[0]?.findings.map(({ fingerprint }) => fingerprint) ?? [];
  assert.equal(new Set(prints).size, prints.length);
  for (const { findings } of report.files) {
    for (const { code, rule } of findings) assert.match(code, /^[a-z0-9-]+$/, rule);
  }
  const hedge = report.files[0]?.findings.find(({ rule }) => rule === 'S022');
  assert.deepEqual(hedge?.data, { word: 'generally', level: 'root' });
});

test('a rule is a document too', () => {
  for (const rule of LINT_RULES) {
    const document = ruleDocument(rule);
    assert.deepEqual(lintRuleSchema.parse(JSON.parse(JSON.stringify(document))), document, rule.id);
  }
});
