import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RELEASES, sharedRelease, skipUnlessShared } from '../../../../test/shared-data.ts';
import { readSpec, type Spec } from '../../../spec/index.ts';
import { alignSpecs } from './align.ts';
import { openQuestions, withJudgements } from './judgements.ts';
import { stemOf, wordsOf } from './words.ts';

function specOf(clauses: readonly { id: string; title: string; text: string }[]): Spec {
  const text = clauses.map(
    ({ id, title, text: words }) => `## ${title} {#${id} authority=user}\n\n${words}\n`,
  );
  return readSpec({ file: 'made-up.md', bytes: new TextEncoder().encode(text.join('\n')) });
}

const words = fc.constantFrom(
  'honest',
  'praise',
  'privacy',
  'weapon',
  'format',
  'the',
  '诚实',
  '…',
);
const clauses = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{1,6}$/),
    title: fc.constantFrom('Be honest', 'Be brief', 'Be kind'),
    text: fc.array(words, { maxLength: 8 }).map((list) => list.join(' ')),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 30 },
);

test('a spec beside itself: every clause is the partner of itself alone, also where clauses say the same', () => {
  fc.assert(
    fc.property(clauses, (list) => {
      const spec = specOf(list);
      const { pairs, onlyFirst, onlySecond } = alignSpecs(spec, spec);
      assert.deepEqual([onlyFirst, onlySecond], [[], []]);
      assert.deepEqual(
        pairs.map(({ first, second, similarity }) => [first.id, second.id, similarity]),
        list.map(({ id }) => [id, id, 1]),
      );
    }),
  );
});

test('whatever two specs say: each clause is in a pair or alone, and the other way round is the same', () => {
  fc.assert(
    fc.property(clauses, clauses, (one, other) => {
      const [first, second] = [specOf(one), specOf(other)];
      const there = alignSpecs(first, second);
      for (const [side, lone, list] of [
        ['first', there.onlyFirst, one],
        ['second', there.onlySecond, other],
      ] as const) {
        const paired = new Set(there.pairs.map((pair) => pair[side].id));
        for (const { id } of lone) assert.ok(!paired.has(id), id);
        assert.equal(paired.size + lone.length, list.length);
      }
      const back = alignSpecs(second, first);
      assert.equal(back.pairs.length, there.pairs.length);
      for (const { similarity } of there.pairs) assert.ok(similarity >= 0 && similarity <= 1);
    }),
  );
});

test('releases of one spec: text alone finds the clauses that kept their id', (t) => {
  if (skipUnlessShared(t)) return;
  const [april, september, december] = RELEASES.map((version) => readSpec(sharedRelease(version)));
  if (!april || !september || !december) throw new Error('a release is missing');
  for (const [older, newer] of [
    [april, september],
    [april, december],
    [september, december],
  ] as const) {
    const ids = (spec: Spec) =>
      spec.sections.filter(({ isClause }) => isClause).map(({ id }) => id);
    const both = new Set(ids(older).filter((id) => ids(newer).includes(id)));
    const pairs = alignSpecs(older, newer).pairs.filter(({ match }) => match !== 'further');
    const right = pairs.filter(({ first, second }) => first.id === second.id);
    const concerned = pairs.filter(
      ({ first, second }) => both.has(first.id) || both.has(second.id),
    );
    t.diagnostic(
      `${older.version} and ${newer.version}: recall ${right.length}/${both.size}, precision ${right.length}/${concerned.length}`,
    );
    assert.ok(right.length / both.size >= 0.95 && right.length / concerned.length >= 0.95);
  }
  const renamed = alignSpecs(april, december).pairs.map(({ first, second }) => [
    first.id,
    second.id,
  ]);
  assert.ok(
    renamed.some(
      ([from, to]) =>
        from === 'protect_privileged_messages' && to === 'protect_privileged_information',
    ),
  );
});

const FIRST = specOf([
  {
    id: 'no_flattery',
    title: 'Do not flatter',
    text: 'Praise only what is good. Disagree where the user is wrong.',
  },
  { id: 'weapons', title: 'No weapons', text: 'Never help with chemical weapons.' },
  { id: 'names', title: 'Names', text: 'Call people by the names they choose.' },
  { id: 'colour', title: 'Colour', text: 'Answer in blue ink.' },
]);
const SECOND = specOf([
  { id: 'sycophancy', title: 'Avoid sycophancy', text: 'Empty praise helps nobody.' },
  {
    id: 'hazards',
    title: 'Information hazards',
    text: 'No recipes for chemical or biological weapons.',
  },
  { id: 'pronouns', title: 'Pronouns', text: 'Respect how people choose to be addressed.' },
  { id: 'weather', title: 'Weather', text: 'Rain falls.' },
]);

test('different names of one subject meet in their topic, and the shared words say why', () => {
  const { pairs } = alignSpecs(FIRST, SECOND);
  const flattery = pairs.find(({ first }) => first.id === 'no_flattery');
  assert.equal(flattery?.second.id, 'sycophancy');
  assert.ok(flattery?.words.includes('praise'));
  assert.ok(pairs.some(({ first, second }) => first.id === 'weapons' && second.id === 'hazards'));
});

test('a judge parts pairs, joins lone clauses, and leaves open what it cannot tell', () => {
  const alignment = alignSpecs(FIRST, SECOND, { least: 0.2, clear: 2 });
  const questions = openQuestions(FIRST, SECOND, alignment);
  const answers = questions.map((question) => ({
    question,
    judgement:
      question.first.id === 'weapons'
        ? { relation: null, undetermined: 'refused: no', code: 'refused', data: { reason: 'no' } }
        : question.paired
          ? { relation: 'unrelated' as const, reason: 'no' }
          : { relation: 'broader' as const, reason: 'yes' },
  }));
  const judged = withJudgements(alignment, { model: 'x:y', simulated: false }, answers);
  assert.equal(judged.judge?.asked, questions.length);
  assert.equal(judged.judge?.undetermined, 1);
  const partnersOf = (wanted: string) =>
    judged.pairs.filter(({ first }) => first.id === wanted).map(({ second }) => second.id);
  assert.deepEqual(partnersOf('weapons'), ['hazards']);
  const unpaired = alignment.pairs.map(({ first }) => first.id).filter((id) => id !== 'weapons');
  for (const id of unpaired) {
    if (partnersOf(id).length === 0) assert.ok(judged.onlyFirst.some((clause) => clause.id === id));
  }
  for (const [side, lone] of [
    ['first', judged.onlyFirst],
    ['second', judged.onlySecond],
  ] as const) {
    const paired = new Set(judged.pairs.map((pair) => pair[side].id));
    assert.equal(paired.size + lone.length, 4);
  }
});

test('words: forms of one word meet, markup and addresses are no words, unspaced scripts have words too', () => {
  for (const [one, other] of [
    ['lies', 'lie'],
    ['planning', 'plan'],
    ['clarify', 'clarifies'],
    ['manipulation', 'manipulate'],
    ['uncertainties', 'uncertainty'],
    ['caring', 'care'],
  ] as const) {
    assert.equal(stemOf(one), stemOf(other), `${one}, ${other}`);
  }
  assert.notEqual(stemOf('user'), stemOf('use'));
  const found = wordsOf('See [privacy](https://example.com/secret) 诚实回答 <!-- hidden -->');
  assert.deepEqual(
    found.map(({ written }) => written),
    ['privacy', '诚实', '实回', '回答'],
  );
});
