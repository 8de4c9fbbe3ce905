/** @module bench/tables The tables of docs/performance.md, and how they get there. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Result, ROOT } from './running.ts';

/**
 * Writes text between the markers `<!-- NAME -->` and `<!-- /NAME -->` of docs/performance.md.
 * @throws Error where the page has no such markers
 */
export function writeBetween(name: string, text: string): void {
  const file = join(ROOT, 'docs/performance.md');
  const page = readFileSync(file, 'utf8');
  const marked = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marked.test(page)) throw new Error(`${file} has no place for '${name}'`);
  writeFileSync(
    file,
    page.replace(marked, (_, open, close) => `${open}${text}\n${close}`),
  );
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (string | number)[][]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A number with so many digits after the point. */
export function rounded(value: string | number | undefined, digits: number): string {
  return Number(value).toFixed(digits);
}

/** The tables of all benches that have results among these. */
export function tablesOf(results: readonly Result[]): string {
  const of = (what: string): Result[] => results.filter((result) => result.what === what);
  return [
    startUp([...of('start-up'), ...of('first-call')], 'start-up, from source'),
    startUp(of('packed'), 'start-up, from the package'),
    reading(of('read')),
    overhead(of('overhead')),
    memory(of('memory')),
    linting(of('lint'), of('lint from the command line')),
    comparing(of('spec-diff')),
    editing(of('lsp')),
    specScale(of('spec-scale')),
    statistics(of('statistics')),
    reporting(of('report')),
  ].join('\n\n');
}

function startUp(results: Result[], title: string): string {
  const rows = results.map((r) => [`\`${r.command}\``, rounded(r.milliseconds, 0)]);
  return table([title, 'ms, median'], rows);
}

function reading(results: Result[]): string {
  const rows = results.map((r) => [
    `\`${r.file}\``,
    rounded(r.kilobytes, 0),
    rounded(r.firstMilliseconds, 1),
    rounded(r.warmMilliseconds, 1),
  ]);
  return table(['reading a spec', 'KB', 'first time, ms', 'warm, ms'], rows);
}

function overhead(results: Result[]): string {
  const rows = results.map((r) => [
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

function memory(results: Result[]): string {
  const rows = results.map((r) => [
    r.format ?? '',
    r.samples ?? '',
    rounded(r.peakMegabytes, 0),
    rounded(r.resumeScanMilliseconds, 0),
    rounded(r.tallyMilliseconds, 0),
  ]);
  return table(['from', 'samples', 'peak memory, MB', 'resume scan, ms', 'tally, ms'], rows);
}

function linting(warm: Result[], cold: Result[]): string {
  const rows = [
    ...warm.map((r) => [
      `every rule on \`${r.file}\`, ${rounded(r.kilobytes, 0)} KB, warm`,
      rounded(r.warmMilliseconds, 0),
    ]),
    ...cold.map((r) => [
      `\`tenet spec lint ${r.file}\`, from the shell`,
      rounded(r.milliseconds, 0),
    ]),
  ];
  return table(['lint', 'ms'], rows);
}

function comparing(results: Result[]): string {
  const rows = results.map((r) => [
    r.pair ?? '',
    rounded(r.kilobytes, 0),
    rounded(r.firstMilliseconds, 0),
    rounded(r.warmMilliseconds, 0),
  ]);
  return table(['comparing two versions', 'KB', 'first time, ms', 'warm, ms'], rows);
}

function editing(results: Result[]): string {
  const rows = results
    .filter((r) => Number(r.kilobytes) > 200)
    .map((r) => [r.kind ?? '', rounded(r.p50, 0), rounded(r.p95, 0)]);
  return table(['editor, after a keystroke in 271 KB', 'median, ms', '95 %, ms'], rows);
}

function specScale(results: Result[]): string {
  const steps = [...new Set(results.map(({ step }) => String(step)))];
  const rows = [...Map.groupBy(results, (r) => `${r.text} ${r.megabytes}`).values()].map((own) => [
    String(own[0]?.text),
    rounded(own[0]?.megabytes, 2),
    ...own.map((r) => `${rounded(r.milliseconds, 0)} (${rounded(r.millisecondsPerMegabyte, 0)})`),
  ]);
  return table(['a spec of', 'MB', ...steps.map((step) => `${step}, ms (per MB)`)], rows);
}

function statistics(results: Result[]): string {
  const rows = results.map((r) => [
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

function reporting(results: Result[]): string {
  const rows = results.map((r) => [r.verdicts ?? '', rounded(r.milliseconds, 0)]);
  return table(['verdicts in the ledger', '`tenet report`, from the shell, ms'], rows);
}
