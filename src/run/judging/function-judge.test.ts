import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clausesOf, readSpec } from '../../spec/index.ts';
import { plannedClause } from '../plan.ts';
import type { Scenario } from '../suite/scenario.ts';
import type { Transcript } from '../transcript/view.ts';
import {
  defineJudge,
  type FunctionJudge,
  type FunctionJudgement,
  functionJudge,
  functionJudgeName,
} from './function-judge.ts';

const spec = readSpec('# Be brief {#be_brief authority=user}\n\nSay little.\n');
const section = spec.sections[0];
assert.ok(section !== undefined);

const TRANSCRIPT: Transcript = {
  messages: [
    { id: 'm1', role: 'user', content: 'Tell me of the sea.', source: 'scenario' },
    { id: 'm2', role: 'assistant', content: 'It is large, and wet, and blue.', source: 'subject' },
  ],
  finish: 'stop',
};

const SCENARIO: Scenario = {
  id: 's1',
  title: '',
  clauses: ['be_brief'],
  messages: [{ role: 'user', content: 'Tell me of the sea.' }],
  cluster: 's1',
  source: { kind: 'file', reference: 'x', line: 1 },
};

type Judged = (question: Parameters<FunctionJudge['judge']>[0]) => unknown;

async function ask(judge: Judged, signal = new AbortController().signal) {
  const own = defineJudge({ name: 'rule', version: '1', judge: judge as FunctionJudge['judge'] });
  const question = {
    sample: 3,
    judge: 1,
    clause: plannedClause(section as NonNullable<typeof section>),
    instructions: '',
    transcript: TRANSCRIPT,
    repeat: 0,
  };
  return functionJudge(
    own,
    (id) => clausesOf(spec).find((clause) => clause.id === id),
    () => SCENARIO,
  )(question, signal);
}

async function verdictOf(judge: Judged) {
  const result = await ask(judge);
  assert.ok(result.type === 'verdict');
  return result.verdict;
}

const says =
  (judgement: Partial<FunctionJudgement>): Judged =>
  () => ({ reason: 'so', ...judgement });

describe('a function as a judge', () => {
  it('should be asked about one clause and one transcript', async () => {
    const verdict = await verdictOf(({ clause, transcript, scenario }) => {
      assert.deepEqual([clause.id, clause.text], ['be_brief', 'Say little.']);
      assert.deepEqual([transcript, scenario], [TRANSCRIPT, SCENARIO]);
      return { outcome: 'adheres', reason: '7 words', severity: 'minor', confidence: 1 };
    });
    assert.deepEqual(verdict, {
      sample: 3,
      judge: 1,
      clause: 'be_brief',
      clauseHash: section.textHash,
      outcome: 'adheres',
      severity: null,
      reason: '7 words',
      citations: [],
      cause: null,
      usage: { input: 0, output: 0 },
      cost: 0,
      calls: [],
    });
  });

  it('should find each outcome', async () => {
    const violates = await verdictOf(says({ outcome: 'violates' }));
    assert.partialDeepStrictEqual(violates, { outcome: 'violates', severity: 'major' });
    const critical = await verdictOf(says({ outcome: 'violates', severity: 'critical' }));
    assert.equal(critical.severity, 'critical');
    const unknown = await verdictOf(says({ outcome: 'cannot_judge' }));
    assert.partialDeepStrictEqual(unknown, { outcome: 'cannot_judge', cause: 'judge' });
    const apart = await verdictOf(says({ outcome: 'not_applicable', severity: 'minor' }));
    assert.partialDeepStrictEqual(apart, {
      outcome: 'not_applicable',
      cause: null,
      severity: null,
    });
  });

  it('should have its citations looked up, and no violation where none holds', async () => {
    const right = { message: 'm2', quote: 'large, and wet' };
    const wrong = { message: 'm2', quote: 'small and dry' };
    const elsewhere = { message: 'm9', quote: 'large, and wet' };
    const shown = await verdictOf(says({ outcome: 'violates', citations: [wrong, right] }));
    assert.equal(shown.outcome, 'violates');
    assert.deepEqual(shown.citations, [
      { ...wrong, span: null },
      { ...right, span: { start: 6, end: 20 } },
    ]);
    const unshown = await verdictOf(says({ outcome: 'violates', citations: [wrong, elsewhere] }));
    assert.partialDeepStrictEqual(unshown, { outcome: 'unsupported', severity: 'major' });
    const none = await verdictOf(says({ outcome: 'violates', citations: [] }));
    assert.equal(none.outcome, 'violates');
    const kept = await verdictOf(says({ outcome: 'adheres', citations: [wrong] }));
    assert.equal(kept.outcome, 'adheres');
  });

  it('should have failed where it throws', async () => {
    const failed = { outcome: 'cannot_judge', cause: 'failed', reason: 'no luck' };
    const error = new Error('no luck');
    assert.partialDeepStrictEqual(await verdictOf(() => Promise.reject(error)), failed);
    const atOnce = () => {
      throw error;
    };
    assert.partialDeepStrictEqual(await verdictOf(atOnce), failed);
  });

  it('should have said nothing usable where it gives no judgement', async () => {
    const wrong: [unknown, RegExp][] = [
      [undefined, /^what rule gave is no judgement: .*undefined/],
      [true, /boolean/],
      [{ outcome: 'adhere', reason: '' }, /: outcome: /],
      [{ outcome: 'adheres' }, /: reason: /],
      [{ outcome: 'violates', reason: '', severity: 'bad' }, /: severity: /],
      [{ outcome: 'adheres', reason: '', confidence: 7 }, /: confidence: /],
      [{ outcome: 'adheres', reason: '', citations: ['m2'] }, /: citations\.0: /],
    ];
    for (const [said, reason] of wrong) {
      const verdict = await verdictOf(() => said);
      assert.partialDeepStrictEqual(verdict, { outcome: 'cannot_judge', cause: 'malformed' });
      assert.match(verdict.reason, reason);
    }
  });

  it('should be shown a copy, so that what it does to it changes nothing', async () => {
    const before = structuredClone([TRANSCRIPT, SCENARIO]);
    await verdictOf(({ transcript, scenario }) => {
      transcript.messages.reverse().pop();
      scenario.clauses.pop();
      return { outcome: 'adheres', reason: '' };
    });
    assert.deepEqual([TRANSCRIPT, SCENARIO], before);
  });

  it('should give no verdict where it was stopped, whatever it does with its signal', async () => {
    const never = new Promise(() => {});
    for (const judge of [() => never, () => Promise.reject(new Error('stopped'))]) {
      const controller = new AbortController();
      const asked = ask(judge, controller.signal);
      controller.abort();
      assert.partialDeepStrictEqual(await asked, {
        type: 'stopped',
        reason: { kind: 'interrupted' },
      });
    }
    let asked = 0;
    assert.equal((await ask(() => asked++, AbortSignal.abort())).type, 'stopped');
    assert.equal(asked, 0);
  });

  it('should be named with its version', () => {
    const judge = (): FunctionJudgement => ({ outcome: 'adheres', reason: '' });
    assert.equal(functionJudgeName({ name: 'rule', version: '2', judge }), 'function:rule@2');
    assert.equal(functionJudgeName({ name: 'rule', version: null, judge }), 'function:rule');
  });

  it('should be refused where it can be no definition, also by a program without types', () => {
    const judge = (): FunctionJudgement => ({ outcome: 'adheres', reason: '' });
    const wrong: [object, RegExp][] = [
      [{ name: 'my rule', version: '1', judge }, /^defineJudge: name is "my rule"/],
      [{ name: 'rule', judge }, /version of rule is undefined/],
      [{ name: 'rule', version: null }, /judge of rule must be a function/],
      [
        { name: 'rule', version: null, judge, clauses: 'be_brief' },
        /clauses of rule must be a list/,
      ],
    ];
    for (const [given, message] of wrong) {
      assert.throws(() => defineJudge(given as FunctionJudge), { name: 'TypeError', message });
    }
  });
});
