/**
 * @module bench/against
 * Measures another commit and this checkout in turn, so that a machine that slows down slows both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOut } from '../scripts/check-out.ts';
import { type Compared, compare, type Figure, figuresOf } from './compare.ts';
import { ROOT, runBench } from './running.ts';
import { rounded, table } from './tables.ts';

/** What is compared; the other benches show how something scales. */
export const COMPARED_BENCHES = ['start-up', 'first-call', 'overhead', 'reading', 'lint', 'report'];

/** Each bench runs so often on each side. */
export const ROUNDS = 7;

/**
 * Runs benches of a commit and of this checkout in turn, and compares their medians.
 * @param onRun is told before each run what comes
 * @throws Error where git knows no such commit, or a bench fails
 */
export function measureAgainst(
  commit: string,
  benches: readonly string[],
  rounds: number,
  onRun: (what: string) => void,
): Compared[] {
  using before = checkOut(commit);
  const kept = mkdtempSync(join(tmpdir(), 'tenet-bench-'));
  try {
    return benches.flatMap((bench) => {
      const sides = [before.folder, ROOT].map((checkout) => ({
        checkout,
        folder: mkdtempSync(join(kept, `${bench}-`)),
        runs: [] as Figure[][],
      }));
      for (let round = 0; round < rounds; round++) {
        // Neither side is always the one that finds the machine warm.
        const order = round % 2 === 0 ? sides : sides.toReversed();
        for (const { checkout, folder, runs } of order) {
          onRun(`${bench}, round ${round + 1}: ${checkout === ROOT ? 'this checkout' : commit}`);
          runs.push(figuresOf(runBench(bench, checkout, folder)));
        }
      }
      const [old, own] = sides;
      return old === undefined || own === undefined ? [] : compare(old.runs, own.runs);
    });
  } finally {
    rmSync(kept, { recursive: true, force: true });
  }
}

/** The comparison as a table: medians with their quartiles. */
export function tableOfComparison(commit: string, compared: readonly Compared[]): string {
  const rows = compared.map(({ name, unit, old, new: own, change, verdict }) => {
    const digits = unit === 'ms' && old.median >= 20 ? 0 : unit === '×' ? 1 : 2;
    const cell = ({ low, median, high }: Compared['old']): string =>
      `${rounded(median, digits)} (${rounded(low, digits)}–${rounded(high, digits)})`;
    const percent = `${change > 0 ? '+' : ''}${rounded(100 * change, 0)} %`;
    return [`\`${name}\``, unit, cell(old), cell(own), percent, verdict];
  });
  return table(['what', 'unit', `at ${commit}`, 'now', 'change', ''], rows);
}
