/** @module bench/running Runs benches of one checkout, each in a process of its own, and gathers what they print. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** One measured figure with what it was measured on; times are in milliseconds. */
export type Result = Record<string, string | number> & { what: string };

export const ROOT = join(import.meta.dirname, '..');

/** All benches, in the order in which they run. */
export const BENCHES = [
  'start-up',
  'first-call',
  'packed',
  'reading',
  'overhead',
  'memory',
  'lint',
  'spec-diff',
  'lsp',
  'spec-scale',
  'statistics',
  'report',
];

/** Benches that time a command line from outside, and are told whose. */
const FROM_OUTSIDE: ReadonlySet<string> = new Set(['first-call', 'report']);

/** What the figures were measured on. */
export const MACHINE = `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}`;

/**
 * Runs a bench of a checkout: the file that this checkout has, or ours where it has none and the bench works from
 * outside.
 * @param folder where the bench may keep what it makes once for all of its runs
 * @throws Error where it fails
 */
export function runBench(name: string, checkout: string = ROOT, folder?: string): Result[] {
  const own = join(checkout, 'bench', `${name}.ts`);
  const file = existsSync(own) ? own : join(ROOT, 'bench', `${name}.ts`);
  const outside = FROM_OUTSIDE.has(name)
    ? [checkout, ...(folder === undefined ? [] : [folder])]
    : [];
  const { status, stdout } = spawnSync(process.execPath, [file, ...outside], {
    cwd: checkout,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`the bench '${name}' of ${checkout} failed`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);
}
