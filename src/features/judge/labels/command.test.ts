import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, afterEach, before, describe, it, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import {
  type Folder,
  TENET,
  temporaryFolder,
  type User,
  userIn,
} from '../../../../test/command.ts';
import { type Ledger, openLedger } from '../../../ledger/ledger.ts';
import type { LabelRecord } from '../../../ledger/records.ts';

const AUDIT = [
  ...['audit', '--limit', '12', '--repeats', '2'],
  ...['--subject', 'sim:subject?violates=0.3'],
  ...['--judge', 'sim:judge?sensitivity=0.8&specificity=0.9'],
];
const PANEL = [...AUDIT, '--judge', 'sim:judge?sensitivity=0.6&seed=b'];

interface Audited extends Disposable {
  folder: Folder;
  user: User;
  run: string;
  read<Result>(work: (ledger: Ledger) => Result): Result;
  /** Somebody's labels of the run that count. */
  labels(person: string): LabelRecord[];
}

async function audited(command = AUDIT): Promise<Audited> {
  const folder = temporaryFolder();
  const user = userIn(folder.path);
  const ran = await user.run(...command, '--json');
  const read = <Result>(work: (ledger: Ledger) => Result): Result => {
    const opened = openLedger(folder.at('.tenet', 'ledger.db'), { write: false });
    assert.ok(opened.ok);
    try {
      return work(opened.ledger);
    } finally {
      opened.ledger.close();
    }
  };
  assert.equal(ran.code, 0, ran.stderr);
  return {
    folder,
    user,
    run: JSON.parse(ran.stdout).run.id,
    read,
    labels: (person) => read((ledger) => ledger.labels.ofPerson(1, person)),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

/** Somebody at a terminal of 80 × 24. */
interface AtTerminal {
  /** Types, and waits until the screen has changed and shows this; gives what it has been sent since. */
  type(keys: string, shows: string | RegExp): Promise<string>;
  /** Waits for the screen to show this. */
  sees(words: string | RegExp): Promise<string>;
  /** The process that labels, not the one that makes the terminal. */
  pid(): number;
  ended: Promise<{ code: number | null; output: string }>;
  child: ChildProcess;
}

/** Terminals that a test which failed has left open. */
const open = new Set<ChildProcess>();

function terminal(folder: Folder, args: readonly string[], size = 'cols 80 rows 24'): AtTerminal {
  const words = args.map((arg) => `'${arg}'`).join(' ');
  const command = `stty ${size}; exec '${process.execPath}' '${TENET}' ${words}`;
  const { PATH = '' } = process.env;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: folder.path,
    env: { PATH, HOME: folder.path, TERM: 'xterm-256color', SHELL: '/bin/sh' },
  });
  open.add(child);
  child.once('close', () => open.delete(child));
  let output = '';
  let read = 0;
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  });
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, output }));
  });
  const sees = (words: string | RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const shown = stripVTControlCharacters(output.slice(read));
        if (typeof words === 'string' ? !shown.includes(words) : !words.test(shown)) return;
        listeners.delete(look);
        read = output.length;
        resolve(shown);
      };
      listeners.add(look);
      look();
      ended.then(() => reject(new Error(`it ended without '${words}':\n${output}`)));
    });
  return {
    child,
    ended,
    sees,
    type: (keys, shows) => {
      read = output.length;
      child.stdin.write(keys);
      return sees(shows);
    },
    pid: () =>
      Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ')[0]),
  };
}

const hasTerminal =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0
    ? false
    : 'no script(1) of util-linux here';

/** One run for all; each test labels it by names of its own. */
let shared: Audited;
before(async () => {
  shared = await audited(PANEL);
});
after(() => shared[Symbol.dispose]());

describe('labelling at a terminal', { skip: hasTerminal }, () => {
  afterEach(() => {
    for (const child of open) child.kill('SIGKILL');
  });

  it('keys label, undo, note and skip; the next session goes on where this one ended', async () => {
    const audit = shared;
    const args = ['label', audit.run, '--as', 'Ann', '--sample', 'random:6'];
    const first = terminal(audit.folder, args);
    const screen = await first.sees('1 of 6');
    assert.match(screen, /SIMULATED · Ann/);
    assert.match(screen, /the reply to label/);
    assert.doesNotMatch(screen, /Judge:/);
    await first.type('a', '2 of 6');
    await first.type('v', 'violates:');
    await first.type('2', '3 of 6');
    await first.type('u', 'taken back: violates');
    await first.type('mnot so bad', 'note: not so bad');
    await first.type('\r', 'adheres');
    await first.type('n', '3 of 6');
    await first.type('s', 'skipped');
    await first.type('c', '4 of 6');
    await first.type('?', 'Every label is saved');
    await first.type('x', '4 of 6');
    await first.type('q', '3 of 6 labelled, all saved');
    const { code, output } = await first.ended;
    assert.equal(code, 0);
    assert.ok(output.includes('\u001b[?1049h') && output.includes('\u001b[?1049l'));
    assert.match(output, new RegExp(`Go on with: tenet label ${audit.run} --as Ann`));
    assert.deepEqual(
      audit
        .labels('Ann')
        .map(({ outcome, note }) => `${outcome} ${note}`.trim())
        .toSorted(),
      ['adheres', 'cannot_judge', 'not_applicable not so bad'],
    );

    const second = terminal(audit.folder, ['label', audit.run, '--as', 'Ann']);
    await second.sees('4 of 6');
    // Undo goes back over sessions, as far as there are labels.
    await second.type('u', '3 of 6');
    await second.type('u', '2 of 6');
    await second.type('u', '1 of 6');
    await second.type('u', 'no label of yours');
    for (let n = 2; n <= 6; n++) await second.type('a', `${n} of 6`);
    await second.type('a', 'All 6 labelled');
    assert.equal((await second.ended).code, 0);

    const again = terminal(audit.folder, args);
    await again.sees('You have labelled all 6');
    assert.equal((await again.ended).code, 0);
    assert.equal(audit.labels('Ann').length, 6);
    const progress = await audit.user.run('label', audit.run, '--progress', '--json');
    const { people, simulated } = JSON.parse(progress.stdout);
    assert.equal(simulated, true);
    const [ann] = people.filter(({ person }: { person: string }) => person === 'Ann');
    assert.deepEqual([ann.labels, ann.open], [6, 0]);
  });

  it('kill -9 loses no label, and lets the ledger go', async () => {
    const audit = shared;
    const args = ['label', audit.run, '--as', 'Kim', '--sample', 'stratified:8'];
    for (let life = 0; life < 3; life++) {
      const at = terminal(audit.folder, args);
      await at.sees(`${life * 2 + 1} of 8`);
      await at.type('a', `${life * 2 + 2} of 8`);
      await at.type('n', `${life * 2 + 3} of 8`);
      process.kill(at.pid(), 'SIGKILL');
      await at.ended;
      assert.equal(audit.labels('Kim').length, life * 2 + 2);
    }
  });

  for (const [what, stop] of [
    ['Ctrl-C', (at: AtTerminal) => at.child.stdin?.write('\u0003')],
    ['SIGTERM', (at: AtTerminal) => process.kill(at.pid(), 'SIGTERM')],
  ] as const) {
    it(`${what} gives the terminal back and ends with 130`, async () => {
      const audit = shared;
      const at = terminal(audit.folder, ['label', audit.run, '--as', what]);
      await at.sees('1 of');
      await at.type('a', '2 of');
      const held = await audit.user.run('label', audit.run, '--import', 'none.csv');
      assert.equal(held.code, 2);
      assert.match(held.stderr, /is being written by process \d+ .*tenet label --as/);
      stop(at);
      const { code, output } = await at.ended;
      assert.equal(code, 130);
      assert.ok(output.lastIndexOf('\u001b[?1049l') > output.lastIndexOf('\u001b[?1049h'));
      assert.match(output, /1 of \d+ labelled, all saved/);
      assert.equal(audit.labels(what).length, 1);
    });
  }

  it('nobody labels in a window too small to read in', async () => {
    const audit = shared;
    const at = terminal(audit.folder, ['label', audit.run, '--as', 'Sam'], 'cols 20 rows 8');
    await at.sees('Make the window');
    at.child.stdin?.write('aaa');
    await at.type('q', 'all saved');
    await at.ended;
    assert.equal(audit.labels('Sam').length, 0);
  });

  it('verdicts are shown on request only, and every label says that they were', async () => {
    const audit = shared;
    const at = terminal(audit.folder, ['label', audit.run, '--as', 'Bo', '--show-verdicts']);
    await at.sees('1 of');
    await at.type('G', /Judge: (adheres|violates|not applicable|cannot judge)/);
    await at.type('a', '2 of');
    await at.type('q', 'all saved');
    await at.ended;
    assert.deepEqual(
      audit.labels('Bo').map(({ source }) => source),
      ['terminal, verdicts shown'],
    );
  });
});

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
    assert.deepEqual(shared.labels('Cy'), []);
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
      shared.labels('Ida').map(({ outcome }) => outcome),
      ['adheres', 'adheres'],
    );
  });

  it('labels measure the judge: all of a run labelled by the truth', async () => {
    using own = await audited();
    const lines = own.read(({ runs }) =>
      Array.from({ length: 24 }, (_, index) => runs.sample(1, index)).flatMap((stored, index) => {
        const reply = stored?.sample.transcript.messages.at(-1)?.content ?? '';
        return (stored?.verdicts ?? []).map(({ clause }) => {
          const isBroken = new RegExp(`breaks[^;\\]]*#${clause}\\b`).test(reply);
          const outcome = isBroken ? 'violates' : 'adheres';
          return { transcript: `t${index + 1}`, clause, outcome };
        });
      }),
    );
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
    [['label', run, '--json'], /--json goes with --progress/],
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
