import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSpec } from '../../spec/index.ts';
import { drawSuite, markedReplies } from './draw.ts';
import type { Suite } from './suite.ts';

function example(words: string): string {
  return `**Example**: one\n\n~~~xml\n${words}\n<comparison>\n<assistant> <!-- GOOD -->\nYes\n</assistant>\n<assistant> <!-- BAD -->\nNo\n</assistant>\n</comparison>\n~~~\n\n`;
}

const specOf = (text: string) =>
  readSpec({ file: 'spec.md', bytes: new TextEncoder().encode(text) });

function drawn(...examples: string[]): Suite {
  const clauses = examples.map(
    (words, place) => `## C${place} {#c${place}}\n\nIt must.\n\n${words}`,
  );
  return drawSuite(specOf(`# S\n\n${clauses.join('')}`));
}

describe('drawing scenarios from a spec', () => {
  it('takes an example up to its marked reply', () => {
    const { scenarios, excluded } = drawn(example('<user>\nHello?\n</user>'));
    assert.deepEqual(excluded, []);
    assert.equal(scenarios.length, 1);
    const first = scenarios.at(0);
    assert.deepEqual(first?.messages, [{ role: 'user', content: 'Hello?' }]);
    assert.deepEqual([first.id, first.cluster], ['c0#1', 'c0#1']);
  });

  it('leaves out what has holes, and counts it', () => {
    const { scenarios, excluded } = drawn(example('<user>\nHello [...]\n</user>'));
    assert.equal(scenarios.length, 0);
    assert.deepEqual(
      excluded.map(({ reason, clause }) => [reason, clause]),
      [['elided', 'c0']],
    );
  });

  it('puts the same question of two clauses into one cluster, and of one clause once', () => {
    const same = example('<user>\nHello?\n</user>');
    const suite = drawn(same + same, same);
    assert.deepEqual(
      [...suite.scenarios].map(({ id, cluster }) => [id, cluster]),
      [
        ['c0#1', 'c0#1'],
        ['c1#1', 'c0#1'],
      ],
    );
    assert.deepEqual(
      suite.excluded.map(({ reason, id }) => [reason, id]),
      [['duplicate', 'c0#2']],
    );
  });

  it('knows the marked replies to what it draws', () => {
    const text = `# S\n\n## C {#c}\n\nIt must.\n\n${example('<user>\nHello?\n</user>')}`;
    const replies = markedReplies(specOf(text)).get('c#1');
    assert.deepEqual(
      replies?.map(({ mark }) => mark),
      ['good', 'bad'],
    );
  });
});
