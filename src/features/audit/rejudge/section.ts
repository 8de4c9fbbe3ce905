/**
 * @module features/audit/rejudge/section
 * What became of verdicts when transcripts were judged again, as a part of the new run's report.
 */

import type { ReportSection } from '../../../report/section.ts';
import { type Block, type ListItem, section as sectionOf } from '../../../text/blocks.ts';
import { coefficientText } from '../../../text/figures.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { listed, type Part, type Words, words } from '../../../text/words.ts';
import { compareWithSource } from './compare.ts';
import { againSchema, type ReportAgain } from './schema.ts';

/** So many changes are told where not all are asked for. */
const SHOWN = 10;

export const section: ReportSection<ReportAgain> = {
  key: 'again',
  order: 80,
  part: {
    order: 43,
    schema: againSchema.optional().describe('where transcripts of another run were judged again'),
    build: async (run) => (await compareWithSource(run)) ?? undefined,
  },
  render: (again, _report, detail) => {
    const shown = again.changes.slice(0, detail === 'all' ? again.changes.length : SHOWN);
    const more = again.changed - shown.length;
    return [
      sectionOf(
        { type: 'heading', level: 2, text: `Judged again: the transcripts of run ${again.run}` },
        sentences(again).map((text): Block => ({ type: 'paragraph', indent: 2, text })),
        { type: 'list', indent: 2, marker: '', fit: 'cut', items: shown.map(itemOf) },
        more > 0 ? [{ type: 'paragraph', indent: 2, text: `and ${grouped(more)} more` }] : [],
      ),
    ];
  },
};

function sentences({ judges, cases, changed, transitions, agreement }: ReportAgain): Words[] {
  const who = listed(
    judges.map((model): Part[] => [{ model }]),
    3,
  );
  const kinds = transitions.map(
    ({ from, to, count: of }) => `${grouped(of)} ${outcomeText(from)} → ${outcomeText(to)}`,
  );
  const became = kinds.length === 0 ? [] : words`: ${listed(kinds, 6)}`;
  const changedText =
    changed === 0 ? 'none is' : `${grouped(changed)} ${changed === 1 ? 'is' : 'are'}`;
  const reason = agreement.reason === undefined ? '' : ` (${agreement.reason})`;
  return [
    words`It was judged by ${who}. Of ${count(cases, 'verdict')} in both runs ${changedText} another now${became}.`,
    `Agreement beyond chance where both decided: Cohen’s kappa ${coefficientText(agreement)}, ${count(agreement.items, 'case')}${reason}.`,
  ];
}

function itemOf({ transcript, clause, from, to }: ReportAgain['changes'][number]): ListItem {
  return {
    text: [
      { transcript },
      `${' '.repeat(Math.max(0, 5 - transcript.length))} `,
      { clause },
      `: ${outcomeText(from)} → ${outcomeText(to)}`,
    ],
  };
}

function outcomeText(outcome: string): string {
  return outcome.replaceAll('_', ' ');
}
