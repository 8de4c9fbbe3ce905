import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { needsRelease, printedBy, transcriptsIn } from '../scripts/transcripts.ts';
import { sharedData } from './shared-data.ts';

const root = join(import.meta.dirname, '..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('docs/**/*.md', { cwd: root }),
];

test('what the documentation says that a command prints is what it prints', (t) => {
  const byFile = Map.groupBy(transcriptsIn(), ({ file }) => file);
  assert.ok(byFile.has('README.md'), 'the README has a transcript');
  for (const [file, blocks] of byFile) {
    if (blocks.some(needsRelease) && sharedData('model-spec/2025-12-18/model_spec.md') === null) {
      t.diagnostic(`${file}: not run, since ../shared/data is absent`);
      continue;
    }
    const printed = printedBy(blocks);
    for (const [index, block] of blocks.entries()) {
      assert.equal(printed[index], block.printed, `${file}: $ ${block.command}`);
    }
  }
});

test('every link from page to page leads somewhere', () => {
  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '');
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (target === undefined || /^(https?:|#)/.test(target)) continue;
      const path = join(root, dirname(page), target.replace(/#.*$/, ''));
      assert.ok(existsSync(path), `${page} links to ${target}`);
    }
  }
});

test('every link to a heading names one that is there', () => {
  const textOf = (page: string): string =>
    readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, (code) =>
      code.startsWith('```') ? '' : code.slice(1, -1).replaceAll('](', ''),
    );
  const headings = (page: string): string[] =>
    [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_\- ]/gu, '')
        .replaceAll(' ', '-'),
    );
  let checked = 0;
  for (const page of pages) {
    for (const [, file = '', heading = ''] of textOf(page).matchAll(
      /\]\(([\w./-]*)#([^)\s]+)\)/g,
    )) {
      const target = file === '' ? page : join(dirname(page), file);
      if (!pages.includes(target)) continue;
      assert.ok(headings(target).includes(heading), `${page} links to ${file}#${heading}`);
      checked++;
    }
  }
  assert.ok(checked > 20, `${checked} links`);
});
