import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findSection } from '../../../../spec/locate.ts';
import { readSpec } from '../../../../spec/read.ts';
import { levelOf } from '../../../../spec/semantics/level-of.ts';
import type { Spec } from '../../../../spec/types.ts';
import { readConversation } from '../conversation.ts';
import { resolve } from '../resolve.ts';
import { effectiveSpec } from './effective.ts';
import { readProfile } from './read.ts';
import type { Profile } from './schema.ts';

const HEAD = 'profile: 1\nid: p\nspec: { id: spec }\nby: developer\n';

function profileOf(text: string): Profile {
  const own = readProfile('p.yaml', text);
  if ('problems' in own) throw new Error(JSON.stringify(own.problems));
  return own.profile;
}

function read(text: string): Spec {
  return readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(text) });
}

function faults(text: string, spec: Spec): string[] {
  const { errors } = effectiveSpec(spec, profileOf(text));
  return errors.map(({ line, column, rule, message }) => `${line}:${column} ${rule}: ${message}`);
}

test('a narrowing is a clause of its own, at its author’s level and below the clause', () => {
  const folder = new URL('../../../../../specs/', import.meta.url);
  const starter = readSpec({
    file: 'spec.md',
    bytes: readFileSync(new URL('starter/spec.md', folder)),
  });
  const clinic = profileOf(readFileSync(new URL('profiles/clinic.yaml', folder), 'utf8'));
  const { spec } = effectiveSpec(starter, clinic);
  const narrowed = findSection(spec, 'protect_people_in_crisis_narrowed_by_developer');
  assert.deepEqual(
    [narrowed?.level, narrowed?.parent, narrowed?.isClause],
    ['developer', 'protect_people_in_crisis', true],
  );
  const before = findSection(starter, 'protect_people_in_crisis');
  assert.equal(findSection(spec, 'protect_people_in_crisis')?.textHash, before?.textHash);
  const other = read(
    '# A {#a authority=root tags=minors}\n\nText.\n\n### Deep {#deep authority=root}\n\nText.\n\n## B {#b authority=root}\n\nText.',
  );
  const nested = profileOf(
    `${HEAD}narrow:\n  a: { text: "- one\\n- two", reason: r }\n  b: { text: t, reason: r }\nadd:\n  c: { title: C, level: user, under: b, text: t, reason: r }\n`,
  );
  const { spec: applied, errors } = effectiveSpec(other, nested);
  assert.deepEqual(errors, []);
  assert.deepEqual(
    applied.sections.map(({ id, parent, level, tags }) => [id, parent, level, tags.join()]),
    [
      ['a', null, 'root', 'minors'],
      ['deep', 'a', 'root', ''],
      ['b', 'a', 'root', ''],
      ['b_narrowed_by_developer', 'b', 'developer', ''],
      ['c', 'b', 'user', ''],
      ['a_narrowed_by_developer', 'a', 'developer', 'minors'],
    ],
  );
});

test('a clause without a level may only be narrowed, one that inherits a level is judged by that', () => {
  const other = read(
    '# A {#a authority=root}\n\nText.\n\n## B {#b kind=rule}\n\nText.\n\n## C {#c kind=rule override=explicit:developer}\n\nText.\n',
  );
  assert.match(
    faults(`${HEAD}disable:\n  b: { reason: r }\n`, other)[0] ?? '',
    /^6:3 no-level: #b has no level/,
  );
  assert.match(faults(`${HEAD}set:\n  b: { text: t, reason: r }\n`, other)[0] ?? '', /no-level/);
  assert.deepEqual(faults(`${HEAD}narrow:\n  b: { text: t, reason: r }\n`, other), []);
  const ordered = read(
    '<!-- tenet: id=spec levels=first!>developer order=first>developer -->\n\n# A {#a authority=first}\n\nText.\n\n## B {#b kind=rule}\n\nText.\n\n# C {#c authority=developer}\n\nText.\n\n## D {#d kind=rule}\n\nText.\n',
  );
  assert.match(
    faults(`${HEAD}disable:\n  b: { reason: r }\n`, ordered)[0] ?? '',
    /^6:3 fixed: #b is of the level first/,
  );
  assert.deepEqual(faults(`${HEAD}set:\n  d: { text: t, reason: r }\n`, ordered), []);
});

test('resolve and profile agree on a level that is inherited', () => {
  const spec = read(
    '<!-- tenet: id=spec levels=first!>developer order=first>developer -->\n\n# A {#a authority=first}\n\nText.\n\n## B {#b kind=rule}\n\nText.\n',
  );
  const talk = readConversation('c.json', '[{"role":"developer","content":"override #b"}]', spec);
  assert.ok('conversation' in talk);
  const { directives, trace } = resolve(spec, talk.conversation);
  const rule = directives.find(({ id }) => id === '#b');
  assert.deepEqual([rule?.level, rule?.state], ['first', 'in_force']);
  assert.match(trace.find(({ to }) => to === '#b')?.reason ?? '', /below #a, which gives first/);
});

test('a narrowing by somebody for whom the spec has no level gets none, and inherits none', () => {
  const spec = read(
    '<!-- tenet: id=spec levels=first!>second order=first>second -->\n\n# A {#a authority=first}\n\nText.\n\n## B {#b kind=rule}\n\nText.\n',
  );
  const { spec: applied, errors } = effectiveSpec(
    spec,
    profileOf(`${HEAD}narrow:\n  b: { text: t, reason: r }\n`),
  );
  assert.deepEqual(errors, []);
  assert.deepEqual(applied.levels, spec.levels);
  const narrowed = findSection(applied, 'b_narrowed_by_developer');
  assert.ok(narrowed?.isClause);
  assert.deepEqual([levelOf(applied, narrowed), narrowed.parent], [null, null]);
});
