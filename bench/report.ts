/**
 * Time of `tenet report` on a stored run of many verdicts, of this checkout or of the one whose folder is given.
 * That checkout's own command line makes the run, with simulated models, once per folder.
 *
 *     node bench/report.ts [CHECKOUT [FOLDER]]
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runToEnd } from './command-line.ts';
import { median, print } from './measure.ts';

/** Of the starter spec's 98 scenarios: 113,092 verdicts. */
const REPEATS = 1_154;
const ROUNDS = 3;

const checkout = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const folder = process.argv[3] ?? mkdtempSync(join(tmpdir(), 'tenet-bench-'));
const bin = join(checkout, 'bin/tenet.js');
const ledger = join(folder, 'ledger.db');

interface Printed {
  accounting: { samples: { replied: number } };
}

try {
  if (!existsSync(ledger)) {
    const models = ['--subject', 'sim:subject', '--judge', 'sim:judge'];
    runToEnd([bin, 'audit', ...models, '--repeats', `${REPEATS}`, '--ledger', ledger], folder);
  }
  const rounds = Array.from({ length: ROUNDS }, () =>
    runToEnd([bin, 'report', '--ledger', ledger, '--format', 'json'], folder),
  );
  const { accounting } = JSON.parse(rounds[0]?.stdout ?? '') as Printed;
  print({
    what: 'report',
    verdicts: accounting.samples.replied,
    milliseconds: median(rounds.map(({ milliseconds }) => milliseconds)),
  });
} finally {
  if (process.argv[3] === undefined) rmSync(folder, { recursive: true, force: true });
}
