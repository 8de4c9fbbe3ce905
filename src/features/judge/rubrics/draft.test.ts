import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RELEASES, sharedData, sharedRelease } from '../../../../test/shared-data.ts';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import { chooseRubrics } from '../../../run/judging/rubric/choose.ts';
import { readRubric } from '../../../run/judging/rubric/read.ts';
import { clausesOf, readSpec } from '../../../spec/index.ts';
import { draftFromSpec } from './draft.ts';
import { printRubric } from './print.ts';

const starter = loadSpec(STARTER_SPEC);

describe('a draft', () => {
  it('should read back without a fault, for every clause of every spec', () => {
    const released = sharedData('model-spec') === null ? [] : RELEASES.map(sharedRelease);
    for (const spec of [starter, ...released.map((source) => readSpec(source))]) {
      for (const clause of clausesOf(spec)) {
        const words = draftFromSpec(clause);
        const text = printRubric(spec, clause, words, 'a test');
        const chosen = chooseRubrics([{ file: clause.id, text }], spec);
        assert.ok('rubrics' in chosen, `#${clause.id}: ${JSON.stringify(chosen)}\n${text}`);
        assert.deepEqual(chosen.notes, []);
        const read = readRubric('draft', text);
        assert.ok('rubric' in read);
        assert.deepEqual([read.rubric.clause, read.rubric.checks], [clause.id, null]);
        assert.equal(read.rubric.is.length, words.is.length, text);
        assert.equal(read.rubric.isNot.length, words.isNot.length, text);
        assert.ok(read.rubric.is.length > 0, `#${clause.id} has nothing under IS`);
      }
    }
  });

  it('should take the clause at its word', () => {
    const clause = clausesOf(starter).find(({ id }) => id === 'ask_before_irreversible');
    assert.ok(clause !== undefined);
    const { is, isNot } = draftFromSpec(clause);
    assert.ok(
      is.includes('Before an irreversible action, the assistant must ask for confirmation.'),
    );
    assert.ok(
      isNot.includes('breaks it: After a confirmation, the assistant must not ask a second time.'),
    );
    assert.ok(
      isNot.includes('marked bad by the authors: asks again for what has just been confirmed'),
    );
    assert.ok(
      !isNot.some((item) => item.includes('cloud storage')),
      'that note is about another clause',
    );
  });
});
