/** @module features/spec/lint/rules/comparisons Rules about marked replies, and about examples among each other. */
import { hash } from 'node:crypto';
import type { Comparison, Example, Mark, MarkedReply, Section } from '../../../../spec/types.ts';
import { comparisonsOf, repliesOf } from '../../../../spec/walk.ts';
import type { LintContext } from '../context.ts';
import { remark } from '../messages.ts';
import { type Found, inConversation, type LintRule } from '../rule.ts';
import { compared, reply } from '../samples.ts';
import { normalised } from '../words.ts';

/** Every comparison with where it stands. */
function* comparisons({
  sections,
}: LintContext): Generator<{ section: Section; example: Example; comparison: Comparison }> {
  for (const { section, examples } of sections) {
    for (const example of examples) {
      for (const comparison of comparisonsOf(example)) yield { section, example, comparison };
    }
  }
}

function* withoutContrast(context: LintContext): Generator<Found> {
  for (const { comparison } of comparisons(context)) {
    const marks = new Set(comparison.replies.flatMap(({ mark }) => (mark === null ? [] : [mark])));
    const isGoodShown = marks.has('good') || marks.has('ok');
    if (marks.size === 0 || (isGoodShown && marks.size > 1)) continue;
    const data = { given: [...marks], missing: isGoodShown ? 'bad' : 'good' } as const;
    yield {
      span: { start: comparison.span.start, end: comparison.span.start },
      ...remark('S015', 'no-contrast', data),
    };
  }
}

function* weakPointers(context: LintContext): Generator<Found> {
  const ranks = new Map(context.spec.levels.map(({ name, rank }) => [name, rank]));
  const rankOf = ({ level }: Section): number | null =>
    level === null ? null : (ranks.get(level) ?? null);
  const byId = new Map(context.spec.sections.map((section) => [section.id, section]));
  for (const { section, comparison } of comparisons(context)) {
    for (const { violates, span } of comparison.replies) {
      const target = violates === null ? undefined : byId.get(violates);
      if (target === undefined) continue;
      const [rank, own] = [rankOf(target), rankOf(section)];
      const isLower = rank !== null && own !== null && rank > own;
      if (rank !== null && !isLower) continue;
      const levels = { level: target.level, own: section.level };
      const said =
        rank === null
          ? remark('S016', 'points-to-no-level', { target: target.id })
          : remark('S016', 'points-to-lower-level', { target: target.id, ...levels });
      yield { span: { start: span.start, end: span.start }, ...said };
    }
  }
}

function* elidedReplies(context: LintContext): Generator<Found> {
  for (const { comparison } of comparisons(context)) {
    for (const { elided, mark, span } of comparison.replies) {
      if (!elided || mark === null) continue;
      yield { span: { start: span.start, end: span.start }, ...remark('S017', 'elided', {}) };
    }
  }
}

/** One and the same reply in one and the same conversation, marked once so and once otherwise. */
function* contradictingMarks({ sections }: LintContext): Generator<Found> {
  const seen = new Map<string, { mark: Mark; reply: MarkedReply }>();
  for (const { examples } of sections) {
    for (const example of examples) {
      for (const { history, reply } of markedReplies(example)) {
        if (reply.mark === null || reply.elided) continue;
        const key = `${history}\n${reply.content}`;
        const earlier = seen.get(key);
        if (earlier === undefined) seen.set(key, { mark: reply.mark, reply });
        else if (earlier.mark !== reply.mark) {
          const data = { mark: earlier.mark, line: earlier.reply.span.start.line };
          const span = { start: reply.span.start, end: reply.span.start };
          yield { span, ...remark('S048', 'contradicting-mark', data) };
        }
      }
    }
  }
}

/** Every reply with a digest of what comes before it, which grows from turn to turn (`messagesBefore`). */
function* markedReplies({
  turns,
  settings,
}: Example): Generator<{ history: string; reply: MarkedReply }> {
  let history = JSON.stringify(settings);
  const add = (message: { role: string; content: string }): void => {
    history = hash('sha256', `${history}\n${message.role}\n${message.content}`);
  };
  for (const turn of turns) {
    if (turn.type === 'message') {
      add(turn);
      continue;
    }
    for (const reply of turn.replies) yield { history, reply };
    const taken =
      turn.replies.find(({ mark }) => mark === 'good') ??
      turn.replies.find(({ mark }) => mark === 'ok');
    if (taken !== undefined) add(taken);
  }
}

function* repeatedExampleTitles({ sections }: LintContext): Generator<Found> {
  const first = new Map<string, Example>();
  for (const { examples } of sections) {
    for (const example of examples) {
      const title = normalised(example.title);
      if (title === '') continue;
      const earlier = first.get(title);
      if (earlier === undefined) first.set(title, example);
      else {
        const span = { start: example.span.start, end: example.span.start };
        yield { span, ...remark('S036', 'same-title', { line: earlier.span.start.line }) };
      }
    }
  }
}

/** Whether an example shows any reply that is not good. */
export function showsCounterExample(example: Example): boolean {
  return repliesOf(example).some(({ mark }) => mark === 'bad' || mark === 'ok');
}

const GOOD = {
  frame: 'conversation',
  text: compared(reply('GOOD', 'The first one.'), reply('BAD', 'That depends.')),
} as const;
const example = (title: string, question: string): string =>
  `**Example**: ${title}\n\n~~~xml\n${GOOD.text.replace('Which is it?', question)}\n~~~`;

export const COMPARISON_RULES: readonly LintRule[] = [
  {
    id: 'S015',
    title: 'comparison without contrast',
    reason:
      'A clause shows where it ends by what breaks it, and a judge is measured on replies of both kinds.',
    severity: 'information',
    good: GOOD,
    bad: inConversation(compared(reply('GOOD', 'The first one.'))),
    check: withoutContrast,
  },
  {
    id: 'S016',
    title: 'mark that points to a clause of no or lower level',
    reason:
      'The pointer says which clause decides; one without a level decides nothing, and one of a lower level yields to this one.',
    severity: 'warning',
    good: inConversation(GOOD.text.replace('BAD', 'BAD[#clause]')),
    bad: inConversation(GOOD.text.replace('BAD', 'BAD[#chapter]')),
    check: weakPointers,
  },
  {
    id: 'S017',
    title: 'marked reply that is not printed in full',
    reason: 'A judge that is shown the gap judges another reply than the one that was marked.',
    severity: 'information',
    good: GOOD,
    bad: inConversation(GOOD.text.replace('The first one.', 'The first one, [...] as you see.')),
    check: elidedReplies,
  },
  {
    id: 'S036',
    title: 'two examples of the same title',
    reason: 'Reports name examples by title; two of the same name are taken for one.',
    severity: 'information',
    good: { text: `The assistant should answer.\n\n${example('a short question', 'Why?')}` },
    bad: {
      text: `The assistant should answer.\n\n${example('a question with two answers', 'Why?')}`,
    },
    check: repeatedExampleTitles,
  },
  {
    id: 'S048',
    title: 'same reply marked once good and once bad',
    reason: 'No model can satisfy both, and no judge can agree with both.',
    severity: 'error',
    good: GOOD,
    bad: inConversation(GOOD.text.replace('That depends.', 'The first one.')),
    check: contradictingMarks,
  },
];
