/**
 * @module app/ask-model-messages
 * The words around a model that is asked questions: what they may cost, and why one has no answer.
 */

import { grouped } from '../text/numbers.ts';
import { type Coded, sentence } from '../text/sentences.ts';

/** What questions may take at the most; less where the ledger has answers. */
export interface AskEstimate {
  questions: number;
  inputTokens: number;
  /** US dollars; null where the price is not known. */
  usd: number | null;
}

/** Why a question to a model has no answer. Providers' own words are data. */
const UNDETERMINED = {
  stopped: ({ message }: { kind: string; message: string }) => message,
  failure: ({ kind, message }: { kind: string; message: string }) => `${kind}: ${message}`,
  refused: ({ reason }: { reason: string }) => `refused: ${reason}`,
  filtered: ({ reason }: { reason: string }) => `filtered: ${reason}`,
  unsupported: ({ reason }: { reason: string }) => `unsupported: ${reason}`,
  unusable: ({ problem }: { problem: string }) =>
    `the judge's answer could not be used, twice: ${problem}`,
};

/** Why a question has no answer, as data. */
export type Undetermined = Coded<typeof UNDETERMINED>;

/** Why a question has no answer, in words. */
export function undeterminedText(why: Undetermined): string {
  return sentence(UNDETERMINED, why);
}

/** Tokens and price of questions: `about 1,200 tokens, about $0.012`. */
export function estimateText({ inputTokens, usd }: AskEstimate): string {
  const price = usd === null ? 'of unknown price' : `about $${usd.toFixed(3)}`;
  return `about ${grouped(inputTokens)} tokens, ${price}`;
}

/** What is said where somebody stopped the asking. */
export const STOPPED = 'Stopped. The same command goes on from the answers that are in the ledger.';
