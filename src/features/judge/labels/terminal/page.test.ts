import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Page } from '../../../../app/context.ts';
import { openLedger } from '../../../../ledger/ledger.ts';
import type { LabelRecord } from '../../../../ledger/records.ts';
import { madeUpLog } from '../../../../ledger/transcript.fixture.ts';
import type { Plan } from '../../../../run/plan.ts';
import { widthOf } from '../../../../text/layout.ts';
import { madeUpCase } from '../made-up.fixture.ts';
import { labelSession } from '../session.ts';
import { labelPage } from './page.ts';
import type { CaseView } from './screen.ts';

const SIZE = { width: 60, height: 16, color: false };
const LONG = Array.from({ length: 40 }, (_, line) => `line ${line + 1} of the reply`).join('\n');

interface Labelling {
  /** Presses these keys, and gives the screen; null where the last one ended the page. */
  press(...keys: string[]): Promise<string | null>;
  /** Gives the screen, in a window of another size from now on where one is given. */
  screen(size?: typeof SIZE): string;
  labels(): Promise<LabelRecord[]>;
}

/** Somebody who was given so many cases of a run. `shown`: what they see of each, where it is not a short reply. */
async function labelling(cases: number, shown: Partial<CaseView> = {}): Promise<Labelling> {
  const opened = await openLedger(':memory:', { write: true });
  assert.ok(opened.ok);
  const { ledger } = opened;
  const { labels } = ledger;
  const record = await ledger.create({
    hash: 'ab'.repeat(32),
    simulated: true,
    samples: cases,
    document: {},
    scenarios: [],
    created: 0,
  });
  const run = record.ordinal;
  await using writer = await ledger.writer(record, 'a test');
  for (let index = 0; index < cases; index++) {
    await writer.addSample(
      {
        ...{ index, scenario: 's', subject: 0, repeat: 0, outcome: 'replied', reason: null },
        ...{ transcript: madeUpLog(), usage: { input: 0, output: 0 } },
        ...{ cost: 0, calls: [] },
      },
      [],
    );
  }
  const all = Array.from({ length: cases }, (_, sample) => madeUpCase(sample, 0, 'adheres'));
  await labels.addQueue({
    ...{ run, person: 'Ann', design: 'random:9', strata: 'all', clauses: null, created: 0 },
    items: all.map(({ sample, clause }) => ({ sample, clause, inclusion: 0.5 })),
  });
  const session = await labelSession({
    ...{ store: labels, run, person: 'Ann', cases: all, verdictsShown: false, now: () => 7 },
    plan: { clauses: [{ id: 'c0', hash: 'words' }] } as unknown as Plan,
  });
  const page: Page = await labelPage({
    run: { id: 'ab12', simulated: true },
    person: 'Ann',
    session,
    viewOf: async ({ sample, clause }) => ({
      sample,
      clause: { id: clause, title: 'Be true', level: 'root', text: 'It should be true.' },
      rubric: null,
      messages: [
        { id: 'm1', role: 'user', content: 'Is it so?', source: 'scenario' },
        { id: 'm2', role: 'assistant', content: `reply ${sample + 1}`, source: 'subject' },
      ],
      ...{ tools: [], isCutShort: false, verdicts: [] },
      ...shown,
    }),
  });
  let size = SIZE;
  const screen = (now = size): string => {
    size = now;
    const lines = page.draw(size);
    assert.equal(lines.length, size.height);
    for (const line of lines.map(stripVTControlCharacters)) {
      assert.ok(widthOf(line) <= size.width, line);
    }
    return lines.join('\n');
  };
  const names: Record<string, string> = {
    '\r': 'return',
    '\u007f': 'backspace',
    '\u001b': 'escape',
  };
  return {
    press: async (...keys) => {
      screen();
      let shows: string | null = '';
      for (const key of keys) {
        const named = key.length > 1 ? { text: '', name: key } : { text: key, name: key };
        const known = names[key];
        const isEnd = await page.key(known === undefined ? named : { text: key, name: known });
        shows = isEnd ? null : screen();
      }
      return shows;
    },
    screen,
    labels: () => labels.ofPerson(run, 'Ann'),
  };
}

test('each key gives its outcome, and the label is kept before the next case is shown', async () => {
  const { press, screen, labels } = await labelling(5);
  assert.match(screen(), /^1 of 5 · t1 · run ab12 +SIMULATED · Ann$/m);
  assert.match(screen(), /▌ reply 1$/m);
  assert.match((await press('a')) ?? '', /^t1 #c0: adheres\. u takes it back$/m);
  assert.equal((await labels()).length, 1);
  assert.match((await press('v')) ?? '', /^violates: +1 minor +2 major +3 critical/m);
  assert.match((await press('2')) ?? '', /^t2 #c0: violates \(major\)/m);
  assert.match((await press('n')) ?? '', /not applicable/);
  await press('c');
  assert.equal(await press('a'), null, 'the last label ends the page');
  assert.deepEqual(
    (await labels()).map(({ sample, outcome, severity, inclusion, clauseHash, source, time }) => [
      ...[sample, outcome, severity, inclusion, clauseHash, source, time],
    ]),
    [
      [0, 'adheres', null, 0.5, 'words', 'terminal', 7],
      [1, 'violates', 'major', 0.5, 'words', 'terminal', 7],
      [2, 'not_applicable', null, 0.5, 'words', 'terminal', 7],
      [3, 'cannot_judge', null, 0.5, 'words', 'terminal', 7],
      [4, 'adheres', null, 0.5, 'words', 'terminal', 7],
    ],
  );
});

test('undo goes back with the note, skip comes again, escape drops, q ends', async () => {
  const { press, labels } = await labelling(3);
  await press('m', ...'so-so', '\u007f', '\r');
  assert.deepEqual(await labels(), []);
  await press('a');
  assert.deepEqual(
    (await labels()).map(({ note }) => note),
    ['so-s'],
  );
  assert.match((await press('u')) ?? '', /taken back: adheres\. Label it anew\nnote: so-s$/m);
  assert.deepEqual(await labels(), []);
  assert.match((await press('m', 'x', '\u001b')) ?? '', /^note: so-s$/m);
  const skipped = (await press('s')) ?? '';
  assert.match(skipped, /^1 of 3 · t2 /);
  assert.match(skipped, /skipped: it comes again at the end/);
  assert.match((await press('u')) ?? '', /there is no label of yours to take back/);
  assert.match((await press('v', '\u001b')) ?? '', /a adheres {2}v violates/);
  assert.match((await press('v', 'x')) ?? '', /^violates:/m);
  await press('\u001b', 'n', 'a');
  assert.match((await press('?')) ?? '', /any key goes back/);
  assert.match((await press('z')) ?? '', /▌ reply 1$/m);
  assert.equal(await press('q'), null);
  assert.equal((await labels()).length, 2);
});

test('a long reply is read on and back by lines, pages and ends', async () => {
  const messages: CaseView['messages'] = [
    { id: 'm1', role: 'assistant', content: LONG, source: 'subject' },
  ];
  const { press, screen } = await labelling(1, { messages });
  const firstLine = (shown: string | null): number =>
    Number(/ (\d+)–\d+ of 44 lines /.exec(shown ?? '')?.[1]);
  assert.equal(firstLine(screen()), 1);
  assert.equal(firstLine(await press('j')), 2);
  assert.equal(firstLine(await press('down', 'k', 'up')), 1);
  const page = firstLine(await press('space')) - 1;
  assert.ok(page > 3 && page < SIZE.height);
  assert.equal(firstLine(await press('b')), 1);
  assert.equal(firstLine(await press('pagedown', 'pagedown', 'pageup')), page + 1);
  assert.match((await press('G')) ?? '', /line 40 of the reply/);
  assert.equal(firstLine(await press('g')), 1);
  assert.match((await press('end')) ?? '', /line 40 of the reply/);
  assert.equal(firstLine(await press('home')), 1);
});

test('a clause that is long is opened by t, and the judges’ words are shown where they were asked for', async () => {
  const text = Array.from({ length: 30 }, (_, line) => `Words ${line + 1}.`).join('\n');
  const { press, screen } = await labelling(1, {
    clause: { id: 'c0', title: 'Be true', level: null, text },
    rubric: 'Judged by the rubric own:\nmore words',
    tools: ['search'],
    isCutShort: true,
    verdicts: [{ outcome: 'not_applicable', severity: null, reason: 'it says nothing' }],
  });
  assert.match(screen(), /^… \d+ more lines: t shows them$/m);
  assert.doesNotMatch((await press('t')) ?? '', /t shows them/);
  const whole = screen({ ...SIZE, height: 60 });
  assert.match(whole, /^Words 30\.$/m);
  assert.match(whole, /^more words$/m);
  assert.match(whole, /^Tools: search$/m);
  assert.match(whole, /the token limit cut the reply short/);
  assert.match(whole, /^Judge: not applicable: it says nothing$/m);
});

test('hostile text does nothing but be read, and nobody labels what can’t be seen', async () => {
  const messages: CaseView['messages'] = [
    { id: 'm1', role: 'user', content: '\u001b[2Jgone\u202e', source: 'scenario' },
  ];
  const { press, screen, labels } = await labelling(2, { messages });
  assert.match(screen(), /␛\[2Jgone\\u202e/);
  assert.ok(!screen().includes('\u001b') && !screen().includes('\u202e'));
  assert.match(screen({ width: 20, height: 8, color: false }), /Make the window/);
  await press('a', 'a', 'v', '1');
  assert.deepEqual(await labels(), []);
  screen(SIZE);
  assert.match((await press('a')) ?? '', /^2 of 2/);
  screen({ width: 20, height: 8, color: false });
  assert.equal(await press('q'), null);
});
