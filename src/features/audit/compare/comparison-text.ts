/** @module features/audit/compare/comparison-text A comparison of two runs in a terminal. */

import {
  cautionsOf,
  differenceText,
  estimateText,
  isDifferent,
  reasonsOf,
  UNMEASURED,
} from '../../../report/figures.ts';
import { cut, hanging, pad } from '../../../text/layout.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import { type Paint, painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { stampLines } from '../../../text/stamp.ts';
import type { ComparisonDocument } from './comparison.ts';

const FIGURE = 7;
const CASES = 6;
const DIFFERENCE = 18;
const CHANGES_SHOWN = 10;

type Group = ComparisonDocument['overall'];

/** The comparison as text; `all` shows every clause, otherwise those that were told apart or moved most. */
export function renderComparison(
  document: ComparisonDocument,
  settings: { width?: number; color?: boolean; all?: boolean } = {},
): string {
  const width = Math.max(60, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const { first, second, pairing, trials, overall, levels, clauses, family } = document;
  const wrapped = (text: string): string[] => hanging('', safeLine(text), width);
  const label = width - 2 * FIGURE - CASES - DIFFERENCE - 8;
  const row = (name: string, group: Group, mark = ''): string =>
    [
      pad(safeLine(name), label),
      pad(estimateText(group.first), FIGURE, 'right'),
      pad(estimateText(group.second), FIGURE, 'right'),
      pad(casesOf(group), CASES, 'right'),
      pad(differenceText(group.difference), DIFFERENCE, 'right'),
      mark,
    ]
      .join('  ')
      .trimEnd();
  const shown = settings.all === true ? clauses : standing(clauses);
  const lines = [
    ...(document.simulated ? [...stampLines(width, paint), ''] : []),
    paint('bold', 'Comparison: first minus second, in points of adherence'),
    cut(
      `first   ${safeLine(first.run)}  ${safeLine(first.subject)}  ${safeLine(first.spec)}`,
      width,
    ),
    cut(
      `second  ${safeLine(second.run)}  ${safeLine(second.subject)}  ${safeLine(second.spec)}`,
      width,
    ),
    ...wrapped(pairingText(pairing, trials)),
    ...document.notes.flatMap((note) => wrapped(`! ${note}`)),
    '',
    paint(
      'dim',
      [
        pad('', label),
        pad('first', FIGURE, 'right'),
        pad('second', FIGURE, 'right'),
        pad('n', CASES, 'right'),
        pad('difference', DIFFERENCE, 'right'),
      ].join('  '),
    ),
    paintedRow(paint, overall, row('overall', overall)),
    ...levels.map((group) => paintedRow(paint, group, row(`  ${group.level}`, group))),
    ...(shown.length === 0 ? [] : ['']),
    ...shown.map((clause) => {
      const mark = `${clause.called ? '◆' : ''}${clause.reworded ? '≠' : ''}`;
      return row(`#${clause.id}`, clause, mark);
    }),
    ...(shown.length < clauses.length
      ? wrapped(
          `${shown.length === 0 ? '' : 'and '}${count(clauses.length - shown.length, 'clause')} more with nothing to tell (--all shows them)`,
        )
      : []),
    '',
    ...wrapped(
      `◆ told apart among ${count(family.tests, 'clause')} at a false discovery rate of ${Math.round(family.falseDiscoveryRate * 100)} % (Benjamini and Hochberg): ${toldApart(clauses)}.`,
    ),
    ...(document.first.judge === 'unmeasured' || document.second.judge === 'unmeasured'
      ? wrapped(
          `${UNMEASURED} The judge’s errors were not measured; no figure is corrected for them.`,
        )
      : []),
    ...(clauses.some(({ reworded }) => reworded)
      ? wrapped(
          '≠ the words of the clause differ between the runs; it is in no level and not overall.',
        )
      : []),
    ...reasonsOf([overall, ...levels, ...shown].map(({ difference }) => difference)).flatMap(
      (reason) => wrapped(`– ${reason}`),
    ),
    ...cautionsOf([overall.difference]).flatMap((caution) => wrapped(`Caution: ${caution}.`)),
    ...onlyText('first', document.onlyIn.first).flatMap(wrapped),
    ...onlyText('second', document.onlyIn.second).flatMap(wrapped),
    ...changesText(document, width),
    ...(document.simulated ? ['', ...stampLines(width, paint)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function paintedRow(paint: Paint, { difference }: Group, text: string): string {
  const isTold = isDifferent(difference);
  return isTold ? paint('bold', text) : text;
}

/** Clauses to show: told apart, else the few that differ by themselves. */
function standing(clauses: ComparisonDocument['clauses']): ComparisonDocument['clauses'] {
  return clauses
    .filter(({ called, difference }) => called || isDifferent(difference))
    .toSorted(
      (a, b) => Math.abs(b.difference.estimate ?? 0) - Math.abs(a.difference.estimate ?? 0),
    );
}

function toldApart(clauses: ComparisonDocument['clauses']): string {
  const called = clauses.filter(({ called: is }) => is).map(({ id }) => `#${id}`);
  return called.length === 0 ? 'none' : list(called, 6);
}

function casesOf({ first, second, pairs }: Group): string {
  if (pairs !== null) return grouped(pairs.count);
  return first.trials === second.trials
    ? grouped(first.trials)
    : `${grouped(first.trials)}/${grouped(second.trials)}`;
}

function pairingText(
  pairing: ComparisonDocument['pairing'],
  { first, second, shared }: ComparisonDocument['trials'],
): string {
  return pairing === 'paired'
    ? `Paired: ${count(shared, 'case')} that both runs judged (same question, clause and repeat) of ${grouped(first)} and ${grouped(second)}.`
    : `Not paired: the runs share ${grouped(shared)} of ${grouped(first)} and ${grouped(second)} cases, so each counts its own.`;
}

function onlyText(which: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  return [
    `Only the ${which} run judged ${list(
      ids.map((id) => `#${id}`),
      6,
    )}.`,
  ];
}

function changesText({ changes, first, second }: ComparisonDocument, width: number): string[] {
  if (changes.length === 0) return [];
  const worse = changes.filter(({ from }) => from === 'violates');
  const better = changes.filter(({ from }) => from === 'adheres');
  const shown = [...worse, ...better].slice(0, CHANGES_SHOWN);
  return [
    '',
    `${count(changes.length, 'case')} ended otherwise: ${worse.length} violate in the first alone, ${better.length} in the second alone.`,
    ...shown.map((change) =>
      cut(
        `  #${safeLine(change.clause)}  ${change.from} (${change.first}) → ${change.to} (${change.second})`,
        width,
      ),
    ),
    ...(shown.length < changes.length
      ? [`  and ${count(changes.length - shown.length, 'more', 'more')} (--format json lists all)`]
      : []),
    `Read them: tenet show ${safeLine(first.run)} ${shown[0]?.first ?? ''}  and  tenet show ${safeLine(second.run)} ${shown[0]?.second ?? ''}`,
  ];
}
