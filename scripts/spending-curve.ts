/**
 * @module scripts/spending-curve
 * Measures what choosing the next draws saves against equal allocation, and whether intervals hold, and writes both
 * into docs/spending.md between the markers. About two minutes, alone on a machine: `node scripts/spending-curve.ts`; with a small number,
 * so many runs per row.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { markdownTable } from '../src/text/markdown-table.ts';
import { fixedDraws, measureSequences } from '../test/simulation/planted-sequences.ts';
import {
  playSpending,
  type SpendingPoint,
  type SpendingQuestion,
} from '../test/simulation/planted-spending.ts';

const runs = Number(process.argv[2] ?? 40);
const page = new URL('../docs/spending.md', import.meta.url);

const worlds: { name: string; rates: number[] }[] = [
  {
    name: '40 clauses, 4 at 0.5, the others at 0.97 to 0.99',
    rates: [0.5, 0.97, 0.98, 0.99].flatMap((rate, place) =>
      Array<number>(place === 0 ? 4 : 12).fill(rate),
    ),
  },
  {
    name: '40 clauses, rates spread evenly from 0.6 to 1',
    rates: Array.from({ length: 40 }, (_, place) => 0.6 + (0.4 * place) / 39),
  },
  { name: '40 clauses, all at 0.9', rates: Array<number>(40).fill(0.9) },
];

const percent = (share: number): string => (100 * share).toFixed(1);
const points = (share: number): string => `±${Math.round(100 * share)}`;
const whole = (number: number): string => Math.round(number).toLocaleString('en');

function play(question: Omit<SpendingQuestion, 'seed' | 'bound' | 'draws'>) {
  return Array.from({ length: runs }, (_, seed) =>
    playSpending({ ...question, bound: null, draws: 1e7, seed: seed + 1 }),
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function savings({ name, rates }: (typeof worlds)[number]): string {
  const rows = [0.15, 0.1, 0.07, 0.05].map((precision) => {
    const [chosen, equal] = (['chosen', 'equal'] as const).map((allocation) =>
      play({ rates, precision, allocation }),
    );
    const asked = mean((chosen ?? []).map(({ draws }) => draws));
    const alike = mean((equal ?? []).map(({ draws }) => draws));
    const widest = Math.max(...rates.map((rate) => fixedDraws(rate, precision, 0.95)));
    const known = rates.reduce((sum, rate) => sum + fixedDraws(rate, precision, 0.95), 0);
    return [
      points(precision),
      whole(asked),
      whole(alike),
      `${(alike / asked).toFixed(1)}×`,
      whole(widest * rates.length),
      whole(known),
      mean((chosen ?? []).map(({ rounds }) => rounds)).toFixed(0),
      percent(mean((chosen ?? []).map(({ held }) => held / rates.length))),
      percent(mean((chosen ?? []).map(({ everHeld }) => everHeld / rates.length))),
    ];
  });
  const head = [
    'points',
    'chosen',
    'equal',
    'saved',
    'fixed, equal',
    'fixed, rates known',
    'rounds',
    'held, %',
    'ever held, %',
  ];
  return `### ${name}\n\n${markdownTable(head, rows)}`;
}

/** The draws after which the widest interval was first as narrow as this, over the runs; null where one never was. */
function drawsUntil(
  curves: readonly (readonly SpendingPoint[])[],
  halfWidth: number,
): number | null {
  const found = curves.map((curve) => curve.find((point) => point.halfWidth <= halfWidth)?.draws);
  return found.includes(undefined) ? null : mean(found.map((draws) => draws ?? 0));
}

/** Without a precision: how wide the widest interval is when so many draws are spent. */
function budgets({ rates }: (typeof worlds)[number]): string {
  const rows = [1000, 2000, 4000, 8000, 16_000].map((draws) => [
    whole(draws),
    ...(['chosen', 'equal'] as const).map((allocation) => {
      const widths = Array.from({ length: runs }, (_, seed) => {
        const question = { rates, precision: null, bound: null, allocation, draws, seed: seed + 1 };
        return playSpending(question).curve.at(-1)?.halfWidth ?? 1;
      });
      return `±${percent(mean(widths))}`;
    }),
  ]);
  return markdownTable(['draws', 'chosen', 'equal'], rows);
}

const COLUMNS = 60;

function picture({ rates }: (typeof worlds)[number]): string {
  const precision = 0.05;
  const curves = (['chosen', 'equal'] as const).map((allocation) =>
    play({ rates, precision, allocation }).map(({ curve }) => curve),
  );
  const levels = [0.4, 0.35, 0.3, 0.25, 0.2, 0.17, 0.14, 0.12, 0.1, 0.085, 0.07, 0.06, 0.05];
  const rows = levels.map((level) => ({
    level,
    draws: curves.map((own) => drawsUntil(own, level)),
  }));
  const all = rows.flatMap(({ draws }) => draws.flatMap((number) => number ?? []));
  const [least, most] = [Math.log(Math.min(...all)), Math.log(Math.max(...all))];
  const lines = rows.map(({ level, draws }) => {
    const cells = Array<string>(COLUMNS).fill(' ');
    for (const [place, number] of draws.entries()) {
      if (number === null) continue;
      const column = Math.round(((COLUMNS - 1) * (Math.log(number) - least)) / (most - least));
      cells[column] = place === 0 ? '●' : cells[column] === '●' ? '◉' : '○';
    }
    const figures = draws.map((number) => (number === null ? '–' : whole(number)).padStart(7));
    return `±${(100 * level).toFixed(1).padStart(4)} │${cells.join('')} ${figures.join('')}`;
  });
  const axis = `      └${'─'.repeat(COLUMNS)}`;
  const head = `points ${' '.repeat(COLUMNS)} chosen  equal`;
  return [
    '```text',
    head,
    ...lines,
    axis,
    `       ${whole(Math.exp(least))} draws over all clauses (logarithmic)`.padEnd(COLUMNS) +
      whole(Math.exp(most)),
    '```',
  ].join('\n');
}

function coverage(): string {
  const rows = [0.5, 0.7, 0.9, 0.97, 0.99, 1].flatMap((rate) =>
    [0.1, 0.05].map((precision) => {
      const measured = measureSequences({
        rate,
        precision,
        confidence: 0.95,
        draws: precision === 0.1 ? 1000 : 3000,
        sequences: 50 * runs,
        seed: 5,
      });
      const number = (value: number | null): string => (value === null ? '' : whole(value));
      return [
        String(rate),
        points(precision),
        percent(measured.everHeld),
        percent(measured.bernsteinEverHeld),
        percent(measured.wilsonEverHeld),
        number(measured.drawsToStop),
        number(measured.bernsteinDrawsToStop),
        number(measured.fixedDraws),
      ];
    }),
  );
  const head = [
    'rate',
    'points',
    'betting: ever held, %',
    'Bernstein',
    'Wilson, peeking',
    'betting: draws to stop',
    'Bernstein',
    'Wilson, fixed',
  ];
  return markdownTable(head, rows);
}

const [first] = worlds;
if (first === undefined) throw new Error('there is nothing to measure');
const body = `
Mean draws of ${runs} simulated runs until the widest clause interval is as narrow as asked. *chosen*: as \`tenet audit\`
allocates; *equal*: every clause gets the next draw, with the same intervals; *saved*: how many times as many that takes.
*fixed, equal*: Wilson intervals on a sample whose size is settled beforehand, the same for every clause; these need fewer
draws than sequences do for one clause, hold only if nobody stops early, and one must know the worst rate to settle the
size. *fixed, rates known*: the same, each clause with the size that its own rate needs, which nobody can know
beforehand. *held*: clauses whose last interval holds the rate; *ever held*: after every round.

${worlds.map(savings).join('\n\n')}

### The curve

Half the width of the widest interval against draws, first world, precision ±5: ● chosen, ○ equal, ◉ both.

${picture(first)}

### With a budget and no precision

Half the width of the widest interval, in points, when so many draws are spent; first world.

${budgets(first)}

### Do the intervals hold?

${whole(50 * runs)} sequences a row; one standard error is ${percent(Math.sqrt((0.95 * 0.05) / (50 * runs)))} points. *ever held*: the interval held the rate after every single draw, up to 1,000 draws for ±10
and 3,000 for ±5; no rule for stopping can do worse. *Wilson, peeking*: an ordinary 95 % interval looked at after
every draw from the tenth on. *Bernstein*: the empirical-Bernstein sequence, for comparison.

${coverage()}

`;
const start = '<!-- spending: start, written by scripts/spending-curve.ts -->';
const end = '<!-- spending: end -->';
const text = readFileSync(page, 'utf8');
const [before, after] = [text.indexOf(start), text.indexOf(end)];
if (before < 0 || after < before) throw new Error(`${page.pathname} has no place for the tables.`);
writeFileSync(page, text.slice(0, before + start.length) + body + text.slice(after));
