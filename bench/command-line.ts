/**
 * @module bench/command-line
 * Times a command line from outside, whichever checkout or installed package it belongs to.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repliesAndJudges } from '../test/servers/behaviours.ts';
import { startOpenai } from '../test/servers/openai.ts';

/** A command takes longer only where it hangs. */
const PATIENCE = 600_000;

/**
 * Runs a command to its end.
 * @param args what follows `node`
 * @returns milliseconds from the shell to its end, and what it printed
 * @throws Error where it fails
 */
export function runToEnd(
  args: readonly string[],
  folder: string,
): { milliseconds: number; stdout: string } {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: PATIENCE,
    maxBuffer: 2 ** 28,
  });
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`node ${args.join(' ')}: ${stderr}`);
  return { milliseconds, stdout };
}

/**
 * Milliseconds from the shell to the first call of a small audit: until a local server has the request of its
 * first scenario. The audit is let run to its end, so that the compile cache is written as for a user.
 * @param bin the script that `npx tenet` runs
 * @throws Error where the audit fails or calls nobody
 */
export async function timeToFirstCall(bin: string): Promise<number> {
  let arrived: number | null = null;
  await using server = await startOpenai({
    dialect: 'lenient',
    instant: true,
    behaviour: (asked) => {
      arrived ??= performance.now();
      return repliesAndJudges(asked);
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'tenet-bench-'));
  try {
    const model = `compatible:instant?base=${server.base}`;
    const started = performance.now();
    const child = spawn(
      process.execPath,
      [bin, 'audit', '--limit', '1', '--subject', model, '--judge', model, '--self-judged'],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: PATIENCE,
      },
    );
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0 || arrived === null) throw new Error(`tenet audit: ${Buffer.concat(said)}`);
    return arrived - started;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
