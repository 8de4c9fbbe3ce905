/**
 * Runs the real command line as a child process, in a folder of its own and an environment without keys, for
 * tests that look at Tenet the way a user does.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The script that `npx tenet` runs. */
export const TENET = fileURLToPath(new URL('../bin/tenet.js', import.meta.url));

/** `NODE_OPTIONS` under which a process can't open a socket or look up a name. */
export const NO_NETWORK = `--import=${new URL('no-network.ts', import.meta.url).href}`;

/** What every report with simulated models begins and ends with. */
export const STAMP = /^━━ SIMULATED: planted models answered here\. .* ━+$/;

/** A folder that is deleted at the end of its scope. */
export interface Folder extends Disposable {
  path: string;
  /** The path of something in it. */
  at(...names: string[]): string;
}

/** Makes an empty folder. */
export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'tenet-test-'));
  return {
    path,
    at: (...names) => join(path, ...names),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Everything in a folder, however deep, by relative path: a file's digest, `folder` for a folder. */
export function listing(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const full = join(folder, path);
      const isFile = statSync(full).isFile();
      return [path, isFile ? hash('sha256', readFileSync(full)) : 'folder'];
    }),
  );
}

export interface Ran {
  /** Null where a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Somebody who runs commands in one folder. */
export interface User {
  /** Runs `tenet` with these arguments to its end. */
  run(...args: string[]): Promise<Ran>;
  /** Starts it and lets it be watched and stopped on the way. */
  start(...args: string[]): Running;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ran>;
  /** Resolves to true once stderr has said this, or to false where the process ends before. */
  says(words: string | RegExp): Promise<boolean>;
}

/** A user in `folder`, with nothing in the environment but what a process needs, and `variables`. */
export function userIn(folder: string, variables: Record<string, string> = {}): User {
  const { PATH = '', TMPDIR = tmpdir(), NODE_V8_COVERAGE } = process.env;
  const env: Record<string, string> = {
    PATH,
    TMPDIR,
    HOME: folder,
    ...(NODE_V8_COVERAGE === undefined ? {} : { NODE_V8_COVERAGE }),
    ...variables,
  };
  const start = (...args: string[]): Running => {
    const child = spawn(process.execPath, [TENET, ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    const ended = new Promise<Ran>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        resolve({
          code,
          signal,
          stdout: Buffer.concat(out).toString(),
          stderr: Buffer.concat(err).toString(),
        });
      });
    });
    const says = (words: string | RegExp): Promise<boolean> =>
      new Promise((resolve) => {
        const look = (): void => {
          const said = Buffer.concat(err).toString();
          if (typeof words === 'string' ? said.includes(words) : words.test(said)) resolve(true);
        };
        look();
        child.stderr.on('data', look);
        void ended.then(() => resolve(false));
      });
    return { child, ended, says };
  };
  return { start, run: (...args) => start(...args).ended };
}
