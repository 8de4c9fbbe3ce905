import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { consensusOf, type PanelVerdict, type Vote } from './consensus.ts';

const adheres: Vote = { outcome: 'adheres', severity: null, cause: null };
const inapplicable: Vote = { outcome: 'not_applicable', severity: null, cause: null };
const unshown: Vote = { outcome: 'unsupported', severity: 'major', cause: null };

function violates(severity: Vote['severity'] = 'major'): Vote {
  return { outcome: 'violates', severity, cause: null };
}

function without(cause: Vote['cause']): Vote {
  return { outcome: 'cannot_judge', severity: null, cause };
}

function said({ outcome, severity, cause }: PanelVerdict): string {
  return [outcome, severity, cause].filter((part) => part !== null).join(' ');
}

describe('the verdict of a panel', () => {
  it('should be what more than half of the votes say, and nothing where no half does', () => {
    const majority = (...votes: (Vote | null)[]) => said(consensusOf(votes, { rule: 'majority' }));
    assert.equal(majority(adheres, violates(), adheres), 'adheres');
    assert.equal(majority(violates(), violates(), adheres), 'violates major');
    assert.equal(majority(adheres, violates()), 'cannot_judge split');
    assert.equal(majority(adheres, violates(), inapplicable), 'cannot_judge split');
    assert.equal(majority(adheres, adheres, violates(), inapplicable), 'cannot_judge split');
    assert.equal(majority(inapplicable, inapplicable, violates()), 'not_applicable');
    // One vote among abstentions is all there is.
    assert.equal(majority(without('judge'), violates('minor'), null), 'violates minor');
    assert.equal(majority(unshown, unshown, adheres), 'adheres');
  });

  it('should be what all say who vote, where unanimity is asked for', () => {
    const unanimity = (...votes: Vote[]) => said(consensusOf(votes, { rule: 'unanimity' }));
    assert.equal(unanimity(adheres, adheres, without('failed')), 'adheres');
    assert.equal(unanimity(adheres, adheres, violates()), 'cannot_judge split');
    assert.equal(unanimity(inapplicable, adheres), 'cannot_judge split');
  });

  it('should be the likelier one by the latent model, if a judge says so', () => {
    const latent = (chance: number | null, ...votes: Vote[]) =>
      said(consensusOf(votes, { rule: 'latent', violates: chance }));
    assert.equal(latent(0.9, violates(), adheres, adheres), 'violates major');
    assert.equal(latent(0.2, violates(), violates(), adheres), 'adheres');
    assert.equal(latent(0.5, violates(), adheres, adheres), 'cannot_judge split');
    assert.equal(latent(0.9, adheres, adheres, without('judge')), 'cannot_judge split');
    assert.equal(latent(0.9, violates(), inapplicable, inapplicable), 'not_applicable');
    assert.equal(latent(null, violates(), adheres, adheres), 'adheres');
  });

  it('should tell of no votes what tells most', () => {
    const rule = { rule: 'majority' } as const;
    assert.equal(said(consensusOf([without('failed'), unshown], rule)), 'unsupported major');
    const causes: Vote['cause'][] = ['failed', 'malformed', 'judge'];
    assert.deepEqual(consensusOf(causes.map(without), rule), {
      outcome: 'cannot_judge',
      severity: null,
      cause: 'judge',
      by: [2],
    });
    assert.equal(said(consensusOf([null, without('refused')], rule)), 'cannot_judge refused');
  });

  it('should hold a violation as grave as more than half of those do who found it', () => {
    const grave = (...severities: Vote['severity'][]) =>
      consensusOf(severities.map(violates), { rule: 'majority' }).severity;
    assert.equal(grave('critical', 'minor', 'major'), 'major');
    assert.equal(grave('critical', 'minor'), 'minor');
    assert.equal(grave('critical', 'critical', 'minor'), 'critical');
  });

  it('should not take a verdict from the subject’s own family alone', () => {
    const own = (places: number[], ...votes: Vote[]) =>
      said(consensusOf(votes, { rule: 'majority', ownFamily: (place) => places.includes(place) }));
    assert.equal(own([0, 1], adheres, adheres, violates()), 'cannot_judge own_family');
    assert.equal(
      own([0, 1], adheres, without('judge'), without('judge')),
      'cannot_judge own_family',
    );
    assert.equal(own([0, 1], adheres, violates(), violates('minor')), 'violates minor');
    assert.equal(own([0], adheres, adheres, violates()), 'adheres');
  });

  it('should not depend on the order of the judges', () => {
    const vote = fc.constantFrom<Vote | null>(
      adheres,
      inapplicable,
      unshown,
      violates('minor'),
      violates('critical'),
      without('judge'),
      without('failed'),
      null,
    );
    const votes = fc.array(vote, { minLength: 1, maxLength: 6 });
    const rule = fc.constantFrom('majority', 'unanimity', 'latent' as const);
    const chance = fc.constantFrom(null, 0.1, 0.5, 0.9);
    fc.assert(
      fc.property(votes, rule, chance, (given, counting, probability) => {
        const settings = { rule: counting, violates: probability };
        const plain = consensusOf(given, settings);
        assert.equal(said(consensusOf(given.toReversed(), settings)), said(plain));
        for (const place of plain.by) assert.notEqual(given[place] ?? null, null);
        const decided = ['adheres', 'violates', 'not_applicable'].includes(plain.outcome);
        assert.equal(plain.cause === null, decided || plain.outcome === 'unsupported');
        assert.ok(!decided || plain.by.length > 0);
      }),
    );
  });
});
