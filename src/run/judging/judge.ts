/**
 * @module run/judging/judge
 * Asks one judge about one transcript and one clause, and makes a verdict of whatever comes back.
 */

import type { Transcript, VerdictRecord } from '../../ledger/records.ts';
import type { Caller, StopReason } from '../../model/call.ts';
import type { ModelRequest, Tool, Usage } from '../../model/types.ts';
import { sumKnown } from '../../stats/index.ts';
import type { PlannedClause, PlannedJudge } from '../plan.ts';
import { judgeAgain, judgeRequest } from './judge-prompt.ts';
import { readJudgement, verdictOf } from './verdict.ts';

export type JudgeResult =
  | { type: 'verdict'; verdict: VerdictRecord }
  | { type: 'stopped'; reason: StopReason };

export interface JudgeQuestion {
  sample: number;
  judge: number;
  clause: PlannedClause;
  /** What a model is told of the clause. */
  instructions: string;
  transcript: Transcript;
  /** What the subject could call. */
  tools?: readonly Tool[];
  repeat: number;
}

/** Verdicts in the order of what was asked together. */
export type JudgeResults =
  | { type: 'verdicts'; verdicts: VerdictRecord[] }
  | { type: 'stopped'; reason: StopReason };

/** Whoever gives verdicts: a model, or code. */
export interface Judge {
  (question: JudgeQuestion, signal: AbortSignal): Promise<JudgeResult>;
  /** Several clauses of one transcript in one call, where the plan wants that. */
  together?: {
    /** Clauses in one call, at most. */
    most: number;
    ask: (questions: readonly JudgeQuestion[], signal: AbortSignal) => Promise<JudgeResults>;
  };
}

/** A model as a judge. */
export function modelJudge(caller: Caller, planned: PlannedJudge): Judge {
  return (question, signal) => askJudge(caller, planned, question, signal);
}

/**
 * A judge's verdict. An answer that fits no schema is asked for once more and then counts as `cannot_judge`;
 * so does a call that the provider refused or that failed, each with its cause.
 */
async function askJudge(
  caller: Caller,
  planned: PlannedJudge,
  question: JudgeQuestion,
  signal: AbortSignal,
): Promise<JudgeResult> {
  const { clause, transcript } = question;
  const verdict = openVerdict(question);
  let request: ModelRequest = judgeRequest({
    clause: clause.id,
    instructions: question.instructions,
    transcript,
    tools: question.tools,
    parameters: planned.parameters,
    repeat: question.repeat,
  });
  for (const isLast of [false, true]) {
    const result = await caller.call(request, signal);
    if (result.type === 'stopped') return result;
    const { answer, hash, cost } = result;
    verdict.calls.push(hash);
    verdict.cost = sumKnown([verdict.cost, cost]);
    if (answer.type === 'failure') {
      verdict.cause = 'failed';
      verdict.reason = `${answer.kind}: ${answer.message}`;
      break;
    }
    verdict.usage = added(verdict.usage, answer.usage);
    if (answer.type !== 'reply') {
      verdict.cause = answer.type;
      verdict.reason = answer.reason;
      break;
    }
    const judgement = readJudgement(answer.text, transcript);
    if (!('problem' in judgement)) {
      return { type: 'verdict', verdict: { ...verdict, ...verdictOf(judgement, transcript) } };
    }
    if (isLast) {
      verdict.cause = 'malformed';
      verdict.reason = `the judge's answer could not be used, twice: ${judgement.problem}`;
    } else {
      request = judgeAgain(request, answer.text, judgement.problem);
    }
  }
  return { type: 'verdict', verdict };
}

/** The record of a question before anything is known of the answer. */
export function openVerdict({ sample, judge, clause }: JudgeQuestion): VerdictRecord {
  return {
    sample,
    judge,
    clause: clause.id,
    clauseHash: clause.hash,
    outcome: 'cannot_judge',
    severity: null,
    reason: '',
    citations: [],
    cause: null,
    usage: { input: 0, output: 0 },
    cost: 0,
    calls: [],
  };
}

/** What two calls used; null where one of them does not tell. */
export function added(a: Usage, b: Usage): Usage {
  return { input: sumKnown([a.input, b.input]), output: sumKnown([a.output, b.output]) };
}
