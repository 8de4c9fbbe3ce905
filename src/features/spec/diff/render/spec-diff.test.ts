import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { sharedRelease, skipUnlessShared } from '../../../../../test/shared-data.ts';
import { readSpec, type Spec } from '../../../../spec/index.ts';
import { printJson } from '../../../../text/json.ts';
import { widthOf } from '../../../../text/layout.ts';
import { diffSpecs, type SpecDiff } from '../index.ts';
import { renderSpecDiffHtml } from './html.ts';
import { renderSpecDiffMarkdown } from './markdown.ts';
import { renderChangelog } from './spec-changelog.ts';
import { renderSpecDiff } from './text.ts';

const HOSTILE = `<script>alert(1)</script> "><img src=x onerror=alert(1)> \u001b[2J \u202e [x](javascript:alert(1)) \ue000`;

function specOf(text: string): Spec {
  return readSpec({ file: 'made-up.md', bytes: new TextEncoder().encode(text) });
}

function hostileDiff(): { diff: SpecDiff; newer: Spec } {
  const older = specOf(`# Be so {#so authority=user}\n\nIt must be so ${HOSTILE}.\n`);
  const newer = specOf(
    `# ${HOSTILE} {#so authority=user}\n\nIt must never be so ${HOSTILE} at all.\n\n# New ${HOSTILE}\n\nIt should ${HOSTILE}.\n`,
  );
  return { diff: diffSpecs(older, newer), newer };
}

test('hostile text is shown and does nothing, in every format', () => {
  const { diff, newer } = hostileDiff();
  const html = renderSpecDiffHtml(diff);
  assert.doesNotMatch(html, /<script|<img|\son\w+=[^&]*>|href="(?!#)/);
  assert.match(html, /&lt;script&gt;/);
  for (const text of [
    html,
    renderSpecDiff(diff),
    renderSpecDiffMarkdown(diff),
    renderChangelog(diff, newer),
  ]) {
    for (const unseen of ['\u001b', '\u202e', '\ue000']) assert.ok(!text.includes(unseen));
  }
  const markdown = renderSpecDiffMarkdown(diff) + renderChangelog(diff, newer);
  assert.doesNotMatch(markdown, /(?<!\\)<(?!br>|del>|ins>|\/del>|\/ins>)/);
  assert.doesNotMatch(markdown, /(?<!\\)\]\(/);
});

test('the difference of two releases fits its schema and eighty columns', (t) => {
  if (skipUnlessShared(t)) return;
  const [older, newer] = ['2025-04-11', '2025-12-18'].map((v) => readSpec(sharedRelease(v)));
  assert.ok(older && newer);
  const diff = diffSpecs(older, newer);
  const schema = JSON.parse(
    readFileSync(new URL('../../../../../docs/schemas/spec-diff-1.json', import.meta.url), 'utf8'),
  );
  const validate = new Ajv2020({ strict: false }).compile(schema);
  assert.ok(validate(JSON.parse(printJson(diff))), JSON.stringify(validate.errors?.[0]));
  for (const line of renderSpecDiff(diff).split('\n')) assert.ok(widthOf(line) <= 80, line);
});

test('equal versions say that nothing changed', () => {
  const spec = specOf('# Be so {#so authority=user}\n\nIt must be so.\n');
  const diff = diffSpecs(spec, spec);
  assert.match(renderSpecDiff(diff), /Nothing changed\.\n$/);
  assert.match(renderSpecDiffMarkdown(diff), /Nothing changed\\?\.\n$/);
  assert.match(renderSpecDiffHtml(diff), /Nothing changed\./);
  assert.match(renderChangelog(diff, spec), /Nothing changed\.\n$/);
});
