import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readSpec, selectClauses } from './index.ts';

const marked =
  '**Example**: e\n\n~~~xml\n<user>\nHi\n</user>\n<comparison>\n<assistant> <!-- GOOD -->\nHi\n</assistant>\n</comparison>\n~~~\n';
const spec = readSpec({
  file: 'spec.md',
  bytes: new TextEncoder().encode(
    [
      '# Bounds {#bounds}\n\nText.\n',
      '## Obey the law {#obey_laws authority=system}\n\n!!! meta "Commentary"\n    Why not.\n',
      '### Young people {#teens authority=root tags=under_18,safety}\n\nTake care[^ab12].\n',
      '# Style {#style}\n',
      `## Be clear {#be_clear authority=guideline}\n\nWrite short\nsentences.\n\n${marked}`,
      '## Be kind {#be_kind authority=user}\n\nThe assistant must mind [](#teens).\n\n**Example**: e\n\n~~~xml\n<user>\nHi\n</user>\n~~~\n',
      `## Unranked {#unranked}\n\n${marked}`,
    ].join('\n'),
  ),
});

const ids = (query: string): string[] => {
  const result = selectClauses(spec, query);
  assert.ok('ids' in result, JSON.stringify(result));
  return result.ids;
};

describe('queries', () => {
  const all = ['obey_laws', 'teens', 'be_clear', 'be_kind', 'unranked'];
  const samples: [string, string[]][] = [
    ['be_kind', ['be_kind']],
    ['#be_kind', ['be_kind']],
    ['be_*', ['be_clear', 'be_kind']],
    ['*', all],
    ['?e_*n?', ['be_kind']],
    ['nothing_*', []],
    ['be_kind, teens', ['teens', 'be_kind']],
    ['level:root', ['teens']],
    ['LEVEL = Root', ['teens']],
    ['level:none', ['unranked']],
    ['level>=system', ['obey_laws', 'teens']],
    ['level>system', ['teens']],
    ['level<=user', ['be_clear', 'be_kind']],
    ['level<user', ['be_clear']],
    ['level:developer', []],
    ['kind:rule', ['obey_laws', 'teens']],
    ['kind:default', ['be_clear', 'be_kind']],
    ['tag:under_18', ['teens']],
    ['under:bounds', ['obey_laws', 'teens']],
    ['under:#obey_laws', ['obey_laws', 'teens']],
    ['has:example', ['be_clear', 'be_kind', 'unranked']],
    ['has:comparison', ['be_clear', 'unranked']],
    ['has:eval', ['teens']],
    ['has:commentary', ['obey_laws']],
    ['text:"SHORT  sentences"', ['be_clear']],
    ['form:comparative', []],
    ['form:absolute and be_*', ['be_clear', 'be_kind']],
    ['modality:must', ['be_kind']],
    ['modality:MUST_NOT', []],
    ['modality:none and level:guideline', ['be_clear']],
    ['refs:#teens', ['be_kind']],
    ['refs:be_clear', []],
    ['text:kind', ['be_kind']],
    ['text:"Why not"', []],
    ['not has:example', ['obey_laws', 'teens']],
    ['not not teens', ['teens']],
    ['has:example and not level:none', ['be_clear', 'be_kind']],
    ['teens or be_* and level:user', ['teens', 'be_kind']],
    ['(teens or be_*) and (level:user, level:root)', ['teens', 'be_kind']],
  ];
  for (const [query, expected] of samples) {
    it(query, () => assert.deepEqual(ids(query), expected));
  }
});

it('compares levels that are inherited where the document orders them, and only there', () => {
  const text = '# A {#a authority=safe}\n\nText.\n\n## B {#b kind=rule}\n\nText.\n';
  const chosen = (header: string): unknown => {
    const bytes = new TextEncoder().encode(`<!-- tenet: id=x levels=safe${header} -->\n\n${text}`);
    return selectClauses(readSpec({ file: 'x.md', bytes }), 'level:safe');
  };
  assert.deepEqual(chosen(' order=safe'), { ids: ['a', 'b'] });
  assert.deepEqual(chosen(''), { ids: ['a'] });
});

describe('faulty queries', () => {
  const samples: [string, number, RegExp][] = [
    ['', 0, /^Expected an id.*the query ends here/],
    ['   ', 3, /the query ends here/],
    ['be_knid', 0, /Did you mean be_kind/],
    ['be_kind and be_cler', 12, /Did you mean be_clear/],
    ['bounds', 0, /under:bounds/],
    ['be_kind teens', 8, /expected and, or/],
    ['(be_kind', 8, /Expected "\)" for the "\(" in column 1/],
    ['be_kind)', 7, /no "\(" was opened/],
    ['be_kind or', 10, /the query ends here/],
    ['and teens', 0, /found "and"/],
    ['level:boss', 6, /no level "boss".*root, system/],
    ['level>=none', 7, /no level "none"/],
    ['level:', 6, /Expected a value after "level:"/],
    ['kind:law', 5, /objective, rule, default, definition/],
    ['kind>rule', 0, /compares levels only/],
    ['colour:red', 0, /no condition "colour"/],
    ['has:examples', 4, /Did you mean example/],
    ['form:sonnet', 5, /absolute, comparative, ranking/],
    ['modality:shall', 9, /no modality "shall"/],
    ['refs:nowhere', 5, /no clause "nowhere"/],
    ['tag:adult', 4, /under_18, safety/],
    ['under:nowhere', 6, /no clause "nowhere"/],
    ['text:"open', 5, /never closed/],
    [`${'('.repeat(200)}teens`, 100, /more than 100 deep/],
  ];
  for (const [query, offset, message] of samples) {
    it(query.slice(0, 40) || '(empty)', () => {
      const result = selectClauses(spec, query);
      assert.ok('error' in result, JSON.stringify(result));
      assert.match(result.error, message);
      assert.equal(result.offset, offset);
    });
  }

  it('are quoted in part where they are long', () => {
    const long = 'x'.repeat(100_000);
    for (const query of [long, `level:${long}`, `${long}:`, `teens ${long}`, `teens)${long}`]) {
      const result = selectClauses(spec, query);
      assert.ok('error' in result && result.error.length < 300, query.slice(0, 20));
    }
  });

  it('of any kind give an answer or a place', () => {
    const parts = fc.constantFrom(
      '(',
      ')',
      ',',
      ' and ',
      ' or ',
      'not ',
      'teens',
      'be_*',
      ':',
      '>=',
      '"',
      'level',
      'text',
      ' ',
      'root',
      '#',
      'é',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (words) => {
        const query = words.join('');
        const result = selectClauses(spec, query);
        if ('ids' in result) return;
        assert.ok(result.offset >= 0 && result.offset <= query.length);
      }),
      { numRuns: 2000 },
    );
  });
});
