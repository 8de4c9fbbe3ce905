/**
 * @module app/ask-model
 * Asks one model questions whose answers have a form. What it says is kept in the ledger, and what that may
 * cost can be said first.
 */
import * as z from 'zod';
import type { CallResult } from '../model/call.ts';
import { costOf, estimateTokens, priceOf } from '../model/prices.ts';
import type { ModelRequest } from '../model/types.ts';
import { at } from '../text/at.ts';
import type { AskEstimate, Undetermined } from './ask-model-messages.ts';
import type { Context } from './context.ts';
import { DEFAULT_LEDGER } from './ledgers.ts';
import { type Callers, parseNameFor, plannedModel } from './models.ts';

/** What an answer is taken to have, for the estimate. */
const ANSWER_TOKENS = 300;

/** A kind of question: what the model is told, and the form of its answers. */
export interface QuestionForm<Schema extends z.ZodType> {
  instructions: string;
  /** What the form is called towards the model. */
  name: string;
  schema: Schema;
}

/** An answer, or why there is none. */
export type TypedAnswer<Answer> = { answer: Answer } | { undetermined: Undetermined };

/** A model that can be asked, and let go of. */
export interface AskedModel<Answer> {
  name: string;
  simulated: boolean;
  /** How many questions may be under way. */
  width: () => number;
  estimate: (questions: readonly string[]) => AskEstimate;
  /**
   * Never rejects for what a provider did. Nothing is asked once `signal` aborts.
   * @param objection what is wrong with an answer that has the form, if anything is
   */
  ask: (
    question: string,
    signal: AbortSignal,
    objection?: (answer: Answer) => string | null,
  ) => Promise<TypedAnswer<Answer>>;
  close: () => Promise<void>;
}

/**
 * Opens the model that `--judge` names, to be asked questions of one form. Throws a `TenetError` where the name is
 * none, nobody is at the model's address, or the ledger can't be written.
 */
export async function openAskedModel<Schema extends z.ZodType>(
  context: Pick<Context, 'config' | 'ledger' | 'models'>,
  name: string,
  form: QuestionForm<Schema>,
): Promise<AskedModel<z.output<Schema>>> {
  const config = await context.config();
  const roster = await context.models.own([name]);
  const model = parseNameFor('judge', name, roster);
  const simulated = model.provider === 'sim';
  // Simulated answers must not stand beside real ones.
  const path = simulated ? ':memory:' : (config.ledger ?? DEFAULT_LEDGER);
  const ledger = await context.ledger.write(path);
  let callers: Callers | null = null;
  const close = async (): Promise<void> => {
    try {
      await ledger.close();
    } finally {
      await callers?.close();
    }
  };
  try {
    callers = await context.models.open({
      subjects: [],
      judges: [model],
      roster,
      scenes: () => new Map(),
      store: ledger.calls,
      concurrency: 'auto',
      budget: config.budget ?? null,
      prices: config.prices ?? {},
    });
    await callers.checkReach();
  } catch (error) {
    await close();
    throw error;
  }
  const { width, judges } = callers;
  const [caller] = judges;
  if (caller === undefined) throw new RangeError(`no model was opened for ${name}`);
  const { parameters } = plannedModel(model, {});
  const { $schema: _, ...schema } = z.toJSONSchema(form.schema, { target: 'draft-7' });
  return {
    name: model.text,
    simulated,
    width,
    close,
    estimate: (questions) => {
      const own = estimateTokens(form.instructions);
      const input = questions.reduce((sum, question) => sum + own + estimateTokens(question), 0);
      const output = questions.length * ANSWER_TOKENS;
      const usd = costOf(priceOf(model, config.prices), { input, output });
      return { questions: questions.length, inputTokens: input, usd };
    },
    // An answer that does not have the form is asked for once more, and then is none.
    ask: async (question, signal, objection = () => null) => {
      let request: ModelRequest = {
        messages: [
          { role: 'system', content: form.instructions },
          { role: 'user', content: question },
        ],
        parameters,
        schema: { name: form.name, schema },
        repeat: 0,
      };
      let problem = '';
      for (let attempt = 0; attempt < 2; attempt++) {
        const replied = replyOf(await caller.call(request, signal, attempt > 0));
        if ('undetermined' in replied) return replied;
        const read = readAnswer(replied.text, form.schema);
        if ('problem' in read) problem = read.problem;
        else {
          const wrong = objection(read.answer);
          if (wrong === null) return read;
          problem = wrong;
        }
        const again = `That could not be used: ${problem}. Answer with the JSON object alone.`;
        request = {
          ...request,
          messages: [
            ...request.messages,
            { role: 'assistant', content: replied.text },
            { role: 'user', content: again },
          ],
        };
      }
      return { undetermined: { code: 'unusable', data: { problem } } };
    },
  };
}

function replyOf(result: CallResult): { text: string } | { undetermined: Undetermined } {
  if (result.type === 'stopped') {
    const { kind, message } = result.reason;
    return { undetermined: { code: 'stopped', data: { kind, message } } };
  }
  const { answer } = result;
  if (answer.type === 'reply') return { text: answer.text };
  if (answer.type === 'failure') {
    const { kind, message } = answer;
    return { undetermined: { code: 'failure', data: { kind, message } } };
  }
  return { undetermined: { code: answer.type, data: { reason: answer.reason } } };
}

function readAnswer<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
): { answer: z.output<Schema> } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, ''));
  } catch {
    return { problem: 'it is no JSON' };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { answer: parsed.data };
  const { path, message } = at(parsed.error.issues, 0);
  return { problem: `${path.join('.')}: ${message}` };
}

/** Material for a question, as JSON with every unusual character escaped. */
export function materialJson(material: object): string {
  return JSON.stringify(material).replaceAll(
    /[^ -~]|[<>]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
