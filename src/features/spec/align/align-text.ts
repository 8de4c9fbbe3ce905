/** @module features/spec/align/align-text Two specs side by side, for a terminal. */

import { specName } from '../../../spec/index.ts';
import { cut, cutMiddle, hanging, pad, widthOf } from '../../../text/layout.ts';
import { count } from '../../../text/numbers.ts';
import { type Paint, painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { AlignedPair, AlignedSpec, Alignment, LoneClause } from './index.ts';

const NUMBER = 5;
const MARK = 1;
const GAP = '  ';

/** What `tenet spec align` prints. */
export function renderAlignment(
  alignment: Alignment,
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const { first, second, pairs, onlyFirst, onlySecond } = alignment;
  const lines = [
    ...hanging('', `${nameOf(first)} beside ${nameOf(second)}`, width).map((line) =>
      paint('bold', line),
    ),
    ...hanging('', summaryOf(alignment), width),
  ];
  if (pairs.length > 0) lines.push('', ...pairLines(alignment, width, paint));
  lines.push(...loneLines(`Only in ${nameOf(first)}`, onlyFirst, width, paint));
  lines.push(...loneLines(`Only in ${nameOf(second)}`, onlySecond, width, paint));
  lines.push('', ...legendOf(alignment, width).map((line) => paint('dim', line)));
  return `${lines.join('\n')}\n`;
}

/** `model-spec@2025-12-18`. */
export function nameOf(spec: AlignedSpec): string {
  return safeLine(specName(spec));
}

/** How many clauses there are, how many have a partner, and who decided. */
export function summaryOf(alignment: Alignment): string {
  const { first, second, pairs, onlyFirst, onlySecond, judge } = alignment;
  const counted = `${count(first.clauses, 'clause')} and ${second.clauses}: ${count(pairs.length, 'pair')}, ${onlyFirst.length} only in the first, ${onlySecond.length} only in the second.`;
  if (judge === null) return counted;
  const open = judge.undetermined === 0 ? '' : `, ${judge.undetermined} without an answer`;
  const simulated = judge.simulated ? ' SIMULATED.' : '';
  return `${counted} ${safeLine(judge.model)} was asked about ${judge.asked}${open}.${simulated}`;
}

/** The sign of a pair's match: `=` word for word, `+` a further partner, `?` by the judge alone. */
function signOf({ match }: AlignedPair): string {
  return { identical: '=', mutual: ' ', further: '+', judged: '?' }[match];
}

/** What the judge said of a pair, in a line; empty where it was not asked. */
export function judgementOf({ judgement }: AlignedPair): string {
  if (judgement === null) return '';
  return judgement.relation === null
    ? `no answer: ${safeLine(judgement.undetermined)}`
    : `${judgement.relation}: ${safeLine(judgement.reason)}`;
}

function pairLines({ first, second, pairs }: Alignment, width: number, paint: Paint): string[] {
  const room = width - NUMBER - MARK - 3 * GAP.length;
  const names = pairs.map((pair) => safeLine(`#${pair.first.id}`));
  const longest = Math.max(widthOf(nameOf(first)), ...names.map(widthOf));
  const left = Math.min(longest, Math.floor(room / 2));
  const right = room - left;
  const row = (number: string, sign: string, one: string, other: string): string =>
    [pad(number, NUMBER, 'right'), sign, pad(cutMiddle(one, left), left), cutMiddle(other, right)]
      .join(GAP)
      .trimEnd();
  const indent = ' '.repeat(NUMBER + MARK + 2 * GAP.length);
  const lines = [paint('dim', row('alike', ' ', nameOf(first), nameOf(second)))];
  let last = '';
  for (const [place, pair] of pairs.entries()) {
    const name = names[place] ?? '';
    const shown = name === last ? '' : name;
    last = name;
    lines.push(
      row(pair.similarity.toFixed(2), signOf(pair), shown, safeLine(`#${pair.second.id}`)),
    );
    if (pair.match === 'identical') continue;
    const words = pair.words.map(safeLine).join(', ');
    if (words !== '') lines.push(paint('dim', cut(indent + words, width)));
    const judged = judgementOf(pair);
    if (judged !== '') lines.push(...hanging(indent, judged, width));
  }
  return lines;
}

function loneLines(
  head: string,
  clauses: readonly LoneClause[],
  width: number,
  paint: Paint,
): string[] {
  if (clauses.length === 0) return [];
  const ids = clauses.map(({ id }) => safeLine(`#${id}`));
  const column = Math.min(Math.max(...ids.map(widthOf)), Math.floor((width - 4) / 2));
  return [
    '',
    ...hanging('', `${head} (${clauses.length})`, width).map((line) => paint('bold', line)),
    ...clauses.map(({ title }, place) => {
      const id = pad(cutMiddle(ids[place] ?? '', column), column);
      return `  ${id}${GAP}${paint('dim', cut(safeLine(title), width - column - 4))}`.trimEnd();
    }),
  ];
}

function legendOf(alignment: Alignment, width: number): string[] {
  const { pairs, least } = alignment;
  const has = (match: AlignedPair['match']): boolean => pairs.some((pair) => pair.match === match);
  const isVeiled = pairs.some(({ words }) => words.some((word) => word.startsWith('~')));
  const parts = [
    `"alike" is from 0 to 1, by the telling words that two clauses share; less than ${least} is no pair.`,
    ...(has('identical') ? ['= says it word for word.'] : []),
    ...(has('further') ? ['+ is alike too, but not the likest.'] : []),
    ...(has('judged') ? ['? was found by the judge, not by its words.'] : []),
    ...(isVeiled ? ['~topic: different words for one subject.'] : []),
    ...(alignment.judge === null
      ? [
          'Words show a common subject, not that two clauses agree, and a clause without a partner may have one in other words: read them, or ask a model with --judge.',
        ]
      : []),
  ];
  return hanging('', parts.join(' '), width);
}
