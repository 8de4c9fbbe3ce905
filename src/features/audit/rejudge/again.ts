/**
 * @module features/audit/rejudge/again
 * What became of verdicts when transcripts were judged again: as data, in the terminal, in Markdown.
 */

import { coefficientText } from '../../../report/figures.ts';
import type { Report } from '../../../report/schema.ts';
import { agreementOf } from '../../../report/sections/panel/panel.ts';
import type { Sheet } from '../../../report/sheet.ts';
import { transcriptId } from '../../../run/plan.ts';
import { cut, hanging } from '../../../text/layout.ts';
import { markdownTable } from '../../../text/markdown-table.ts';
import { count, grouped, list } from '../../../text/numbers.ts';

import { markdownCode, markdownText, safeLine } from '../../../text/safe-text.ts';
import type { ReportAgain } from './again-schema.ts';
import type { Change, Rejudged } from './compare.ts';

const MOST_CHANGES = 1_000;
/** So many changes are told where not all are asked for. */
const SHOWN = 10;

/** The comparison as plain data. */
export function againOf({ run, judges, cases, changes, agreement }: Rejudged): ReportAgain {
  const kinds = Map.groupBy(changes, ({ from, to }) => `${from} ${to}`);
  const transitions = [...kinds.values()]
    .flatMap((same) => {
      const [first] = same;
      return first === undefined ? [] : [{ from: first.from, to: first.to, count: same.length }];
    })
    .toSorted((a, b) => b.count - a.count);
  return {
    run,
    judges,
    cases,
    changed: changes.length,
    transitions,
    agreement: agreementOf(agreement),
    changes: changes.slice(0, MOST_CHANGES).map(({ sample, clause, from, to }) => {
      return { transcript: transcriptId(sample), clause, from, to };
    }),
  };
}

/** The block of the terminal report; none where nothing was judged again. */
export function againLines({ report, width, paint, all }: Sheet): string[] {
  const { again } = report;
  if (again === undefined) return [];
  const shown = again.changes.slice(0, all ? again.changes.length : SHOWN);
  const more = again.changed - shown.length;
  return [
    paint('bold', cut(`Judged again: the transcripts of run ${safeLine(again.run)}`, width)),
    ...sentences(again).flatMap((text) => hanging('  ', safeLine(text), width)),
    ...shown.map((change) => cut(`  ${safeLine(changeText(change))}`, width)),
    ...(more > 0 ? hanging('  ', `and ${grouped(more)} more`, width) : []),
  ];
}

/** A section of the Markdown report; none where nothing was judged again. */
export function againSection({ again }: Report): string[] {
  if (again === undefined) return [];
  const rows = again.changes.slice(0, 4 * SHOWN);
  const more = again.changed - rows.length;
  return [
    '## Judged again',
    `The transcripts are those of run ${markdownCode(again.run)}; nothing was asked of a subject. ${sentences(again).map(markdownText).join(' ')}`,
    ...(rows.length === 0
      ? []
      : [
          markdownTable(
            ['Transcript', 'Clause', 'Was', 'Is'],
            rows.map(({ transcript, clause, from, to }) => [
              transcript,
              markdownText(`#${clause}`),
              words(from),
              words(to),
            ]),
            4,
          ),
        ]),
    ...(more > 0 ? [`and ${grouped(more)} more.`] : []),
  ];
}

function sentences({ judges, cases, changed, transitions, agreement }: ReportAgain): string[] {
  const who = list(judges, 3);
  const kinds = transitions.map(
    ({ from, to, count: of }) => `${grouped(of)} ${words(from)} → ${words(to)}`,
  );
  const reason = agreement.reason === undefined ? '' : ` (${agreement.reason})`;
  return [
    `It was judged by ${who}. Of ${count(cases, 'verdict')} in both runs ${changed === 0 ? 'none is' : `${grouped(changed)} ${changed === 1 ? 'is' : 'are'}`} another now${kinds.length === 0 ? '' : `: ${list(kinds, 6)}`}.`,
    `Agreement beyond chance where both decided: Cohen’s kappa ${coefficientText(agreement)}, ${count(agreement.items, 'case')}${reason}.`,
  ];
}

function changeText({ transcript, clause, from, to }: ReportAgain['changes'][number]): string {
  return `${transcript.padEnd(5)} #${clause}: ${words(from)} → ${words(to)}`;
}

function words(outcome: Change['from']): string {
  return outcome.replaceAll('_', ' ');
}
