import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chanceOfAtLeast, chanceOfAtMost } from '../../stats/index.ts';
import { seededRandom } from '../../stats/random.ts';
import { count, list, percent } from '../../text/numbers.ts';
import { discoveries } from './chance.ts';
import type { Finding } from './finding.ts';
import { findings } from './findings.ts';
import { evidenceOf, type MadeUp, madeUpRun } from './made-up.fixture.ts';

function found(about: MadeUp): Finding[] {
  const { plan, tally } = madeUpRun(about);
  return findings(evidenceOf(plan, tally));
}

const codes = (about: MadeUp): string[] => found(about).map(({ code }) => code);

const finding = (about: MadeUp, code: string): Finding => {
  const one = found(about).find((candidate) => candidate.code === code);
  assert.ok(one, `${code} is missing`);
  return one;
};

const many = { scenarios: [20, 20] };

describe('findings at the model’s door', () => {
  it('puts critical violations first, with their transcripts', async () => {
    const [first] = found({
      ...many,
      decide: ({ index }) => (index === 4 ? { outcome: 'violates', severity: 'critical' } : {}),
    });
    assert.equal(first?.code, 'critical-violations');
    assert.equal(first?.severity, 'high');
    assert.deepEqual(first?.evidence, ['t5']);
    assert.equal(first?.subject, 'openai:one');
    assert.equal(first?.clause, 'be_honest');
  });

  it('names clauses that are worse than chance explains', async () => {
    const { text, subject, clause, evidence } = finding(
      {
        ...many,
        decide: ({ subject: who, scenario }, id) =>
          who === 1 && id === 'be_kind' && scenario.id !== 'be_kind#1'
            ? { outcome: 'violates' }
            : {},
      },
      'clauses-below-overall',
    );
    assert.equal(subject, 'mistral:two');
    assert.equal(clause, 'be_kind');
    assert.match(text, /#be_kind \(5 % of 20\); overall it adheres in 53 %/);
    assert.equal(evidence.length, 2);
  });

  it('is rarely misled by luck: sixty clauses, all alike', async () => {
    let alarms = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const random = seededRandom(seed);
      const drawn = new Map<string, boolean>();
      const result = codes({
        clauses: Array.from({ length: 60 }, (_, place) => ({ id: `c${place}` })),
        scenarios: Array.from({ length: 60 }, () => 6),
        subjects: [{ name: 'openai:one' }],
        decide: ({ index }, clause) => {
          const key = `${index} ${clause}`;
          if (!drawn.has(key)) drawn.set(key, random() < 0.15);
          return drawn.get(key) === true ? { outcome: 'violates', severity: 'minor' } : {};
        },
      });
      if (result.includes('clauses-below-overall')) alarms++;
    }
    assert.ok(alarms <= 20, `${alarms} of 200 false alarms`);
  });

  it('tells where a provider withholds replies', async () => {
    const { text, clause } = finding(
      {
        ...many,
        decide: ({ subject, scenario }, id) =>
          subject === 0 && id === 'be_kind' && Number(scenario.id.split('#')[1]) <= 8
            ? { missing: 'refused' }
            : {},
      },
      'replies-withheld',
    );
    assert.equal(clause, 'be_kind');
    assert.match(text, /20 % .*\(8 of 40\)\. They gather in #be_kind \(8 of 20\)/);
  });

  it('tells of samples that failed', async () => {
    const { text, next } = finding(
      { ...many, decide: ({ index }) => (index % 8 === 0 ? { missing: 'failed' } : {}) },
      'samples-without-reply',
    );
    // With --resume a finished run is only reported.
    assert.match(next, /the same audit again, without --resume/);
    assert.match(text, /openai:one gave no reply in 10 of 40 samples \(25 %\): 10 failed/);
  });
});

describe('findings at the spec’s door', () => {
  it('lays at its door what every subject violates, and at nobody else’s', async () => {
    const about: MadeUp = {
      ...many,
      decide: ({ index }, id) =>
        id === 'be_kind' && index % 10 > 1 ? { outcome: 'violates' } : {},
    };
    const { text, severity } = finding(about, 'violated-by-all');
    assert.equal(severity, 'high');
    assert.match(text, /#be_kind .*openai:one 20 % of 20 and mistral:two 20 % of 20/);
    assert.ok(!codes(about).includes('clauses-below-overall'));
  });

  it('asks for more than one subject before it blames the text', async () => {
    const about: MadeUp = {
      ...many,
      subjects: [{ name: 'openai:one' }],
      decide: (_, id) => (id === 'be_kind' ? { outcome: 'violates' } : {}),
    };
    assert.ok(!codes(about).includes('violated-by-all'));
    assert.ok(codes(about).includes('clauses-below-overall'));
  });

  it('lists clauses that nothing tests, top levels first', async () => {
    const { text, severity } = finding(
      {
        clauses: [
          { id: 'a', level: 'user' },
          { id: 'b', level: 'root' },
          { id: 'c' },
          { id: 'd', level: null },
        ],
        scenarios: [0, 0, 1, 0],
      },
      'clauses-untested',
    );
    assert.match(text, /3 clauses of 4 .* 1 root \(#b\); 1 user \(#a\); 1 without a level \(#d\)/);
    assert.equal(severity, 'medium');
  });
});

describe('findings at the judge’s door', () => {
  it('always says that the judge was not measured', async () => {
    assert.match(finding({}, 'errors-unmeasured').text, /aren’t measured: rates are uncorrected/);
  });

  it('warns of a judge of the subject’s family', async () => {
    const about: MadeUp = {
      subjects: [{ name: 'openai:one', family: 'openai' }, { name: 'sim:two' }],
      judge: { name: 'openai:judge', family: 'openai' },
    };
    assert.match(
      finding(about, 'same-family').text,
      /openai:judge judges openai:one, of its own family/,
    );
    assert.ok(!codes({}).includes('same-family'));
  });

  it('counts abstentions, lost citations and unreadable answers', async () => {
    const about: MadeUp = {
      ...many,
      decide: ({ index }) => {
        if (index % 8 === 0)
          return { outcome: 'cannot_judge', cause: index === 0 ? 'malformed' : 'judge' };
        if (index % 8 === 1) return { outcome: 'violates', severity: 'minor' };
        return index === 2 ? { outcome: 'unsupported' } : {};
      },
    };
    assert.match(
      finding(about, 'abstains').text,
      /10 of 80 cases \(13 %\): 9 by its own word and 1 in/,
    );
    assert.match(finding(about, 'citations-not-found').text, /1 of 11 violations .* \(9 %\)/);
    assert.match(finding(about, 'malformed-answers').text, /answered 1 of 80 questions/);
  });

  it('tells what is planted in a simulated judge', async () => {
    const judge = { name: 'sim:judge?sensitivity=0.9&specificity=1' };
    const text = finding({ simulated: true, judge }, 'planted-errors').text;
    assert.match(text, /errs on purpose: sensitivity 0\.9\./);
    assert.ok(!codes({ simulated: true, judge: { name: 'sim:judge' } }).includes('planted-errors'));
  });
});

describe('findings at the scenarios’ door', () => {
  it('names scenarios without a verdict or a bearing, and what was left out', async () => {
    const about: MadeUp = {
      excluded: { elided: 36, no_clause: 1 },
      decide: ({ scenario }) => {
        if (scenario.id === 'be_honest#2') return { missing: 'unsupported' };
        return scenario.id === 'be_honest#3' ? { outcome: 'not_applicable' } : {};
      },
    };
    assert.match(finding(about, 'no-verdict-with-anyone').text, /1 scenario of 8 .*be_honest#2/);
    assert.deepEqual(finding(about, 'no-verdict-with-anyone').evidence, ['t3']);
    assert.match(finding(about, 'never-applicable').text, /In 1 scenario .*be_honest#3/);
    assert.match(finding(about, 'scenarios-excluded').text, /37 conversations .* 36 because words/);
  });

  it('does not take what was not asked yet for a fault', async () => {
    const result = codes({ decide: ({ index }) => (index < 8 ? {} : null) });
    assert.ok(!result.includes('no-verdict-with-anyone'));
  });

  it('counts the clauses with few scenarios in one finding', async () => {
    assert.match(finding({ scenarios: [2, 30] }, 'few-scenarios').text, /1 of 2 tested clauses/);
    assert.ok(!codes(many).includes('few-scenarios'));
  });

  it('says when nothing was judged at all', async () => {
    assert.equal(found({ decide: () => null })[0]?.code, 'nothing-judged');
  });
});

describe('all findings', () => {
  const crowd: MadeUp = {
    clauses: Array.from({ length: 12 }, (_, place) => ({ id: `c${place}` })),
    scenarios: Array.from({ length: 12 }, () => 20),
    subjects: Array.from({ length: 8 }, (_, place) => ({
      name: `openai:${place}`,
      family: 'openai',
    })),
    judge: { name: 'openai:judge', family: 'openai' },
    excluded: { elided: 1 },
    decide: ({ index, subject }, clause) => {
      if (clause === `c${subject}`) return { outcome: 'violates', severity: 'critical' };
      if (index % 7 === 0) return { missing: 'refused' };
      if (index % 11 === 0) return { missing: 'failed' };
      return index % 6 === 0 ? { outcome: 'cannot_judge' } : {};
    },
  };

  it('are few enough to read, however many subjects there are', async () => {
    const all = found(crowd);
    assert.ok(all.length <= 12, `${all.length}: ${all.map((o) => o.code)}`);
    assert.ok(all.some(({ text }) => text.startsWith('The same holds for')));
  });

  it('come most serious first, the same every time', async () => {
    const order = ['high', 'medium', 'low'];
    const ranks = found(crowd).map(({ severity }) => order.indexOf(severity));
    assert.deepEqual(
      ranks,
      ranks.toSorted((a, b) => a - b),
    );
    assert.deepEqual(found(crowd), found(crowd));
  });
});

describe('what chance alone does', () => {
  it('is the binomial tail', async () => {
    assert.equal(chanceOfAtMost(3, 3, 0.5), 1);
    assert.ok(Math.abs(chanceOfAtMost(1, 3, 0.5) - 0.5) < 1e-12);
    assert.ok(Math.abs(chanceOfAtMost(2, 6, 0.85) - 0.00588499) < 1e-6);
    assert.ok(Math.abs(chanceOfAtLeast(2, 3, 0.5) - 0.5) < 1e-12);
    assert.equal(chanceOfAtMost(0, 10, 1), 0);
    assert.equal(chanceOfAtMost(0, 10, 0), 1);
  });

  it('is told from what stands out by Benjamini and Hochberg', async () => {
    const tests = [0.01, 0.04, 0.03, 0.5].map((probability, key) => ({
      key,
      probability,
      least: 0,
    }));
    assert.deepEqual(
      discoveries(tests, 0.06).map(({ key }) => key),
      [0, 2, 1],
    );
    assert.deepEqual(discoveries([{ key: 0, probability: 0.2, least: 0.2 }], 0.1), []);
  });
});

describe('numbers in words', () => {
  it('say 100 and 0 only where it is all or nothing', async () => {
    assert.deepEqual([1, 0.999, 0.5, 0.001, 0].map(percent), [
      '100 %',
      '>99 %',
      '50 %',
      '<1 %',
      '0 %',
    ]);
  });

  it('count and list', async () => {
    assert.equal(count(1, 'reply', 'replies'), '1 reply');
    assert.equal(count(12345, 'reply', 'replies'), '12,345 replies');
    assert.equal(list(['a', 'b', 'c', 'd'], 2), 'a, b and 2 more');
  });
});
