/**
 * @module report/text
 * The report as a terminal shows it: what to know first, rates, what was not judged, findings.
 */

import { againLines } from '../features/audit/rejudge/again.ts';
import { instrumentLines } from '../features/judge/correction/instrument-text.ts';
import { NO_LEVEL } from '../run/tally.ts';
import { specName } from '../spec/index.ts';
import { cut, hanging, wrap } from '../text/layout.ts';
import { count, grouped, list } from '../text/numbers.ts';
import { painter } from '../text/paint.ts';
import { safeLine } from '../text/safe-text.ts';
import { stampLines } from '../text/stamp.ts';
import { cautionsOf, rangeText, UNMEASURED } from './figures.ts';
import { MARK, type Row, rateTable } from './rate-table.ts';
import type { Report, ReportRate, ReportSubject } from './schema.ts';
import { consistencyLines } from './sections/consistency/consistency-text.ts';
import { panelLines } from './sections/panel/panel-text.ts';
import { spendingLines } from './sections/spending/spending.ts';
import type { Sheet } from './sheet.ts';
import { accountingLines, differenceLines, findingLines } from './text-blocks.ts';

export interface TextSettings {
  /** Columns; no line is wider. */
  width?: number;
  color?: boolean;
  /** Every clause in a row of its own, and every level's difference. */
  all?: boolean;
}

/** Narrower than this nothing can be set. */
const LEAST_WIDTH = 40;

/** The whole report. Every text in it that came from a model, a spec or a file is made harmless. */
export function renderText(report: Report, settings: TextSettings = {}): string {
  const width = Math.max(LEAST_WIDTH, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const several = report.subjects.length > 1;
  const keys = report.subjects.map((_, place) => (several ? subjectKey(place) : ''));
  const sheet: Sheet = { report, width, paint, all: settings.all ?? false, keys };
  const stamp = report.run.simulated ? stampLines(width, paint) : [];
  const blocks = [
    [...stamp, ...headingLines(sheet)],
    ...rateLines(sheet),
    consistencyLines(sheet),
    instrumentLines(sheet),
    accountingLines(sheet),
    spendingLines(sheet),
    againLines(sheet),
    panelLines(sheet),
    differenceLines(sheet),
    findingLines(sheet),
    stamp,
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** A, B, …, Z, then numbers. */
function subjectKey(place: number): string {
  return place < 26 ? String.fromCharCode(65 + place) : String(place + 1);
}

function headingLines({ report, width, paint, keys }: Sheet): string[] {
  const { run } = report;
  const spec = run.specs[0];
  const name = spec === undefined ? '' : safeLine(specName(spec));
  const title = safeLine(spec?.title ?? '');
  const size = [
    count(run.suite.scenarios, 'scenario'),
    ...(run.subjects.length > 1 ? [count(run.subjects.length, 'subject')] : []),
    ...(run.repeats > 1
      ? [`${report.spending === undefined ? '' : 'up to '}${count(run.repeats, 'repeat')}`]
      : []),
  ].join(' × ');
  const about = (label: string, text: string): string[] =>
    text === '' ? [] : hanging(`${label.padEnd(9)}`, safeLine(text), width);
  return [
    paint('bold', cut(title === '' || title === name ? name : `${name} · ${title}`, width)),
    '',
    ...report.subjects.flatMap(({ id, selfJudged }, place) =>
      about(
        keys[place] === ''
          ? 'Subject'
          : `${(place === 0 ? 'Subjects' : '').padEnd(9)}${keys[place]} `,
        `${id}${selfJudged ? ' (self-judged: see findings)' : ''}`,
      ),
    ),
    ...run.judges.flatMap(({ id }, place) =>
      run.judges.length === 1
        ? about('Judge', id)
        : about(`${(place === 0 ? 'Judges' : '').padEnd(9)}${place + 1} `, id),
    ),
    ...about('Rubrics', rubricsText(report)),
    ...about('Run', `${run.id} · ${size} · ${stateText(report)}`),
    ...(run.transcriptsOf === undefined
      ? []
      : about('', `judges the transcripts of run ${run.transcriptsOf} again`)),
  ];
}

/** Empty where every clause is judged by its words alone. */
function rubricsText({ run: { rubrics = [] } }: Report): string {
  return list(
    rubrics.map(({ name, byCode }) => (byCode ? `${name} (by code)` : name)),
    6,
  );
}

function stateText({ run, accounting }: Report): string {
  const { planned, not_run } = accounting.samples;
  if (run.state === 'finished' && not_run === 0) return 'finished';
  const reason = run.reason === null ? '' : ` (${run.reason})`;
  const state = run.state === 'stopped' ? `stopped${reason}` : 'not finished';
  return `${state}: ${grouped(planned - not_run)} of ${count(planned, 'sample')} asked`;
}

/** Both tables, their columns in the same places. */
function rateLines(sheet: Sheet): string[][] {
  const { report, width, paint, keys } = sheet;
  const subjects = report.subjects.map(({ id }, place) => ({ key: keys[place] ?? '', id }));
  const groups = groupRows(sheet);
  const clauses = clauseRows(sheet);
  const settings = { subjects, width, paint };
  const about = [...explanation(report, width), ...cautionLines(report, width)];
  const marked = clauses.some((row) => 'marked' in row && row.marked?.includes(true));
  const unseen = clauses.some((row) => 'notes' in row && row.notes?.some((note) => note !== ''));
  const unseenLegend = `≤ violations at most, clause by clause, as none was seen (one-sided at ${Math.round(report.run.confidence * 100)} %)`;
  const legend = `${MARK} lower than chance explains, among all of a subject’s clauses`;
  return [
    [
      ...rateTable({ ...settings, title: 'Adherence', rows: groups, beside: clauses }),
      ...about.map((line) => paint('dim', line)),
    ],
    clauses.length === 0
      ? []
      : [
          ...rateTable({ ...settings, title: 'By clause', rows: clauses, beside: groups }),
          ...(marked ? [paint('dim', cut(legend, width))] : []),
          ...(unseen ? wrap(unseenLegend, width).map((line) => paint('dim', line)) : []),
        ],
  ];
}

function explanation({ run, instrument }: Report, width: number): string[] {
  const confidence = `${Math.round(run.confidence * 100)} %`;
  const errors =
    (instrument?.certificate ?? null) === null
      ? `${UNMEASURED} The judge’s errors were not measured; no figure is corrected for them.`
      : 'As judged, uncorrected for the judge’s errors.';
  return wrap(
    `adheres / (adheres + violates) with its ${confidence} interval; n: cases judged so. ${errors}`,
    width,
  );
}

function groupRows({ report }: Sheet): Row[] {
  const { subjects } = report;
  const rows: Row[] = [
    { label: 'overall', rates: subjects.map(({ overall }) => overall.rate), strong: true },
  ];
  const levels = namesOf(subjects.map((subject) => subject.levels.map(({ level }) => level)));
  if (levels.length > 1) rows.push({ heading: 'by level' });
  for (const level of levels) {
    rows.push({
      label: level === NO_LEVEL ? 'no level' : level,
      indent: 2,
      rates: subjects.map(
        (subject) => subject.levels.find((one) => one.level === level)?.rate ?? null,
      ),
    });
  }
  const kinds = namesOf(subjects.map((subject) => subject.kinds.map(({ kind }) => kind)));
  if (kinds.length > 1) rows.push({ heading: 'by kind' });
  for (const kind of kinds.length > 1 ? kinds : []) {
    rows.push({
      label: kind === NO_LEVEL ? 'no kind' : kind,
      indent: 2,
      rates: subjects.map(
        (subject) => subject.kinds.find((one) => one.kind === kind)?.rate ?? null,
      ),
    });
  }
  return rows;
}

/** What the intervals take for granted, told once and not under every table. */
function cautionLines({ subjects, comparisons }: Report, width: number): string[] {
  const rates = subjects.flatMap(({ overall, levels, kinds, clauses }) =>
    [overall, ...levels, ...kinds, ...clauses].map(({ rate }) => rate),
  );
  const differences = comparisons.flatMap(({ overall, levels }) => [
    overall,
    ...levels.map(({ difference }) => difference),
  ]);
  // Without the figures in brackets, which differ between subjects, a caution is the same for all of them.
  const general = cautionsOf([...rates, ...differences]).map((text) =>
    text.replace(/ \([^()]*\)$/, ''),
  );
  return [...new Set(general)].flatMap((caution) =>
    hanging('Caution: ', `${safeLine(caution)}.`, width),
  );
}

function clauseRows({ report, all }: Sheet): Row[] {
  const first = report.subjects[0];
  if (first === undefined || first.clauses.length === 0) return [];
  const rows: Row[] = [];
  const ratesAt = (place: number): (ReportRate | null)[] =>
    report.subjects.map(({ clauses }) => clauses[place]?.rate ?? null);
  const byLevel = Map.groupBy(
    first.clauses.keys(),
    (place) => first.clauses[place]?.level ?? NO_LEVEL,
  );
  const order = first.levels.map(({ level }) => level);
  for (const [level, places] of [...byLevel].toSorted(
    ([a], [b]) => order.indexOf(a) - order.indexOf(b),
  )) {
    rows.push({ heading: level === NO_LEVEL ? 'no level' : level });
    const folds = foldOf(report, places, all);
    for (const place of places) {
      if (folds.some((fold) => fold.places.includes(place))) continue;
      rows.push({
        label: `#${first.clauses[place]?.id}`,
        indent: 2,
        rates: ratesAt(place),
        marked: report.subjects.map(({ clauses }) => clauses[place]?.standsOut ?? false),
      });
    }
    for (const { text, places: folded } of folds) {
      rows.push({
        label: `${count(folded.length, 'clause')} ${text}`,
        indent: 2,
        rates: folded.map(ratesAt).reduce(addTrials),
        casesOnly: true,
        notes: report.subjects.map((subject) => unseenText(subject, folded)),
      });
    }
  }
  return rows;
}

/** Clauses that one line can stand for: those without a violation, and those nobody could judge. */
function foldOf(report: Report, places: readonly number[], all: boolean) {
  if (all) return [];
  const sums = new Map(
    places.map((place) => {
      const counts = report.subjects.flatMap(({ clauses }) => clauses[place]?.counts ?? []);
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
  const own = places.flatMap((place) => clauses[place] ?? []);
  const bounds = own.flatMap(({ atMost }) => atMost ?? []);
  if (bounds.length === 0) return '';
  const range = rangeText({ low: Math.min(...bounds), high: Math.max(...bounds) });
  const mark = own.some(({ rate }) => rate.judge === 'unmeasured') ? UNMEASURED : '';
  return `≤ ${range}${mark}`;
}

/** For a folded row only the cases are shown, so only they are added. */
function addTrials(sum: (ReportRate | null)[], part: (ReportRate | null)[]): (ReportRate | null)[] {
  return sum.map((rate, place) => {
    const other = part[place] ?? null;
    return rate === null || other === null
      ? (rate ?? other)
      : { ...rate, trials: rate.trials + other.trials };
  });
}

/** All names, in the order of their first appearance. */
function namesOf(lists: readonly string[][]): string[] {
  return [...new Set(lists.flat())];
}
