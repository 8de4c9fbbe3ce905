/**
 * A PostgreSQL server for tests: Debian's, as a process of its own with a folder of its own, gone with the process that
 * started it however that ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';

/** Where Debian keeps the versions that it has. */
const VERSIONS = '/usr/lib/postgresql';

/** What Linux takes for the path of a socket. */
const LONGEST_SOCKET = 107;

/** PostgreSQL refuses to run as root; this is Debian's `nobody`. */
const NOBODY = 65_534;

/** Its owner. Over TCP the server asks for the password, on its socket it does not. */
const USER = 'tenet';
const PASSWORD = 'sesame/opens@once';

export interface PostgresServer extends AsyncDisposable {
  /** The address of one of its databases, over the socket and without a password. */
  address(database: string): string;
  /** The same over TCP, with a password: its own, unless another is given. */
  tcp(database: string, password?: string): string;
  port: number;
  /** Makes an empty database; its address. */
  database(): Promise<string>;
  /** Stops it as a crash does, connections and all, and starts it again. */
  restart(): Promise<void>;
}

/** For `skip` of tests: false where there is a server to start, or what to install. */
export function postgresAbsent(): string | false {
  return binaries() === null
    ? "PostgreSQL is absent: this test needs Debian's package postgresql"
    : false;
}

/** The programs of the newest version. */
function binaries(): string | null {
  if (!existsSync(VERSIONS)) return null;
  const folders = readdirSync(VERSIONS)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(VERSIONS, version, 'bin'));
  return folders.find((folder) => existsSync(join(folder, 'postgres'))) ?? null;
}

/**
 * Starts a server.
 * @param settings of postgresql.conf over those of a test, such as `{ fsync: 'on' }`
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const programs = binaries();
  if (programs === null) throw new Error(String(postgresAbsent()));
  const folder = emptyFolder();
  try {
    await makeCluster(programs, folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const port = await freePort();
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    lc_messages: 'C',
    ...settings,
  };
  const words = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [join(programs, 'postgres'), '-D', join(folder, 'data'), ...words];
  const start = () => startServer(command, folder);
  let server = await start();
  let made = 0;
  const address = (database: string): string =>
    `postgres://${USER}@/${database}?host=${encodeURIComponent(folder)}&port=${port}`;
  return {
    address,
    port,
    tcp: (database, password = PASSWORD) =>
      `postgres://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    database: async () => {
      const name = `ledger_${++made}`;
      const client = new pg.Client(address('postgres'));
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return address(name);
    },
    restart: async () => {
      await server.end('keep');
      server = await start();
    },
    [Symbol.asyncDispose]: () => server.end('remove'),
  };
}

async function makeCluster(programs: string, folder: string): Promise<void> {
  const password = join(folder, 'password');
  writeFileSync(password, PASSWORD);
  const version = Number(basename(dirname(programs)));
  const initdb = run(
    join(programs, 'initdb'),
    ...['-D', join(folder, 'data'), '--no-sync', '--no-instructions'],
    ...['--encoding=UTF8', '--locale=C', `--username=${USER}`, `--pwfile=${password}`],
    // It orders text as people do, so that whoever wants the order of bytes has to say so.
    ...(version < 15 ? [] : ['--locale-provider=icu', '--icu-locale=en-US']),
    ...['--auth-local=trust', '--auth-host=scram-sha-256'],
  );
  const said = textOf(initdb.stderr);
  const [code] = await once(initdb, 'close');
  if (code !== 0) throw new Error(`initdb: ${await said}`);
}

/**
 * Runs the server under a shell that waits for its standard input to end, which it does with this process too, even
 * where that is killed.
 */
const KEEPER = `folder=$1; shift; "$@" 2>&1 & server=$!; exec 1>&-
read word
kill -QUIT $server; wait $server; test "$word" = keep || rm -rf "$folder"`;

async function startServer(command: readonly string[], folder: string) {
  const shell = run('/bin/sh', '-c', KEEPER, 'sh', folder, ...command);
  const said = textOf(shell.stdout, /database system is ready to accept connections/);
  const text = await said;
  const closed = once(shell, 'close');
  const end = async (word: 'keep' | 'remove'): Promise<void> => {
    shell.ref();
    shell.stdin?.end(`${word}\n`);
    await closed;
  };
  if (!text.includes('ready to accept')) {
    await end('remove');
    throw new Error(`PostgreSQL does not start: ${text}`);
  }
  // What it says later is nothing to a test, but a full pipe would stop it.
  shell.stdout?.resume();
  // The test's end need not wait for a server that nobody has ended.
  shell.unref();
  for (const stream of [shell.stdin, shell.stdout, shell.stderr]) unref(stream);
  return { end };
}

/** Starts a program, not as root, and not in the group that Ctrl-C ends. */
function run(program: string, ...words: string[]): ChildProcess {
  const isRoot = process.getuid?.() === 0;
  return spawn(program, words, {
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    stdio: 'pipe',
    detached: true,
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
}

function unref(stream: object | null): void {
  if (stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
}

/** What a stream says to its end, or to these words. */
async function textOf(stream: ChildProcess['stdout'], end?: RegExp): Promise<string> {
  let text = '';
  if (stream === null) return text;
  return await new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      text += chunk;
      if (end?.test(text)) resolve(text);
    });
    stream.once('end', () => resolve(text));
  });
}

/** A folder of the server's user, with a path that leaves room for a socket. */
function emptyFolder(): string {
  const socket = join(tmpdir(), 'tenet-pg-123456', '.s.PGSQL.65535');
  const parent = socket.length > LONGEST_SOCKET ? '/tmp' : tmpdir();
  const folder = mkdtempSync(join(parent, 'tenet-pg-'));
  if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address !== null && typeof address === 'object' ? address.port : 0;
}
