/** Start-up as users have it: from the tarball, installed into an empty folder. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPacked } from '../scripts/install-packed.ts';
import { runToEnd, timeToFirstCall } from './command-line.ts';
import { median, print } from './measure.ts';

const ROUNDS = 15;

const folder = mkdtempSync(join(tmpdir(), 'tenet-packed-'));
try {
  const { bin } = installPacked(folder);
  const commands: Record<string, () => number | Promise<number>> = {
    'node -e 0 (baseline)': () => runToEnd(['-e', '0'], folder).milliseconds,
    'tenet --version': () => runToEnd([bin, '--version'], folder).milliseconds,
    'tenet --help': () => runToEnd([bin, '--help'], folder).milliseconds,
    'tenet audit, before its first call': () => timeToFirstCall(bin),
  };
  for (const [command, time] of Object.entries(commands)) {
    const timings: number[] = [];
    for (let round = 0; round < ROUNDS; round++) timings.push(await time());
    print({ what: 'packed', command, milliseconds: median(timings) });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
