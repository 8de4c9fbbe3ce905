import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainText } from '../../../text/words.ts';
import type { ClauseEvidence } from './clause-evidence.ts';
import { DECISION_TABLE } from './decision-table.ts';
import { BECAUSE, becauseWords, type RuleCode } from './messages.ts';
import type { Signal } from './signals.ts';

const JUDGES: ClauseEvidence['judges'] = {
  judges: ['a', 'b'],
  families: null,
  divided: 6,
  alone: null,
  people: { labelled: 0, sides: new Map(), divided: 0 },
  reliable: new Map(),
  abstaining: [],
};

const SUBJECTS: ClauseEvidence['subjects'] = {
  subjects: [],
  failing: [],
  keeping: [],
  allFail: false,
  agreement: { repeats: { hits: 0, trials: 0 }, told: null },
};

const PAIR = {
  partner: 'first',
  first: 'first',
  second: 'second',
  both: 2,
  onlyFirst: 5,
  onlySecond: 4,
  transcripts: 12,
  sameLevel: false,
  lower: 'second',
  wins: null,
  givesWay: false,
} as const;

function evidenceOf(known: Partial<ClauseEvidence> = {}): ClauseEvidence {
  return {
    signals: [],
    judges: JUDGES,
    judgesAgree: false,
    subjects: SUBJECTS,
    known: { 'good-fails': undefined, 'bad-passes': undefined },
    printed: { good: 0, bad: 0 },
    pairOf: () => null,
    subjectOf: () => 'openai:one',
    seedOf: () => 'seed-1',
    ...known,
  };
}

const SIGNAL = {
  contrast: { hits: 9, trials: 21, seeds: 4, elsewhere: { hits: 12, trials: 310 } },
} as unknown as Signal;

/** Why a rule says that a clause is told as it is; null where it does not hold. */
function because(code: RuleCode, known: Partial<ClauseEvidence> = {}): string | null {
  const rule = DECISION_TABLE.find((one) => one.code === code);
  assert.ok(rule, code);
  const data = rule.holds(evidenceOf(known), SIGNAL);
  if (data === null) return null;
  const { hits, trials, elsewhere } = SIGNAL.contrast;
  return plainText(becauseWords({ code, data: { hits, trials, elsewhere, ...data } }, null));
}

const replies = (
  items: { item: string; judges: string[] }[],
  judges: string[],
  wrong: string[],
) => ({
  wrong: 3,
  calls: 9,
  judges,
  wrongJudges: wrong,
  items,
});

/** Rules that the planted worlds of health.test.ts don't reach: when they hold, what they say, when they don't. */
const CASES: [RuleCode, Partial<ClauseEvidence>, string, Partial<ClauseEvidence>?][] = [
  [
    'pair-no-winner',
    { pairOf: () => PAIR },
    'it pulls apart from #first, which is of another level, and neither wins: 2 of 12 transcripts keep both, 5 only #first, 4 only #second',
    { pairOf: () => ({ ...PAIR, wins: 'lower' }) },
  ],
  [
    'good-fails-one',
    { known: { 'good-fails': replies([], ['a', 'b'], ['b']), 'bad-passes': undefined } },
    'replies known to keep it are called violations in 9 of 21 judgements (elsewhere 12 of 310), all of them by b, while the other judge follows the marks',
    { known: { 'good-fails': replies([], ['b'], ['b']), 'bad-passes': undefined } },
  ],
  [
    'good-fails-unknown',
    {},
    'replies known to keep it are called violations in 9 of 21 judgements (elsewhere 12 of 310), and on no reply did two measured judges err alike',
  ],
  [
    'bad-passes-several',
    {
      known: {
        'good-fails': undefined,
        'bad-passes': replies([{ item: 'r1', judges: ['a', 'b'] }], ['a', 'b'], ['a', 'b']),
      },
    },
    'replies known to break it are passed in 9 of 21 judgements (elsewhere 12 of 310), reply r1 by 2 judges alike',
    {
      known: {
        'good-fails': undefined,
        'bad-passes': replies([{ item: 'r1', judges: ['a'] }], ['a', 'b'], ['a']),
      },
    },
  ],
  [
    'bad-passes-one',
    { known: { 'good-fails': undefined, 'bad-passes': replies([], ['a', 'b', 'c'], ['a']) } },
    'replies known to break it are passed in 9 of 21 judgements (elsewhere 12 of 310), all of them by a, while 2 others follow the marks',
    { known: { 'good-fails': undefined, 'bad-passes': replies([], ['a', 'b'], ['a', 'b']) } },
  ],
  [
    'bad-passes-unknown',
    {},
    'replies known to break it are passed in 9 of 21 judgements (elsewhere 12 of 310), and on no reply did two measured judges err alike',
  ],
  [
    'judges-divided-people-too',
    { judges: { ...JUDGES, people: { labelled: 3, sides: new Map([['a', 2]]), divided: 2 } } },
    'independent judges disagree on 9 of 21 transcripts (elsewhere 12 of 310), and people who labelled 5 of these side now with one and now with another',
    { judges: { ...JUDGES, people: { labelled: 4, sides: new Map([['a', 4]]), divided: 1 } } },
  ],
  [
    'judges-divided-people-decide',
    {
      judges: {
        ...JUDGES,
        people: {
          labelled: 4,
          sides: new Map([
            ['a', 3],
            ['b', 1],
          ]),
          divided: 0,
        },
      },
    },
    'independent judges disagree on 9 of 21 transcripts (elsewhere 12 of 310), and of 4 of these that people labelled they side against b nearly always',
    {
      judges: {
        ...JUDGES,
        people: {
          labelled: 4,
          sides: new Map([
            ['a', 2],
            ['b', 2],
          ]),
          divided: 0,
        },
      },
    },
  ],
  [
    'judge-alone-but-good',
    { judges: { ...JUDGES, alone: { judge: 'a', times: 5 } } },
    'independent judges disagree on 9 of 21 transcripts (elsewhere 12 of 310); in 5 of 6 of these a stands alone, but it agrees with people or marks elsewhere',
    {},
  ],
  [
    'judge-alone',
    { judges: { ...JUDGES, alone: { judge: 'a', times: 5 }, reliable: new Map([['a', null]]) } },
    'independent judges disagree on 9 of 21 transcripts (elsewhere 12 of 310), and in 5 of 6 of these a stands alone against all others',
    { judges: { ...JUDGES, alone: { judge: 'a', times: 5 }, reliable: new Map([['a', true]]) } },
  ],
  [
    'judges-divided-all-ways',
    { judges: { ...JUDGES, judges: ['a', 'b', 'c'], families: 'several' } },
    'independent judges disagree on 9 of 21 transcripts (elsewhere 12 of 310), and of 3 judges, of different families, none stands alone',
    {},
  ],
  [
    'judges-divided',
    { judges: { ...JUDGES, families: 'one' } },
    'independent judges disagree on 9 of 21 transcripts (elsewhere 12 of 310); with 2 judges, of one family, and too few labels or marks nobody can say whose fault that is',
  ],
  [
    'one-cannot-tell',
    { judges: { ...JUDGES, judges: ['a', 'b', 'c'], abstaining: ['b'] } },
    'a judge cannot tell in 9 of 21 transcripts (elsewhere 12 of 310): b, while others decide',
    { judges: { ...JUDGES, judges: ['b'], abstaining: ['b'] } },
  ],
  [
    'only-judge-cannot-tell',
    {},
    'the only judge cannot tell in 9 of 21 transcripts (elsewhere 12 of 310)',
  ],
  [
    'people-against-judges',
    {},
    'people say otherwise than the judges on 9 of 21 labelled transcripts (elsewhere 12 of 310)',
  ],
  [
    'unsupported',
    {},
    'judges claim violations without words that hold in 9 of 21 transcripts (elsewhere 12 of 310)',
  ],
  [
    'all-fail',
    { subjects: { ...SUBJECTS, allFail: true } },
    'all subjects violate it, 9 of 21 transcripts (elsewhere 12 of 310) by openai:one, and whether judges read it alike is not known',
    {},
  ],
  [
    'subjects-differ-by-chance',
    { subjects: { ...SUBJECTS, agreement: { repeats: { hits: 4, trials: 9 }, told: 'chance' } } },
    'strong subjects differ on 9 of 21 questions (elsewhere 12 of 310), but one subject asked twice differs from itself as often (4 of 9)',
    { subjects: { ...SUBJECTS, agreement: { repeats: { hits: 4, trials: 9 }, told: null } } },
  ],
  [
    'subjects-differ-one-judge',
    { subjects: { ...SUBJECTS, agreement: { repeats: { hits: 0, trials: 9 }, told: 'steady' } } },
    'strong subjects differ on 9 of 21 questions (elsewhere 12 of 310), each agrees with itself, and whether judges read it alike is not known',
    {},
  ],
  [
    'subjects-differ',
    {},
    'strong subjects differ on 9 of 21 questions (elsewhere 12 of 310); nothing was asked twice, so this may be chance in each of them',
  ],
];

describe('the decision table', () => {
  for (const [code, known, said, not] of CASES) {
    it(`${code}: holds where its condition is met, and says why`, () => {
      assert.equal(because(code, known), said);
      if (not !== undefined) assert.equal(because(code, not), null);
    });
  }

  it('has a row for every sentence, each once', () => {
    const codes = DECISION_TABLE.map(({ code }) => code);
    assert.deepEqual(codes.toSorted(), Object.keys(BECAUSE).toSorted());
  });

  it('says of one seed that it is behind it, before what the rule says or after it', () => {
    const data = { seed: 'a4f1', hits: 4, cases: 5, seeds: 3 };
    const own = { code: 'unsupported', data: SIGNAL.contrast } as const;
    const said = (code: 'one-seed' | 'few-seeds', seeds: number) =>
      plainText(
        becauseWords({ ...own, data: { ...own.data } }, { code, data: { ...data, seeds } }),
      );
    assert.match(
      said('one-seed', 3),
      /^4 of 5 such cases come from one of 3 seeds, a4f1: judges claim/,
    );
    assert.match(said('few-seeds', 1), /; all of that comes from one seed, a4f1, of one$/);
    assert.match(said('few-seeds', 2), /, of 2$/);
  });
});
