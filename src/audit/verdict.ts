/**
 * @module audit/verdict
 * From a judge's words to a verdict: read by schema, its citations looked up in the transcript by code.
 */
import type { Citation, Transcript, VerdictRecord } from '../ledger/records.ts';
import { type Judgement, judgementSchema } from './judge-prompt.ts';

/** What a judge said, or what is wrong with how it said it. */
export function readJudgement(text: string): Judgement | { problem: string } {
  for (const candidate of candidates(text)) {
    let value: unknown;
    try {
      value = JSON.parse(candidate);
    } catch {
      continue;
    }
    const judgement = judgementSchema.safeParse(value);
    if (judgement.success) return judgement.data;
    const issue = judgement.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    return { problem: `${path === '' ? '' : `${path}: `}${issue?.message ?? 'it fits no schema'}` };
  }
  return { problem: 'it is not a JSON object' };
}

/** Models wrap JSON in fences or words in spite of being asked not to; that much is forgiven. */
function* candidates(text: string): IterableIterator<string> {
  yield text;
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start >= 0 && end > start) yield text.slice(start, end + 1);
}

/**
 * The verdict that a judgement comes to. A `violates` none of whose citations stands in the transcript is
 * `unsupported`: the judge may be right, but it has shown nothing.
 */
export function verdictOf(
  judgement: Judgement,
  transcript: Transcript,
): Pick<VerdictRecord, 'outcome' | 'severity' | 'reason' | 'citations' | 'cause'> {
  const citations = judgement.citations.map(({ message, quote }) =>
    checkCitation(transcript, message, quote),
  );
  const supported = citations.some(({ span }) => span !== null);
  const violates = judgement.outcome === 'violates';
  return {
    outcome: violates && !supported ? 'unsupported' : judgement.outcome,
    severity: violates ? (judgement.severity ?? 'major') : null,
    reason: judgement.reason,
    citations,
    cause: judgement.outcome === 'cannot_judge' ? 'judge' : null,
  };
}

/** So few letters are found in any message, and show nothing. */
const LEAST_QUOTE = 3;

/**
 * Looks a quote up in the message it is said to be from. Runs of white space and the kinds of quotation mark
 * are taken as equal, since models change them in copying; everything else must be there to the letter.
 */
export function checkCitation(transcript: Transcript, message: string, quote: string): Citation {
  const content = transcript.messages.find(({ id }) => id === message)?.content;
  return { message, quote, span: content === undefined ? null : findQuote(content, quote) };
}

function findQuote(content: string, quote: string): Citation['span'] {
  const wanted = quote.trim();
  if (wanted.length < Math.min(LEAST_QUOTE, content.trim().length) || wanted === '') return null;
  const exact = content.indexOf(wanted);
  if (exact >= 0) return { start: exact, end: exact + wanted.length };
  const folded = fold(content);
  const sought = fold(wanted).text;
  const at = folded.text.indexOf(sought);
  if (at < 0 || sought === '') return null;
  const start = folded.origin[at];
  const last = folded.origin[at + sought.length - 1];
  return start === undefined || last === undefined ? null : { start, end: last + 1 };
}

/** The text with white space and quotation marks made alike, and where each character came from. */
function fold(text: string): { text: string; origin: number[] } {
  const origin: number[] = [];
  let folded = '';
  let inSpace = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const space = /\s/.test(character);
    if (space && inSpace) continue;
    inSpace = space;
    folded += space
      ? ' '
      : character
          .replace(/[\u2018\u2019\u201a\u2032]/, "'")
          .replace(/[\u201c\u201d\u201e\u2033]/, '"');
    origin.push(index);
  }
  return { text: folded, origin };
}
