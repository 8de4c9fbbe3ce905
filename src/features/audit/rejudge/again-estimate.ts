/** @module features/audit/rejudge/again-estimate What judging transcripts again will take, before anybody is asked. */

import { priceText } from '../../../report/figures.ts';
import { cut, hanging } from '../../../text/layout.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { stampLines } from '../../../text/stamp.ts';
import type { AgainEstimate } from './estimate.ts';

/** The estimate in the terminal. */
export function renderAgainEstimate(
  estimate: AgainEstimate,
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const { run, transcripts, byCode, judges, cost } = estimate;
  const lines = [
    ...(estimate.simulated ? stampLines(width, paint) : []),
    paint('bold', cut(`Judging run ${safeLine(run)} again: nothing is asked yet`, width)),
    '',
    ...hanging('Transcripts  ', `${grouped(transcripts)} with a reply; no subject is asked`, width),
    ...judges.flatMap((judge) =>
      hanging(
        'Judge        ',
        `${safeLine(judge.id)}: ${count(judge.calls, 'call')}, about ${grouped(judge.tokens.input)} tokens in and ${grouped(judge.tokens.output)} out, ${priceText(judge.cost)}`,
        width,
      ),
    ),
    ...(byCode === 0
      ? []
      : hanging('Code         ', `${count(byCode, 'verdict')}, at no cost`, width)),
    ...hanging(
      'Together     ',
      `${priceText(cost)}, less what is on record already; answers asked for twice come on top`,
      width,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
