// A ledger in PostgreSQL, as whoever uses the command line meets it: every command says the same as of a file.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { type Folder, temporaryFolder, userIn } from './command.ts';
import { type PostgresServer, postgresAbsent, startPostgres } from './postgres.ts';
import { always } from './servers/faults.ts';
import { startOpenai } from './servers/openai.ts';

const skip = postgresAbsent();

let server: PostgresServer;

before(async () => {
  if (skip === false) server = await startPostgres();
});

after(async () => {
  if (skip === false) await server[Symbol.asyncDispose]();
});

const PANEL = [
  ...['--subject', 'sim:subject?violates=0.3', '--subject', 'sim:subject?violates=0.1&seed=2'],
  ...['--judge', 'sim:judge?sensitivity=0.9', '--judge', 'sim:judge?seed=2&abstain=0.1'],
  ...['--judge', 'sim:judge?seed=3&specificity=0.9', '--limit', '24'],
];

/** Makes runs of every kind in a ledger, has them labelled and their judge measured. */
async function fill(folder: Folder, ledger: string): Promise<void> {
  const user = userIn(folder.path);
  const run = async (...words: string[]) => {
    const { code, stderr } = await user.run(...words, '--ledger', ledger);
    assert.equal(code, 0, `tenet ${words.join(' ')}: ${stderr}`);
  };
  await run('audit', ...PANEL, '--repeats', '2');
  await run('audit', '--precision', '0.3', '--limit', '12', '--seed', '4');
  const runs = JSON.parse((await user.run('runs', '--json', '--ledger', ledger)).stdout).runs;
  const [panel] = runs.map(({ id }: { id: string }) => id).filter(isPanel(runs));
  writeFileSync(
    folder.at('labels.csv'),
    ['transcript,clause,outcome,annotator', ...labelsOf(await shown(folder, ledger, panel))].join(
      '\n',
    ),
  );
  await run('label', panel, '--import', 'labels.csv');
  await run('judge', 'calibrate', '--judge', 'sim:judge?sensitivity=0.9', '--limit', '20');
  await run('judge', 'again', panel, '--judge', 'sim:judge?seed=9');
}

const isPanel =
  (runs: { id: string; judges: unknown[] }[]) =>
  (id: string): boolean =>
    runs.find((run) => run.id === id)?.judges.length === 3;

async function shown(folder: Folder, ledger: string, run: string) {
  const { stdout } = await userIn(folder.path).run('show', run, 't1', '--json', '--ledger', ledger);
  return JSON.parse(stdout) as { verdicts: { clause: string }[] };
}

function labelsOf({ verdicts }: { verdicts: { clause: string }[] }): string[] {
  const [clause = ''] = verdicts.map((verdict) => verdict.clause);
  return [`t1,${clause},violates,Ann`, `t1,${clause},adheres,Bén`];
}

describe('a ledger in PostgreSQL', { skip }, () => {
  it('should say what a file says, byte for byte', async () => {
    using folder = temporaryFolder();
    const address = await server.database();
    await fill(folder, 'ledger.db');
    await fill(folder, address);
    const user = userIn(folder.path);
    const list = JSON.parse((await user.run('runs', '--json', '--ledger', 'ledger.db')).stdout);
    const ids: string[] = list.runs.map(({ id }: { id: string }) => id);
    writeFileSync(
      folder.at('policy.yaml'),
      'policy: tenet.policy/1\ngates:\n  - level: root\n    adherence: 0.5\n',
    );
    const [first = '', second = ''] = ids;
    const commands = [
      ...ids.flatMap((id) => [
        ['report', id, '--format', 'json'],
        ['report', id, '--format', 'markdown', '--all'],
        ['report', id, '--format', 'html'],
        ['show', id, 't1', '--json'],
        ['gate', id, '--policy', 'policy.yaml', '--json'],
      ]),
      ['compare', first, second, '--json'],
      ['health', '--json'],
      ...ids.map((id) => ['label', id, '--progress', '--json']),
      ['audit', ...PANEL, '--repeats', '2', '--offline', '--json'],
      ['judge', 'list'],
    ];
    for (const words of commands) {
      const [ofFile, ofDatabase] = await Promise.all(
        ['ledger.db', address].map((ledger) => user.run(...words, '--ledger', ledger)),
      );
      const of = (ran: typeof ofFile, ledger: string) => ({
        code: ran?.code,
        stdout: ran?.stdout.replaceAll(ledger, 'LEDGER'),
      });
      const what = `tenet ${words.join(' ')}`;
      assert.notEqual(ofFile?.stdout, '', `${what}: ${ofFile?.stderr}`);
      assert.deepEqual(of(ofDatabase, address), of(ofFile, 'ledger.db'), what);
    }
  });

  it('should be the one that the environment names, where only postgres: is said', async () => {
    using folder = temporaryFolder();
    const [one, other] = [await server.database(), await server.database()];
    const named = userIn(folder.path, { TENET_LEDGER_URL: one });
    const made = await named.run('audit', '--limit', '2', '--ledger', 'postgres:', '--json');
    assert.equal(made.code, 0, made.stderr);
    const listed = await userIn(folder.path).run('runs', '--ledger', one, '--json');
    assert.equal(JSON.parse(listed.stdout).runs.length, 1);
    const { host, pathname, username } = new URL(server.tcp('x'));
    assert.ok(host !== '' && pathname !== '');
    const own = userIn(folder.path, {
      PGHOST: '127.0.0.1',
      PGPORT: String(server.port),
      PGUSER: username,
      PGPASSWORD: decodeURIComponent(new URL(server.tcp('x')).password),
      PGDATABASE: other.split('/').at(-1)?.split('?')[0] ?? '',
    });
    const absent = await own.run('runs', '--ledger', 'postgres:');
    assert.equal(absent.code, 2, absent.stdout);
    assert.match(absent.stderr, /there is no ledger here/);
    const audited = await own.run('audit', '--limit', '2', '--ledger', 'postgres:');
    assert.equal(audited.code, 0, audited.stderr);
    assert.match(audited.stdout, /tenet report \w+ --all --ledger postgres:$/m);
  });

  it('should show its password nowhere', async () => {
    using folder = temporaryFolder();
    await using hanging = await startOpenai({ dialect: 'lenient', faults: always('hang') });
    const database = (await server.database()).split('/').at(-1)?.split('?')[0] ?? '';
    const address = server.tcp(database);
    const { password } = new URL(address);
    const secrets = [password, decodeURIComponent(password)];
    const clean = (where: string, text: string): void => {
      for (const secret of secrets) assert.ok(!text.includes(secret), `${where}: ${text}`);
    };
    const user = userIn(folder.path);
    const audit = await user.run('audit', '--limit', '4', '--ledger', address);
    assert.equal(audit.code, 0, audit.stderr);
    assert.match(audit.stderr, /has a password in it/);
    for (const words of [
      ['runs'],
      ['report', '--all'],
      ['report', '--json'],
      ['report', 'absent'],
      ['gate', '--policy', 'absent.yaml'],
    ]) {
      const ran = await user.run(...words, '--ledger', address);
      clean(words.join(' '), ran.stdout + ran.stderr);
    }
    const wrong = server.tcp(database, 'another-secret');
    const refused = await user.run('runs', '--ledger', wrong);
    assert.equal(refused.code, 2);
    assert.ok(!`${refused.stdout}${refused.stderr}`.includes('another-secret'), refused.stderr);
    const subject = ['--subject', `vllm:x?base=${hanging.base}`, '--judge', 'sim:judge'];
    const life = user.start('audit', ...subject, '--limit', '1', '--ledger', address);
    while (hanging.requests === 0) await setTimeout(20);
    clean('the list of processes', readFileSync(`/proc/${life.child.pid}/cmdline`, 'utf8'));
    life.child.kill('SIGKILL');
    const { stdout, stderr } = await life.ended;
    clean('the audit', audit.stdout + audit.stderr + stdout + stderr);
    for (const file of readdirSync(folder.path, { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('.md') || file.endsWith('.json')) {
        clean(file, readFileSync(folder.at(file), 'utf8'));
      }
    }
    const client = new pg.Client(server.address(database));
    await client.connect();
    const tables = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'tenet'");
    for (const { tablename } of tables.rows) {
      const { rows } = await client.query(`SELECT t::text AS row FROM tenet.${tablename} t`);
      clean(tablename, rows.map(({ row }) => row).join('\n'));
    }
    await client.end();
    assert.ok(tables.rows.length > 8);
  });
});
