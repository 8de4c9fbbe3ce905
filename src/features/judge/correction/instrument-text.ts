/**
 * @module features/judge/correction/instrument-text
 * What is known of the judge, and the rates corrected for its errors, in a terminal.
 */

import { estimateText, intervalText, NOTHING, UNMEASURED } from '../../../report/figures.ts';
import type { Report, ReportMeasure, ReportSubject } from '../../../report/schema.ts';
import type { Sheet } from '../../../report/sheet.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import { cut, hanging, pad, widthOf } from '../../../text/layout.ts';
import { count, list } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { holdsHere, isPanel, refusalOf, remedyOf, shiftText } from './instrument.ts';
import type { ReportInstrument } from './instrument-schema.ts';

const FIGURE = 16;
const GO_BY = '◂';

/** The judge as an instrument; empty where a report does not say. */
export function instrumentLines(sheet: Sheet): string[] {
  const { report, width, paint } = sheet;
  const { instrument } = report;
  if (instrument === undefined) return [];
  const heading = paint('bold', 'The judge’s errors');
  const about = aboutLines(report, instrument, width);
  if (!hasFigures(report)) {
    return [heading, ...about, ...refusals(report).flatMap((text) => hanging('  ', text, width))];
  }
  const isHere = instrument.transfer === null || holdsHere(instrument.transfer);
  const several = report.subjects.length > 1;
  return [
    heading,
    ...about,
    '',
    ...report.subjects.flatMap((subject) => subjectLines(sheet, subject, several)),
    ...hanging(
      '  ',
      `${GO_BY} the one to go by: people’s labels on these transcripts where there are enough, else the certificate${isHere ? ', which takes for granted that the judge errs here as it did there' : '; but not here, where labels show that it does not hold'}.`,
      width,
    ).map((line) => paint('dim', line)),
  ];
}

function aboutLines(report: Report, instrument: ReportInstrument, width: number): string[] {
  const { certificate, reason, labels, transfer } = instrument;
  const lines: string[] = [];
  const say = (text: string): void => {
    lines.push(...hanging('  ', safeLine(text), width));
  };
  if (certificate === null) {
    say(`${UNMEASURED} Not measured: ${reason ?? 'there is no certificate'}.`);
  } else {
    const { sensitivity, specificity } = certificate;
    say(
      `Certificate ${certificate.hash.slice(0, 10)} of ${certificate.created.slice(0, 10)}, ${count(certificate.items, 'item')} of ${certificate.spec}: finds ${measured(sensitivity)} of what violates, passes ${measured(specificity)} of what adheres.`,
    );
    if (certificate.note !== null) say(`It was ${certificate.note}.`);
    if (!certificate.attacked) {
      say(
        isPanel(report)
          ? 'A panel is not attacked as one. What misleads each of its judges: tenet judge attack --judge NAME'
          : 'Never attacked: tenet judge attack says what misleads it.',
      );
    }
  }
  if (labels.cases === 0) {
    say(
      `Nobody labelled transcripts of this run, so whether that holds here is not known: tenet label ${report.run.id}`,
    );
  } else {
    say(
      `${count(labels.cases, 'case')} of this run labelled by ${count(labels.people, 'person', 'people')}.`,
    );
  }
  if (transfer !== null) {
    say(
      `On these, against the certificate: finds ${shiftText(transfer.sensitivity)}, passes ${shiftText(transfer.specificity)}.${holdsHere(transfer) ? '' : ' So it does not hold here.'}`,
    );
  }
  return lines;
}

function measured({
  estimate,
  low,
  high,
  trials,
}: NonNullable<ReportInstrument['certificate']>['sensitivity']): string {
  return estimate === null
    ? 'an unknown share'
    : `${estimateText({ estimate })} ${intervalText({ low, high })} of ${trials}`.replace(
        / of (\d+)$/,
        ' (n $1)',
      );
}

/** Why no rate was corrected, though something is known of the judge. */
function refusals({ subjects, instrument }: Report): string[] {
  const said = subjects.flatMap(({ overall: { corrected } }) => {
    if (corrected === undefined) return [];
    const { roganGladen, predictionPowered } = corrected;
    return [
      ...((instrument?.certificate ?? null) === null
        ? []
        : [`Not corrected by the certificate: ${refusalOf(roganGladen)}.`]),
      ...((instrument?.labels.cases ?? 0) === 0
        ? []
        : [`Not corrected by labels: ${refusalOf(predictionPowered)}.`]),
    ];
  });
  return [...new Set(said.map(safeLine))];
}

function hasFigures({ subjects }: Report): boolean {
  return subjects.some(({ overall, levels }) =>
    [overall, ...levels].some(({ corrected }) => (corrected?.preferred ?? null) !== null),
  );
}

function subjectLines({ width, paint }: Sheet, subject: ReportSubject, several: boolean): string[] {
  const rows: [string, ReportMeasure][] = [
    ['overall', subject.overall],
    ...subject.levels.map((level): [string, ReportMeasure] => [
      `  ${level.level === NO_LEVEL ? 'no level' : level.level}`,
      level,
    ]),
  ];
  const label = Math.max(12, ...rows.map(([name]) => widthOf(safeLine(name))));
  const heads = ['as judged', 'by certificate', 'by labels'];
  const reasons = new Set<string>();
  const cautions = new Map<string, string[]>();
  const cells = rows.map(([name, measure]) => {
    const { rate, corrected } = measure;
    const figure = (of: 'roganGladen' | 'predictionPowered'): string => {
      const value = corrected?.[of];
      if (value === undefined) return NOTHING;
      if (value.estimate === null) {
        reasons.add(refusalOf(value));
        return NOTHING;
      }
      if (value.caution !== undefined) {
        const caution = `${value.caution}${remedyOf(value)}`;
        cautions.set(caution, [...(cautions.get(caution) ?? []), name.trim()]);
      }
      const mark = corrected?.preferred === of ? ` ${GO_BY}` : '  ';
      return `${estimateText(value)} ${intervalText(value)}${mark}`;
    };
    return [
      safeLine(name),
      `${estimateText(rate)} ${intervalText(rate)}`,
      figure('roganGladen'),
      figure('predictionPowered'),
    ];
  });
  const line = ([name = '', ...figures]: readonly string[]): string =>
    cut(
      [pad(name, label), ...figures.map((text) => pad(text, FIGURE + 2, 'right'))]
        .join(' ')
        .trimEnd(),
      width,
    );
  return [
    ...(several ? [paint('bold', cut(safeLine(subject.id), width))] : []),
    paint('dim', line(['Adherence', ...heads.map((head) => `${head}  `)])),
    ...cells.map(line),
    ...[...reasons].flatMap((reason) =>
      hanging(`  ${NOTHING} `, safeLine(reason), width).map((text) => paint('dim', text)),
    ),
    ...[...cautions].flatMap(([caution, names]) =>
      hanging('  Caution: ', safeLine(`${list(names)}: ${caution}.`), width).map((text) =>
        paint('dim', text),
      ),
    ),
  ];
}
