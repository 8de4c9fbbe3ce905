/**
 * `npm run bench [-- NAME…]`: runs the benches one after the other, and writes what they measured to
 * bench/results/ and into the tables of docs/performance.md. With `--json` nothing is written, and one document is
 * printed. `npm run bench -- --against COMMIT [NAME…]` measures that commit and this checkout in turn; a comparison
 * of all benches is written into docs/performance.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { COMPARED_BENCHES, measureAgainst, ROUNDS, tableOfComparison } from './against.ts';
import { headlineOf } from './headline.ts';
import { BENCHES, MACHINE, ROOT, runBench } from './running.ts';
import { tablesOf, writeBetween } from './tables.ts';

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    against: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const date = new Date().toISOString().slice(0, 10);
const measured = `Measured on ${date}: ${MACHINE}`;

if (values.against === undefined) measure();
else measureBoth(values.against);

function measure(): void {
  const results = chosenOf(BENCHES).flatMap((name) => {
    const own = runBench(name);
    if (!values.json) for (const result of own) process.stdout.write(`${JSON.stringify(result)}\n`);
    return own;
  });
  const document = { date, machine: MACHINE, results };
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ ...document, ...headlineOf(results) }, null, 2)}\n`);
    return;
  }
  const folder = join(ROOT, 'bench/results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'latest.json'), `${JSON.stringify(document, null, 2)}\n`);
  if (asked.length === 0) writeBetween('measured', `${measured}.\n\n${tablesOf(results)}`);
}

function measureBoth(revision: string): void {
  const commit = execFileSync('git', ['rev-parse', '--short', `${revision}^{commit}`], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
  const compared = measureAgainst(commit, chosenOf(COMPARED_BENCHES), ROUNDS, (what) =>
    process.stderr.write(`${what} …\n`),
  );
  if (values.json) {
    const document = { date, machine: MACHINE, commit, rounds: ROUNDS, compared };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  const text = `${measured}; medians of ${ROUNDS} runs in turn, with their quartiles.\n\n${tableOfComparison(commit, compared)}`;
  process.stdout.write(`${text}\n`);
  if (asked.length === 0) writeBetween('compared', text);
}

/** The benches that were asked for, or all. */
function chosenOf(benches: readonly string[]): readonly string[] {
  const unknown = asked.find((name) => !benches.includes(name));
  if (unknown === undefined) return asked.length > 0 ? asked : benches;
  throw new Error(`there is no bench '${unknown}' here: ${benches.join(', ')}`);
}
