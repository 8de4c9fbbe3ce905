/** @module features/spec/lint/rules/conversations Rules about how the conversation of an example is written. */
import { readTagLine } from '../../../../spec/conversation-tags.ts';
import type { Diagnostic, ExampleMessage, MarkedReply } from '../../../../spec/types.ts';
import { repliesOf } from '../../../../spec/walk.ts';
import type { LintContext } from '../context.ts';
import { fixOf, remark } from '../messages.ts';
import { type Found, inConversation, type LintRule } from '../rule.ts';
import { compared, reply } from '../samples.ts';
import type { LintFix } from '../types.ts';
import { foundBy, fromReader } from './from-reader.ts';

type Written = ExampleMessage | MarkedReply;

/** Every message and reply that is printed in the tags of the Model Spec. */
function* taggedMessages({ spec, sections }: LintContext): Generator<Written> {
  for (const { examples } of sections) {
    for (const { turns } of examples) {
      for (const turn of turns) {
        for (const message of turn.type === 'message' ? [turn] : turn.replies) {
          if (spec.text[message.span.start.offset] === '<') yield message;
        }
      }
    }
  }
}

/** The reader leaves the stray characters out, so the text is the same without them. */
function trimTag({ file, span }: Diagnostic, context: LintContext): LintFix | undefined {
  const { source, spec } = context;
  if (file !== spec.file) return undefined;
  const line = span.start.line - 1;
  const written = source.line(line);
  const tag = readTagLine(written);
  if (tag === null) return undefined;
  // An example that stands indented in a list keeps that indentation.
  const column = context.fenceAt(span.start.offset)?.start.column ?? 1;
  const indent = written.slice(0, Math.min(column - 1, written.search(/[^ \t]|$/)));
  const text = indent + written.slice(tag.start, tag.comment?.end ?? tag.end);
  const whole = context.span(source.start(line), source.end(line));
  return fixOf('leave-tag-alone', {}, [{ span: whole, text }]);
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
const UNESCAPED = /[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/g;

function* unescaped(context: LintContext): Generator<Found> {
  const { source } = context;
  for (const { span } of taggedMessages(context)) {
    for (let line = span.start.line; line < span.end.line - 1; line++) {
      const written = source.line(line);
      if (!/[<>&]/.test(written) || readTagLine(written) !== null) continue;
      const found = [...written.matchAll(UNESCAPED)];
      const first = found[0];
      if (first === undefined) continue;
      const edits = found.map(({ index, 0: sign }) => {
        const at = source.start(line) + index;
        return { span: context.span(at, at + 1), text: ENTITIES[sign] ?? sign };
      });
      const at = source.start(line) + first.index;
      const sign = first[0];
      const entity = ENTITIES[sign] ?? sign;
      yield {
        span: context.span(at, at + 1),
        ...remark('S012', 'unescaped', { sign, entity }),
        fix: fixOf('write-entity', { entity }, edits),
      };
    }
  }
}

function* unbalancedFences(context: LintContext): Generator<Found> {
  for (const { content, span } of taggedMessages(context)) {
    if (!content.includes('```')) continue;
    const fences = content.split('\n').filter((line) => line.trimStart().startsWith('```')).length;
    if (fences % 2 === 0) continue;
    yield { span: { start: span.start, end: span.start }, ...remark('S013', 'unclosed-code', {}) };
  }
}

function* unusualMarks(context: LintContext): Generator<Found> {
  const byLine = new Map<number, MarkedReply>();
  for (const { examples } of context.sections) {
    for (const example of examples) {
      for (const reply of repliesOf(example)) byLine.set(reply.span.start.line, reply);
    }
  }
  for (const reply of byLine.values()) {
    const comment = commentOf(context, reply);
    if (comment === null || !/^[A-Z]+(?:\[#[^\]]*\])?\s*,/.test(comment.text)) continue;
    yield {
      span: context.span(comment.start, comment.end),
      ...remark('S014', 'comma-after-mark', {}),
      ...rewriteMark(context, reply, comment),
    };
  }
  for (const diagnostic of context.diagnosed('mark-form')) {
    const reply = byLine.get(diagnostic.span.start.line);
    const comment = reply === undefined ? null : commentOf(context, reply);
    const fix = reply === undefined || comment === null ? {} : rewriteMark(context, reply, comment);
    yield { ...foundBy(diagnostic), severity: 'warning', ...fix };
  }
  yield* fromReader(['unreadable-mark', 'unmarked-reply', 'unexpected-comment'])(context);
}

interface Place {
  text: string;
  start: number;
  end: number;
}

/** The comment on a reply's tag, by offsets in the document. */
function commentOf({ source }: LintContext, { span }: MarkedReply): Place | null {
  const line = span.start.line - 1;
  const comment = readTagLine(source.line(line))?.comment ?? null;
  if (comment === null) return null;
  const base = source.start(line);
  return {
    text: comment.text,
    start: base + comment.start,
    end: base + comment.start + comment.text.length,
  };
}

/** The same mark, pointer and note as they are usually written. */
function rewriteMark(context: LintContext, reply: MarkedReply, place: Place): { fix?: LintFix } {
  if (reply.mark === null) return {};
  const pointer = reply.violates === null ? '' : `[#${reply.violates}]`;
  const note = reply.note === null ? '' : `: ${reply.note}`;
  const text = `${reply.mark.toUpperCase()}${pointer}${note}`;
  const span = context.span(place.start, place.end);
  const { mark, violates } = reply;
  return { fix: fixOf('write-mark', { mark, violates, hasNote: note !== '' }, [{ span, text }]) };
}

function* emptyMessages({ sections }: LintContext): Generator<Found> {
  for (const { examples } of sections) {
    for (const { turns } of examples) {
      for (const turn of turns) {
        for (const message of turn.type === 'message' ? [turn] : turn.replies) {
          // A message of nothing but settings sets something, and a call says it in its attributes.
          const isBare = message.role === 'assistant' || message.role === 'user';
          if (message.content.trim() !== '' || !isBare || 'recipient' in message.attributes)
            continue;
          const what = turn.type === 'message' ? 'message' : 'reply';
          yield { span: message.span, ...remark('S042', 'empty', { what }) };
        }
      }
    }
  }
}

const GOOD = {
  frame: 'conversation',
  text: compared(reply('GOOD', 'The first one.'), reply('BAD: too vague', 'That depends.')),
} as const;

export const CONVERSATION_RULES: readonly LintRule[] = [
  {
    id: 'S010',
    title: 'stray characters around a tag',
    reason: 'A stricter reader than this one takes the line for text, and the message with it.',
    severity: 'warning',
    good: GOOD,
    bad: inConversation(GOOD.text.replace('</user>', ' </user>')),
    check: (context) =>
      [...fromReader(['stray-around-tag'], trimTag)(context)].map((found) => ({
        ...found,
        severity: 'warning',
      })),
  },
  {
    id: 'S011',
    title: 'text between messages',
    reason:
      'It is no part of the conversation, so the conversation cannot be put to a model as it is printed.',
    severity: 'information',
    good: GOOD,
    bad: inConversation(`[...]\n${GOOD.text}`),
    check: fromReader(['elided-turns', 'text-outside-tags']),
  },
  {
    id: 'S012',
    title: 'sign that should be an entity',
    reason: 'A stricter reader than this one takes it for the beginning of a tag or of an entity.',
    severity: 'information',
    good: inConversation(GOOD.text.replace('The first one.', 'a -&gt; b')),
    bad: inConversation(GOOD.text.replace('The first one.', 'a -> b')),
    check: unescaped,
  },
  {
    id: 'S013',
    title: 'code fence in a message that is never closed',
    reason: 'Unless the reply is meant to break off there, half of it is shown as code.',
    severity: 'information',
    good: inConversation(GOOD.text.replace('The first one.', '```\nfirst\n```')),
    bad: inConversation(GOOD.text.replace('The first one.', '```\nfirst')),
    check: unbalancedFences,
  },
  {
    id: 'S014',
    title: 'mark that is not in the usual form',
    reason:
      'Tools look for GOOD, OK or BAD, then "[#id]", then ": note"; any other form loses the mark or the note.',
    severity: 'warning',
    good: GOOD,
    bad: inConversation(GOOD.text.replace('BAD:', 'BAD,')),
    check: unusualMarks,
  },
  {
    id: 'S018',
    title: 'broken conversation',
    reason:
      'What follows a missing tag or fence is read as something else than it was meant to be.',
    severity: 'error',
    good: GOOD,
    bad: inConversation(GOOD.text.replace('</user>\n', '')),
    check: fromReader([
      'unclosed-fence',
      'unclosed-tag',
      'unexpected-tag',
      'malformed-tag',
      'tag-outside-example',
      'malformed-setting',
      'unknown-element',
      'empty-example',
      'example-without-conversation',
      'untitled-example',
      'unexpected-fence-language',
    ]),
  },
  {
    id: 'S042',
    title: 'empty message',
    reason: 'An example that says nothing shows nothing, and no model can be asked it.',
    severity: 'warning',
    good: GOOD,
    bad: inConversation(GOOD.text.replace('The first one.\n', '')),
    check: emptyMessages,
  },
];
