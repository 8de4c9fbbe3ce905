/**
 * @module scripts/simulate
 * Measures how often corrected rates hold a planted rate. `npm run simulate` prints tables, `-- --json` one JSON
 * document, `-- --write` puts the tables into docs/statistics.md, between the markers. `--audits N` for other than
 * 1,000 audits a cell, `--seed N` for other audits. The same arguments give the same figures, on however many cores.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import {
  type CorrectionCoverage,
  type CorrectionQuestion,
  measureCorrection,
} from '../test/simulation/judge-error.ts';
import { measureFalseCalls } from '../test/simulation/judge-error-null.ts';
import { givenArguments } from './given-arguments.ts';

type Cell = CorrectionQuestion & CorrectionCoverage;

const rates = [0.01, 0.1, 0.5];
const judges = [
  [0.7, 0.7],
  [0.7, 0.99],
  [0.99, 0.7],
  [0.99, 0.99],
] as const;
const labelCounts = [50, 200, 500];
/** Labels on the run itself serve whatever the judge's errors are: its worst and its best show it. */
const alike = judges.filter(([sensitivity, specificity]) => sensitivity === specificity);

/** Trials of a run: what a level of a spec has, or a clause that is asked often. Where many are labelled there are more. */
const RUN = 300;
/** In seeds of three of which two are half alike: their design effect is about 2. */
const RUN_IN_SEEDS = 480;
const LABELLED_RUN = 600;
/** Sizes of a run over which a cell is followed, and comparisons of equal subjects. */
const sizes = [120, 240, 480, 960];
const COMPARISONS = 1000;
/** Seeds kept for each choice of `--seed`: more than there are cells. */
const SEEDS = 1000;

type Unseeded = Omit<CorrectionQuestion, 'audits' | 'seed'>;

function grid(): Unseeded[] {
  const questions: Unseeded[] = [];
  for (const clusters of [false, true]) {
    for (const judge of judges) {
      const [sensitivity, specificity] = judge;
      for (const rate of rates) {
        const run = clusters ? RUN_IN_SEEDS : RUN;
        const base = { rate, sensitivity, specificity, clusters, trials: run };
        questions.push({ ...base, method: 'uncorrected', labels: 0 });
        for (const labels of labelCounts) {
          questions.push({ ...base, method: 'Rogan–Gladen', labels });
          if (!alike.includes(judge)) continue;
          const trials = labels < run / 2 ? run : LABELLED_RUN;
          questions.push({ ...base, method: 'prediction-powered', labels, trials });
        }
      }
    }
  }
  return questions;
}

/** A judge who is nearly always right and few labels, in runs of all sizes. */
function gridOfSizes(): Unseeded[] {
  return (['Rogan–Gladen', 'prediction-powered'] as const).flatMap((method) =>
    [0.01, 0.5].flatMap((rate) =>
      sizes.map((trials) => ({
        method,
        rate,
        trials,
        labels: 50,
        sensitivity: 0.99,
        specificity: 0.99,
        clusters: false,
      })),
    ),
  );
}

/** Every question to the next worker that is free. */
async function measureAll(questions: CorrectionQuestion[]): Promise<Cell[]> {
  const cells = new Array<Cell>(questions.length);
  let next = 0;
  let done = 0;
  const crew = Array.from({ length: Math.min(availableParallelism(), questions.length) }, () => {
    const worker = new Worker(new URL(import.meta.url), {
      argv: process.argv.slice(2),
      // Audits leave much behind that is short-lived; with the default it is swept up all the time.
      resourceLimits: { maxYoungGenerationSizeMb: 64 },
    });
    return new Promise<void>((resolve, reject) => {
      const hand = (): void => {
        if (next < questions.length) worker.postMessage([next, questions[next++]]);
        else {
          resolve();
          void worker.terminate();
        }
      };
      worker.on('error', reject);
      worker.on('message', ([place, coverage]: [number, CorrectionCoverage]) => {
        cells[place] = { ...(questions[place] as CorrectionQuestion), ...coverage };
        done++;
        if (done % 16 === 0 || done === questions.length) {
          process.stderr.write(`${done} of ${questions.length} cells\n`);
        }
        hand();
      });
      hand();
    });
  });
  await Promise.all(crew);
  return cells;
}

const percent = (share: number): string => (100 * share).toFixed(1);

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function tables(cells: Cell[], audits: number, seed: number): string {
  const parts = [
    `Every cell: ${audits} audits, seed ${seed}; one standard error is ${percent(Math.sqrt((0.95 * 0.05) / audits))} points. Entries: coverage in percent, mean width in brackets, in points.`,
  ];
  for (const clusters of [false, true]) {
    const rows: string[][] = [];
    for (const [sensitivity, specificity] of judges) {
      for (const [method, labels] of rowsOf()) {
        const mine = cells.filter(
          (cell) =>
            cell.clusters === clusters &&
            cell.sensitivity === sensitivity &&
            cell.specificity === specificity &&
            cell.method === method &&
            cell.labels === labels,
        );
        if (mine.length === 0) continue;
        const figures = mine.map(
          ({ coverage, width }) => `${percent(coverage)} (${percent(width)})`,
        );
        const refused = Math.max(...mine.map((cell) => cell.refused));
        rows.push([
          `${sensitivity}, ${specificity}`,
          method,
          labels === 0 ? '–' : String(labels),
          ...figures,
          refused === 0 ? '0' : percent(refused),
        ]);
      }
    }
    parts.push(
      `### ${clusters ? 'Trials and calibration items in seeds' : 'Every item by itself'}`,
      table(
        [
          'sensitivity, specificity',
          'method',
          'labels',
          ...rates.map((rate) => `rate ${rate}`),
          'most refused %',
        ],
        rows,
      ),
    );
  }
  return parts.join('\n\n');
}

function rowsOf(): [method: string, labels: number][] {
  return [
    ['uncorrected', 0],
    ...labelCounts.map((labels): [string, number] => ['Rogan–Gladen', labels]),
    ...labelCounts.map((labels): [string, number] => ['prediction-powered', labels]),
  ];
}

function sizeTable(cells: Cell[]): string {
  const rows = [...Map.groupBy(cells, ({ method, rate }) => `${method}, rate ${rate}`)].map(
    ([name, mine]) => [name, ...mine.map(({ coverage }) => percent(coverage))],
  );
  return [
    '### A run that is large against its labels',
    'Coverage in percent, sensitivity and specificity 0.99, 50 labels, every item by itself.',
    table(['', ...sizes.map((trials) => `${trials} trials`)], rows),
  ].join('\n\n');
}

function nullTable(seed: number): string {
  const rows = [0.05, 0.2, 0.5].flatMap((rate) =>
    [false, true].map((clusters) => {
      const { anyCalled, anyCalledRaw } = measureFalseCalls({
        rate,
        clusters,
        audits: COMPARISONS,
        seed,
      });
      return [
        String(rate),
        clusters ? 'in seeds' : 'by themselves',
        percent(anyCalledRaw),
        percent(anyCalled),
      ];
    }),
  );
  return [
    '### Differences between equal subjects',
    'Percent of comparisons of two equal subjects over 30 clauses in which a difference of any clause was called at 5 %; 1,000 comparisons a row.',
    table(['rate', 'trials', 'without adjustment', 'after Benjamini–Hochberg'], rows),
  ].join('\n\n');
}

function writeInto(page: URL, body: string): void {
  const start = '<!-- corrected coverage: start, written by scripts/simulate.ts -->';
  const end = '<!-- corrected coverage: end -->';
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  if (before < 0 || after < before)
    throw new Error(`${page.pathname} has no place for the tables.`);
  writeFileSync(page, `${text.slice(0, before + start.length)}\n${body}\n\n${text.slice(after)}`);
}

async function main(): Promise<void> {
  const { values } = givenArguments({
    options: {
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      audits: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [audits, seed] = [Number(values.audits), Number(values.seed)];
  for (const flag of ['audits', 'seed'] as const) {
    const value = Number(values[flag]);
    if (Number.isInteger(value) && value > 0) continue;
    process.stderr.write(`--${flag} takes a whole number above 0; got ${values[flag]}.\n`);
    process.exitCode = 2;
    return;
  }
  const main = grid();
  const asked = values.json ? main : [...main, ...gridOfSizes()];
  const cells = await measureAll(
    asked.map((question, i) => ({ ...question, audits, seed: seed * SEEDS + i })),
  );
  if (values.json) {
    const shown = cells.map(({ seed: _, ...cell }) => ({
      corrected: cell.method !== 'uncorrected',
      ...cell,
    }));
    process.stdout.write(`${JSON.stringify({ cells: shown }, null, 1)}\n`);
    return;
  }
  const body = [
    tables(cells.slice(0, main.length), audits, seed),
    sizeTable(cells.slice(main.length)),
    nullTable(seed),
  ].join('\n\n');
  if (values.write) writeInto(new URL('../docs/statistics.md', import.meta.url), body);
  else process.stdout.write(`${body}\n`);
}

if (isMainThread) await main();
else {
  parentPort?.on('message', ([place, question]: [number, CorrectionQuestion]) => {
    parentPort?.postMessage([place, measureCorrection(question)]);
  });
}
