import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TenetError } from '../../../app/errors.ts';
import { readSpec, type Spec } from '../../../spec/index.ts';
import { prepareCalibration } from './index.ts';
import { calibrationOn, starter } from './planted.fixture.ts';
import type { CalibrationChoice } from './prepare.ts';

function specOf(text: string, file = 'small.md', version: string | null = null): Spec {
  return { ...readSpec({ file, bytes: new TextEncoder().encode(text) }), version };
}

const bare = specOf('# S\n\n## A {#a authority=user}\n\nBe kind.\n');

function errorOf(choice: Partial<CalibrationChoice>, spec = starter): TenetError {
  let found: unknown = null;
  assert.throws(
    () => calibrationOn(spec, choice),
    (error) => {
      found = error;
      return true;
    },
  );
  return found as TenetError;
}

describe('what judges are measured on', () => {
  it('should be all marked replies where nothing else is said', () => {
    const { questions, excluded } = prepareCalibration({
      spec: starter,
      judges: [],
      seed: 0,
      rubrics: [],
      labelled: [],
      retest: 0,
      pairs: true,
      earlier: [],
    });
    assert.deepEqual([questions.items.length, questions.retest, excluded], [107, [], {}]);
    assert.ok(questions.pairs.length > 30);
  });

  it('should be so many replies, pairs, questions asked twice and batches as are wanted', () => {
    const { questions, pairsWanted, retestWanted } = calibrationOn(starter, {
      limit: 12,
      retest: 5,
      pairs: false,
      batch: 3,
    });
    const { items, retest, pairs, batches } = questions;
    assert.deepEqual([items.length, retest.length, pairs.length], [12, 5, 0]);
    assert.deepEqual([pairsWanted, retestWanted], [false, true]);
    assert.equal(batches?.size, 3);
    assert.ok(retest.every((place, index) => index === 0 || place > (retest[index - 1] ?? 0)));
    const other = calibrationOn(starter, { limit: 12, seed: 1 }).questions.items;
    assert.notDeepEqual(
      other.map(({ id }) => id),
      items.map(({ id }) => id),
    );
    assert.equal(calibrationOn(starter, { batch: 1 }).questions.batches, undefined);
    const only = calibrationOn(starter, { clauses: new Set(['do_not_flatter']) }).questions.items;
    assert.ok(only.length > 2 && only.every(({ clause }) => clause.id === 'do_not_flatter'));
  });

  it('should be spread over the clauses where it is limited', () => {
    const { items } = calibrationOn(starter, { limit: 20 }).questions;
    assert.ok(new Set(items.map(({ clause }) => clause.id)).size >= 8);
  });

  it('should be refused where it is nothing, with what to do', () => {
    const nothing = errorOf({}, bare);
    assert.equal(nothing.code, 'nothing-to-ask');
    assert.match(nothing.message, /^small\.md: there is no marked reply, so .*GOOD and BAD/);
    const narrowed = errorOf({ clauses: new Set(['a']) }, bare);
    assert.match(narrowed.message, /no marked reply under these clauses/);
    const unusable = specOf(
      '# S\n\n## A {#a authority=user}\n\nBe kind.\n\n**Example**: e\n\n~~~xml\n<user>\nHi\n</user>\n<comparison>\n<assistant>\nHello.\n</assistant>\n</comparison>\n~~~\n',
    );
    assert.match(
      errorOf({}, unusable).message,
      /no marked reply that can be put to a judge \(of 1\)/,
    );
  });

  it('should be refused where batches are larger than the spec', () => {
    const clauses = starter.sections.filter(({ isClause }) => isClause).length;
    const error = errorOf({ batch: 1_000 });
    assert.equal(error.code, 'batch-too-large');
    assert.ok(error.message.startsWith('--batch 1000: '));
    assert.ok(error.message.endsWith(`Give --batch ${clauses} or less.`));
    const id = starter.sections.find(({ isClause }) => isClause)?.id ?? '';
    const rubric = { clause: id, name: 'r@1', hash: '', text: '', byCode: true };
    assert.deepEqual(errorOf({ batch: 1_000, rubrics: [rubric] }).data.clauses, clauses - 1);
  });

  it('should be dated by releases with a date, earlier than the spec itself', () => {
    const at = (version: string | null) => ({
      file: `${version}/s.md`,
      spec: { ...bare, version },
    });
    const spec = { ...starter, version: '2025-12-18' };
    const codes = [
      errorOf({ cutoff: 'soon' }, spec),
      errorOf({ cutoff: '2025-01-01' }, bare),
      errorOf({ earlier: [at(null)] }, spec),
      errorOf({ earlier: [at('draft')] }, spec),
      errorOf({ earlier: [at('2025-04-11'), at('2025-12-18')] }, spec),
    ].map(({ code }) => code);
    assert.deepEqual(codes, [
      'cutoff-no-date',
      'release-undated',
      'release-undated',
      'release-undated',
      'release-not-earlier',
    ]);
    const { questions, dated, cutoff } = calibrationOn(spec, {
      earlier: [at('2025-04-11')],
      cutoff: '2025-09-01',
    });
    assert.deepEqual([dated, cutoff], [true, '2025-09-01']);
    assert.ok(questions.items.every(({ release }) => release === '2025-12-18'));
  });
});
