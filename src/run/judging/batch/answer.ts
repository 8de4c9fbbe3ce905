/** @module run/judging/batch/answer What a judge said of each clause when it was asked about several. */

import { isRecord, parsedJson } from '../../../model/json.ts';
import { callsOf, type Transcript } from '../../transcript/view.ts';
import type { Judgement } from '../judge-prompt.ts';
import { candidates, judgementIn, NO_OBJECT } from '../verdict.ts';

/**
 * For each clause what was said of it, or what is wrong with that. A clause that the answer leaves out has nothing said
 * of it, and takes nothing from the others.
 */
export function readJudgements(
  text: string,
  clauses: readonly string[],
  transcript: Transcript,
): Map<string, Judgement | { problem: string }> {
  const answer = objectIn(text);
  return new Map(
    clauses.map((clause) => {
      if (answer === null) return [clause, { problem: NO_OBJECT }];
      if (!Object.hasOwn(answer, clause)) return [clause, { problem: LEFT_OUT }];
      const value = answer[clause];
      const written = JSON.stringify(value);
      const judgement = judgementIn(value, written, transcript);
      if ('problem' in judgement || !standsIn(transcript, written)) return [clause, judgement];
      return [clause, { problem: 'it repeats a verdict that stands in the transcript' }];
    }),
  );
}

/** What is wrong with a clause of which an answer says nothing. */
export const LEFT_OUT = 'it is left out';

function objectIn(text: string): Record<string, unknown> | null {
  return [...candidates(text)].map(parsedJson).find(isRecord) ?? null;
}

/** One verdict among several has lost the white space that it was written with, so none counts on either side. */
function standsIn({ messages }: Transcript, written: string): boolean {
  const squeezed = (text: string): string => text.replace(/\s+/g, '');
  return messages.some((message) =>
    [message.content, ...callsOf(message).map((call) => call.arguments)].some(
      (text) => text.includes('outcome') && squeezed(text).includes(squeezed(written)),
    ),
  );
}
