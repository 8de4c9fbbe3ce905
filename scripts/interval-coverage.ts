/**
 * @module scripts/interval-coverage
 * Measures how often the intervals hold a planted rate and writes the tables into docs/statistics.md, between the
 * markers. About four minutes: `node scripts/interval-coverage.ts`; `node scripts/interval-coverage.ts 200` for a quick look.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  type AuditDesign,
  type Coverage,
  type CoverageQuestion,
  measureCoverage,
  measureDifferenceCoverage,
} from '../test/simulation/coverage.ts';

const audits = Number(process.argv[2] ?? 2000);
const page = new URL('../docs/statistics.md', import.meta.url);
const correlations = [0, 0.2, 0.5];

const realistic: AuditDesign = {
  clauses: [25, 59],
  clustersPerClause: [1, 8],
  scenariosPerCluster: [1, 3],
  repeats: [1, 3],
};

const percent = (share: number): string => (100 * share).toFixed(1);

function ask(question: Partial<CoverageQuestion>): Coverage {
  return measureCoverage({
    design: realistic,
    rate: 0.85,
    spread: 'equal',
    correlation: { cluster: 0 },
    audits,
    seed: 1,
    ...question,
  });
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function byRate(): string {
  const rates = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.85, 0.9, 0.95, 0.98];
  const rows = rates.map((rate) => [
    String(rate),
    ...correlations.flatMap((cluster) => {
      const { clause, level, overall, naive } = ask({ rate, correlation: { cluster } });
      return [clause, level, overall, naive].map(percent);
    }),
  ]);
  const head = correlations.flatMap((c) => [`ρ ${c}: clause`, 'level', 'overall', 'naive']);
  return table(['rate', ...head], rows);
}

function byClusters(rate: number): string {
  const sizes: [string, readonly [number, number]][] = [
    ['1', [1, 1]],
    ['2', [2, 2]],
    ['4', [4, 4]],
    ['1–4', [1, 4]],
  ];
  const rows: string[][] = [];
  for (const clusters of [2, 4, 8, 16, 40]) {
    for (const [name, scenariosPerCluster] of sizes) {
      const design: AuditDesign = {
        clauses: [25, 25],
        clustersPerClause: [clusters, clusters],
        scenariosPerCluster,
        repeats: [1, 1],
      };
      rows.push([
        String(clusters),
        name,
        ...correlations.flatMap((cluster) => {
          const { clause, overall } = ask({ design, rate, correlation: { cluster } });
          return [clause, overall].map(percent);
        }),
      ]);
    }
  }
  const head = correlations.flatMap((c) => [`ρ ${c}: clause`, 'overall']);
  return table(['seeds per clause', 'trials per seed', ...head], rows);
}

function bySpread(): string {
  const rows: string[][] = [];
  for (const spread of ['differing', 'split'] as const) {
    for (const rate of [0.5, 0.7, 0.85, 0.95]) {
      rows.push([
        spread,
        String(rate),
        ...correlations.flatMap((cluster) => {
          const { clause, level, overall } = ask({ rate, spread, correlation: { cluster } });
          return [clause, level, overall].map(percent);
        }),
      ]);
    }
  }
  const head = correlations.flatMap((c) => [`ρ ${c}: clause`, 'level', 'overall']);
  return table(['clauses', 'mean rate', ...head], rows);
}

function weakSpots(): string {
  const designs: [string, AuditDesign, CoverageQuestion['correlation'] | null][] = [
    ['25 clauses, 1–2 seeds, 3 repeats', shape(25, [1, 2], [1, 1], 3), null],
    ['25 clauses, 1–3 seeds, 2 repeats', shape(25, [1, 3], [1, 1], 2), null],
    ['8 clauses, 1–3 seeds of 2, 2 repeats', shape(8, [1, 3], [2, 2], 2), null],
    ['3 clauses, 1–4 seeds of 1–2, 2 repeats', shape(3, [1, 4], [1, 2], 2), null],
    ['1 clause, 8 seeds of 1–3', shape(1, [8, 8], [1, 3], 1), null],
    ['1 clause, 4 seeds, 3 repeats', shape(1, [4, 4], [1, 1], 3), null],
    ['25 clauses, 1 seed each, 3 repeats', shape(25, [1, 1], [1, 1], 3), null],
    ['realistic; repeats 0.8 alike, scenarios 0.1', realistic, { cluster: 0.1, scenario: 0.8 }],
  ];
  const rows: string[][] = [];
  for (const [name, design, planted] of designs) {
    for (const rate of [0.7, 0.85, 0.95]) {
      const cells = (planted === null ? [0, 0.5, 0.9] : [0]).flatMap((cluster) => {
        const correlation = planted ?? { cluster };
        const { clause, overall } = ask({ design, rate, correlation });
        return [clause, overall].map(percent);
      });
      while (cells.length < 6) cells.push('');
      rows.push([name, String(rate), ...cells]);
    }
  }
  const head = [0, 0.5, 0.9].flatMap((c) => [`ρ ${c}: clause`, 'overall']);
  return table(['design', 'rate', ...head], rows);
}

function shape(
  clauses: number,
  clustersPerClause: readonly [number, number],
  scenariosPerCluster: readonly [number, number],
  repeats: number,
): AuditDesign {
  return {
    clauses: [clauses, clauses],
    clustersPerClause,
    scenariosPerCluster,
    repeats: [repeats, repeats],
  };
}

function differences(): string {
  const rows: string[][] = [];
  for (const shared of [0, 0.5, 0.9]) {
    for (const [first, second] of [
      [0.5, 0.5],
      [0.85, 0.85],
      [0.95, 0.95],
      [0.9, 0.7],
    ] as const) {
      rows.push([
        `${first} and ${second}`,
        String(shared),
        ...correlations.flatMap((cluster) => {
          const { clause, overall, width } = measureDifferenceCoverage({
            design: realistic,
            first,
            second,
            shared,
            correlation: { cluster },
            audits,
            seed: 2,
          });
          return [percent(clause), percent(overall), width.toFixed(3)];
        }),
      ]);
    }
  }
  const head = correlations.flatMap((c) => [`ρ ${c}: clause`, 'overall', 'width']);
  return table(['rates', 'shared', ...head], rows);
}

const sections: [title: string, make: () => string][] = [
  ['By rate, in a realistic audit', byRate],
  ['By seeds per clause, 25 clauses, rate 0.85', () => byClusters(0.85)],
  ['By seeds per clause, 25 clauses, rate 0.95', () => byClusters(0.95)],
  ['By seeds per clause, 25 clauses, rate 0.2', () => byClusters(0.2)],
  ['Clauses with different rates', bySpread],
  ['Where it is weakest', weakSpots],
  ['Paired differences', differences],
];

const parts: string[] = [];
for (const [title, make] of sections) {
  process.stderr.write(`${title} …\n`);
  parts.push(`### ${title}\n\n${make()}`);
}
const start = '<!-- coverage: start, written by scripts/interval-coverage.ts -->';
const end = '<!-- coverage: end -->';
const text = readFileSync(page, 'utf8');
const [before, after] = [text.indexOf(start), text.indexOf(end)];
if (before < 0 || after < before) throw new Error(`${page.pathname} has no place for the tables.`);
const body = `\nEvery cell: ${audits} audits; one standard error of an overall figure is ${percent(Math.sqrt((0.95 * 0.05) / audits))} points.\n\n${parts.join('\n\n')}\n\n`;
writeFileSync(page, text.slice(0, before + start.length) + body + text.slice(after));
