/** @module features/judge/calibration/facts The figures of a certificate that are no table, one to a line. */
import type {
  BatchFigures,
  Certificate,
  CertificateDifference,
  Kappa,
  Share,
} from '../../../report/certificate/schema.ts';
import type { KeyValues } from '../../../text/blocks.ts';
import {
  coefficientText,
  differenceText,
  estimateText,
  intervalText,
  NOTHING,
} from '../../../text/figures.ts';
import { count, grouped } from '../../../text/numbers.ts';

/** Agreement, abstention, pairs, biases, repetition, transfer; a value is empty where it was not measured. */
export function factsOf(certificate: Certificate): KeyValues['rows'] {
  const { kappa, abstention, bias, transfer, cutoff } = certificate;
  const { undecided, notApplicable } = abstention;
  return [
    { key: 'Kappa', value: kappaText(kappa) },
    {
      key: 'Undecided',
      value: joined(shareText(undecided), `not applicable ${shareText(notApplicable)}`),
    },
    { key: 'Pairs', value: pairsText(certificate.pairs) },
    fact('Position', bias.position, ({ first, inconsistent }) => [
      `the first reply is named in ${shareText(first)} (unbiased: 50 %)`,
      `the place alone decides ${shareText(inconsistent)}`,
    ]),
    fact('Length', bias.length, ({ longer, shorter, difference }) => [
      `right where the better reply is the longer one ${shareText(longer)}`,
      `the shorter one ${shareText(shorter)}`,
      `difference ${pointsText(difference)}`,
    ]),
    fact('Own family', bias.family, ({ family, own, others, difference }) => [
      `right on replies of ${family} models ${shareText(own)}`,
      `of others ${shareText(others)}`,
      `difference ${pointsText(difference)}`,
    ]),
    fact('Asked twice', certificate.retest, ({ same, kappa: again }) => [
      `says the same in ${shareText(same)}`,
      `kappa ${kappaText(again)}`,
    ]),
    { key: 'In batches', value: batchText(certificate.batch) },
    fact('New examples', cutoff, ({ version, sensitivity, specificity }) => [
      `after ${version}, sensitivity ${pointsText(sensitivity)}`,
      `specificity ${pointsText(specificity)}`,
    ]),
    fact('Transfer', transfer, ({ sensitivity, specificity }) => [
      `on labelled transcripts against the spec's marks, sensitivity ${pointsText(sensitivity.difference)}`,
      `specificity ${pointsText(specificity.difference)}`,
    ]),
  ];
}

function fact<Figure>(
  key: string,
  figure: Figure | null,
  textsOf: (figure: Figure) => string[],
): KeyValues['rows'][number] {
  return { key, value: figure === null ? '' : joined(...textsOf(figure)) };
}

function joined(...texts: string[]): string {
  return texts.join('; ');
}

function pairsText(pairs: Certificate['pairs']): string {
  if (pairs === null) return '';
  const { right, rightTwice, neither, asked, unusable } = pairs;
  return joined(
    `the better reply is named in ${shareText(right)}`,
    `of the pairs, right in both orders ${shareText(rightTwice)}`,
    ...(neither > 0 ? [`neither in ${grouped(neither)} of ${count(asked, 'answer')}`] : []),
    ...(unusable > 0 ? [`${grouped(unusable)} without a usable answer`] : []),
  );
}

/** Both shares in batches beside one clause a call, and what follows from it. */
function batchText(batch: BatchFigures | undefined): string {
  if (batch === undefined) return '';
  const { size, margin, sensitivity, specificity, noLoss } = batch;
  return joined(
    `${size} clauses in a call: ${batchSideText('violations called so', sensitivity)}`,
    batchSideText('adherence called so', specificity),
    noLoss
      ? `no loss (both lie above −${margin * 100} points), so 'tenet audit --batch ${size}' may ask it so`
      : `a loss is not ruled out (both would have to lie above −${margin * 100} points), so --batch is refused`,
  );
}

function batchSideText(
  name: string,
  { batched, single, difference }: BatchFigures['sensitivity'],
): string {
  return difference.estimate === null
    ? `${name} ${NOTHING} (${difference.reason ?? 'no data'})`
    : `${name} ${shareText(batched)}, against ${shareText(single)} alone, difference ${differenceText(difference)} points`;
}

/** `90 % [85, 94], n 196`; a dash with the reason where there is no figure. */
function shareText(share: Share): string {
  if (share.estimate === null) return `${NOTHING} (${share.reason ?? 'no data'})`;
  const interval =
    share.low === null ? `, no interval: ${share.reason}` : ` ${intervalText(share)}`;
  return `${estimateText(share)}${interval}, n ${grouped(share.trials)}`;
}

function kappaText(kappa: Kappa): string {
  const { estimate, low, high, items, reason } = kappa;
  if (estimate === null) return `${NOTHING} (${reason ?? 'no data'})`;
  const why = low === null || high === null ? `: ${reason}` : '';
  return `${coefficientText(kappa)}${why}, n ${grouped(items)}`;
}

/** A difference in percentage points. */
function pointsText(difference: CertificateDifference): string {
  if (difference.estimate === null) return `${NOTHING} (${difference.reason ?? 'no data'})`;
  const why = difference.low === null ? ` (${difference.reason})` : ' points';
  return `${differenceText(difference)}${why}`;
}
