// The tab key in real shells: what it offers, and that it runs nothing of what was typed.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { after, before, describe, it, type TestContext } from 'node:test';
import { type Folder, NO_NETWORK, TENET, temporaryFolder, userIn } from './command.ts';

let folder: Folder;
let run = '';

before(async () => {
  folder = temporaryFolder();
  const user = userIn(folder.path);
  const audit = await user.run('audit', '--limit', '3', '--json');
  assert.equal(audit.code, 0, audit.stderr);
  run = JSON.parse(audit.stdout).run.id;
  writeFileSync(
    folder.at('house.md'),
    [
      '# Be brief {#be_brief authority=user}\n\nSay little.\n',
      '# Be \u001b[31mkind {#be_kind authority=user}\n\nBe kind.\n',
      '# $(touch pwned) {#$(touch$IFS-pwned) authority=user}\n\nNo.\n',
      '# No {#no;touch$IFS-pwned authority=user}\n\nNo.\n',
    ].join('\n'),
  );
  mkdirSync(folder.at('suites'));
  writeFileSync(folder.at('suites', 'mine.csv'), '');
  // `tenet` as a command on the path, as an installation makes one.
  mkdirSync(folder.at('bin'));
  writeFileSync(
    folder.at('bin', 'tenet'),
    `#!/bin/sh\nexec '${process.execPath}' '${TENET}' "$@"\n`,
    {
      mode: 0o755,
    },
  );
});
after(() => folder[Symbol.dispose]());

const environment = () => ({
  PATH: `${folder.at('bin')}:${process.env.PATH}`,
  HOME: folder.path,
  TERM: 'dumb',
  NODE_OPTIONS: NO_NETWORK,
});

/** Is the shell here, and can it be given a terminal? Else the test says that it is skipped. */
function has(t: TestContext, shell: string, needsTerminal = true): boolean {
  const isHere = (command: string, ...args: string[]): boolean =>
    spawnSync(command, args).status === 0;
  if (!isHere(shell, '-c', 'true')) t.skip(`there is no ${shell} here`);
  else if (needsTerminal && !isHere('script', '-qec', 'true', '/dev/null')) {
    t.skip("'script' gives no terminal here");
  } else return true;
  return false;
}

interface Terminal extends Disposable {
  /** Types this and the tab key, and gives the line that the shell has then. Leaves an empty line. */
  tab(typed: string): Promise<string>;
}

/**
 * A shell that somebody types into.
 * @param start how it is started, without any configuration of the user's
 * @param setUp its lines before the first key: Ctrl-T prints the line as `<<…>>`
 */
async function terminal(start: string, setUp: string[]): Promise<Terminal> {
  const child = spawn('script', ['-qec', start, '/dev/null'], {
    cwd: folder.path,
    env: environment(),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let printed = '';
  let look = (): void => {};
  let fail = (_: Error): void => {};
  child.once('close', () => fail(new Error(`${start} ended: ${printed}`)));
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    look();
  });
  const says = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      look = () => {
        const found = pattern.exec(printed);
        if (found === null) return;
        printed = printed.slice(found.index + found[0].length);
        resolve(found[1] ?? '');
      };
      fail = reject;
      look();
    });
  for (const line of [...setUp, 'echo set"-"up']) child.stdin.write(`${line}\n`);
  // The prompt comes when the shell reads keys itself; before, the terminal would take them for its own.
  await says(/set-up\r?\n.*ready> /s);
  return {
    tab: (typed) => {
      child.stdin.write(`${typed}\t\u0014\u0015`);
      return says(/<<([^>]*)>>/);
    },
    [Symbol.dispose]: () => {
      child.kill('SIGKILL');
      child.stdin.destroy();
      child.stdout.destroy();
    },
  };
}

/** What is typed, and what it becomes: as far as all that fits begins alike. */
const CASES = (): [string, string][] => [
  ['tenet spec st', 'tenet spec stats '],
  ['tenet audit --sub', 'tenet audit --subject '],
  ['tenet audit --json --dry', 'tenet audit --json --dry-run '],
  ['tenet audit --consensus un', 'tenet audit --consensus unanimity '],
  [`tenet judge again ${run.slice(0, 4)}`, `tenet judge again ${run} `],
  ['tenet spec show house.md be_b', 'tenet spec show house.md be_brief '],
  ['tenet audit --suite suites/', 'tenet audit --suite suites/mine.csv '],
  ['tenet audit --subject sim:sub', 'tenet audit --subject sim:subject '],
  ['tenet audit --subject anth', 'tenet audit --subject anthropic:'],
  ['tenet completion fi', 'tenet completion fish '],
];

/** Lines with something in them that a shell would run, were they evaluated. */
const HOSTILE = [
  'tenet spec show $(touch pwned) ',
  'tenet spec show `touch pwned` ',
  'tenet spec show "$(touch pwned)" ',
  'tenet spec show ";touch pwned; ',
  "tenet spec show '; touch pwned; ",
  'tenet spec show house.md $(touch pwned',
  'tenet spec show house.md n',
  'tenet spec show house.md ',
];

const BASH = [
  "PS1='ready> '; bind 'set enable-bracketed-paste off'; bind 'set bell-style none'",
  `bind -x '"\\C-t": echo "<<$READLINE_LINE>>"'`,
  'eval "$(tenet completion bash)"',
];

const ZSH = [
  "PS1='ready> '; unsetopt zle_bracketed_paste prompt_cr prompt_sp list_beep; unset zle_bracketed_paste",
  'autoload -Uz compinit; compinit -D -u',
  'eval "$(tenet completion zsh)"',
  'show-line() { print -r -- "<<$BUFFER>>" }; zle -N show-line; bindkey "^T" show-line; bindkey "^U" kill-whole-line',
];

describe('the tab key', () => {
  it('should complete commands, flags and values in bash', async (t) => {
    if (!has(t, 'bash')) return;
    using shell = await terminal('bash --norc --noprofile -i', BASH);
    for (const [typed, line] of CASES()) {
      assert.equal((await shell.tab(typed)).trimEnd(), line.trimEnd(), typed);
    }
  });

  it('should run nothing of what was typed in bash', async (t) => {
    if (!has(t, 'bash')) return;
    using shell = await terminal('bash --norc --noprofile -i', BASH);
    for (const typed of HOSTILE) {
      await shell.tab(typed);
      assert.ok(!existsSync(folder.at('pwned')), typed);
    }
  });

  it('should complete commands, flags and values in zsh', async (t) => {
    if (!has(t, 'zsh')) return;
    using shell = await terminal('zsh -f -i', ZSH);
    for (const [typed, line] of CASES()) {
      assert.equal((await shell.tab(typed)).trimEnd(), line.trimEnd(), typed);
    }
  });

  it('should run nothing of what was typed in zsh', async (t) => {
    if (!has(t, 'zsh')) return;
    using shell = await terminal('zsh -f -i', ZSH);
    for (const typed of HOSTILE) {
      await shell.tab(typed);
      assert.ok(!existsSync(folder.at('pwned')), typed);
    }
  });

  it('should complete commands, flags and values in fish, and run nothing of what was typed', (t) => {
    if (!has(t, 'fish', false)) return;
    const offered = (typed: string): string[] => {
      const { status, stdout, stderr } = spawnSync(
        'fish',
        ['--no-config', '-c', 'tenet completion fish | source; complete -C "$argv[1]"', typed],
        { cwd: folder.path, env: environment(), encoding: 'utf8' },
      );
      assert.equal(status, 0, stderr);
      return stdout.split('\n').filter((line) => line !== '');
    };
    for (const [typed, line] of CASES()) {
      const last = line.trimEnd().split(' ').at(-1) ?? '';
      const values = offered(typed).map((one) => one.split('\t')[0]);
      assert.ok(values.includes(last), `${typed}: ${values.join(' ')}`);
    }
    for (const typed of HOSTILE) offered(typed);
    assert.ok(!existsSync(folder.at('pwned')));
  });
});

describe('tenet complete', () => {
  const answered = async (line: string): Promise<string[]> => {
    const { code, stdout, stderr } = await userIn(folder.path).run('complete', '--line', line);
    assert.deepEqual([code, stderr], [0, '']);
    return stdout.split('\n').slice(0, -1);
  };
  const values = async (line: string): Promise<string[]> =>
    (await answered(line)).map((one) => one.split('\t')[0] ?? '');

  it('should offer each command that the help tells, and no hidden one', async () => {
    const first = await values('tenet ');
    assert.ok(first.includes('audit') && first.includes('help'));
    assert.ok(!first.includes('complete'));
    const { stdout } = await userIn(folder.path).run('help', '--json');
    for (const { path } of JSON.parse(stdout).commands) {
      const words = path.split(' ');
      assert.ok(first.includes(words[0]), path);
    }
    assert.deepEqual(await values('tenet suite '), ['draw']);
    assert.deepEqual(await values('tenet --debug suite '), ['draw']);
    assert.deepEqual(await values('FOO=1 tenet suite '), ['draw']);
    assert.deepEqual(await values('tenet no such '), []);
  });

  it('should offer each flag of a command, and those that all have', async () => {
    const flags = await values('tenet judge again x --');
    for (const flag of ['--judge', '--dry-run', '--json', '--debug', '--help']) {
      assert.ok(flags.includes(flag), flag);
    }
    assert.equal(new Set(flags).size, flags.length);
    assert.deepEqual(await values('tenet audit --consensus='), [
      '--consensus=majority',
      '--consensus=unanimity',
      '--consensus=latent',
    ]);
  });

  it('should offer no word that a shell would make something else of, and no terminal command', async () => {
    assert.deepEqual(await answered('tenet spec show house.md '), [
      'be_brief\tBe brief',
      'be_kind\tBe ␛[31mkind',
    ]);
  });

  it('should offer the transcripts of a run', async () => {
    assert.deepEqual(await values(`tenet show ${run} `), ['t1', 't2', 't3', 't4', 't5', 't6']);
    assert.deepEqual(await values(`tenet show ${run.slice(0, 4)} t2`), ['t2']);
    assert.deepEqual(await values('tenet show nosuchrun '), []);
    assert.deepEqual(await values(`tenet show ${run} --ledger absent.db `), []);
  });

  it('should offer the clauses of the spec, of the run, or of the configuration', async () => {
    assert.deepEqual(await values('tenet audit --spec house.md --clauses '), [
      'be_brief',
      'be_kind',
    ]);
    assert.deepEqual(await values('tenet suite draw house.md --clauses be_k'), ['be_kind']);
    const starter = ['tell_the_truth'];
    assert.deepEqual(await values('tenet audit --clauses tell_'), starter);
    assert.deepEqual(await values(`tenet label ${run} --clauses tell_`), starter);
    using other = temporaryFolder();
    writeFileSync(other.at('own.md'), '# Be brief {#be_brief authority=user}\n\nSay little.\n');
    // It is read and not run.
    writeFileSync(
      other.at('tenet.config.ts'),
      "throw new Error();\nexport default {\n  spec: 'own.md',\n};\n",
    );
    const { stdout } = await userIn(other.path).run('complete', '--line', 'tenet audit --clauses ');
    assert.equal(stdout, 'be_brief\tBe brief\n');
  });

  it('should say where files fit, and nothing where nothing does', async () => {
    assert.deepEqual(await answered('tenet spec lint '), [':files']);
    assert.deepEqual(await answered('tenet spec lint one.md '), [':files']);
    assert.deepEqual(await answered('tenet audit --spec '), [':files']);
    assert.deepEqual(await answered('tenet judge again --ledger absent.db '), []);
    assert.deepEqual(await answered('tenet spec show absent.md '), []);
  });
});
