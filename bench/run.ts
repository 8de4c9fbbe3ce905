/**
 * `npm run bench [-- NAME…]`: runs the benches one after the other, each in a process of its own, and writes
 * what they measured to bench/results/ and into the tables of docs/performance.md.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { printJson } from '../src/text/json.ts';

const BENCHES = [
  'start-up',
  'reading',
  'overhead',
  'memory',
  'lint',
  'spec-diff',
  'lsp',
  'spec-scale',
  'statistics',
];

type Result = Record<string, string | number> & { what: string };

const asked = process.argv.slice(2);
const page = join(import.meta.dirname, '../docs/performance.md');
const unknown = asked.find((name) => !BENCHES.includes(name));
if (unknown !== undefined) throw new Error(`there is no bench '${unknown}': ${BENCHES.join(', ')}`);
const results: Result[] = [];
for (const name of asked.length > 0 ? asked : BENCHES) {
  const child = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  if (child.status !== 0) throw new Error(`the bench '${name}' failed`);
  process.stdout.write(child.stdout);
  const lines = child.stdout.trim().split('\n');
  results.push(...lines.map((line) => JSON.parse(line) as Result));
}

const folder = join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
const machine = `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}`;
const date = new Date().toISOString().slice(0, 10);
writeFileSync(join(folder, 'latest.json'), printJson({ date, machine, results }));
if (asked.length === 0) writeTables();

function writeTables(): void {
  const text = readFileSync(page, 'utf8');
  const tables = `Measured on ${date}: ${machine}.\n\n${[startUp(), reading(), overhead(), memory(), linting(), comparing(), editing(), specScale(), statistics()].join('\n\n')}`;
  const marked = /(<!-- measured -->\n)[\s\S]*?(<!-- \/measured -->)/;
  writeFileSync(
    page,
    text.replace(marked, (_, open, close) => `${open}${tables}\n${close}`),
  );
}

function of(what: string): Result[] {
  return results.filter((result) => result.what === what);
}

function table(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function rounded(value: string | number | undefined, digits: number): string {
  return Number(value).toFixed(digits);
}

function startUp(): string {
  const rows = of('start-up').map((r) => [`\`${r.command}\``, rounded(r.milliseconds, 0)]);
  return table(['start-up', 'ms, median of 15'], rows);
}

function reading(): string {
  const rows = of('read').map((r) => [
    `\`${r.file}\``,
    rounded(r.kilobytes, 0),
    rounded(r.firstMilliseconds, 1),
    rounded(r.warmMilliseconds, 1),
  ]);
  return table(['reading a spec', 'KB', 'first time, ms', 'warm, ms'], rows);
}

function overhead(): string {
  const rows = of('overhead').map((r) => [
    r.inFlight ?? '',
    r.samples ?? '',
    rounded(r.cpuMilliseconds, 2),
    rounded(r.bareCpuMilliseconds, 2),
    `${rounded(Number(r.cpuMilliseconds) / Number(r.bareCpuMilliseconds), 1)}×`,
    rounded(r.samplesPerSecond, 0),
    rounded(r.bareSamplesPerSecond, 0),
  ]);
  const head = [
    'calls in flight',
    'samples',
    'CPU ms per sample',
    'bare loop',
    'ratio',
    'samples/s',
    'bare loop',
  ];
  return table(head, rows);
}

function memory(): string {
  const rows = of('memory').map((r) => [
    r.samples ?? '',
    rounded(r.peakMegabytes, 0),
    rounded(r.resumeScanMilliseconds, 0),
    rounded(r.tallyMilliseconds, 0),
  ]);
  return table(['samples', 'peak memory, MB', 'resume scan, ms', 'tally, ms'], rows);
}

function linting(): string {
  const warm = of('lint').map((r) => [
    `every rule on \`${r.file}\`, ${rounded(r.kilobytes, 0)} KB, warm`,
    rounded(r.warmMilliseconds, 0),
  ]);
  const cold = of('lint from the command line').map((r) => [
    `\`tenet spec lint ${r.file}\`, from the shell`,
    rounded(r.milliseconds, 0),
  ]);
  return table(['lint', 'ms'], [...warm, ...cold]);
}

function comparing(): string {
  const rows = of('spec-diff').map((r) => [
    r.pair ?? '',
    rounded(r.kilobytes, 0),
    rounded(r.firstMilliseconds, 0),
    rounded(r.warmMilliseconds, 0),
  ]);
  return table(['comparing two versions', 'KB', 'first time, ms', 'warm, ms'], rows);
}

function editing(): string {
  const rows = of('lsp')
    .filter((r) => Number(r.kilobytes) > 200)
    .map((r) => [r.kind ?? '', rounded(r.p50, 0), rounded(r.p95, 0)]);
  return table(['editor, after a keystroke in 271 KB', 'median, ms', '95 %, ms'], rows);
}

function specScale(): string {
  const measured = of('spec-scale');
  const steps = [...new Set(measured.map(({ step }) => String(step)))];
  const rows = [...Map.groupBy(measured, (r) => `${r.text} ${r.megabytes}`).values()].map((own) => [
    String(own[0]?.text),
    rounded(own[0]?.megabytes, 2),
    ...own.map((r) => `${rounded(r.milliseconds, 0)} (${rounded(r.millisecondsPerMegabyte, 0)})`),
  ]);
  return table(['a spec of', 'MB', ...steps.map((step) => `${step}, ms (per MB)`)], rows);
}

function statistics(): string {
  const rows = of('statistics').map((r) => [
    r.how ?? '',
    r.verdicts ?? '',
    r.rates ?? '',
    r.resamples ?? '',
    rounded(r.milliseconds, 0),
    rounded(r.cpuMilliseconds, 0),
  ]);
  const head = ['intervals of a whole report', 'verdicts', 'rates', 'resamples', 'ms', 'CPU ms'];
  return table(head, rows);
}
