/** @module report/sections/consistency/consistency-text What repeats show, in a terminal. */

import { NO_LEVEL } from '../../../run/tally.ts';
import { wrap } from '../../../text/layout.ts';
import { count } from '../../../text/numbers.ts';
import { type Row, rateTable, type TableRate } from '../../rate-table.ts';
import type { Sheet } from '../../sheet.ts';
import { aboutRepeats, brokenText, passingText } from './consistency.ts';
import type { ReportConsistency, ReportRepeatedRate } from './consistency-schema.ts';

/** So many clauses are named where not all are asked for. */
const CLAUSES = 5;

/** The block; none where nothing was asked repeatedly. */
export function consistencyLines({ report, width, paint, all, keys }: Sheet): string[] {
  const subjects = report.subjects.flatMap(({ consistency }) => consistency ?? []);
  if (subjects.length === 0 || subjects.length < report.subjects.length) return [];
  const rows = [...passingRows(subjects, all), ...brokenRows(subjects, all)];
  const names = report.subjects.map(({ id }, place) => ({ key: keys[place] ?? '', id }));
  return [
    ...rateTable({
      ...{ title: 'Consistency', subjects: names, rows, beside: [], width, paint },
    }),
    ...wrap(aboutRepeats(leftOutOf(subjects)), width).map((line) => paint('dim', line)),
  ];
}

/** The most repeats by level, fewer ones overall alone. */
function passingRows(subjects: readonly ReportConsistency[], all: boolean): Row[] {
  const [first] = subjects;
  if (first === undefined) return [];
  const last = first.overall.length - 1;
  return first.overall.toReversed().flatMap(({ tries }, place): Row[] => {
    const index = last - place;
    const levels = place === 0 || all ? first.levels : [];
    return [
      { heading: passingText(tries) },
      {
        label: 'overall',
        indent: 2,
        strong: true,
        rates: subjects.map(({ overall }) => tableRate(overall[index])),
      },
      ...levels.map(({ level }) => ({
        label: level === NO_LEVEL ? 'no level' : level,
        indent: 4,
        rates: subjects.map(({ levels: own }) =>
          tableRate(own.find((one) => one.level === level)?.allAdhere[index]),
        ),
      })),
    ];
  });
}

function brokenRows(subjects: readonly ReportConsistency[], all: boolean): Row[] {
  const prohibitions = subjects.flatMap(({ prohibitions: own }) => own ?? []);
  const [first] = prohibitions;
  if (first === undefined) return [];
  const rateOf = (place: number, id: string): ReportRepeatedRate | undefined =>
    prohibitions[place]?.clauses.find((clause) => clause.id === id)?.violationWithin;
  const clauses = first.clauses
    .map(({ id }) => ({ id, rates: subjects.map((_, place) => rateOf(place, id)) }))
    .toSorted((a, b) => alarmOf(b.rates) - alarmOf(a.rates) || mostOf(b.rates) - mostOf(a.rates));
  const broken = clauses.filter(({ rates }) => mostOf(rates) > 0);
  const shown = all ? clauses : broken.slice(0, CLAUSES);
  const rest = broken.length - shown.length;
  return [
    { heading: `rules ${brokenText(first.together.tries)}, the most surely broken first` },
    {
      label: 'together',
      indent: 2,
      strong: true,
      rates: prohibitions.map(({ together }) => tableRate(together)),
    },
    ...shown.map(({ id, rates }) => ({ label: `#${id}`, indent: 4, rates: rates.map(tableRate) })),
    ...(rest > 0 ? [{ heading: `    and ${count(rest, 'more clause')}` }] : []),
  ];
}

function alarmOf(rates: readonly (ReportRepeatedRate | undefined)[]): number {
  return Math.max(...rates.map((rate) => rate?.low ?? 0));
}

function mostOf(rates: readonly (ReportRepeatedRate | undefined)[]): number {
  return Math.max(...rates.map((rate) => rate?.estimate ?? 0));
}

function tableRate(rate: ReportRepeatedRate | undefined): TableRate | null {
  return rate === undefined ? null : { ...rate, trials: rate.scenarios };
}

/** Left out of the figure that asks for most repeats. */
function leftOutOf(subjects: readonly ReportConsistency[]): number {
  return subjects.reduce((sum, { overall }) => sum + (overall.at(-1)?.tooFewRepeats ?? 0), 0);
}
