import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryFolder } from '../../../../test/command.ts';
import { modelAt, modelsIn } from '../../../../test/models.ts';
import type { Behaviour } from '../../../../test/servers/behaviours.ts';
import { startOpenai } from '../../../../test/servers/openai.ts';
import { askRelations, materialOf, openRelationModel } from './ask-relations.ts';
import type { AlignQuestion, AnsweredQuestion } from './judgements.ts';

function question(id: string): AlignQuestion {
  const clause = { id, title: id, level: null, line: 1, text: `${id} ${'x'.repeat(5_000)}` };
  return { first: clause, second: clause, similarity: 0.2, words: [], paired: true };
}

const QUESTIONS = ['a', 'b', 'c', 'd'].map(question);

/** The clause that a request is about. */
function askedAbout(text: string | undefined): string {
  return JSON.parse(text ?? '').first.id;
}

async function answersBy(
  behaviour: Behaviour,
  signal = new AbortController().signal,
): Promise<AnsweredQuestion[]> {
  using folder = temporaryFolder();
  await using server = await startOpenai({ behaviour });
  const model = await openRelationModel(modelsIn(folder), modelAt(server));
  try {
    return await askRelations(model, QUESTIONS, signal);
  } finally {
    await model.close();
  }
}

test('answers stand in the order of the questions, whichever comes first', async () => {
  const last = Promise.withResolvers<void>();
  const answers = await answersBy(async ({ messages }) => {
    const id = askedAbout(messages[1]?.content);
    // The first question is answered after the last one.
    if (id === 'a') await last.promise;
    if (id === 'd') last.resolve();
    return id === 'c' ? 'Well.' : JSON.stringify({ reason: id, relation: 'same' });
  });
  assert.deepEqual(
    answers.map(({ judgement }) => judgement),
    [
      { relation: 'same', reason: 'a' },
      { relation: 'same', reason: 'b' },
      {
        relation: null,
        undetermined: "the judge's answer could not be used, twice: it is no JSON",
        code: 'unusable',
        data: { problem: 'it is no JSON' },
      },
      { relation: 'same', reason: 'd' },
    ],
  );
  assert.ok(QUESTIONS.map(materialOf).every((text) => text.length < 9_000));
});

test('once somebody stops it, nothing more is asked, and the pairs say so', async () => {
  let asked = 0;
  const answers = await answersBy(() => {
    asked++;
    return '{}';
  }, AbortSignal.abort());
  assert.equal(asked, 0);
  assert.deepEqual(
    answers.map(({ judgement }) => (judgement.relation === null ? judgement.code : 'related')),
    Array(4).fill('not-asked'),
  );
});
