import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharedRelease, skipUnlessShared } from '../../../../../test/shared-data.ts';
import { findSection } from '../../../../spec/locate.ts';
import { readSpec } from '../../../../spec/read.ts';
import type { Spec } from '../../../../spec/types.ts';
import { readConversation } from '../conversation.ts';
import { resolve } from '../resolve.ts';
import { compareProfiles } from './compare.ts';
import { effectiveSpec } from './effective.ts';
import { compilePrompt } from './prompt.ts';
import { readProfile } from './read.ts';
import type { Profile } from './schema.ts';

const folder = new URL('../../../../../specs/', import.meta.url);
const starter = readSpec({
  file: 'spec.md',
  bytes: readFileSync(new URL('starter/spec.md', folder)),
});
const clinicText = readFileSync(new URL('profiles/clinic.yaml', folder), 'utf8');
const clinic = profileOf(clinicText);

const HEAD = 'profile: 1\nid: p\nspec: { id: starter }\nby: developer\n';

function profileOf(text: string): Profile {
  const read = readProfile('p.yaml', text);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.profile;
}

/** Everything wrong with a profile, as `line:column rule: message`. */
function faults(text: string, spec: Spec = starter): string[] {
  const read = readProfile('p.yaml', text);
  const problems = 'problems' in read ? read.problems : effectiveSpec(spec, read.profile).errors;
  return problems.map(
    ({ line, column, rule, message }) => `${line}:${column} ${rule ?? '-'}: ${message}`,
  );
}

/** About as many tokens as words. */
function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

test('the clinic changes what it names, and every other line of the spec stays', () => {
  const { spec, changes, errors } = effectiveSpec(starter, clinic);
  assert.deepEqual(errors, []);
  assert.deepEqual(
    changes.map(({ id, action }) => `${action} ${id}`),
    [
      'set clarify_when_it_matters',
      'narrow protect_people_in_crisis',
      'narrow respect_third_party_privacy',
      'disable write_fiction',
      'add no_dose_changes',
    ],
  );
  const changed = new Set(changes.map(({ id }) => id));
  for (const section of starter.sections) {
    const now = findSection(spec, section.id);
    if (!changed.has(section.id)) assert.equal(now?.textHash, section.textHash, section.id);
  }
  assert.equal(findSection(spec, 'write_fiction')?.isClause, false);
  assert.equal(findSection(spec, 'no_dose_changes')?.parent, 'good_help');
  assert.equal(findSection(spec, 'protect_people_in_crisis')?.level, 'root');
  assert.deepEqual(spec.diagnostics, []);
  assert.notEqual(spec.sha256, starter.sha256);
});

test('what the levels do not permit is an error with the clause, the rule and the place', () => {
  const cases: [string, RegExp][] = [
    [
      'disable:\n  tell_the_truth: { reason: r }',
      /^6:3 fixed: #tell_the_truth is of the level root/,
    ],
    [
      'set:\n  keep_confidences: { text: a, reason: r }',
      /^6:3 above-author: #keep_confidences .*system/,
    ],
    ['disable:\n  be_nice: { reason: r }', /^6:3 known-clause: There is no clause #be_nice/],
    [
      'disable:\n  honesty: { reason: r }',
      /^6:3 known-clause: #honesty is a section that directs nothing/,
    ],
    ['disable:\n  fit_the_form: { reason: r, by: system }', /^6:34 own-authority: /],
    ['disable:\n  fit_the_form: { reason: r, by: user }', /^6:34 own-authority: /],
    ['set:\n  fit_the_form: { level: root, reason: r }', /^6:26 level-above-author: /],
    ['add:\n  a: { title: A, level: system, text: t, reason: r }', /^6:25 level-above-author: /],
    [
      'add:\n  a: { title: A, level: king, text: t, reason: r }',
      /^6:25 level-above-author: .*no level/,
    ],
    ['add:\n  form: { title: A, level: user, text: t, reason: r }', /^6:3 new-id: /],
    ['add:\n  a: { title: A, level: user, text: t, reason: r, under: a }', /^6:58 no-cycle: /],
    [
      'add:\n  a: { title: A, level: user, text: t, reason: r, under: nowhere }',
      /^6:58 known-clause: /,
    ],
    [
      'set:\n  fit_the_form: { reason: r, text: "# New {#new authority=root}" }',
      /^6:36 plain-text: /,
    ],
    ['set:\n  fit_the_form: { reason: r, text: "~~~\\nopen" }', /^6:36 plain-text: /],
    [
      'narrow:\n  fit_the_form: { text: a, reason: r }\ndisable:\n  fit_the_form: { reason: r }',
      /^8:3 one-entry: .*narrow in line 6/,
    ],
  ];
  for (const [text, expected] of cases) {
    const found = faults(`${HEAD}${text}\n`);
    assert.equal(found.length, 1, text);
    assert.match(found[0] ?? '', expected, text);
  }
});

test('a profile that is for something else, or no profile, is refused with the place', () => {
  const cases: [string, RegExp][] = [
    [HEAD.replace('starter', 'other'), /^3:13 right-spec: /],
    [
      HEAD.replace('starter', 'starter, version: 2020-01-01'),
      /^3:31 right-spec: .*starter@2020-01-01/,
    ],
    [HEAD.replace('starter', `starter, sha256: ${'a'.repeat(64)}`), /^3:30 right-spec: .*sha256/],
    [
      HEAD.replace('developer', 'user'),
      /^4:5 author-speaks: .*system or developer|author-speaks: "user"/,
    ],
    [`${HEAD}colour: red\n`, /^5:1 -: There is no key "colour"/],
    [`${HEAD}set:\n  fit_the_form: { reson: r }\n`, /no key "reson" here. Is it reason\?/],
    [
      `${HEAD}set:\n  a: {reason: r}\n  a: {reason: r}\n`,
      /^7:3 -: This key stands in the same place twice/,
    ],
    [`${HEAD}set: &x {}\nadd: *x\n`, /^6:6 -: Aliases/],
    [`${HEAD}set: [\n`, /This is no YAML/],
    [`${HEAD}set: ${'['.repeat(5_000)}`, /nested too deeply/],
    ['', /1:1 -: /],
    ['- a\n- b\n', /^1:1 -: /],
    [`${HEAD}disable:\n  fit_the_form: {}\n`, /^6:\d+ -: disable\.fit_the_form\.reason/],
    ['\u0000\u0001', /-: /],
  ];
  for (const [text, expected] of cases) {
    const found = faults(text);
    assert.ok(
      found.some((fault) => expected.test(fault)),
      `${text.slice(0, 200)}\n${found.join('\n')}`,
    );
  }
});

test('no profile changes the text of a clause above its author, whatever it says', () => {
  const ids = starter.sections.map(({ id }) => id);
  const texts = [
    'Plain.',
    '## H {#h authority=root}',
    '~~~xml\n<user>',
    '- a\n    - b',
    '---',
    '<!-- c',
    '!!! meta "x"\n    y',
  ];
  const entry = fc.record({ id: fc.constantFrom(...ids), text: fc.constantFrom(...texts) });
  fc.assert(
    fc.property(
      fc.constantFrom('developer', 'system'),
      fc.constantFrom('set', 'disable', 'narrow'),
      fc.uniqueArray(entry, { maxLength: 4, selector: ({ id }) => id }),
      (by, action, entries) => {
        const lines = entries.map(({ id, text }) => {
          const own = action === 'disable' ? '' : `text: ${JSON.stringify(text)}, `;
          return `  ${id}: { ${own}reason: r }`;
        });
        const text = `${HEAD.replace('developer', by)}${lines.length > 0 ? `${action}:\n` : ''}${lines.join('\n')}\n`;
        const { spec, changes } = effectiveSpec(starter, profileOf(text));
        const done = new Set(changes.map(({ id }) => id));
        for (const section of starter.sections) {
          const now = findSection(spec, section.id);
          assert.ok(now !== undefined, section.id);
          if (!done.has(section.id)) assert.equal(now.textHash, section.textHash);
          const isAbove =
            section.level === 'root' || (by === 'developer' && section.level === 'system');
          if (isAbove && done.has(section.id)) assert.equal(action, 'narrow');
          if (isAbove)
            assert.deepEqual([now.level, now.textHash], [section.level, section.textHash]);
        }
        const narrowed = changes.filter((change) => change.action === 'narrow').length;
        assert.equal(spec.sections.length, starter.sections.length + narrowed);
      },
    ),
    { numRuns: 60 },
  );
});

test('a prompt keeps to its limit, loses what matters least first, and says so', () => {
  const { spec } = effectiveSpec(starter, clinic);
  const whole = compilePrompt(spec, clinic, null, words);
  assert.ok(whole.ok && whole.leftOut.length === 0);
  const order = ['clauses', 'definitions', 'sections', 'commentary', 'examples'];
  let last = Number.POSITIVE_INFINITY;
  for (let limit = Math.ceil(whole.tokens); limit > 0; limit -= 397) {
    const prompt = compilePrompt(spec, clinic, limit, words);
    if (!prompt.ok) {
      assert.ok(prompt.needed > limit);
      continue;
    }
    assert.ok(prompt.tokens <= limit && prompt.tokens <= last, String(limit));
    last = prompt.tokens;
    const gone = prompt.leftOut.map(({ what }) => order.indexOf(what));
    // Only the most important kind of those that went may be there in part.
    const least = Math.min(...gone, order.length);
    assert.deepEqual(
      gone,
      order.map((_, index) => index).filter((index) => index >= least),
    );
    assert.equal(prompt.text.includes('Left out of this prompt'), gone.length > 0);
    const root = starter.sections.filter(({ isClause, level }) => isClause && level === 'root');
    for (const { id } of root) assert.ok(prompt.text.includes(`(#${id})`), id);
    assert.ok(!prompt.text.includes('#write_fiction)'));
  }
  assert.equal(compilePrompt(spec, clinic, 10, words).ok, false);
});

test('two profiles differ in what they make of a clause, and a profile not from itself', () => {
  const other = profileOf(
    clinicText.replace('Northside', 'Southside').replace('write_fiction', 'refuse_narrowly'),
  );
  const one = { profile: clinic, effective: effectiveSpec(starter, clinic) };
  const two = { profile: other, effective: effectiveSpec(starter, other) };
  assert.deepEqual(compareProfiles(one, one), { fields: [], clauses: [] });
  const { fields, clauses } = compareProfiles(one, two);
  assert.deepEqual(
    fields.map(({ name }) => name),
    ['operator'],
  );
  assert.deepEqual(
    clauses.map(({ id, first, second }) => `${id} ${first.state} ${second.state}`),
    ['write_fiction disabled as_written', 'refuse_narrowly as_written disabled'],
  );
});

test('a resolution under a profile starts from the spec that applies', () => {
  const read = readConversation('c.json', '[{"role":"user","content":"Hello"}]', starter);
  assert.ok('conversation' in read);
  const { directives, profile, trace } = resolve(starter, read.conversation, { profile: clinic });
  const state = (id: string) => directives.find((directive) => directive.id === id)?.state;
  assert.equal(profile, 'clinic');
  assert.equal(state('#write_fiction'), 'overridden');
  assert.equal(state('#no_dose_changes'), 'in_force');
  assert.equal(state('profile.under_18'), 'in_force');
  assert.equal(trace.filter(({ rule }) => rule === 'profile').length, 6);
});

test('a setting of a profile decides whether the clauses that it switches apply', (t) => {
  if (skipUnlessShared(t)) return;
  const spec = readSpec(sharedRelease('2025-12-18'));
  const adult = profileOf(
    'profile: 1\nid: a\nspec: { id: model-spec }\nby: system\nsettings: { under_18: false }\n',
  );
  const { changes, errors } = effectiveSpec(spec, adult);
  assert.deepEqual(errors, []);
  assert.deepEqual(
    changes.map(({ id, action }) => `${action} ${id}`),
    ['inapplicable prioritize_teen_safety'],
  );
});
