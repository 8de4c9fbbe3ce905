/**
 * @module report/sections/spending/spending
 * Where the calls of a sequential run went, and why it asked no more.
 */

import { nameAt } from '../../../run/names.ts';
import { clauseAt } from '../../../run/plan.ts';
import { sum } from '../../../stats/index.ts';
import { type Block, columnsOf, details, section } from '../../../text/blocks.ts';
import { NOTHING } from '../../../text/figures.ts';
import { count, grouped, list, percent } from '../../../text/numbers.ts';
import type { RunView } from '../../run-view.ts';
import { ownParts, type Report } from '../../schema.ts';
import type { Detail, ReportSection } from '../../section.ts';
import type { Spending } from './schema.ts';

/** None for a fixed plan. */
export const spendingSection: ReportSection<Spending> = {
  key: 'spending',
  order: 70,
  part: { order: 80, schema: ownParts.spending, build: spendingOf },
  render: (spending, report, detail) => spendingBlocks(spending, report, detail),
};

function spendingOf({ plan, tally, subjects }: RunView): Spending | undefined {
  if (tally.sequential === undefined) return undefined;
  const { precision, bound, rounds, spent, cells } = tally.sequential;
  const clauses = cells.map(({ subject, clause, draws, verdicts, interval, stopped }) => ({
    subject: nameAt(subjects, subject),
    clause: clauseAt(plan, clause).id,
    draws,
    verdicts,
    halfWidth: interval === null || verdicts === 0 ? null : (interval.high - interval.low) / 2,
    stopped,
  }));
  const widths = clauses.map(({ halfWidth }) => halfWidth).filter((width) => width !== null);
  // What gives nothing would have given nothing to equal allocation either.
  const counted = clauses.filter(({ stopped }) => stopped !== 'nothing');
  const most = Math.max(0, ...counted.map(({ draws }) => draws));
  const futile = sum(clauses.map(({ draws }) => draws)) - sum(counted.map(({ draws }) => draws));
  return {
    precision,
    bound,
    rounds,
    spent,
    draws: sum(clauses.map(({ draws }) => draws)),
    equalDraws: counted.length * most + futile,
    widest: widths.length === 0 ? null : Math.max(...widths),
    clauses,
  };
}

function spendingBlocks(spending: Spending, { run }: Report, detail: Detail): Block[] {
  const ends = stopTexts(spending);
  return [
    section(
      { type: 'heading', level: 2, text: 'Spending' },
      {
        type: 'keyValues',
        indent: 2,
        keyWidth: 14,
        rows: [
          { key: 'Asked for', value: askedText(spending, run.transcriptsOf) },
          { key: 'Draws', value: drawsText(spending) },
          ...ends.map((value, place) => ({ key: place === 0 ? 'Ended' : '', value })),
        ],
      },
    ),
    ...(detail === 'all' ? [clausesBlock(spending)] : []),
  ];
}

function clausesBlock({ clauses }: Spending): Block {
  const columns = columnsOf(['Subject', 'Clause', 'Ended'], ['Draws', 'Judged', 'Half width']);
  const rows = clauses.map(({ subject, clause, draws, verdicts, halfWidth, stopped }) => ({
    cells: [
      [{ model: subject }],
      [{ clause }],
      stopped === null ? 'would have gone on' : WHY[stopped],
      grouped(draws),
      grouped(verdicts),
      halfWidth === null ? NOTHING : points(halfWidth),
    ],
  }));
  return details('Where the calls went', { type: 'table', columns, rows });
}

const WHY: Record<NonNullable<Spending['clauses'][number]['stopped']>, string> = {
  precise: 'narrow enough',
  one_side: 'on one side of the bound',
  ceiling: 'scenarios asked as often as --repeats allows',
  nothing: 'no verdict comes of the draws',
  drifting: 'no one rate agrees with the draws',
};

/** `source` is the run whose transcripts were judged again: its draws were made by its own verdicts. */
function askedText({ precision, bound, spent }: Spending, source: string | undefined): string {
  const wanted =
    precision === null
      ? 'intervals as narrow as the budget allows'
      : `every clause’s interval within ${points(precision)}`;
  const side = bound === null ? '' : `, or wholly on one side of ${percent(bound)}`;
  const end = spent ? '; the budget is spent' : '';
  return `${wanted}${side}${source === undefined ? end : `; drawn, and ended, by the verdicts of run ${source}`}`;
}

function drawsText({ draws, equalDraws, rounds, clauses, widest, bound }: Spending): string {
  const subjects = new Set(clauses.map(({ subject }) => subject)).size;
  const whom = subjects > 1 ? ` of ${count(subjects, 'subject')}` : '';
  const made = `${count(draws, 'draw')} for ${count(clauses.length / Math.max(1, subjects), 'clause')}${whom} in ${count(rounds, 'round')}`;
  const spared = equalDraws - draws;
  // Where a bound settles clauses, wide intervals are as meant.
  const width =
    widest === null || bound !== null ? '' : `; the widest interval is ${points(widest)}`;
  if (spared <= 0) return `${made}${width}`;
  return `${made}${width}. As many for every clause as the one that took most would be ${grouped(equalDraws)}: ${grouped(spared)} (${percent(spared / equalDraws)}) spared`;
}

const NAMED = 5;

/** Why clauses ended, those by name that did not end well; a clause of two subjects is counted twice. */
function stopTexts({ clauses }: Spending): string[] {
  const named = (own: Spending['clauses']): string =>
    list([...new Set(own.map(({ clause }) => `#${clause}`))], NAMED);
  const byCause = Map.groupBy(clauses, ({ stopped }) => stopped);
  const texts = (['precise', 'one_side', 'ceiling', 'nothing', 'drifting'] as const).flatMap(
    (why) => {
      const own = byCause.get(why);
      if (own === undefined) return [];
      const isWell = why === 'precise' || why === 'one_side';
      return [`${count(own.length, 'clause')}: ${WHY[why]}${isWell ? '' : ` (${named(own)})`}`];
    },
  );
  const open = byCause.get(null);
  if (open === undefined) return texts;
  return [...texts, `${count(open.length, 'clause')} would have gone on (${named(open)})`];
}

/** `±5 points`. */
function points(half: number): string {
  const number = Number((half * 100).toPrecision(2));
  return `±${number} ${number === 1 ? 'point' : 'points'}`;
}
