import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod';
import { argument, flag, positiveInteger } from '../app/arguments.ts';
import type { CommandEntry } from '../app/capability.ts';
import { defineCommand } from '../app/command.ts';
import { TenetError } from '../app/errors.ts';
import { createProgram } from './program.ts';

const lint = defineCommand({
  args: z.object({
    file: argument('<file>', z.string(), 'the specification'),
    rule: argument('[rule]', z.enum(['one', 'two']).optional(), 'which rule'),
    repeats: flag('<n>', positiveInteger.optional(), 'how often'),
    form: flag('<form>', z.string(), 'how'),
  }),
  prints: [],
  run: () => ({}),
});
const entries: CommandEntry[] = ['lint', 'show'].map((name, order) => ({
  path: `spec ${name}`,
  summary: 'Check',
  order,
  load: async () => lint,
}));

/** What is said of these words. */
async function complaint(...words: string[]): Promise<TenetError> {
  const program = await createProgram(entries, '1', words, async () => {});
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    assert.ok(TenetError.is(error), String(error));
    return error;
  }
  return assert.fail(`${words.join(' ')} was taken`);
}

describe('wrong words', () => {
  const wrong: [string[], string, object][] = [
    [['spek'], 'unknown-command', { word: 'spek', near: 'spec', under: '' }],
    [['elephants'], 'unknown-command', { word: 'elephants', near: null, under: '' }],
    [['spec', 'lnit'], 'unknown-command', { word: 'lnit', near: 'lint', under: 'spec' }],
    [['--debgu'], 'unknown-flag', { flag: '--debgu', near: '--debug', command: '' }],
    [['spec', '--json'], 'unknown-flag', { flag: '--json', near: null, command: 'spec' }],
    [
      ['spec', 'lint', 'x', '--form', 'y', '--repaets', '3'],
      'unknown-flag',
      { flag: '--repaets', near: '--repeats', command: 'spec lint' },
    ],
    [
      ['spec', 'lint', 'x', '--form', 'y', '-x'],
      'unknown-flag',
      { flag: '-x', near: null, command: 'spec lint' },
    ],
    [
      ['spec', 'lint', '--form', 'x'],
      'missing-argument',
      { argument: 'file', command: 'spec lint' },
    ],
    [
      ['spec', 'lint', 'x'],
      'missing-flag',
      { flag: '--form', written: '--form <form>', command: 'spec lint' },
    ],
    [
      ['spec', 'lint', 'x', '--form'],
      'missing-value',
      { flag: '--form', written: '--form <form>', command: 'spec lint' },
    ],
    [
      ['spec', 'lint', 'x', 'one', 'y', '--form', 'z'],
      'too-many-arguments',
      { expected: 2, given: ['x', 'one', 'y'], command: 'spec lint' },
    ],
    [
      ['spec', 'lint', 'x', 'three', '--form', 'z'],
      'wrong-argument',
      { argument: '[rule]', value: 'three', must: null, choices: ['one', 'two'] },
    ],
    [
      ['spec', 'lint', 'x', '--form', 'z', '--repeats', '0'],
      'wrong-argument',
      { argument: '--repeats', value: '0', must: 'a whole number above 0', choices: null },
    ],
  ];
  for (const [words, code, data] of wrong) {
    it(`should be an error with a code and its data: ${words.join(' ')}`, async () => {
      const error = await complaint(...words);
      assert.deepEqual([error.code, error.data], [code, data]);
      assert.ok(error.remedy !== undefined && error.message.endsWith(error.remedy));
    });
  }

  it('should be told with what was meant, and where help is', async () => {
    const { message } = await complaint('spec', 'lnit');
    assert.equal(
      message,
      "unknown command 'lnit'. Did you mean lint? 'tenet spec --help' shows what there is.",
    );
    const hostile = await complaint('\u001b[31mred');
    assert.ok(!hostile.message.includes('\u001b'));
  });
});
