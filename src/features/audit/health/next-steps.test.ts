import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainText } from '../../../text/words.ts';
import { type HealthEvidence, noEvidence } from './evidence.ts';
import { stepWords } from './messages.ts';
import { type Step, stepFor, stepsForMore } from './next-steps.ts';
import type { NextStep } from './rule.ts';
import type { Signal } from './signals.ts';
import { worldSpec } from './world.fixture.ts';

const model = (name: string) => ({ name, label: name, family: null });

const EVIDENCE: HealthEvidence = {
  ...noEvidence(worldSpec({ levels: ['user', 'user', 'user'] })),
  runs: [
    { id: 'r1', version: '1', subjects: ['A', 'B'], judges: ['J', 'K'], repeats: 3, verdicts: 9 },
    { id: 'r2', version: '1', subjects: ['A'], judges: ['J'], repeats: 4, verdicts: 9 },
  ],
  subjects: [model('A'), model('B')],
  judges: [model('J'), model('K')],
  transcripts: ['r1', 'r1', 'r2'].map((run, index) => ({
    run,
    id: `t${index}`,
    subject: 0,
    question: 'q',
    repeat: 0,
    scenario: 's',
    cluster: 0,
  })),
};

const NAMES = { file: 'spec.md', dialect: undefined, ledger: 'l.db' };

function step(next: NextStep, of: Partial<HealthEvidence> = {}, seen = [0, 1, 2]): Step {
  const signal = { contrast: { evidence: seen } } as unknown as Signal;
  const situation = { evidence: { ...EVIDENCE, ...of }, names: NAMES };
  return stepFor(situation, { clause: 1, partner: null, next, signal });
}

const line = ({ words }: Step): string => words?.join(' ') ?? '';

describe('what comes next', () => {
  const audit = 'tenet audit --spec spec.md --subject A --judge J --clauses c1';
  const calibrate = 'tenet judge calibrate --judge JUDGE --spec spec.md --clauses c1 --ledger l.db';
  const label = 'tenet label r1 --sample disagreements:30 --clauses c1 --ledger l.db';
  const again = 'tenet judge again r1 --judge JUDGE --ledger l.db';
  const cases: [NextStep, string][] = [
    ['say-which-gives-way', `${audit} --ledger l.db`],
    ['print-examples', `${audit} --ledger l.db`],
    ['write-scenarios', `${audit} --suite MORE.jsonl --ledger l.db`],
    ['mend-scenarios', `${audit} --suite MORE.jsonl --ledger l.db`],
    ['repeat-samples', `${audit} --repeats 8 --ledger l.db`],
    ['another-subject-or-repeats', `${audit} --repeats 8 --ledger l.db`],
    [
      'ask-another-subject',
      'tenet audit --spec spec.md --judge J --clauses c1 --subject MODEL --ledger l.db',
    ],
    ['calibrate-another-judge', calibrate],
    ['change-words-or-mark', calibrate],
    ['label-disagreements', label],
    ['say-which-reading', label],
    ['add-judge', again],
    ['judge-by-another', again],
    ['read-transcript', 'tenet show r1 t0 --ledger l.db'],
  ];
  for (const [next, command] of cases) {
    it(`${next}: a command about the clause, in the run that most of the evidence is from`, () => {
      assert.equal(line(step(next)), command);
    });
  }

  it('names what the reader has to put in place of what', () => {
    const { said, words } = step('another-subject-or-repeats', { subjects: [model('A')] });
    assert.equal(plainText(stepWords(said)), 'Another subject decides: put its name for MODEL.');
    assert.ok(words?.includes('MODEL'));
  });

  it('has no command where there is nothing to run it on', () => {
    assert.equal(step('add-judge', { runs: [], transcripts: [] }, []).words, null);
    assert.equal(step('label-disagreements', { runs: [], transcripts: [] }, []).words, null);
    assert.equal(step('read-transcript', {}, []).words, null);
    const alone = step('label-disagreements', {}, [2]);
    assert.equal(line(alone), 'tenet label r2 --sample stratified:30 --clauses c1 --ledger l.db');
  });

  it('names clauses to fill, a few in the command, and who is missing', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const one = { subjects: [model('A')], judges: [model('J')] };
    const situation = { evidence: { ...EVIDENCE, ...one }, names: NAMES };
    const steps = stepsForMore(situation, { never: ids, weak: ids });
    assert.deepEqual(
      steps.map(({ said }) => said.code),
      ['never-tested', 'too-few-transcripts', 'one-judge', 'one-subject', 'no-judge-measured'],
    );
    const [never, weak] = steps;
    assert.ok(never && weak);
    assert.match(
      plainText(stepWords(never.said)),
      /^6 clauses were never tested: #a, #b, .* and 1 more\./,
    );
    assert.match(line(never), /--clauses a, b, c, d, e --repeats 4 /);
    assert.doesNotMatch(line(weak), /--clauses/);
    const nothing = { evidence: noEvidence(EVIDENCE.spec), names: NAMES };
    assert.deepEqual(
      stepsForMore(nothing, { never: ids, weak: [] }).map(({ said }) => said.code),
      ['first-audit', 'no-judge-measured'],
    );
  });
});
