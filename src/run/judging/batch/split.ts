/** @module run/judging/batch/split Which clauses of a transcript are asked about in one call. */
import { estimateTokens } from '../../../model/prices.ts';
import { judgeInstructions } from '../judge-prompt.ts';

/** Tokens that a call may spend on telling of its clauses: room for four of the longest briefs. */
const MOST_TOKENS = 16_000;

/** Tokens of what stands before a clause's brief; in a batch it stands there once. */
const FRAME_TOKENS = estimateTokens(judgeInstructions(''));

/** Parts of one call. */
export interface Batch<Part> {
  parts: Part[];
  /** What the judge is told of the clauses, instructions included. */
  tokens: number;
}

/**
 * The parts in the calls they are put in, in the order of each call's first: those for one judge together, at most
 * `mostOf` that judge, and no more than a judge can be told at once. One that is too long by itself stands alone.
 *
 * @param tokensOf of the instructions for one part alone
 */
export function batchesOf<Part extends { judge: number }>(
  parts: readonly Part[],
  mostOf: (judge: number) => number,
  tokensOf: (part: Part) => number,
): Batch<Part>[] {
  const batches: Batch<Part>[] = [];
  const open = new Map<number, Batch<Part>>();
  for (const part of parts) {
    const most = mostOf(part.judge);
    const tokens = tokensOf(part);
    const last = open.get(part.judge);
    const sum = last === undefined ? tokens : last.tokens + tokens - FRAME_TOKENS;
    if (last !== undefined && last.parts.length < most && sum <= FRAME_TOKENS + MOST_TOKENS) {
      last.parts.push(part);
      last.tokens = sum;
    } else {
      const batch = { parts: [part], tokens };
      batches.push(batch);
      open.set(part.judge, batch);
    }
  }
  return batches;
}
