/**
 * @module features/judge/correction/blocks
 * What is known of the judge, and the rates corrected for its errors, as they are shown.
 */
import { levelName } from '../../../report/page-names.ts';
import type {
  Report,
  ReportCorrectedRate,
  ReportMeasure,
  ReportSubject,
} from '../../../report/schema.ts';
import type { Detail } from '../../../report/section.ts';
import { type Block, type Column, section } from '../../../text/blocks.ts';
import {
  differenceText,
  estimateText,
  intervalText,
  isDifferent,
  NOTHING,
  UNMEASURED,
} from '../../../text/figures.ts';
import { count } from '../../../text/numbers.ts';
import { listed, partsOf, type Words } from '../../../text/words.ts';
import type { ReportInstrument } from './schema.ts';

type Transfer = NonNullable<ReportInstrument['transfer']>;

/** Beside the figure to go by. */
const GO_BY = '◂';

/** The judge as an instrument, and each subject's rates with its errors taken out. */
export function instrumentBlocks(
  instrument: ReportInstrument,
  report: Report,
  detail: Detail,
): Block[] {
  const about: Block[] = [
    { type: 'heading', level: 2, text: 'The judge’s errors' },
    ...aboutTexts(instrument, report).map(
      (text): Block => ({ type: 'paragraph', indent: 2, text }),
    ),
  ];
  if (!hasFigures(report)) {
    const why = refusals(instrument, report).map(
      (text): Block => ({ type: 'paragraph', indent: 2, text }),
    );
    return [section(about, why)];
  }
  const several = report.subjects.length > 1;
  return [
    section(about),
    section(...report.subjects.map((subject) => subjectBlocks(subject, several)), {
      type: 'paragraph',
      indent: 2,
      tone: 'dim',
      text: goByText(instrument),
    }),
    ...(detail === 'all' ? report.subjects.flatMap((one) => clauseBlocks(one, several)) : []),
  ];
}

function goByText({ transfer }: ReportInstrument): string {
  const end =
    transfer === null || holdsHere(transfer)
      ? ', which takes for granted that the judge errs here as it did there'
      : '; but not here, where labels show that it does not hold';
  return `${GO_BY} the one to go by: people’s labels on these transcripts where there are enough, else the certificate${end}.`;
}

function aboutTexts(instrument: ReportInstrument, { run, panel }: Report): Words[] {
  const { certificate, reason, labels, transfer } = instrument;
  const texts: Words[] = [];
  if (certificate === null) {
    texts.push(`${UNMEASURED} Not measured: ${reason ?? 'there is no certificate'}.`);
  } else {
    const { sensitivity, specificity } = certificate;
    texts.push(
      `Certificate ${certificate.hash.slice(0, 10)} of ${certificate.created.slice(0, 10)}, ${count(certificate.items, 'item')} of ${certificate.spec}: finds ${measuredText(sensitivity)} of what violates, passes ${measuredText(specificity)} of what adheres.`,
    );
    if (certificate.note !== null) texts.push(`It was ${certificate.note}.`);
    if (!certificate.attacked) {
      texts.push(
        panel === undefined
          ? ['Never attacked: ', { code: 'tenet judge attack' }, ' says what misleads it.']
          : [
              'A panel is not attacked as one. What misleads each of its judges: ',
              { code: 'tenet judge attack --judge NAME' },
            ],
      );
    }
  }
  texts.push(
    labels.cases === 0
      ? [
          'Nobody labelled transcripts of this run, so whether that holds here is not known: ',
          { code: `tenet label ${run.id}` },
        ]
      : `${count(labels.cases, 'case')} of this run labelled by ${count(labels.people, 'person', 'people')}.`,
  );
  if (transfer !== null) {
    texts.push(
      `On these, against the certificate: finds ${shiftText(transfer.sensitivity)}, passes ${shiftText(transfer.specificity)}.${holdsHere(transfer) ? '' : ' So it does not hold here.'}`,
    );
  }
  return texts;
}

function measuredText({
  estimate,
  low,
  high,
  trials,
}: NonNullable<ReportInstrument['certificate']>['sensitivity']): string {
  if (estimate === null) return 'an unknown share';
  return `${estimateText({ estimate })} ${intervalText({ low, high })} (n ${trials})`;
}

/** Whether labels leave it possible that the judge errs here as its certificate says. */
function holdsHere({ sensitivity, specificity }: Transfer): boolean {
  return !isDifferent(sensitivity) && !isDifferent(specificity);
}

/** `+4 [−27, +15] points`, or that there was nothing to tell it by. */
function shiftText(shift: Transfer['sensitivity']): string {
  return shift.estimate === null ? 'not known (no such label)' : `${differenceText(shift)} points`;
}

/** Why there is no corrected rate, and how many labels would do, where that is known. */
function refusalOf(rate: ReportCorrectedRate): string {
  return `${rate.reason ?? 'the data do not carry it'}${remedyOf(rate)}`;
}

/** ` (about 59 labels would do)`, or nothing. */
function remedyOf({ labelsNeeded }: ReportCorrectedRate): string {
  return labelsNeeded === undefined ? '' : ` (about ${count(labelsNeeded, 'label')} would do)`;
}

/** Why no rate was corrected, though something is known of the judge. */
function refusals({ certificate, labels }: ReportInstrument, { subjects }: Report): string[] {
  const said = subjects.flatMap(({ overall: { corrected } }) => {
    if (corrected === undefined) return [];
    const { roganGladen, predictionPowered } = corrected;
    return [
      ...(certificate === null
        ? []
        : [`Not corrected by the certificate: ${refusalOf(roganGladen)}.`]),
      ...(labels.cases === 0 ? [] : [`Not corrected by labels: ${refusalOf(predictionPowered)}.`]),
    ];
  });
  return [...new Set(said)];
}

function hasFigures({ subjects }: Report): boolean {
  return subjects.some(({ overall, levels }) =>
    [overall, ...levels].some(({ corrected }) => (corrected?.preferred ?? null) !== null),
  );
}

/** As wide in a terminal as `>99 % [>99, 100] ◂`. */
const FIGURE: Pick<Column, 'align' | 'width'> = { align: 'right', width: 18 };
const HEADS = ['as judged  ', 'by certificate  ', 'by labels  '];

interface Row {
  name: Words;
  indent?: number;
  measure: ReportMeasure;
}

function subjectBlocks(subject: ReportSubject, several: boolean): Block[] {
  const rows: Row[] = [
    { name: 'overall', measure: subject.overall },
    ...subject.levels.map((level) => ({ name: levelName(level.level), indent: 2, measure: level })),
  ];
  return [
    ...(several ? [{ type: 'heading', level: 3, text: [{ model: subject.id }] } as const] : []),
    figuresTable('Adherence'.padEnd(12), rows),
    ...remarksOf(rows),
  ];
}

/** In documents: the clauses whose rates were corrected. */
function clauseBlocks({ id, clauses }: ReportSubject, several: boolean): Block[] {
  const rows: Row[] = clauses
    .filter(({ corrected }) => (corrected?.preferred ?? null) !== null)
    .map((clause) => ({ name: [{ clause: clause.id }], measure: clause }));
  if (rows.length === 0) return [];
  return [
    {
      type: 'details',
      summary: several ? ['Corrected by clause, ', { model: id }] : 'Corrected by clause',
      blocks: [figuresTable('Clause', rows), ...remarksOf(rows)],
    },
  ];
}

function figuresTable(title: string, rows: readonly Row[]): Block {
  return {
    type: 'table',
    heads: 'dim',
    gap: 1,
    columns: [{ head: title }, ...HEADS.map((head) => ({ head, ...FIGURE }))],
    rows: rows.map(({ name, indent = 0, measure: { rate, corrected } }) => ({
      indent,
      cells: [
        name,
        `${estimateText(rate)} ${intervalText(rate)}`,
        figureText(corrected, 'roganGladen'),
        figureText(corrected, 'predictionPowered'),
      ],
    })),
  };
}

type Way = 'roganGladen' | 'predictionPowered';

function figureText(corrected: ReportMeasure['corrected'], way: Way): string {
  const rate = corrected?.[way];
  if (rate === undefined || rate.estimate === null) return NOTHING;
  const mark = corrected?.preferred === way ? ` ${GO_BY}` : '  ';
  return `${estimateText(rate)} ${intervalText(rate)}${mark}`;
}

/** Why figures are missing, and what the others take for granted, with the rows that it is about. */
function remarksOf(rows: readonly Row[]): Block[] {
  const ways: readonly Way[] = ['roganGladen', 'predictionPowered'];
  const figures = rows.flatMap(({ name, measure: { corrected } }) =>
    ways.flatMap((way) => (corrected === undefined ? [] : [{ name, rate: corrected[way] }])),
  );
  const reasons = figures.flatMap(({ rate }) => (rate.estimate === null ? [refusalOf(rate)] : []));
  const cautioned = figures.flatMap(({ name, rate }) =>
    rate.estimate === null || rate.caution === undefined
      ? []
      : [{ name, caution: `${rate.caution}${remedyOf(rate)}` }],
  );
  return [
    ...[...new Set(reasons)].map(
      (text): Block => ({ type: 'paragraph', tone: 'dim', marker: `  ${NOTHING} `, text }),
    ),
    ...[...Map.groupBy(cautioned, ({ caution }) => caution)].map(
      ([caution, of]): Block => ({
        type: 'paragraph',
        tone: 'dim',
        marker: '  Caution: ',
        text: [...listed(of.map(({ name }) => partsOf(name))), `: ${caution}.`],
      }),
    ),
  ];
}
