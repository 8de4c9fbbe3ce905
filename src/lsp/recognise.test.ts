// An editor is told about specs in any of the ways they are written, and left alone with everything else.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Diagnostic, DocumentSymbol, Range } from 'vscode-languageserver/node';
import { sharedText } from '../../test/shared-data.ts';
import { printAs, readSpec } from '../spec/index.ts';
import { Editor } from './client.fixture.ts';
import { looksLikeSpec } from './recognise.ts';

const SAMPLES = join(import.meta.dirname, '../spec/dialects/samples');

const PROSE = `# How we want it to be

## Honesty

The assistant should never lie. It should say what it does not know.

## Care

The assistant should think of people who are not in the room. The model must never help to harm them.
`;

describe('what is recognised as a spec', () => {
  it('is every way of writing one', () => {
    for (const name of ['hazards.md', 'marked.md', 'policy.md', 'rules.md']) {
      assert.ok(looksLikeSpec(readFileSync(join(SAMPLES, name), 'utf8')), name);
    }
    assert.ok(looksLikeSpec(PROSE));
    assert.ok(looksLikeSpec('- Run the tests.\n', '/project/AGENTS.md'));
    assert.ok(looksLikeSpec('# Here\n', '/project/CLAUDE.md'));
    assert.ok(looksLikeSpec('', 'C:\\project\\GEMINI.md'));
    assert.ok(looksLikeSpec('{\n  "schema": "tenet.spec/1"\n}', 'a.json', 'json'));
    assert.ok(looksLikeSpec('schema: tenet.spec/1\n', 'a.yaml', 'yaml'));
    assert.ok(looksLikeSpec('[{"trait": "I am kind.", "questions": []}]', 'a.json', 'json'));
  });

  it('is the published constitution', (t) => {
    const text = sharedText(t, 'claude-constitution/2026-01.web-scrape-abridged.md');
    if (text !== null) assert.ok(looksLikeSpec(text));
  });

  it('is nothing that a project has besides', () => {
    const modules = join(import.meta.dirname, '../../node_modules');
    const names = readdirSync(modules).flatMap((name) => [
      `${name}/README.md`,
      `${name}/CHANGELOG.md`,
    ]);
    let seen = 0;
    for (const name of names) {
      let text: string;
      try {
        text = readFileSync(join(modules, name), 'utf8');
      } catch {
        // Not every package has one.
        continue;
      }
      seen++;
      assert.ok(!looksLikeSpec(text, name), name);
    }
    assert.ok(seen > 20);
    for (const text of [
      '# Features\n\n- ✅ Fast\n- ✅ Small\n- ❌ Windows\n',
      '# Options\n\n## Rules\n\nSet them.\n\n## Defaults\n\nThere are some.\n',
      '# Guide {#guide}\n\n## Install {#install .unnumbered}\n',
      '# Usage\n\nThe model must be downloaded first. You should have 8 GB.\n\n## More\n\nYou must not.\n',
    ]) {
      assert.ok(!looksLikeSpec(text), text);
    }
    assert.ok(!looksLikeSpec('{"name": "x", "rule": "y"}', 'package.json', 'json'));
    assert.ok(!looksLikeSpec('["a", "b"]', 'words.json', 'json'));
    assert.ok(!looksLikeSpec('on: push\n', 'ci.yaml', 'yaml'));
  });
});

const SPEC = `# Conduct {#conduct}

## Be honest {#honest authority=root}

Say "so" — see [?](#gone).
`;

function textIn(text: string, { start, end }: Range): string {
  const lines = text.split('\n');
  assert.equal(start.line, end.line);
  return (lines[start.line] ?? '').slice(start.character, end.character);
}

describe('an editor with specs written another way', () => {
  it('checks data at the places where it stands, and offers nothing that is Markdown', async () => {
    await using editor = new Editor();
    await editor.start();
    const spec = readSpec({ file: 'a.md', bytes: new TextEncoder().encode(SPEC) });
    for (const form of ['json', 'jsonl', 'yaml'] as const) {
      const text = printAs(spec, form);
      const uri = `untitled:a.${form}`;
      editor.open(uri, text, form);
      const isDangling = (one: Diagnostic): boolean =>
        JSON.stringify(one.message).includes('#gone');
      const found = (await editor.diagnosed(uri, (list) => list.some(isDangling))).find(isDangling);
      assert.ok(found !== undefined);
      assert.equal(textIn(text, found.range), '[?](#gone)');
      assert.equal(await editor.about('documentSymbol', uri), null);
    }
    editor.open('untitled:package.json', '{"name": "x"}', 'json');
    await editor.about('documentSymbol', 'untitled:package.json');
    assert.ok(!editor.diagnostics.has('untitled:package.json'));
    assert.equal(await editor.stop(), 0);
  });

  it('outlines prose and instructions, and puts no id into them', async () => {
    await using editor = new Editor();
    await editor.start();
    editor.open('untitled:prose.md', PROSE);
    const symbols = await editor.about<DocumentSymbol[]>('documentSymbol', 'untitled:prose.md');
    assert.deepEqual(
      symbols[0]?.children?.map(({ name }) => name),
      ['Honesty', 'Care'],
    );
    await assert.rejects(
      editor.at('rename', 'untitled:prose.md', [2, 4], { newName: 'honesty' }),
      /written without/,
    );
    editor.open('file:///nowhere/AGENTS.md', '# Here\n\n- Always run the tests.\n');
    assert.ok(await editor.about('documentSymbol', 'file:///nowhere/AGENTS.md'));
    assert.equal(await editor.stop(), 0);
  });

  it('reads a document as the setting says', async () => {
    await using editor = new Editor();
    await editor.start({ delay: 0, recognise: 'always', dialect: 'rules' });
    editor.open('untitled:list.md', 'Some words.\n\n- Be kind.\n');
    const [first] = await editor.about<DocumentSymbol[]>('documentSymbol', 'untitled:list.md');
    assert.ok(JSON.stringify(first).includes('Be kind'), JSON.stringify(first));
    editor.tell('workspace/didChangeConfiguration', { settings: { tenet: { dialect: 'verse' } } });
    await editor.about('documentSymbol', 'untitled:list.md');
    assert.match(editor.messages.join(), /Setting tenet\.dialect/);
    assert.equal(await editor.stop(), 0);
  });
});
