/**
 * @module features/judge/calibration/blocks
 * What is known of judges, as a terminal shows it.
 */

import type { Certificate } from '../../../report/certificate/schema.ts';
import { sum } from '../../../stats/index.ts';
import { hanging, pad, wrap } from '../../../text/layout.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import { type Paint, painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { stampLines } from '../../../text/stamp.ts';
import { type ErrorRow, errorTable } from './error-table.ts';
import { factLines } from './facts.ts';
import { certificateName, headLines } from './head.ts';

interface Sheet {
  width: number;
  paint: Paint;
}

/** Narrower than this nothing can be set. */
const LEAST_WIDTH = 40;

/** Certificates one after the other; of several, a table of all comes first. */
export function renderCertificates(
  certificates: readonly Certificate[],
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(LEAST_WIDTH, settings.width ?? 80);
  const sheet: Sheet = { width, paint: painter(settings.color ?? false) };
  const stamp = certificates.some(({ simulated }) => simulated)
    ? stampLines(width, sheet.paint)
    : [];
  const overview = certificates.map(
    (certificate): ErrorRow => ({ label: certificateName(certificate), ...certificate.overall }),
  );
  const blocks = [
    stamp,
    ...(certificates.length > 1 ? [errorTable('All judges', overview, sheet)] : []),
    ...certificates.flatMap((certificate) => blocksOf(certificate, sheet)),
    stamp,
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function blocksOf(certificate: Certificate, sheet: Sheet): string[][] {
  return [
    headLines(certificate, sheet),
    [
      ...errorTable('How often it is right', groupRows(certificate), sheet),
      ...legend(certificate, sheet),
    ],
    saidLines(certificate, sheet),
    factLines(certificate, sheet.width),
    clauseLines(certificate, sheet),
    absentLines(certificate, sheet),
  ];
}

function groupRows(certificate: Certificate): ErrorRow[] {
  const { overall, sources, levels, lengths, print, releases, cutoff } = certificate;
  const part = (
    heading: string,
    rows: readonly { label: string; errors: Certificate['overall'] }[],
  ): ErrorRow[] =>
    rows.length < 2
      ? []
      : [{ heading }, ...rows.map(({ label, errors }) => ({ label, ...errors, indent: 2 }))];
  return [
    { label: 'overall', ...overall, strong: true },
    ...part(
      'by source',
      sources.map(({ source, ...errors }) => ({
        label: source === 'marks' ? "the spec's marks" : "people's labels",
        errors,
      })),
    ),
    ...part(
      'by level',
      levels.map(({ level, ...errors }) => ({ label: level ?? 'no level', errors })),
    ),
    ...part(
      "by the reply's length",
      lengths.map(({ length, characters, ...errors }) => ({
        label:
          length === 'short'
            ? `up to ${grouped(characters.to)} characters`
            : `more than ${grouped(characters.from - 1)}`,
        errors,
      })),
    ),
    ...part(
      'by how the spec prints it',
      print.map(({ print: form, ...errors }) => ({
        label: form === 'whole' ? 'whole' : 'in part, with [...]',
        errors,
      })),
    ),
    ...part(
      'by the first release that has it',
      releases.map(({ release, ...errors }) => ({ label: release, errors })),
    ),
    ...(cutoff === null
      ? []
      : part('by training cutoff', [
          { label: `up to ${cutoff.version}`, errors: cutoff.older },
          { label: `after ${cutoff.version}`, errors: cutoff.newer },
        ])),
  ];
}

function legend({ confidence, overall, panel }: Certificate, { width, paint }: Sheet): string[] {
  const text = `sensitivity: bad replies that it calls violations; specificity: good ones that it says adhere; both of those it decided, with ${Math.round(confidence * 100)} % intervals, replies of one example being alike.`;
  const divided =
    panel === null
      ? []
      : wrap(
          'Replies on which the panel came to no verdict, its judges being divided, are in neither: these figures, and rates that are corrected with them, are about what it decides.',
          width,
        );
  const caution = overall.sensitivity.caution ?? overall.specificity.caution;
  const lines = [
    ...wrap(text, width),
    ...divided,
    ...(caution === undefined ? [] : hanging('Caution: ', `${safeLine(caution)}.`, width)),
  ];
  return lines.map((line) => paint('dim', line));
}

const MARK_NAMES = {
  good: 'marked good',
  ok: 'marked ok',
  bad: 'marked bad',
  elsewhere: 'bad, another clause',
} as const;

/** What was said of each kind of reply, so that nothing is left out of the counts. */
function saidLines({ marks, sources }: Certificate, { width, paint }: Sheet): string[] {
  const rows = [
    ...marks.map(({ mark, items, outcomes }) => ({
      label: MARK_NAMES[mark] as string,
      items,
      outcomes,
    })),
    ...sources
      .filter(({ source }) => source === 'labels')
      .map(({ items, outcomes }) => ({ label: "people's labels", items, outcomes })),
  ];
  const heads = ['replies', 'adheres', 'violates', 'not appl.', 'no quote', "can't", 'missing'];
  const cells = rows.map(({ items, outcomes }) => [
    items,
    outcomes.adheres,
    outcomes.violates,
    outcomes.not_applicable,
    outcomes.unsupported,
    sum(Object.values(outcomes.cannot_judge)),
    outcomes.missing,
  ]);
  // A column of nothing but zeros is left out where it is good news.
  const shown = heads.flatMap((_, place) =>
    place < 3 || cells.some((row) => (row[place] ?? 0) > 0) ? [place] : [],
  );
  const label = 20;
  const column = 9;
  if (width < label + shown.length * column) {
    // No room for columns.
    return rows.flatMap((row, index) =>
      hanging(
        `${row.label}: `,
        shown.map((place) => `${grouped(cells[index]?.[place] ?? 0)} ${heads[place]}`).join(', '),
        width,
      ),
    );
  }
  const line = (name: string, texts: readonly string[]): string =>
    [pad(name, label), ...texts.map((text) => pad(text, column, 'right'))].join('');
  return [
    paint(
      'bold',
      line(
        'What it says',
        shown.map((place) => heads[place] ?? ''),
      ),
    ),
    ...rows.map((row, index) =>
      line(
        row.label,
        shown.map((place) => grouped(cells[index]?.[place] ?? 0)),
      ),
    ),
  ];
}

const MOST_CLAUSES = 15;

/** The clauses on which it errs, most errors first. */
function clauseLines({ clauses, overall, wrong }: Certificate, sheet: Sheet): string[] {
  const errors = ({ sensitivity, specificity }: Certificate['clauses'][number]): number =>
    sensitivity.trials - sensitivity.hits + (specificity.trials - specificity.hits);
  const decided = clauses.filter(
    ({ sensitivity, specificity }) => sensitivity.trials + specificity.trials > 0,
  );
  const erring = decided
    .filter((clause) => errors(clause) > 0)
    .toSorted((a, b) => errors(b) - errors(a));
  const rest = [
    ...(erring.length > MOST_CLAUSES
      ? [`${erring.length - MOST_CLAUSES} more with errors (--json has them)`]
      : []),
    `${count(decided.length - erring.length, 'clause')} without an error`,
    ...(decided.length < clauses.length
      ? [`${count(clauses.length - decided.length, 'clause')} without a decided reply`]
      : []),
  ];
  if (decided.length === 0) return [];
  const sum =
    wrong.length === 0
      ? 'It errs on no reply it decided'
      : `${count(wrong.length, 'error')} in ${grouped(overall.sensitivity.trials + overall.specificity.trials)} decided replies`;
  const closing = wrap(`${sum}; ${list(rest)}.`, sheet.width).map((line) =>
    sheet.paint('dim', line),
  );
  if (erring.length === 0) return closing;
  const rows = erring
    .slice(0, MOST_CLAUSES)
    .map(({ clause, ...own }): ErrorRow => ({ label: `#${clause}`, ...own }));
  return [...errorTable('Where it errs', rows, sheet), ...closing];
}

function absentLines({ absent, attack, panel }: Certificate, { width, paint }: Sheet): string[] {
  const rows = [
    ...absent,
    ...(attack === null
      ? [
          {
            figure: 'what misleads it',
            reason:
              panel === null
                ? "'tenet judge attack' tries"
                : "a panel is not attacked as one, 'tenet judge attack' tries each judge",
          },
        ]
      : []),
  ];
  if (rows.length === 0) return [];
  return [
    paint('bold', 'Not measured'),
    ...rows.flatMap(({ figure, reason }) =>
      hanging('  ', safeLine(`${figure}: ${reason}.`), width),
    ),
  ];
}
