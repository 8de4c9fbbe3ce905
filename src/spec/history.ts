/**
 * @module spec/history
 * What a model sees when it is put into an example: the messages before a comparison.
 */

import type { Comparison, Example, ExampleMessage } from './types.ts';

/**
 * The messages that lead up to a comparison. A comparison that comes before it counts as answered: with
 * its first good reply, or its first acceptable one; with neither, it leaves no message.
 */
export function messagesBefore(example: Example, comparison: Comparison): ExampleMessage[] {
  const messages: ExampleMessage[] = [];
  for (const turn of example.turns) {
    if (turn === comparison) break;
    if (turn.type === 'message') {
      messages.push(turn);
      continue;
    }
    const taken =
      turn.replies.find((reply) => reply.mark === 'good') ??
      turn.replies.find((reply) => reply.mark === 'ok');
    if (taken === undefined) continue;
    const { role, content, untrusted, attributes, elided, span } = taken;
    messages.push({ type: 'message', role, content, untrusted, attributes, elided, span });
  }
  return messages;
}

/** A message's content with its quoted parts between `<untrusted_text>` and `</untrusted_text>`. */
export function withUntrustedMarked(
  message: Pick<ExampleMessage, 'content' | 'untrusted'>,
): string {
  let marked = '';
  let at = 0;
  for (const { start, end } of message.untrusted) {
    marked += message.content.slice(at, start);
    marked += `<untrusted_text>\n${message.content.slice(start, end)}\n</untrusted_text>`;
    at = end;
  }
  return marked + message.content.slice(at);
}
