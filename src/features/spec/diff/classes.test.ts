// What a change is called: normative, clarifying or editorial.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSpec } from '../../../spec/index.ts';
import { diffSpecs, type SpecDiff } from './index.ts';

function diffOf(older: string, newer: string): SpecDiff {
  const [before, after] = [older, newer].map((text) =>
    readSpec({ file: 'made-up.md', bytes: new TextEncoder().encode(text) }),
  );
  assert.ok(before && after);
  return diffSpecs(before, after);
}

/** The class and the kind of the only change of a clause's text. */
function only(older: string, newer: string): [string, string] {
  const { changes } = diffOf(
    `# A {#a authority=user}\n\n${older}`,
    `# A {#a authority=user}\n\n${newer}`,
  );
  assert.equal(changes.length, 1, JSON.stringify(changes));
  return [changes[0]?.class ?? '', changes[0]?.kind ?? ''];
}

test('a change is classed by what it does to the duty', () => {
  const cases: [string, string, string, string][] = [
    ['It should be honest with users.', 'It must be honest with users.', 'normative', 'text'],
    ['It should tell users.', 'It should not tell users.', 'normative', 'text'],
    ['It can’t tell the users this.', 'It can tell the users this.', 'normative', 'text'],
    ['It should wait 5 seconds.', 'It should wait 1.5 seconds.', 'normative', 'text'],
    ['It must answer.', 'It must answer unless told otherwise.', 'normative', 'text'],
    ['It must answer.', 'It must answer. It must never flatter people.', 'normative', 'text'],
    ['It must answer.', 'It must answer. Trust is built slowly.', 'clarifying', 'text'],
    [
      'It must never:\n\n- flatter people',
      'It must never:\n\n- flatter people\n- mislead by silence',
      'normative',
      'text',
    ],
    [
      'It should be honest with its users.',
      'It should be frank with its users.',
      'clarifying',
      'text',
    ],
    ['It mustn’t "lie" to users.', "It mustn't “lie” to users.", 'editorial', 'text'],
    ['It must  answer — always.', 'It must answer --- always.', 'editorial', 'text'],
    ['See [this](https://a.example).', 'See [this](https://b.example).', 'editorial', 'text'],
    [
      'It must answer.\n\nIt must not lie.',
      'It must not lie.\n\nIt must answer.',
      'editorial',
      'text',
    ],
    ['- one\n- two', '1. one\n2. two', 'editorial', 'layout'],
    ['模型必须诚实。', '模型不得撒谎。', 'normative', 'text'],
    [
      'One.\n\n!!! meta "Commentary"\n    It must be so.',
      'One.\n\n!!! meta "Commentary"\n    It never was so.',
      'clarifying',
      'commentary',
    ],
  ];
  for (const [older, newer, weight, kind] of cases) {
    assert.deepEqual(only(older, newer), [weight, kind], `${older} → ${newer}`);
  }
});

test('a reply that is marked otherwise is a normative change, a reply in other words is not', () => {
  const example = (mark: string, reply: string): string =>
    `**Example**: a greeting\n\n~~~xml\n<user>\nHi\n</user>\n<comparison>\n<assistant> <!-- ${mark} -->\n${reply}\n</assistant>\n</comparison>\n~~~`;
  const reply = 'Hello there, how can I help you today?';
  assert.deepEqual(only(example('GOOD', reply), example('BAD', reply)), ['normative', 'examples']);
  const other = 'Hello there, how may I help you today?';
  assert.deepEqual(only(example('GOOD', reply), example('GOOD', other)), [
    'clarifying',
    'examples',
  ]);
});

test('a change of a sign, a number or an opposite is more than typing', () => {
  const cases: [string, string, string][] = [
    ['It should follow [the rule](#b).', 'It should follow [the rule](#c).', 'normative'],
    ['See [the rule](#b).', 'See [the rule](#c).', 'normative'],
    ['It should act where x != y.', 'It should act where x = y.', 'normative'],
    ['It should act at -5 degrees.', 'It should act at 5 degrees.', 'normative'],
    ['It should give 1,000 words.', 'It should give 1.000 words.', 'normative'],
    ['It should help.', 'It should help?', 'clarifying'],
    ['It should give a/b.', 'It should give a b.', 'clarifying'],
    ['It should give two options.', 'It should give three options.', 'normative'],
    ['It should give two options.', 'It should give 2 options.', 'clarifying'],
    ['It should give ≤ 3 of them.', 'It should give ≥ 3 of them.', 'normative'],
    ['It should help where age > 13.', 'It should help where age < 13.', 'normative'],
    ['It should allow 10 mg.', 'It should allow 10 g.', 'normative'],
    ['It should allow 10 percent.', 'It should allow 10 %.', 'clarifying'],
    ['It should do A and B.', 'It should do A or B.', 'normative'],
    ['It should be clear and kind.', 'It should be clear, kind.', 'clarifying'],
    ['It should ask before acting.', 'It should ask after acting.', 'normative'],
    ['It should give more than 3.', 'It should give fewer than 3.', 'normative'],
    ['So it ranks:\n\n    A > B > C', 'So it ranks:\n\n    B > A > C', 'normative'],
    ['It goes by A > B > C here.', 'It goes by B > A > C here.', 'normative'],
    ['It takes 5-10 of them.', 'It takes 5–10 of them.', 'editorial'],
    ['It may give x>y there.', 'It may give x > y there.', 'editorial'],
  ];
  for (const [older, newer, weight] of cases) {
    assert.deepEqual(only(older, newer), [weight, 'text'], `${older} → ${newer}`);
  }
});

test('an attribute that says what held already is no change, one that says otherwise is', () => {
  const weightOf = (older: string, newer: string): string[] => {
    const clause = (braces: string): string => `# A {#a ${braces}}\n\nIt must answer.\n`;
    return diffOf(clause(older), clause(newer)).changes.map((one) => `${one.class} ${one.kind}`);
  };
  assert.deepEqual(weightOf('authority=user', 'authority=user clause=yes'), ['editorial layout']);
  assert.deepEqual(weightOf('authority=user', 'level=user'), ['editorial layout']);
  assert.deepEqual(weightOf('authority=user', 'authority=user kind=default'), ['editorial layout']);
  const header = '<!-- tenet: id=x -->\n';
  const tenet = (braces: string): string => `${header}# A {#a ${braces}}\n\nIt must answer.\n`;
  const changed = diffOf(tenet('authority=user'), tenet('authority=user scope=src'));
  assert.deepEqual(
    changed.changes.map((one) => `${one.class} ${one.kind}`),
    ['normative attributes'],
  );
  const tagged = diffOf('# A {#a authority=user}\n\nB.', '# A {#a authority=user tags=c}\n\nB.');
  assert.equal(tagged.counts.normative, 1);
});
