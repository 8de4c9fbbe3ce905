/**
 * @module run/judging/batch/ask
 * Asks one judge about several clauses of a transcript in one call, and makes a verdict of each answer.
 */

import type { Caller } from '../../../model/call.ts';
import type { PlannedJudge } from '../../plan.ts';
import {
  askTwice,
  type Judge,
  type JudgeQuestion,
  type JudgeResults,
  modelJudge,
  openVerdict,
  unusable,
} from '../judge.ts';
import { verdictOf } from '../verdict.ts';
import { LEFT_OUT, readJudgements } from './answer.ts';
import { batchRequest } from './prompt.ts';

/** A model as a judge of up to `most` clauses a call. A single clause is asked about as ever. */
export function batchingJudge(caller: Caller, planned: PlannedJudge, most: number): Judge {
  return Object.assign(modelJudge(caller, planned), {
    together: {
      most,
      ask: (questions: readonly JudgeQuestion[], signal: AbortSignal) =>
        askTogether(caller, planned, questions, signal),
    },
  });
}

/**
 * A verdict on each clause. Clauses of which an answer says nothing usable are asked about once more and then count as
 * `cannot_judge`, each for itself; a call that was refused or failed says so of every clause that it left open. The
 * first verdict carries what the calls used and cost, and the others nothing, so that sums over verdicts hold.
 */
export async function askTogether(
  caller: Caller,
  planned: PlannedJudge,
  questions: readonly JudgeQuestion[],
  signal: AbortSignal,
): Promise<JudgeResults> {
  const verdicts = questions.map(openVerdict);
  const [first] = verdicts;
  const transcript = questions[0]?.transcript;
  if (first === undefined || transcript === undefined) return { type: 'verdicts', verdicts };
  let open = verdicts;
  const asked = await askTwice(caller, batchRequest(questions, planned), signal, (text) => {
    const judgements = readJudgements(
      text,
      open.map(({ clause }) => clause),
      transcript,
    );
    const problems: string[] = [];
    open = open.filter((verdict) => {
      const judgement = judgements.get(verdict.clause) ?? { problem: LEFT_OUT };
      if (!('problem' in judgement)) {
        Object.assign(verdict, verdictOf(judgement, transcript));
        return false;
      }
      problems.push(`${verdict.clause}: ${judgement.problem}`);
      verdict.reason = unusable(judgement.problem);
      return true;
    });
    return open.length === 0 ? null : problems.join('; ');
  });
  if (asked.type === 'stopped') return asked;
  const { spent, end } = asked;
  for (const verdict of open) {
    verdict.cause = end?.cause ?? null;
    // What is wrong with an answer differs from clause to clause.
    if (end !== null && end.cause !== 'malformed') verdict.reason = end.reason;
  }
  Object.assign(first, spent);
  for (const verdict of verdicts) verdict.calls = spent.calls;
  return { type: 'verdicts', verdicts };
}
