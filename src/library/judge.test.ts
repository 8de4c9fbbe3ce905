import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TenetError } from '../app/errors.ts';
import { defineProvider } from '../model/custom.ts';
import {
  defineJudge,
  type FunctionJudge,
  type FunctionJudgement,
} from '../run/judging/function-judge.ts';
import type { Transcript } from '../run/transcript/view.ts';
import { readSpec } from '../spec/index.ts';
import { type JudgeInput, judge, type Verdict } from './judge.ts';
import { openLedger } from './ledger.ts';

const spec = readSpec(
  '# Be brief {#be_brief authority=user}\n\nSay little.\n\n# Be kind {#be_kind authority=guideline}\n\nBe kind.\n',
);

function transcript(reply: string): Transcript {
  return {
    messages: [
      { id: 'm1', role: 'user', content: 'Tell me of the sea.', source: 'scenario' },
      { id: 'm2', role: 'assistant', content: reply, source: 'subject' },
    ],
    finish: 'stop',
  };
}

const replyOf = ({ messages }: Transcript): string => messages.at(-1)?.content ?? '';

function rule(judged: FunctionJudge['judge'], more: Partial<FunctionJudge> = {}): FunctionJudge {
  return defineJudge({ name: 'rule', version: '1', judge: judged, ...more });
}

const byLength = rule(({ transcript }) => ({
  outcome: replyOf(transcript).length < 10 ? 'adheres' : 'violates',
  reason: replyOf(transcript),
}));

async function verdictsOf(input: Partial<JudgeInput>): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const given = { spec, transcripts: [], judges: [byLength], ...input };
  for await (const verdict of judge(given)) verdicts.push(verdict);
  return verdicts;
}

async function errorOf(input: object): Promise<TenetError> {
  const error = await verdictsOf(input as JudgeInput).then(
    () => assert.fail(`${JSON.stringify(input)} was judged`),
    (reason: unknown) => reason,
  );
  assert.ok(TenetError.is(error), String(error));
  return error;
}

const REPLIES = Array.from({ length: 30 }, (_, at) => (at % 3 === 0 ? 'It is wet.' : `Wet ${at}.`));

describe('judge', () => {
  it('should judge every transcript by every clause, in the order given', async () => {
    const slow = rule(async ({ transcript }) => {
      const number = Number(/\d+/.exec(replyOf(transcript)) ?? 0);
      await new Promise((resolve) => setTimeout(resolve, number % 2 === 0 ? 5 : 0));
      return { outcome: 'adheres', reason: replyOf(transcript) };
    });
    const list = REPLIES.map(transcript);
    async function* later() {
      for (const one of list) {
        await Promise.resolve();
        yield one;
      }
    }
    for (const transcripts of [list, new Set(list), later()]) {
      const verdicts = await verdictsOf({ transcripts, judges: [slow] });
      assert.deepEqual(
        verdicts.map(({ transcript: place, clause, reason }) => [place, clause, reason]),
        REPLIES.flatMap((reply, place) => [
          [place, 'be_brief', reply],
          [place, 'be_kind', reply],
        ]),
      );
    }
  });

  it('should say all that a verdict is', async () => {
    const [verdict] = await verdictsOf({
      transcripts: [transcript('It is wet and blue.')],
      clauses: 'level:user',
    });
    assert.deepEqual(verdict, {
      transcript: 0,
      clause: 'be_brief',
      judge: 'function:rule@1',
      outcome: 'violates',
      severity: 'major',
      reason: 'It is wet and blue.',
      citations: [],
      cause: null,
      cost: 0,
    });
  });

  it('should look citations up, and take no violation that shows nothing', async () => {
    const cites = (quote: string): FunctionJudge =>
      rule(({ clause }) => ({
        outcome: 'violates',
        reason: clause.id,
        citations: [{ message: 'm2', quote }],
      }));
    const one = { transcripts: [transcript('It is wet.')], clauses: 'level:user' };
    const [right] = await verdictsOf({ ...one, judges: [cites('is wet')] });
    assert.partialDeepStrictEqual(right, {
      outcome: 'violates',
      citations: [{ message: 'm2', quote: 'is wet', span: { start: 3, end: 9 } }],
    });
    const [wrong] = await verdictsOf({ ...one, judges: [cites('is dry')] });
    assert.partialDeepStrictEqual(wrong, { outcome: 'unsupported', citations: [{ span: null }] });
  });

  it('should count a function that throws as a judge that could not judge', async () => {
    const moody = rule(({ transcript }) => {
      if (replyOf(transcript) === 'It is wet.') throw new Error('no');
      return { outcome: 'adheres', reason: '' };
    });
    const verdicts = await verdictsOf({ transcripts: REPLIES.map(transcript), judges: [moody] });
    const failed = verdicts.filter(({ cause }) => cause === 'failed');
    assert.equal(failed.length, 20);
    assert.ok(failed.every(({ outcome, reason }) => outcome === 'cannot_judge' && reason === 'no'));
  });

  it('should ask each judge about the clauses that are its own', async () => {
    const own = rule(() => ({ outcome: 'violates', reason: '' }), {
      name: 'kind',
      clauses: ['be_kind'],
    });
    const verdicts = await verdictsOf({
      transcripts: [transcript('Wet.')],
      judges: [byLength, own],
    });
    assert.deepEqual(
      verdicts.map(({ clause, judge: name, outcome }) => [clause, name, outcome]),
      [
        ['be_brief', 'function:rule@1', 'adheres'],
        ['be_kind', 'function:rule@1', 'adheres'],
        ['be_kind', 'function:kind@1', 'violates'],
      ],
    );
  });

  it('should ask models, and take their calls from the ledger that is given', async () => {
    let asked = 0;
    const model = defineProvider({
      name: 'model',
      version: '1',
      call: async ({ messages }) => {
        asked++;
        const { clause } = JSON.parse(messages.at(-1)?.content ?? '');
        const citations = [{ message: 'm2', quote: 'It is wet.' }];
        const outcome = clause === 'be_brief' ? 'violates' : 'adheres';
        const severity = outcome === 'violates' ? 'minor' : null;
        return JSON.stringify({ reason: 'so', outcome, severity, citations });
      },
    });
    await using ledger = await openLedger('memory', { write: true });
    const input = { transcripts: [transcript('It is wet.')], judges: [model, byLength], ledger };
    const verdicts = await verdictsOf(input);
    assert.deepEqual(
      verdicts.map(({ judge: name, outcome, severity }) => [name, outcome, severity]),
      [
        ['custom:model@1', 'violates', 'minor'],
        ['function:rule@1', 'violates', 'major'],
        ['custom:model@1', 'adheres', null],
        ['function:rule@1', 'violates', 'major'],
      ],
    );
    assert.deepEqual(await verdictsOf(input), verdicts);
    assert.equal(asked, 2);
  });

  it('should go no further than it is read, and stop what is under way', async () => {
    let taken = 0;
    let stopped = 0;
    function* all() {
      for (const reply of REPLIES) {
        taken++;
        yield transcript(reply);
      }
    }
    const first = rule(async ({ transcript: { messages } }, { signal }) => {
      if (messages.at(-1)?.content === 'It is wet.') return { outcome: 'adheres', reason: '' };
      return new Promise<FunctionJudgement>((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped++;
          reject(signal.reason);
        });
      });
    });
    for await (const verdict of judge({ spec, transcripts: all(), judges: [first] })) {
      assert.equal(verdict.outcome, 'adheres');
      break;
    }
    assert.ok(taken < REPLIES.length, `${taken} were taken`);
    assert.ok(stopped > 0, 'nothing was stopped');
  });

  it('should end with an error where it is stopped', async () => {
    const controller = new AbortController();
    const never = rule(() => new Promise(() => {}));
    const iterator = judge({
      spec,
      transcripts: [transcript('Wet.')],
      judges: [never],
      signal: controller.signal,
    });
    const next = iterator.next();
    controller.abort();
    await assert.rejects(next, (error) => TenetError.is(error) && error.code === 'calls-stopped');
  });

  it('should hand on what the source of transcripts throws', async () => {
    async function* broken() {
      yield transcript('Wet.');
      throw new RangeError('no more');
    }
    await assert.rejects(verdictsOf({ transcripts: broken() }), /no more/);
  });

  it('should throw a TenetError for what can’t be judged', async () => {
    const wrong: [object, string, RegExp][] = [
      [{ spec: { path: 'spec.md' } }, 'wrong-input', /^spec: must be what readSpec gives/],
      [{ spec: readSpec('No heading.') }, 'no-clause', /no clause/],
      [{ transcripts: {} }, 'wrong-input', /^transcripts: must be a list/],
      [{ transcripts: [{ messages: 'Hello' }] }, 'wrong-input', /^transcripts\.0\.messages: /],
      [
        { transcripts: [{ messages: [{ role: 'user', content: 'Hi' }] }] },
        'wrong-input',
        /^transcripts\.0\.messages\.0\.id: /,
      ],
      [{ clauses: 'level:root' }, 'no-clause-fits', /level:root/],
      [{ judges: [] }, 'no-judge', /name the model that judges/],
      [{ judges: ['gpt-5'] }, 'wrong-model-name', /"gpt-5"/],
      [{ judges: ['sim:subject'] }, 'wrong-part', /sim:subject is no judge/],
      [
        { judges: [rule(() => assert.fail(), { clauses: ['be_breif'] })] },
        'judge-of-nothing',
        /be_breif/,
      ],
    ];
    for (const [input, code, message] of wrong) {
      const error = await errorOf(input);
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
    }
  });
});
