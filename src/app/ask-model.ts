/**
 * @module app/ask-model
 * Asks one model questions whose answers have a form. What it says is kept in the ledger, and what that may
 * cost can be said first.
 */
import { z } from 'zod';
import { catchInterrupts } from '../cli/interrupts.ts';
import { openLedger } from '../ledger/ledger.ts';
import { costOf, estimateTokens, priceOf } from '../model/prices.ts';
import type { ModelRequest } from '../model/types.ts';
import { grouped } from '../text/numbers.ts';
import { loadConfig } from './config.ts';
import { DEFAULT_LEDGER } from './ledgers.ts';
import { openCallers, parseNameFor, plannedModel } from './models.ts';
import { Problem } from './problem.ts';

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
export type TypedAnswer<Answer> = { answer: Answer } | { undetermined: string };

/** A model that can be asked, and let go of. */
export interface AskedModel<Answer> {
  name: string;
  simulated: boolean;
  /** Aborted once the user wants no more answers. */
  stopped: AbortSignal;
  /** How many questions may be under way. */
  width: () => number;
  /** The tokens and the price of questions, in words. */
  price: (questions: readonly string[]) => string;
  /** @param objection what is wrong with an answer that has the form, if anything is */
  ask: (
    question: string,
    objection?: (answer: Answer) => string | null,
  ) => Promise<TypedAnswer<Answer>>;
  close: () => Promise<void>;
}

/**
 * Opens the model that `--judge` names, to be asked questions of one form.
 * @param purpose the command that asks, for the ledger
 */
export async function openAskedModel<Schema extends z.ZodType>(
  name: string,
  purpose: string,
  form: QuestionForm<Schema>,
): Promise<AskedModel<z.output<Schema>>> {
  const model = parseNameFor('judge', name);
  const simulated = model.provider === 'sim';
  const config = await loadConfig(process.cwd());
  // Simulated answers must not stand beside real ones.
  const path = simulated ? ':memory:' : (config.ledger ?? DEFAULT_LEDGER);
  const opened = openLedger(path, { write: true, purpose });
  if (!opened.ok) throw new Problem(opened.message);
  const { ledger } = opened;
  const callers = openCallers({
    subjects: [],
    judges: [model],
    scenes: () => new Map(),
    store: ledger,
    concurrency: 'auto',
    budget: config.budget ?? null,
    prices: config.prices ?? {},
    environment: process.env,
  });
  const interrupts = catchInterrupts();
  const close = async (): Promise<void> => {
    interrupts.release();
    try {
      ledger.close();
    } finally {
      await callers.close();
    }
  };
  const [caller] = callers.judges;
  try {
    if (caller === undefined) throw new Problem(`--judge: ${name} could not be opened.`);
    await callers.checkReach();
  } catch (error) {
    await close();
    throw error;
  }
  const { parameters } = plannedModel(model, {});
  const { $schema: _, ...schema } = z.toJSONSchema(form.schema, { target: 'draft-7' });
  return {
    name: model.text,
    simulated,
    stopped: interrupts.signal,
    width: callers.width,
    close,
    price: (questions) => {
      const own = estimateTokens(form.instructions);
      const input = questions.reduce((sum, question) => sum + own + estimateTokens(question), 0);
      const output = questions.length * ANSWER_TOKENS;
      const cost = costOf(priceOf(model, config.prices), { input, output });
      const price = cost === null ? 'of unknown price' : `about $${cost.toFixed(3)}`;
      return `about ${grouped(input)} tokens, ${price}`;
    },
    // An answer that does not have the form is asked for once more, and then is none.
    ask: async (question, objection = () => null) => {
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
        const result = await caller.call(request, interrupts.signal);
        if (result.type === 'stopped') return { undetermined: result.reason.message };
        const { answer } = result;
        if (answer.type === 'failure') return { undetermined: `${answer.kind}: ${answer.message}` };
        if (answer.type !== 'reply') return { undetermined: `${answer.type}: ${answer.reason}` };
        const read = readAnswer(answer.text, form.schema);
        const wrong = 'problem' in read ? read.problem : objection(read.answer);
        if (wrong === null && 'answer' in read) return read;
        problem = wrong ?? '';
        const again = `That could not be used: ${problem}. Answer with the JSON object alone.`;
        request = {
          ...request,
          messages: [
            ...request.messages,
            { role: 'assistant', content: answer.text },
            { role: 'user', content: again },
          ],
        };
      }
      return { undetermined: `the judge's answer could not be used, twice: ${problem}` };
    },
  };
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
  const issue = parsed.error.issues[0];
  return { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it fits no schema'}` };
}

/** Material for a question, as JSON with every unusual character escaped. */
export function materialJson(material: object): string {
  return JSON.stringify(material).replaceAll(
    /[^ -~]|[<>]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
