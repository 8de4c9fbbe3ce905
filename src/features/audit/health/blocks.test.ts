import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toHtml } from '../../../text/blocks-html.ts';
import { toMarkdown } from '../../../text/blocks-markdown.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { widthOf } from '../../../text/layout.ts';
import { healthBlocks } from './blocks.ts';
import { healthDocument } from './document.ts';
import { type HealthDocument, healthSchema } from './schema.ts';
import { healthOfWorld, type World } from './world.fixture.ts';

const HOSTILE = 'openai:x\u001b[2J\u202e<script>';

async function documentOf(world: World): Promise<HealthDocument> {
  const { evidence, health } = await healthOfWorld({ seeds: 8, ...world });
  return healthSchema.parse(healthDocument(evidence, health, { names: { file: "a spec's.md" } }));
}

const ALONE: World = {
  subjects: ['mistral:two', HOSTILE],
  breaks: ({ subject }, clause, random) =>
    clause === 2 && subject === 1 ? random() < 0.7 : undefined,
};

describe('a spec’s health in each medium', () => {
  it('says whose fault it is, why, where to read it and what comes next', async () => {
    const shown = toTerminal(healthBlocks(await documentOf(ALONE), 'glance'));
    assert.match(shown, /^#c2: model$/m);
    assert.match(
      shown,
      /^ {2}because it is violated by openai:x␛\[2J\\u202e<script> in \d+ of \d+ tran/m,
    );
    assert.match(shown, /^ {2}rule {4}subject-alone; p adjusted <0\.001$/m);
    assert.match(
      shown,
      /^ {2}read {4}(t\d+(, | and )){4}t\d+ of run \w+: tenet show \w+\n? +t\d+$/m,
    );
    assert.match(shown, /^ {4}tenet show \w+ t\d+$/m);
    assert.match(
      shown,
      /^ {4}tenet judge calibrate --judge anthropic:judge --spec 'a spec'\\''s\.md'$/m,
    );
    assert.match(shown, /^#c2 +█+▒+· +\d+ %° +\d+ +2 +2 +\d+ model$/m);
    const json = await documentOf(ALONE);
    assert.deepEqual(json.next.at(-1)?.words?.slice(-2), ['--spec', "a spec's.md"]);
  });

  it('says between which faults the evidence does not decide', async () => {
    const document = await documentOf({
      subjects: ['openai:one'],
      breaks: (_, clause, random) => (clause === 2 ? random() < 0.7 : undefined),
    });
    const shown = toTerminal(healthBlocks(document, 'glance'), { color: true });
    assert.ok(
      shown.includes('\u001b[1m\u001b[33m#c2: undecided between missing example and model'),
    );
    assert.ok(shown.includes('undecided\u001b[22m\n'));
  });

  it('shows at a glance a few clauses of each kind, and otherwise all', async () => {
    const document = await documentOf({
      levels: Array.from({ length: 20 }, () => 'user'),
      seeds: 1,
    });
    assert.match(
      toTerminal(healthBlocks(document, 'glance')),
      /^ {2}and 12 more no power \(--all shows them\)$/m,
    );
    for (const text of [
      toTerminal(healthBlocks(document, 'all')),
      toMarkdown(healthBlocks(document, 'all')),
      toHtml(healthBlocks(document, 'all')),
    ]) {
      for (const { id } of document.clauses) assert.match(text, new RegExp(`#${id}\\b`));
    }
  });

  it('fits the terminal, and lets no text do more than be read', async () => {
    const document = await documentOf({ ...ALONE, simulated: true });
    for (const width of [40, 59, 60, 80, 120]) {
      for (const detail of ['glance', 'all'] as const) {
        const shown = toTerminal(healthBlocks(document, detail), { width });
        assert.doesNotMatch(shown, /[^\P{Cc}\n]|\u202e/u);
        // A command is to be copied: one long word of it stays whole.
        const lines = shown.split('\n').filter((line) => !line.startsWith('    '));
        for (const line of lines) assert.ok(widthOf(line) <= width, line);
      }
    }
    assert.doesNotMatch(toHtml(healthBlocks(document, 'all')), /<script|\u202e/);
  });
});
