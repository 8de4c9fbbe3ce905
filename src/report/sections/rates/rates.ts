/** @module report/sections/rates/rates Rates of all subjects side by side, overall, by level and kind, and by clause. */

import { nameAt } from '../../../run/names.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import { cautionText } from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import {
  type Bars,
  type BarsRow,
  type Block,
  MARK,
  type Paragraph,
  section,
} from '../../../text/blocks.ts';
import { rangeText, UNMEASURED } from '../../../text/figures.ts';
import { count } from '../../../text/numbers.ts';
import { levelName, subjectKeys } from '../../page-names.ts';
import { ownParts, type Report } from '../../schema.ts';
import type { Detail, ReportSection } from '../../section.ts';
import { countsBlock } from './counts-table.ts';
import type { ReportRate, ReportSubject } from './schema.ts';
import { subjectsOf } from './subjects.ts';

export const ratesSection: ReportSection<ReportSubject[]> = {
  key: 'subjects',
  order: 30,
  part: { order: 60, schema: ownParts.subjects, build: subjectsOf },
  render: (_subjects, report, detail) => ratesBlocks(report, detail),
};

/** Both tables, their columns in the same places. */
function ratesBlocks(report: Report, detail: Detail): Block[] {
  const keys = subjectKeys(report);
  const groups = groupRows(report);
  const clauses = clauseRows(report, detail);
  const bars = (title: string, rows: BarsRow[], beside: BarsRow[]): Bars => ({
    type: 'bars',
    title,
    subjects: report.subjects.map(({ id }, place) => ({ key: nameAt(keys, place), id })),
    ...{ rows, beside },
  });
  const markedText = `${MARK} lower than chance explains, among all of a subject’s clauses`;
  const unseen = `≤ violations at most, clause by clause, as none was seen (one-sided at ${confidenceOf(report)})`;
  const isMarked = clauses.some((row) => 'marked' in row && row.marked?.includes(true));
  const isUnseen = clauses.some((row) => 'notes' in row && row.notes?.some((note) => note !== ''));
  return [
    section(bars('Adherence', groups, clauses), aside(aboutRates(report)), cautionBlocks(report)),
    ...(clauses.length === 0
      ? []
      : [
          section(
            bars('By clause', clauses, groups),
            isMarked ? aside(markedText, 'cut') : [],
            isUnseen ? aside(unseen) : [],
          ),
        ]),
    ...(detail === 'all' ? report.subjects.map((subject) => countsBlock(subject, report)) : []),
  ];
}

function aside(text: string, fit: Paragraph['fit'] = 'wrap'): Paragraph {
  return { type: 'paragraph', tone: 'dim', text, fit };
}

function confidenceOf({ run }: Report): string {
  return `${Math.round(run.confidence * 100)} %`;
}

function aboutRates(report: Report): string {
  const errors =
    report.subjects[0]?.overall.rate.judge === 'measured'
      ? 'As judged, uncorrected for the judge’s errors.'
      : `${UNMEASURED} The judge’s errors were not measured; no figure is corrected for them.`;
  return `adheres / (adheres + violates) with its ${confidenceOf(report)} interval; n: cases judged so. ${errors}`;
}

/** What the intervals take for granted, told once and not under every table, without figures that differ. */
function cautionBlocks({ subjects, comparisons }: Report): Block[] {
  const rates = subjects.flatMap(({ overall, levels, kinds, clauses }) =>
    [overall, ...levels, ...kinds, ...clauses].map(({ rate }) => rate),
  );
  const differences = comparisons.flatMap(({ overall, levels }) => [
    overall,
    ...levels.map(({ difference }) => difference),
  ]);
  const texts = [...rates, ...differences].flatMap(({ assumes, caution }) =>
    // Most figures come with none.
    assumes === undefined ? (caution ?? []) : cautionText(assumes, { shared: true }),
  );
  return [...new Set(texts)].map((text) => ({
    type: 'paragraph',
    marker: 'Caution: ',
    tone: 'dim',
    text: `${text}.`,
  }));
}

function groupRows({ subjects }: Report): BarsRow[] {
  const overall = subjects.map((subject) => subject.overall.rate);
  const levels = subjects.map((subject) =>
    subject.levels.map(({ level, rate }) => ({ name: level, rate })),
  );
  const kinds = subjects.map((subject) =>
    subject.kinds.map(({ kind, rate }) => ({ name: kind, rate })),
  );
  const levelRows = namedRows(levels, levelName);
  const kindRows = namedRows(kinds, (kind) => (kind === NO_LEVEL ? 'no kind' : kind));
  return [
    { label: 'overall', rates: overall, strong: true },
    ...(levelRows.length > 1 ? [{ heading: 'by level' }] : []),
    ...levelRows,
    ...(kindRows.length > 1 ? [{ heading: 'by kind' }, ...kindRows] : []),
  ];
}

/** A row for each name that a subject has a rate under, in the order of their first appearance. */
function namedRows(
  subjects: readonly { name: string; rate: ReportRate }[][],
  labelOf: (name: string) => string,
): BarsRow[] {
  const names = new Set(subjects.flat().map(({ name }) => name));
  return [...names].map((name) => ({
    label: labelOf(name),
    indent: 2,
    rates: subjects.map((own) => own.find((one) => one.name === name)?.rate ?? null),
  }));
}

function clauseRows(report: Report, detail: Detail): BarsRow[] {
  const [first] = report.subjects;
  if (first === undefined || first.clauses.length === 0) return [];
  const ratesAt = (place: number): (ReportRate | null)[] =>
    report.subjects.map(({ clauses }) => at(clauses, place).rate);
  const byLevel = Map.groupBy(
    first.clauses.keys(),
    (place) => at(first.clauses, place).level ?? NO_LEVEL,
  );
  const order = first.levels.map(({ level }) => level);
  return [...byLevel]
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .flatMap(([level, places]): BarsRow[] => {
      const folds = detail === 'all' ? [] : foldsOf(report, places);
      return [
        { heading: levelName(level) },
        ...places
          .filter((place) => !folds.some((fold) => fold.places.includes(place)))
          .map((place) => ({
            label: [{ clause: at(first.clauses, place).id }],
            indent: 2,
            rates: ratesAt(place),
            marked: report.subjects.map(({ clauses }) => at(clauses, place).standsOut),
          })),
        ...folds.map(({ text, places: folded }) => ({
          label: `${count(folded.length, 'clause')} ${text}`,
          indent: 2,
          rates: folded.map(ratesAt).reduce(addTrials),
          casesOnly: true,
          notes: report.subjects.map((subject) => unseenText(subject, folded)),
        })),
      ];
    });
}

/** Clauses that one line can stand for: those without a violation, and those nobody could judge. */
function foldsOf({ subjects }: Report, places: readonly number[]) {
  const sums = new Map(
    places.map((place) => {
      const counts = subjects.map(({ clauses }) => at(clauses, place).counts);
      const violates = counts.reduce((sum, of) => sum + of.violates, 0);
      const adheres = counts.reduce((sum, of) => sum + of.adheres, 0);
      return [place, { violates, judged: adheres + violates }];
    }),
  );
  const where = (test: (of: { violates: number; judged: number }) => boolean): number[] =>
    places.filter((place) => {
      const of = sums.get(place);
      return of !== undefined && test(of);
    });
  return [
    { text: 'without a violation', places: where((of) => of.judged > 0 && of.violates === 0) },
    { text: 'not judged', places: where((of) => of.judged === 0) },
  ].filter(({ places: folded }) => folded.length > 1);
}

/** `≤ 12–45 %`: the range of what clauses without a violation leave possible; empty where there is no bound. */
function unseenText({ clauses }: ReportSubject, places: readonly number[]): string {
  const own = places.map((place) => at(clauses, place));
  const bounds = own.map(({ atMost }) => atMost).filter((bound) => bound !== undefined);
  if (bounds.length === 0) return '';
  const range = rangeText({ low: Math.min(...bounds), high: Math.max(...bounds) });
  const mark = own.some(({ rate }) => rate.judge === 'unmeasured') ? UNMEASURED : '';
  return `≤ ${range}${mark}`;
}

/** For a folded row only the cases are shown, so only they are added. */
function addTrials(sum: (ReportRate | null)[], part: (ReportRate | null)[]): (ReportRate | null)[] {
  return sum.map((rate, place) => {
    const other = at(part, place);
    return rate === null || other === null
      ? (rate ?? other)
      : { ...rate, trials: rate.trials + other.trials };
  });
}
