// Reading specs and estimating rates need nothing of Node: a web page gets what Node gets.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { before, describe, it, type TestContext } from 'node:test';
import * as spec from '../src/spec/index.ts';
import * as stats from '../src/stats/index.ts';
import { type Document, estimates, readingOf } from './browser/figures.ts';
import { bareContext, browser, bundleForBrowser, type Place } from './browser/without-node.ts';
import { RELEASES, sharedData } from './shared-data.ts';

const root = join(import.meta.dirname, '..');
const STARTER = join(root, 'specs/starter/spec.md');
/** What ECMAScript leaves to the engine (`Math.exp`, `Math.log`, …) may differ in its last digits. */
const LAST_DIGITS = 1e-12;

let scripts: string[];

before(async () => {
  scripts = await Promise.all([
    bundleForBrowser('src/spec/index.ts', 'spec'),
    bundleForBrowser('src/stats/index.ts', 'stats'),
    bundleForBrowser('test/browser/figures.ts', 'figures'),
  ]);
});

function documentAt(path: string): Document {
  return { file: relative(root, path), base64: readFileSync(path).toString('base64') };
}

/** The starter spec and, where they are at hand, published ones. */
function documents(t: TestContext): Document[] {
  const published = [
    ...RELEASES.map((release) => `model-spec/${release}/model_spec.md`),
    'claude-constitution/2026-01.web-scrape-abridged.md',
  ];
  const shared = published.map(sharedData).filter((path) => path !== null);
  if (shared.length === 0) t.diagnostic('../shared/data is absent: only the starter spec is read');
  return [STARTER, ...shared].filter((path) => existsSync(path)).map(documentAt);
}

/** As a value that went through JSON, which is how it comes back from a page. */
function asData(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

async function runsIn(place: Place, t: TestContext): Promise<void> {
  const opened = await place.open(scripts);
  const evaluated = async (expression: string): Promise<unknown> =>
    JSON.parse(await opened.evaluate(`JSON.stringify(${expression})`));
  try {
    await t.test('has nothing of Node', async () => {
      const found = '[typeof process, typeof Buffer, typeof require, typeof global]';
      assert.deepEqual(await evaluated(found), Array(4).fill('undefined'));
    });

    for (const document of documents(t)) {
      await t.test(`reads ${document.file}`, async () => {
        const found = await evaluated(`figures.readingOf(spec, ${JSON.stringify(document)})`);
        const expected = readingOf(spec, document);
        assert.ok(expected.ids.length > 10);
        assert.deepEqual(found, asData(expected));
      });
    }

    await t.test('estimates', async () => {
      const found = await evaluated('figures.estimates(stats)');
      const expected = asData(estimates(stats));
      if (place.sameEngine) assert.deepEqual(found, expected);
      else assertAlike(found, expected);
    });
  } finally {
    await opened.close();
  }
}

/** Equal, numbers up to their last digits. */
function assertAlike(found: unknown, expected: unknown, path = ''): void {
  if (typeof expected === 'number' && typeof found === 'number') {
    const distance = Math.abs(found - expected);
    assert.ok(
      distance <= LAST_DIGITS * Math.max(1, Math.abs(expected)),
      `${path}: ${found}, not ${expected}`,
    );
    return;
  }
  if (
    typeof expected !== 'object' ||
    expected === null ||
    typeof found !== 'object' ||
    found === null
  ) {
    assert.deepEqual(found, expected, path);
    return;
  }
  assert.deepEqual(Object.keys(found), Object.keys(expected), path);
  const values = new Map(Object.entries(found));
  for (const [key, value] of Object.entries(expected)) {
    assertAlike(values.get(key), value, `${path}.${key}`);
  }
}

describe('spec and stats run', () => {
  it(`in ${bareContext.name}`, async (t) => runsIn(bareContext, t));

  it('in Chromium', async (t) => {
    if (browser === null) {
      t.diagnostic('there is no /usr/bin/chromium: only the bare context was tried');
      return;
    }
    await runsIn(browser, t);
  });
});
