/** @module features/spec/align/messages What is said of two specs side by side. */
import { type AskEstimate, estimateText } from '../../../app/ask-model-messages.ts';
import { specName } from '../../../spec/index.ts';
import { count } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { Part } from '../../../text/words.ts';
import type { AlignedPair, AlignedSpec, Alignment } from './schema.ts';

/** How a pair was found: the sign that stands for it at a glance, its words in a table, and what the sign means. */
export const MATCHES: Readonly<
  Record<AlignedPair['match'], { sign: string; words: string; legend: string }>
> = {
  identical: { sign: '=', words: 'word for word', legend: '= says it word for word.' },
  mutual: { sign: '', words: 'likest', legend: '' },
  further: {
    sign: '+',
    words: 'also alike',
    legend: '+ is alike too, but not the likest.',
  },
  judged: {
    sign: '?',
    words: 'by the judge',
    legend: '? was found by the judge, not by its words.',
  },
};

/** `model-spec@2025-12-18 beside starter@2026-11-01`. */
export function titleText({ first, second }: { first: AlignedSpec; second: AlignedSpec }): string {
  return `${specName(first)} beside ${specName(second)}`;
}

/** How many clauses there are, how many have a partner, and who decided. */
export function summaryWords(alignment: Alignment): Part[] {
  const { first, second, pairs, onlyFirst, onlySecond, judge } = alignment;
  const counted = `${count(first.clauses, 'clause')} and ${second.clauses}: ${count(pairs.length, 'pair')}, ${onlyFirst.length} only in the first, ${onlySecond.length} only in the second.`;
  if (judge === null) return [counted];
  const open = judge.undetermined === 0 ? '' : `, ${judge.undetermined} without an answer`;
  const simulated = judge.simulated ? ' SIMULATED.' : '';
  return [
    `${counted} `,
    { model: judge.model },
    ` was asked about ${judge.asked}${open}.${simulated}`,
  ];
}

/** What the judge said of a pair, in a line; empty where it was not asked. */
export function judgementText({ judgement }: AlignedPair): string {
  if (judgement === null) return '';
  return judgement.relation === null
    ? `no answer: ${judgement.undetermined}`
    : `${judgement.relation}: ${judgement.reason}`;
}

/**
 * How to read the table of pairs.
 * @param signs whether signs stand for how pairs were found
 */
export function legendText({ pairs, least, judge }: Alignment, signs: boolean): string {
  const matches = new Set(pairs.map(({ match }) => match));
  const isVeiled = pairs.some(({ words }) => words.some((word) => word.startsWith('~')));
  const legends = (['identical', 'further', 'judged'] as const).filter((match) =>
    matches.has(match),
  );
  return [
    `"alike" is from 0 to 1, by the telling words that two clauses share; less than ${least} is no pair.`,
    ...(signs ? legends.map((match) => MATCHES[match].legend) : []),
    ...(isVeiled ? ['~topic: different words for one subject.'] : []),
    ...(judge === null
      ? [
          'Words show a common subject, not that two clauses agree, and a clause without a partner may have one in other words: read them, or ask a model with --judge.',
        ]
      : []),
  ].join(' ');
}

/** What asking a model about pairs may take. */
export function askingText(model: string, estimate: AskEstimate): string {
  const { questions } = estimate;
  return `${safeLine(model)} will be asked about ${questions} pairs that words leave open: ${questions} calls, ${estimateText(estimate)}; fewer where the ledger has the answer.`;
}

/** Why a pair has no answer where the work was stopped before it. */
export const NOT_ASKED = { code: 'not-asked', data: {}, undetermined: 'not asked' };
