/**
 * @module features/judge/calibration/facts
 * The figures of a certificate that are no table, one to a line.
 */

import type {
  Certificate,
  CertificateDifference,
  Kappa,
} from '../../../report/certificate/schema.ts';
import { coefficientText, differenceText, NOTHING } from '../../../report/figures.ts';
import { hanging } from '../../../text/layout.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { batchTexts } from './batching/words.ts';
import { shareText } from './error-table.ts';

/** Agreement, abstention, pairs, biases, repetition, transfer: as far as they were measured. */
export function factLines(certificate: Certificate, width: number): string[] {
  const { kappa, abstention, pairs, retest, bias, transfer, cutoff, batch } = certificate;
  const fact = (label: string, ...texts: string[]): string[] =>
    hanging(label.padEnd(14), texts.join('; '), width);
  return [
    ...fact('Kappa', kappaText(kappa)),
    ...fact(
      'Undecided',
      shareText(abstention.undecided),
      `not applicable ${shareText(abstention.notApplicable)}`,
    ),
    ...(pairs === null
      ? []
      : fact(
          'Pairs',
          `the better reply is named in ${shareText(pairs.right)}`,
          `of the pairs, right in both orders ${shareText(pairs.rightTwice)}`,
          ...(pairs.neither > 0
            ? [`neither in ${grouped(pairs.neither)} of ${count(pairs.asked, 'answer')}`]
            : []),
          ...(pairs.unusable > 0 ? [`${grouped(pairs.unusable)} without a usable answer`] : []),
        )),
    ...(bias.position === null
      ? []
      : fact(
          'Position',
          `the first reply is named in ${shareText(bias.position.first)} (unbiased: 50 %)`,
          `the place alone decides ${shareText(bias.position.inconsistent)}`,
        )),
    ...(bias.length === null
      ? []
      : fact(
          'Length',
          `right where the better reply is the longer one ${shareText(bias.length.longer)}`,
          `the shorter one ${shareText(bias.length.shorter)}`,
          `difference ${pointsText(bias.length.difference)}`,
        )),
    ...(bias.family === null
      ? []
      : fact(
          'Own family',
          `right on replies of ${safeLine(bias.family.family)} models ${shareText(bias.family.own)}`,
          `of others ${shareText(bias.family.others)}`,
          `difference ${pointsText(bias.family.difference)}`,
        )),
    ...(retest === null
      ? []
      : fact(
          'Asked twice',
          `says the same in ${shareText(retest.same)}`,
          `kappa ${kappaText(retest.kappa)}`,
        )),
    ...(batch === undefined ? [] : fact('In batches', ...batchTexts(batch))),
    ...(cutoff === null
      ? []
      : fact(
          'New examples',
          `after ${cutoff.version}, sensitivity ${pointsText(cutoff.sensitivity)}`,
          `specificity ${pointsText(cutoff.specificity)}`,
        )),
    ...(transfer === null
      ? []
      : fact(
          'Transfer',
          `on labelled transcripts against the spec's marks, sensitivity ${pointsText(transfer.sensitivity.difference)}`,
          `specificity ${pointsText(transfer.specificity.difference)}`,
        )),
  ];
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
