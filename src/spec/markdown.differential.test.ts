// Our reader of Markdown against one that others wrote: they differ in known ways and in no other.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { RELEASES, sharedText } from '../../test/shared-data.ts';
import { explanationOf, KNOWN_DIFFERENCES } from './markdown-differences.fixture.ts';
import { type Disagreement, disagreementsOn } from './markdown-outlines.fixture.ts';
import { markdown } from './markdown-samples.fixture.ts';

/** Published specs in Markdown, and how many blocks they have at least. */
const PUBLISHED: readonly (readonly [string, number])[] = [
  ...RELEASES.map((release) => [`model-spec/${release}/model_spec.md`, 400] as const),
  ['claude-constitution/2026-01.web-scrape-abridged.md', 250],
  ['tau2/airline-policy.md', 50],
  ['tau2/mock-policy.md', 2],
  ['model-spec/2025-12-18/CHANGELOG.md', 10],
];

function unexplained(document: string): Disagreement[] {
  return disagreementsOn(document).found.filter((found) => explanationOf(found) === undefined);
}

function agreeOn(t: TestContext, text: string, fewest: number): void {
  const { blocks, found } = disagreementsOn(text);
  assert.ok(blocks >= fewest, `${blocks} blocks`);
  assert.deepEqual(unexplained(text), []);
  const counts = Map.groupBy(found, (disagreement) => explanationOf(disagreement)?.name ?? '');
  const words = [...counts].map(([name, { length }]) => `${name} ${length}`);
  t.diagnostic(`${blocks} blocks; ${words.join(', ') || 'no difference'}`);
}

describe('both readers of Markdown agree, known differences aside,', () => {
  for (const [path, fewest] of PUBLISHED) {
    it(`on ${path}`, (t) => {
      const text = sharedText(t, path);
      if (text !== null) agreeOn(t, text, fewest);
    });
  }

  it('on the starter spec', (t) => {
    agreeOn(t, readFileSync(new URL('../../specs/starter/spec.md', import.meta.url), 'utf8'), 150);
  });

  it('on made-up documents', () => {
    fc.assert(
      fc.property(markdown, (document) => assert.deepEqual(unexplained(document), [])),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('a known difference', () => {
  for (const { name, examples } of KNOWN_DIFFERENCES) {
    it(`is there still: ${name}`, () => {
      assert.ok(examples.length > 0);
      for (const document of examples) {
        const names = disagreementsOn(document).found.map((found) => explanationOf(found)?.name);
        assert.ok(names.includes(name), JSON.stringify({ document, names }));
        assert.ok(!names.includes(undefined), JSON.stringify({ document, names }));
      }
    });
  }

  it('has a name of its own and a reason', () => {
    assert.equal(new Set(KNOWN_DIFFERENCES.map(({ name }) => name)).size, KNOWN_DIFFERENCES.length);
    for (const { reason } of KNOWN_DIFFERENCES) assert.match(reason, /^[A-Z].{20,}\.$/);
  });
});
