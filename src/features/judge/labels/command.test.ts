import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, it, test } from 'node:test';
import * as z from 'zod';
import { view } from '../../../run/transcript/view.ts';
import { type Audited, audited, PANEL } from './audited.fixture.ts';
import { capability } from './capability.ts';

/** One run for all; each test labels it by names of its own. */
let shared: Audited;
before(async () => {
  shared = await audited(PANEL);
});
after(() => shared[Symbol.dispose]());

describe('labels from files', () => {
  const importing = async (text: string, ...args: string[]) => {
    writeFileSync(shared.folder.at('in.csv'), text);
    return shared.user.run('label', shared.run, '--import', 'in.csv', ...args);
  };

  /** The clause of a transcript. */
  const clauseOf = async (transcript: string): Promise<string> => {
    const shown = await shared.user.run('show', shared.run, transcript, '--json');
    return JSON.parse(shown.stdout).scenario.clauses[0];
  };

  it('a file with anything wrong in it is refused whole, and every reason is told', async () => {
    const clause = await clauseOf('t1');
    const other = await clauseOf('t4');
    const ran = await importing(
      [
        'run,transcript,clause,outcome,person,clause_hash',
        `,t999,${clause},adheres,Cy,`,
        `ffffffffff,t1,${clause},adheres,Cy,`,
        `,t1,${clause}x,adheres,Cy,`,
        `,t1,${other},adheres,Cy,`,
        `,t1,${clause},adheres,Bo,0123`,
        `,t1,${clause},adheres,Cy,`,
        `,t1,${clause},violates,Cy,`,
        `,t4,${other},adheres,Cy,`,
      ].join('\n'),
    );
    assert.equal(ran.code, 2);
    for (const expected of [
      /in\.csv:2:\d+: there is no transcript t999: run \w+ has t1 to t24\./,
      /in\.csv:3:\d+: this label is of run ffffffffff, and not of/,
      new RegExp(`in\\.csv:4:\\d+: the spec has no clause #${clause}x\\. Is it #${clause}\\?`),
      new RegExp(`in\\.csv:5:\\d+: t1 does not test #${other}`),
      /in\.csv:6:\d+: it was labelled against other words/,
      /in\.csv:8:\d+: Cy says 'violates' of t1#\w+, and line 7:\d+ 'adheres'\. Keep one\./,
    ]) {
      assert.match(ran.stderr, expected);
    }
    assert.equal(ran.stderr.trimEnd().split('\n').length, 7);
    assert.deepEqual(await shared.labels('Cy'), []);
  });

  it('import twice is import once; an export goes in again; a new word takes the old one’s place', async () => {
    const clause = await clauseOf('t1');
    const other = await clauseOf('t4');
    const text = `id,target,split\n${shared.run}/t1#${clause},I,dev\nt4#${other},C,dev\nt4#${other},C,dev\n`;
    const first = await importing(text, '--as', 'Ida');
    assert.match(
      first.stderr,
      /2 labels added to run \w+: 1 violates and 1 adheres; 1 row repeated/,
    );
    assert.match(first.stderr, /Nobody says how these cases were drawn/);
    const again = await importing(text, '--as', 'Ida');
    assert.match(again.stderr, /0 labels added .*2 labels known already/);
    for (const name of ['out.csv', 'out.jsonl']) {
      assert.equal((await shared.user.run('label', shared.run, '--export', name)).code, 0);
      const back = await shared.user.run('label', shared.run, '--import', name);
      assert.match(back.stderr, /0 labels added .*\d+ labels? known already/);
    }
    const changed = await importing(text.replace('#', '#').replace(',I,', ',C,'), '--as', 'Ida');
    assert.match(
      changed.stderr,
      /1 label added .*1 earlier label changed \(t\d+ #\w+, Ida said violates before\); 1 label known already/,
    );
    assert.deepEqual(
      (await shared.labels('Ida')).map(({ outcome }) => outcome),
      ['adheres', 'adheres'],
    );
  });

  it('labels measure the judge: all of a run labelled by the truth', async () => {
    using own = await audited();
    const samples = await own.read(({ runs }) =>
      Promise.all(Array.from({ length: 24 }, (_, index) => runs.sample(1, index))),
    );
    const lines = samples.flatMap((stored, index) => {
      const { messages } = view(stored?.sample.transcript ?? [], { reader: 'judge' });
      const reply = messages.at(-1)?.content ?? '';
      return (stored?.verdicts ?? []).map(({ clause }) => {
        const isBroken = new RegExp(`breaks[^;\\]]*#${clause}\\b`).test(reply);
        const outcome = isBroken ? 'violates' : 'adheres';
        return { transcript: `t${index + 1}`, clause, outcome };
      });
    });
    const text = (person: string) =>
      lines.map((line) => JSON.stringify({ ...line, person })).join('\n');
    for (const person of ['Ann', 'Bo']) {
      writeFileSync(own.folder.at(`${person}.jsonl`), text(person));
      const ran = await own.user.run('label', own.run, '--import', `${person}.jsonl`);
      assert.equal(ran.code, 0, ran.stderr);
    }
    const ran = await own.user.run('label', own.run, '--progress', '--json');
    const { judge, pairs, corrected, people } = JSON.parse(ran.stdout);
    assert.equal(people.length, 2);
    assert.equal(pairs[0].kappa.estimate, 1);
    const planted = lines.filter(({ outcome }) => outcome === 'adheres').length / lines.length;
    assert.equal(judge.labels, lines.length);
    assert.ok(Math.abs(corrected.estimate - planted) < 1e-9);
    assert.ok(corrected.low < planted && planted < corrected.high);
    assert.ok(judge.errors.sensitivity.trials > 0 && judge.errors.specificity.trials > 0);
    const shown = await own.user.run('label', own.run, '--progress');
    assert.match(shown.stdout, /^━━ SIMULATED/);
    assert.match(shown.stdout, /Ann and Bo: Cohen’s kappa 1\.00/);
  });
});

test('what can’t be done is told, with what to do', async () => {
  using audit = await audited();
  const { user, run } = audit;
  const cases: [string[], RegExp][] = [
    [['label', run], /labelling needs a terminal, and this is none\. .*--import FILE/],
    [['label', 'nosuch'], /nosuch: there is no such run/],
    [['label', run, '--import', 'a.csv', '--progress'], /two commands: give one/],
    [
      ['label', run, '--progress', '--sample', 'random:5'],
      /--sample says nothing where --progress/,
    ],
    [['label', run, '--import', 'a.csv'], /a\.csv: there is no such file/],
    [['label', run, '--import', '.'], /this is a folder/],
    [['label', run, '--export', 'a.txt'], /must end in \.csv or \.jsonl/],
    [['label', run, '--export', 'a.csv'], /has no labels yet/],
    [['label', run, '--import', 'a.csv', '--as', ' '], /--as: a name has 1 to 60 characters/],
    [['label', run, '--ledger', 'none.db'], /none\.db: there is no ledger here/],
  ];
  for (const [args, expected] of cases) {
    const ran = await user.run(...args);
    assert.equal(ran.code, 2, args.join(' '));
    assert.match(ran.stderr, expected);
    assert.equal(ran.stdout, '');
  }
});

test('under --json an error is a document too, with its code', async () => {
  const { user, run } = shared;
  const ran = await user.run('label', run, '--json');
  assert.equal(ran.code, 2);
  assert.match(ran.stderr, /--json goes with --progress/);
  const { schema, code, message } = JSON.parse(ran.stdout);
  assert.deepEqual(
    { schema, code, message },
    {
      schema: 'tenet.error/1',
      code: 'json-without-progress',
      message: '--json goes with --progress.',
    },
  );
});

test('what --progress --json prints is what the capability says that it prints', async () => {
  const { user, run } = shared;
  const entry = capability.documents?.find(({ name }) => name === 'tenet.labels');
  const schema = await entry?.load();
  assert.ok(entry !== undefined && schema !== undefined);
  const ran = await user.run('label', run, '--progress', '--json');
  const document = JSON.parse(ran.stdout);
  assert.equal(document.schema, `${entry.name}/${entry.version}`);
  assert.deepEqual(schema.parse(document), document);
  const published = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'output' });
  assert.deepEqual(published.required?.slice(0, 3), ['schema', 'run', 'simulated']);
});
