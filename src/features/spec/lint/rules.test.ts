import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIAGNOSTICS } from '../../../spec/diagnostics.ts';
import { readSpec } from '../../../spec/read.ts';
import type { Spec } from '../../../spec/types.ts';
import { lintContext } from './context.ts';
import { applyFixes, type LintFinding, lintSpec } from './index.ts';
import type { Sample } from './rule.ts';
import { LINT_RULES } from './rules.ts';
import { sampleSource } from './samples.ts';

/** Every rule, the checklist's among them. */
const profileFor = (id: string) => (id.startsWith('E') ? 'eu-gpai' : 'openai');

function findingsIn(sample: Sample, id: string): { spec: Spec; findings: LintFinding[] } {
  const spec = readSpec(sampleSource(sample));
  return { spec, findings: lintSpec(spec, { profile: profileFor(id) }) };
}

/** The words that a sample's finding may be about: those of the sample, not of the frame around it. */
function isInSample({ text }: Sample, spec: Spec, { span, file }: LintFinding): boolean {
  if (file !== spec.file) return true;
  const start = spec.text.indexOf(text);
  const title = spec.text.lastIndexOf('\n## ', start);
  return (
    span.start.offset >= Math.min(start, Math.max(title, 0)) &&
    span.start.offset <= start + text.length
  );
}

test('rules have ids of their own and say why they are there', () => {
  const ids = LINT_RULES.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, ids.toSorted());
  for (const { id, title, reason } of LINT_RULES) {
    assert.match(id, /^[SE]\d{3}$/);
    assert.match(title, /^[^.]{8,}[^.]$/, id);
    assert.match(reason, /^[A-Z].*\.$/, id);
  }
});

for (const rule of LINT_RULES) {
  test(`${rule.id}: ${rule.title}`, () => {
    const good = findingsIn(rule.good, rule.id).findings;
    assert.deepEqual(
      good.map((one) => `${one.rule} ${one.span.start.line} ${one.message}`),
      [],
    );

    const { spec, findings } = findingsIn(rule.bad, rule.id);
    assert.notEqual(findings.length, 0, 'the bad sample is found');
    // A suppression without a reason suppresses nothing, so what it is about is found as well.
    const others = rule.id === 'S040' ? ['S022'] : [];
    const found = [...new Set(findings.map((one) => one.rule))].filter(
      (id) => !others.includes(id),
    );
    assert.deepEqual(found, [rule.id], findings.map(({ message }) => message).join('\n'));
    // These two are found at the second of two examples, and that is the frame's.
    if (rule.id === 'S035' || rule.id === 'S036') return;
    for (const finding of findings) assert.ok(isInSample(rule.bad, spec, finding), finding.message);
  });
}

test('a fix leaves nothing to find, and changes nothing that a reader of the spec sees', () => {
  let fixed = 0;
  for (const rule of LINT_RULES) {
    const { spec, findings } = findingsIn(rule.bad, rule.id);
    const own = findings.filter(({ file, fix }) => file === spec.file && fix !== undefined);
    if (own.length === 0) continue;
    fixed++;
    const { text, applied } = applyFixes(spec.text, own);
    assert.ok(applied.length > 0);
    const source = sampleSource(rule.bad);
    const after = readSpec({ ...source, bytes: new TextEncoder().encode(text) });
    const left = lintSpec(after).filter(({ rule: id }) => id === rule.id);
    assert.deepEqual(left, [], `${rule.id} is gone`);
    assert.deepEqual(
      conversationsOf(after),
      conversationsOf(spec),
      `${rule.id} keeps conversations`,
    );
    assert.deepEqual(
      after.sections.map(({ id }) => id),
      spec.sections.map(({ id }) => id),
    );
  }
  assert.ok(fixed >= 5);
});

/** Messages with their marks, without their places. */
function conversationsOf(spec: Spec): string {
  return JSON.stringify(
    spec.sections.map(({ blocks }) => blocks.filter(({ type }) => type === 'example')),
    (key, value) => (key === 'span' ? undefined : value),
  );
}

test('the documentation lists every rule', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/lint.md'), 'utf8');
  for (const { id, title } of LINT_RULES) assert.ok(page.includes(`| ${id} | ${title} |`), id);
});

test('a hedge weighs more the firmer the clause', () => {
  const severityAt = (level: string): string | undefined =>
    findingsIn({ level, text: 'The assistant should generally refuse.' }, 'S022').findings.find(
      ({ rule }) => rule === 'S022',
    )?.severity;
  assert.equal(severityAt('root'), 'warning');
  assert.equal(severityAt('system'), 'warning');
  assert.equal(severityAt('user'), 'information');
  assert.equal(severityAt('guideline'), undefined);
});

test('settings of rules win over the profile', () => {
  const spec = readSpec(sampleSource({ text: 'The assistant should generally refuse.' }));
  const severities = (options: Parameters<typeof lintSpec>[1]): string[] =>
    lintSpec(spec, options).map(({ rule, severity }) => `${rule} ${severity}`);
  assert.deepEqual(severities({}), ['S022 warning']);
  assert.deepEqual(severities({ profile: 'strict' }), ['S022 error']);
  assert.deepEqual(severities({ profile: 'strict', rules: { S022: 'information' } }), [
    'S022 information',
  ]);
  assert.deepEqual(severities({ rules: { S022: 'off' } }), []);
  assert.deepEqual(severities({ rules: { S022: 'error' } }), ['S022 error']);
});

test('every remark of a reader is passed on by some rule, but for comments that are left out', () => {
  const context = lintContext(readSpec('# Title\n'));
  const passedOn = new Set<string>();
  const watched = {
    ...context,
    diagnosed: (...codes: Parameters<typeof context.diagnosed>) => {
      for (const code of codes) passedOn.add(code);
      return context.diagnosed(...codes);
    },
  };
  for (const rule of LINT_RULES) assert.ok([...rule.check(watched)]);
  const left = Object.keys(DIAGNOSTICS).filter((code) => !passedOn.has(code));
  assert.deepEqual(left, ['skipped-comment']);
});
