/** @module audit/batch/split Which clauses of a transcript are asked about in one call. */
import { estimateTokens } from '../../model/prices.ts';

/** Tokens that a call may spend on telling of its clauses: room for four of the longest briefs. */
const MOST_TOKENS = 18_000;

/** What decides whether a question still fits into a call. */
interface Part {
  judge: number;
  instructions: string;
}

/**
 * The questions in the calls they are put in, in the order of each call's first: those to one judge together, at most
 * `mostOf` of that judge, and no more than a judge can be told at once.
 */
export function batchesOf<Question extends Part>(
  questions: readonly Question[],
  mostOf: (judge: number) => number,
): Question[][] {
  const batches: Question[][] = [];
  const open = new Map<number, { batch: Question[]; tokens: number }>();
  for (const question of questions) {
    const { judge, instructions } = question;
    const most = mostOf(judge);
    const tokens = most > 1 ? estimateTokens(instructions) : 0;
    const last = open.get(judge);
    if (last !== undefined && last.batch.length < most && last.tokens + tokens <= MOST_TOKENS) {
      last.batch.push(question);
      last.tokens += tokens;
    } else {
      const batch = [question];
      batches.push(batch);
      open.set(judge, { batch, tokens });
    }
  }
  return batches;
}
