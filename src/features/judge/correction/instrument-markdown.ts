/**
 * @module features/judge/correction/instrument-markdown
 * What is known of the judge, and the rates corrected for its errors, as Markdown.
 */

import { estimateText, intervalText, NOTHING } from '../../../report/figures.ts';
import type {
  Report,
  ReportCorrectedRate,
  ReportMeasure,
  ReportSubject,
} from '../../../report/schema.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import { markdownTable } from '../../../text/markdown-table.ts';
import { count, list } from '../../../text/numbers.ts';
import { markdownCode, markdownText } from '../../../text/safe-text.ts';
import { holdsHere, isPanel, refusalOf, remedyOf, shiftText } from './instrument.ts';

/** The section, or nothing where a report does not say. */
export function instrumentSection(report: Report): string[] {
  const { instrument } = report;
  if (instrument === undefined) return [];
  const { certificate, reason, labels, transfer } = instrument;
  const about =
    certificate === null
      ? `The judge's errors were not measured: ${markdownText(reason ?? 'there is no certificate')}. Every rate is marked so.`
      : `Certificate ${markdownCode(certificate.hash)} of ${certificate.created.slice(0, 10)}, ${certificate.items} items of ${markdownText(certificate.spec)}: sensitivity ${estimateText(certificate.sensitivity)} ${intervalText(certificate.sensitivity)}, specificity ${estimateText(certificate.specificity)} ${intervalText(certificate.specificity)}.${certificate.note === null ? '' : ` It was ${markdownText(certificate.note)}.`} ${attackText(report, certificate.attacked)}`;
  const people =
    labels.cases === 0
      ? 'Nobody labelled transcripts of this run.'
      : `${count(labels.cases, 'case')} of this run labelled by ${count(labels.people, 'person', 'people')}.`;
  const carried =
    transfer === null
      ? 'Whether the certificate holds on these transcripts is not known.'
      : `On these transcripts, against the certificate: sensitivity ${shiftText(transfer.sensitivity)}, specificity ${shiftText(transfer.specificity)}.${holdsHere(transfer) ? '' : ' So it does not hold here.'}`;
  return [
    "## The judge's errors",
    about,
    `${people}${certificate === null && labels.cases === 0 ? '' : ` ${carried}`}`,
    ...(certificate === null && labels.cases === 0
      ? []
      : report.subjects.flatMap((subject) => subjectTable(subject))),
  ];
}

function attackText(report: Report, attacked: boolean): string {
  if (attacked) return 'It was attacked with the standing suite.';
  return isPanel(report)
    ? 'A panel is not attacked as one; each of its judges can be.'
    : 'It was never attacked.';
}

function remarkOf(by: string, rate: ReportCorrectedRate): string | null {
  if (rate.estimate === null) return `no figure by ${by}: ${refusalOf(rate)}`;
  return rate.caution === undefined ? null : `by ${by}, caution: ${rate.caution}${remedyOf(rate)}`;
}

function subjectTable({ id, overall, levels, clauses }: ReportSubject): string[] {
  const rows: [string, ReportMeasure][] = [
    ['overall', overall],
    ...levels.map((level): [string, ReportMeasure] => [
      level.level === NO_LEVEL ? 'no level' : markdownText(level.level),
      level,
    ]),
    ...clauses.map((clause): [string, ReportMeasure] => [markdownCode(`#${clause.id}`), clause]),
  ];
  const shown = rows.filter(([, { corrected }]) => (corrected?.preferred ?? null) !== null);
  const remarks = rows.slice(0, 1 + levels.length).flatMap(([name, { corrected }]) =>
    corrected === undefined
      ? []
      : [
          { name, remark: remarkOf('the certificate', corrected.roganGladen) },
          { name, remark: remarkOf('labels', corrected.predictionPowered) },
        ].filter(({ remark }) => remark !== null),
  );
  const said = [...Map.groupBy(remarks, ({ remark }) => remark)]
    .map(([remark, of]) => `- ${list(of.map(({ name }) => name))}: ${markdownText(remark ?? '')}.`)
    .join('\n');
  if (shown.length === 0)
    return said === '' ? [] : [`${markdownCode(id)} was not corrected.`, said];
  const figure = (rate: ReportCorrectedRate | undefined): string =>
    rate === undefined || rate.estimate === null
      ? NOTHING
      : `${estimateText(rate)} ${intervalText(rate)}`;
  return [
    `### ${markdownCode(id)}, corrected`,
    markdownTable(
      ['', 'as judged', 'by certificate (Rogan–Gladen)', 'by labels (prediction-powered)', 'go by'],
      shown.map(([name, { rate, corrected }]) => [
        name,
        `${estimateText(rate)} ${intervalText(rate)}`,
        figure(corrected?.roganGladen),
        figure(corrected?.predictionPowered),
        corrected?.preferred === 'predictionPowered' ? 'labels' : 'certificate',
      ]),
    ),
    ...(said === '' ? [] : [said]),
  ];
}
