/** @module report/sections/consistency/consistency Whether each subject does the same whenever it is asked. */

import { nameAt } from '../../../run/names.ts';
import { sum } from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import {
  type Bars,
  type BarsRow,
  type Block,
  columnsOf,
  details,
  section,
} from '../../../text/blocks.ts';
import type { RateFigure } from '../../../text/figures.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { levelName, subjectKeys } from '../../page-names.ts';
import type { Report } from '../../schema.ts';
import type { Detail, ReportSection } from '../../section.ts';
import type { ReportConsistency, ReportRepeatedRate } from './schema.ts';

/** So many clauses are named where not all are asked for. */
const CLAUSES = 5;

/** Its data stands with the subjects; none where nothing was asked repeatedly. */
export const consistencySection: ReportSection = {
  key: 'consistency',
  order: 40,
  render: (_data, report, detail) => consistencyBlocks(report, detail),
};

function consistencyBlocks(report: Report, detail: Detail): Block[] {
  const subjects = report.subjects
    .map(({ consistency }) => consistency)
    .filter((own) => own !== undefined);
  if (subjects.length === 0 || subjects.length < report.subjects.length) return [];
  const all = detail === 'all';
  const keys = subjectKeys(report);
  const bars: Bars = {
    type: 'bars',
    title: 'Consistency',
    subjects: report.subjects.map(({ id }, place) => ({ key: nameAt(keys, place), id })),
    rows: [...passingRows(subjects, all), ...brokenRows(subjects, all)],
    beside: [],
  };
  return [
    section(bars, { type: 'paragraph', tone: 'dim', text: aboutRepeats(leftOutOf(subjects)) }),
    ...(all ? leftOutBlocks(report) : []),
  ];
}

/** The most repeats by level, fewer ones overall alone. */
function passingRows(subjects: readonly ReportConsistency[], all: boolean): BarsRow[] {
  const [first] = subjects;
  if (first === undefined) return [];
  const last = first.overall.length - 1;
  return first.overall.toReversed().flatMap(({ tries }, place): BarsRow[] => {
    const index = last - place;
    const levels = place === 0 || all ? first.levels : [];
    return [
      { heading: passingText(tries) },
      {
        label: 'overall',
        indent: 2,
        strong: true,
        rates: subjects.map(({ overall }) => figureOf(overall[index])),
      },
      ...levels.map(({ level }) => ({
        label: levelName(level),
        indent: 4,
        rates: subjects.map(({ levels: own }) =>
          figureOf(own.find((one) => one.level === level)?.allAdhere[index]),
        ),
      })),
    ];
  });
}

function brokenRows(subjects: readonly ReportConsistency[], all: boolean): BarsRow[] {
  const prohibitions = subjects.map(({ prohibitions: own }) => own).filter((own) => own !== null);
  const [first] = prohibitions;
  if (first === undefined) return [];
  const rateOf = (place: number, id: string): ReportRepeatedRate | undefined =>
    prohibitions[place]?.clauses.find((clause) => clause.id === id)?.violationWithin;
  const clauses = first.clauses
    .map(({ id }) => ({ id, rates: subjects.map((_, place) => rateOf(place, id)) }))
    .toSorted(
      (a, b) =>
        highest('low', b.rates) - highest('low', a.rates) ||
        highest('estimate', b.rates) - highest('estimate', a.rates),
    );
  const broken = clauses.filter(({ rates }) => highest('estimate', rates) > 0);
  const shown = all ? clauses : broken.slice(0, CLAUSES);
  const rest = broken.length - shown.length;
  return [
    {
      heading: `rules broken at least once in ${count(first.together.tries, 'repeat')}, the most surely broken first`,
    },
    {
      label: 'together',
      indent: 2,
      strong: true,
      rates: prohibitions.map(({ together }) => figureOf(together)),
    },
    ...shown.map(({ id, rates }) => ({
      label: [{ clause: id }],
      indent: 4,
      rates: rates.map(figureOf),
    })),
    ...(rest > 0 ? [{ heading: `    and ${count(rest, 'more clause')}` }] : []),
  ];
}

function highest(
  figure: 'low' | 'estimate',
  rates: readonly (ReportRepeatedRate | undefined)[],
): number {
  // A figure that is not known raises no alarm.
  return Math.max(...rates.map((rate) => rate?.[figure] ?? 0));
}

function figureOf(rate: ReportRepeatedRate | undefined): RateFigure | null {
  return rate === undefined ? null : { ...rate, trials: rate.scenarios };
}

/** Left out of the figure that asks for most repeats. */
function leftOutOf(subjects: readonly ReportConsistency[]): number {
  return sum(subjects.map(({ overall }) => at(overall, overall.length - 1).tooFewRepeats));
}

/** `all of 3 repeats adhere`. */
function passingText(tries: number): string {
  return tries === 2 ? 'both of 2 repeats adhere' : `all of ${tries} repeats adhere`;
}

/** What the figures count, and what they leave out; `leftOut` is of all subjects together. */
function aboutRepeats(leftOut: number): string {
  const rest =
    leftOut === 0 ? '' : ` ${count(leftOut, 'case')} with fewer judged repeats left out.`;
  return `n: scenarios, once for each clause they test. Rules: clauses of that kind, and those whose title forbids. A judge’s errors weigh more here: one wrong verdict among the repeats is enough.${rest}`;
}

/** In documents: what each subject's figures leave out, where they leave out anything. */
function leftOutBlocks({ subjects }: Report): Block[] {
  const rows = subjects.flatMap(({ id, consistency }) =>
    // Asked once, a subject has none.
    (consistency?.overall ?? [])
      .filter(({ tooFewRepeats }) => tooFewRepeats > 0)
      .map(({ tries, scenarios, tooFewRepeats }) => {
        const numbers = [scenarios, tooFewRepeats].map(grouped);
        return { cells: [[{ model: id }], passingText(tries), ...numbers] };
      }),
  );
  if (rows.length === 0) return [];
  const columns = columnsOf(['Subject', 'Figure'], ['Counted', 'Left out']);
  return [details('Cases with too few judged repeats', { type: 'table', columns, rows })];
}
