import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calibrationOn, judgeNamed, starter } from '../planted.fixture.ts';
import { besideAll, ownQuestions } from './own-questions.ts';

const { questions } = calibrationOn(starter, { batch: 2 });
const rule = { ...judgeNamed('sim:judge'), by: 'function' as const, clauses: ['do_not_flatter'] };

describe('the questions of one judge', () => {
  it('should be all of them for a model', () => {
    assert.equal(ownQuestions(questions, judgeNamed('sim:judge'), starter), questions);
  });

  it('should be single replies under its clauses for a function', () => {
    const own = ownQuestions(questions, rule, starter);
    assert.ok(own.items.length > 0);
    assert.ok(own.items.every(({ clause }) => clause.id === 'do_not_flatter'));
    assert.deepEqual([own.pairs, own.batches], [[], undefined]);
    const again = ({ items, retest }: typeof own) => retest.map((place) => items[place]?.id);
    const ofAll = new Set(again(questions));
    assert.ok(again(own).every((id) => ofAll.has(id)));
    const { clauses: _, ...every } = rule;
    assert.equal(ownQuestions(questions, every, starter).items.length, questions.items.length);
    const gone = { ...starter, sections: starter.sections.filter(({ id }) => id === 'honesty') };
    assert.equal(ownQuestions(questions, every, gone).items.length, 0, 'clauses that are gone');
  });

  it('should find their answers among those to all', () => {
    const own = ownQuestions(questions, rule, starter);
    const verdicts = own.items.map(({ clause }, sample) => ({ sample, clause: clause.id }));
    const beside = besideAll({ verdicts: verdicts as never }, own, questions).verdicts;
    assert.equal(beside.length, questions.items.length);
    assert.deepEqual(
      beside.filter((one) => one !== null),
      verdicts,
    );
  });
});
