/**
 * @module run/judging/checks/result
 * What a check comes to, and the words that show it.
 */
import type { Citation } from '../../../ledger/records.ts';
import type { TranscriptMessage } from '../../../ledger/transcript.ts';
import type { Transcript } from '../../transcript/view.ts';
import { citedText } from '../verdict.ts';

/** Whether a check holds (null: that can't be told), why, and where that is seen. */
export interface CheckResult {
  holds: boolean | null;
  why: string;
  citations: Citation[];
}

/** What a check comes to; `holds` is null where that can't be told. */
export function result(
  holds: boolean | null,
  why: string,
  citations: Citation[] = [],
): CheckResult {
  return { holds, why, citations };
}

/** Of a reply that lacks something: where a token limit ended it, it may only not have come to that. */
export function lacking({ isCut }: Scope, why: string, citations: Citation[] = []): CheckResult {
  return isCut
    ? result(null, `${why}; but a token limit cut the reply short`, citations)
    : result(false, why, citations);
}

/** What checks look at. */
export interface Scope {
  /** The messages whose words are read. */
  messages: readonly TranscriptMessage[];
  /** All calls of tools up to the end, in order. */
  calls: readonly PlacedCall[];
  /** A token limit ended the reply: what it lacks it may only not have come to. */
  isCut: boolean;
}

/** A call of a tool and where it stands. */
export interface PlacedCall {
  name: string;
  arguments: string;
  message: string;
  /** Which of the message's calls; null where the message itself is the call. */
  toolCall: number | null;
  /** Made by the subject, not told in the scenario. */
  own: boolean;
}

/** A longer passage shows no more; the reader has the transcript. */
const LONGEST_QUOTE = 300;

/** A passage of a message's content, cut where it is long. */
export function passage(
  { id, content }: Pick<TranscriptMessage, 'id' | 'content'>,
  start = 0,
  end = content.length,
): Citation[] {
  const span = { start, end: Math.min(end, start + LONGEST_QUOTE) };
  if (span.end <= span.start) return [];
  return [{ message: id, quote: content.slice(span.start, span.end), span }];
}

/** What a regular expression found in a message. */
export function matched(
  message: TranscriptMessage,
  { 0: found, index }: RegExpExecArray,
): Citation[] {
  return passage(message, index, index + found.length);
}

/** A call of a tool as a citation. */
export function citedCall(call: PlacedCall, transcript: Transcript): Citation[] {
  const { message, toolCall } = call;
  const place = toolCall === null ? {} : { toolCall };
  const text = citedText(transcript, { message, ...place });
  if (text === null) throw new RangeError(`there is no call ${toolCall} in ${message}`);
  const span = { start: 0, end: Math.min(text.length, LONGEST_QUOTE) };
  return [{ message, quote: text.slice(0, span.end), span, ...place }];
}
