/**
 * @module run/judging/batch/ask
 * Asks one judge about several clauses of a transcript in one call, and makes a verdict of each answer.
 */

import type { VerdictRecord } from '../../../ledger/records.ts';
import type { Caller } from '../../../model/call.ts';
import { sumKnown } from '../../../stats/index.ts';
import type { PlannedJudge } from '../../plan.ts';
import {
  added,
  type Judge,
  type JudgeQuestion,
  type JudgeResults,
  modelJudge,
  openVerdict,
} from '../judge.ts';
import { judgeAgain } from '../judge-prompt.ts';
import { verdictOf } from '../verdict.ts';
import { readJudgements } from './answer.ts';
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
  const calls: string[] = [];
  let open = verdicts;
  const close = (cause: VerdictRecord['cause'], reason: string): void => {
    for (const verdict of open) Object.assign(verdict, { cause, reason });
    open = [];
  };
  let request = batchRequest(questions, planned);
  for (const isLast of [false, true]) {
    const result = await caller.call(request, signal);
    if (result.type === 'stopped') return result;
    const { answer, hash, cost } = result;
    calls.push(hash);
    first.cost = sumKnown([first.cost, cost]);
    if (answer.type === 'failure') {
      close('failed', `${answer.kind}: ${answer.message}`);
      break;
    }
    first.usage = added(first.usage, answer.usage);
    if (answer.type !== 'reply') {
      close(answer.type, answer.reason);
      break;
    }
    const asked = open.map(({ clause }) => clause);
    const problems: string[] = [];
    const judgements = readJudgements(answer.text, asked, transcript);
    open = open.filter((verdict) => {
      const judgement = judgements.get(verdict.clause);
      if (judgement === undefined || 'problem' in judgement) {
        const problem = judgement?.problem ?? 'it is left out';
        problems.push(`${verdict.clause}: ${problem}`);
        verdict.reason = `the judge's answer could not be used, twice: ${problem}`;
        return true;
      }
      Object.assign(verdict, verdictOf(judgement, transcript));
      return false;
    });
    if (open.length === 0) break;
    if (isLast) for (const verdict of open) verdict.cause = 'malformed';
    else request = judgeAgain(request, answer.text, problems.join('; '));
  }
  for (const verdict of verdicts) verdict.calls = calls;
  return { type: 'verdicts', verdicts };
}
