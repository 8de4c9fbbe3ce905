import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { type Folder, TENET } from '../../../../../test/command.ts';
import { type Audited, audited, PANEL } from '../audited.fixture.ts';

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
  const { PATH = '', NODE_V8_COVERAGE } = process.env;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: folder.path,
    env: {
      ...{ PATH, HOME: folder.path, TERM: 'xterm-256color', SHELL: '/bin/sh' },
      ...(NODE_V8_COVERAGE === undefined ? {} : { NODE_V8_COVERAGE }),
    },
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
      ended.then(() => reject(new Error(`it ended without '${words}':\n${output}`)), reject);
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
      (await audit.labels('Ann'))
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
    assert.equal((await audit.labels('Ann')).length, 6);
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
      assert.equal((await audit.labels('Kim')).length, life * 2 + 2);
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
      // Others write to the ledger meanwhile.
      assert.equal((await audit.user.run('label', audit.run, '--export', 'all.csv')).code, 0);
      const beside = await audit.user.run('label', audit.run, '--import', 'all.csv');
      assert.equal(beside.code, 0, beside.stderr);
      stop(at);
      const { code, output } = await at.ended;
      assert.equal(code, 130);
      assert.ok(output.lastIndexOf('\u001b[?1049l') > output.lastIndexOf('\u001b[?1049h'));
      assert.match(output, /1 of \d+ labelled, all saved/);
      assert.equal((await audit.labels(what)).length, 1);
    });
  }

  it('nobody labels in a window too small to read in', async () => {
    const audit = shared;
    const at = terminal(audit.folder, ['label', audit.run, '--as', 'Sam'], 'cols 20 rows 8');
    await at.sees('Make the window');
    at.child.stdin?.write('aaa');
    await at.type('q', 'all saved');
    await at.ended;
    assert.equal((await audit.labels('Sam')).length, 0);
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
      (await audit.labels('Bo')).map(({ source }) => source),
      ['terminal, verdicts shown'],
    );
  });
});
