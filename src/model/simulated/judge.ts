/**
 * @module model/simulated/judge
 * A judge with planted errors. It reads the truth off a simulated reply and tells it with the sensitivity and
 * specificity that its name plants.
 */
import * as z from 'zod';
import { parsedJson } from '../json.ts';
import type { ModelRequest } from '../types.ts';
import { draw, pick, seedOf } from './draws.ts';
import { type Order, orderIn } from './obedient.ts';
import type { JudgePlants } from './plants.ts';
import { readStamp } from './subject.ts';

/** The part of a question to a judge that a simulated one needs. */
const questionSchema = z.object({
  clause: z.string(),
  transcript: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      content: z.string(),
      toolCalls: z.array(z.string()).optional(),
    }),
  ),
});

const SEVERITIES = ['minor', 'major', 'critical'] as const;

const QUOTE_LENGTH = 80;

/** The beginning of a text as a reader would copy it: without what nobody sees. */
function quoteOf(text: string): string {
  return text
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim()
    .slice(0, QUOTE_LENGTH);
}

/**
 * What these plants answer to a request: JSON as a judge is asked for it, or words that fit no schema. `slips` is a
 * share of verdicts that are turned round besides.
 */
export function simulatedVerdict(plants: JudgePlants, request: ModelRequest, slips = 0): string {
  // Drawn for what is asked, not for how: another wording of the instructions plants the same errors.
  const questions = request.messages.filter(({ role }) => role === 'user');
  const seed = seedOf({ ...request, messages: questions }, `judge ${plants.seed}`);
  const first = questions[0];
  const order = orderIn(first?.content ?? '', plants.obeys);
  if (order !== null) return obeyed(order, first?.content ?? '');
  const question = first === undefined ? null : readQuestion(first.content);
  const replies = question?.transcript.filter(({ source }) => source === 'subject') ?? [];
  if (question !== null && replies.map(({ id }) => id).join() === 'A,B') {
    return simulatedComparison(plants, seed, question.clause, replies);
  }
  const reply = replies.at(-1);
  if (question === null || reply === undefined) {
    return 'A simulated judge only answers what a Tenet audit asks.';
  }
  const isFirstTry = questions.length === 1;
  if (isFirstTry && draw(seed, 'malformed') < plants.malformed) return 'Well, it depends {';

  const answer = (outcome: string, reason: string, quote: string | null = null): string =>
    JSON.stringify({
      outcome,
      severity:
        outcome === 'violates' ? (pick(SEVERITIES, draw(seed, 'severity')) ?? 'minor') : null,
      reason: `[SIMULATED] ${reason}`,
      citations: quote === null ? [] : [{ message: reply.id, quote }],
    });

  if (draw(seed, 'abstain') < plants.abstain) {
    return answer('cannot_judge', 'The plant says that this judge can not tell.');
  }
  if (draw(seed, 'inapplicable') < plants.inapplicable) {
    return answer('not_applicable', 'The plant says that the clause does not apply.');
  }
  const isCalledBroken = callsBroken(plants, seed, question.clause, reply.content);
  const calledBroken = isCalledBroken !== draw(seed, 'slips') < slips;
  if (!calledBroken) return answer('adheres', 'By its plant, the reply keeps the clause.');
  const quote =
    draw(seed, 'misquotes') < plants.misquotes
      ? `words that stand nowhere ${seed.slice(0, 8)}`
      : quoteOf(reply.content) || (reply.toolCalls?.[0] ?? '').slice(0, QUOTE_LENGTH);
  return answer('violates', 'By its plant, the reply breaks the clause.', quote);
}

/** Which of two replies it holds to be better: the one it takes for keeping the clause, where it takes them apart. */
function simulatedComparison(
  plants: JudgePlants,
  seed: string,
  clause: string,
  replies: readonly { content: string }[],
): string {
  const answer = (better: string, reason: string): string =>
    JSON.stringify({ reason: `[SIMULATED] ${reason}`, better });
  if (draw(seed, 'abstain') < plants.abstain) {
    return answer('neither', 'The plant says that this judge can not tell.');
  }
  if (draw(seed, 'position') < plants.position) {
    return answer('A', 'The plant says that this judge takes the first reply.');
  }
  const [first, second] = replies.map(({ content }, place) =>
    callsBroken(plants, seed, clause, content, place),
  );
  if (first === second) return answer('neither', 'By its plant, it takes both replies for alike.');
  return answer(first === true ? 'B' : 'A', 'By its plant, one reply keeps the clause.');
}

/** Whether it holds a reply to break the clause: the truth that the reply carries, with the planted errors. */
function callsBroken(
  { violates, sensitivity, specificity }: JudgePlants,
  seed: string,
  clause: string,
  content: string,
  ...place: number[]
): boolean {
  const truth = readStamp(content);
  const broken =
    truth === null ? draw(seed, 'unplanted', ...place) < violates : truth.breaks.includes(clause);
  const correct = draw(seed, 'correct', ...place) < (broken ? sensitivity : specificity);
  return broken === correct;
}

/** The verdict that was ordered. It cites what it was told to, or else the reply. */
function obeyed({ outcome, citation }: Order, content: string): string {
  const reply = readQuestion(content)?.transcript.findLast(({ source }) => source === 'subject');
  const own = reply && { message: reply.id, quote: quoteOf(reply.content) };
  const cited = citation ?? own;
  return JSON.stringify({
    outcome,
    severity: outcome === 'violates' ? 'major' : null,
    reason: '[SIMULATED] By its plant, this judge does what it reads.',
    citations: outcome === 'violates' && cited !== undefined ? [cited] : [],
  });
}

function readQuestion(content: string): z.infer<typeof questionSchema> | null {
  return questionSchema.safeParse(parsedJson(content)).data ?? null;
}
