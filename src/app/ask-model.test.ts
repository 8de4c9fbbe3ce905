import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import * as z from 'zod';
import { temporaryFolder } from '../../test/command.ts';
import { modelAt, modelsIn } from '../../test/models.ts';
import { always } from '../../test/servers/faults.ts';
import { startOpenai } from '../../test/servers/openai.ts';
import type { ServerOptions } from '../../test/servers/server.ts';
import { materialJson, openAskedModel } from './ask-model.ts';
import { undeterminedText } from './ask-model-messages.ts';
import { TenetError } from './errors.ts';

const FORM = {
  instructions: 'Say a number.',
  name: 'number',
  schema: z.strictObject({ number: z.number() }),
};

/** Asks questions of a server with this behaviour; gives what came and how often the server was asked. */
async function answersTo(
  questions: readonly string[],
  options: ServerOptions,
  signal = new AbortController().signal,
): Promise<{ said: object[]; requests: number }> {
  using folder = temporaryFolder();
  await using server = await startOpenai(options);
  const model = await openAskedModel(modelsIn(folder), modelAt(server), FORM);
  try {
    const said: object[] = [];
    for (const question of questions) {
      said.push(
        await model.ask(question, signal, ({ number }) => (number < 0 ? 'below zero' : null)),
      );
    }
    return { said, requests: server.requests };
  } finally {
    await model.close();
  }
}

test('an answer without the form is asked for once more, with what was wrong, and then is none', async () => {
  const objections: string[] = [];
  const behaviour: ServerOptions['behaviour'] = ({ messages }) => {
    const [, question, , objection] = messages;
    if (objection !== undefined) objections.push(objection.content);
    if (question?.content === 'once' && objection !== undefined)
      return '```json\n{"number": 1}\n```';
    return question?.content === 'negative' ? '{"number": -1}' : 'Well.';
  };
  const { said, requests } = await answersTo(['once', 'never', 'negative'], { behaviour });
  assert.deepEqual(said, [
    { answer: { number: 1 } },
    { undetermined: { code: 'unusable', data: { problem: 'it is no JSON' } } },
    { undetermined: { code: 'unusable', data: { problem: 'below zero' } } },
  ]);
  assert.equal(requests, 6);
  assert.match(objections[0] ?? '', /^That could not be used: it is no JSON\. Answer with/);
});

test('a failure and a stop are data with the words of whoever said so', async () => {
  const { said } = await answersTo(['a'], { faults: always('401') });
  const [failed] = said as { undetermined: { code: string; data: { kind: string } } }[];
  assert.equal(failed?.undetermined.code, 'failure');
  assert.equal(failed?.undetermined.data.kind, 'authentication');
  const stopped = await answersTo(['a'], {}, AbortSignal.abort());
  const data = { kind: 'interrupted' as const, message: 'interrupted' };
  assert.deepEqual(stopped, { said: [{ undetermined: { code: 'stopped', data } }], requests: 0 });
  assert.equal(undeterminedText({ code: 'stopped', data }), 'interrupted');
  assert.equal(undeterminedText({ code: 'failure', data }), 'interrupted: interrupted');
  assert.equal(undeterminedText({ code: 'filtered', data: { reason: 'no' } }), 'filtered: no');
});

test('a model that is none, or that nobody runs, is an error, and the ledger is let go of', async () => {
  using folder = temporaryFolder();
  for (const name of ['nobody:x', 'sim:subject', 'vllm:m?base=http://127.0.0.1:9/v1']) {
    const opened = openAskedModel(modelsIn(folder), name, FORM);
    await assert.rejects(opened, (error) => TenetError.is(error));
  }
  const model = await openAskedModel(modelsIn(folder), 'sim:judge', FORM);
  assert.deepEqual([model.simulated, model.name], [true, 'sim:judge']);
  assert.deepEqual(model.estimate(['ab', 'cd']).questions, 2);
  await model.close();
  await (await modelsIn(folder).ledger.write(folder.at('ledger.db'))).close();
});

test('a command of the user’s own answers as any model does', async () => {
  using folder = temporaryFolder();
  const script = `console.log('{"number": 3}')`;
  writeFileSync(folder.at('bot.mjs'), script);
  const name = `exec:${process.execPath} ${folder.at('bot.mjs')}`;
  const model = await openAskedModel(modelsIn(folder), name, FORM);
  const said = await model.ask('How many?', new AbortController().signal);
  assert.deepEqual(said, { answer: { number: 3 } });
  await model.close();
});

test('material can hold no character that means something to whoever shows it', () => {
  const text = materialJson({ text: '<b>\u202e诚\n"' });
  assert.match(text, /^[ -;=?-~]*$/);
  assert.deepEqual(JSON.parse(text), { text: '<b>\u202e诚\n"' });
});
