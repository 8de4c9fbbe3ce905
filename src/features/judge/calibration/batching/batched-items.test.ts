import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { batchRequest } from '../../../../run/judging/batch/prompt.ts';
import type { JudgeQuestion } from '../../../../run/judging/judge.ts';
import { judgeInstructions } from '../../../../run/judging/judge-prompt.ts';
import { markedItems } from '../items/items.ts';
import { starter } from '../planted.fixture.ts';
import { batchedItems } from './batched-items.ts';

function questionOn(
  clause: string,
  { transcript }: Pick<JudgeQuestion, 'transcript'>,
): JudgeQuestion {
  return {
    sample: 0,
    judge: 0,
    clause: { id: clause, title: '', level: null, kind: null, hash: '', line: 1 },
    instructions: judgeInstructions(`# The clause\n\nid: ${clause}`),
    transcript,
    repeat: 0,
  };
}

describe('an item among other clauses', () => {
  it('should not give away what is right to say of an item, in any of its clauses', () => {
    const { items } = markedItems(starter, { simulated: false });
    const batches = batchedItems(starter, items, 4, { seed: 1, rubrics: [] });
    const places = new Set<number>();
    assert.ok(batches.length > 90);
    for (const { item: place, questions } of batches) {
      const item = items[place];
      assert.ok(item !== undefined && questions.length === 4);
      assert.equal(new Set(questions.map(({ clause }) => clause.id)).size, 4);
      places.add(questions.findIndex(({ clause }) => clause.id === item.clause.id));
      const asked = questions.map((one) => ({ ...questionOn(one.clause.id, item), ...one }));
      const told = batchRequest(asked, { parameters: {} }).messages[0]?.content ?? '';
      for (const { transcript } of items.filter(({ cluster }) => cluster === item.cluster)) {
        const reply = transcript.messages.at(-1)?.content ?? '';
        assert.ok(reply.length < 12 || !told.includes(reply), `${item.id}: ${reply}`);
      }
    }
    assert.deepEqual([...places].sort(), [0, 1, 2, 3]);
  });
});
