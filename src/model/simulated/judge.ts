/**
 * @module model/simulated/judge
 * A judge with planted errors. It reads the truth off a simulated reply and tells it with the sensitivity and
 * specificity that its name plants.
 */
import { z } from 'zod';
import type { ModelRequest } from '../types.ts';
import { draw, pick, seedOf } from './draws.ts';
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

/** What these plants answer to a request: JSON as a judge is asked for it, or words that fit no schema. */
export function simulatedVerdict(plants: JudgePlants, request: ModelRequest): string {
  // Drawn for what is asked, not for how: another wording of the instructions plants the same errors.
  const questions = request.messages.filter(({ role }) => role === 'user');
  const seed = seedOf({ ...request, messages: questions }, `judge ${plants.seed}`);
  const first = questions[0];
  const question = first === undefined ? null : readQuestion(first.content);
  const reply = question?.transcript.findLast(({ source }) => source === 'subject');
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
  const truth = readStamp(reply.content);
  const broken =
    truth === null
      ? draw(seed, 'unplanted') < plants.violates
      : truth.breaks.includes(question.clause);
  const correct = draw(seed, 'correct') < (broken ? plants.sensitivity : plants.specificity);
  if (broken !== correct) return answer('adheres', 'By its plant, the reply keeps the clause.');
  const quote =
    draw(seed, 'misquotes') < plants.misquotes
      ? `words that stand nowhere ${seed.slice(0, 8)}`
      : (reply.content.trim() || reply.toolCalls?.[0] || '').slice(0, QUOTE_LENGTH);
  return answer('violates', 'By its plant, the reply breaks the clause.', quote);
}

function readQuestion(content: string): z.infer<typeof questionSchema> | null {
  try {
    return questionSchema.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null;
  }
}
