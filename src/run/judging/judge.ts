/**
 * @module run/judging/judge
 * Asks one judge about one transcript and one clause, and makes a verdict of whatever comes back.
 */

import type { VerdictRecord } from '../../ledger/records.ts';
import type { Caller, Stopped } from '../../model/call.ts';
import type { ModelRequest, Tool } from '../../model/types.ts';
import { sumKnown } from '../../stats/index.ts';
import type { PlannedClause, PlannedJudge } from '../plan.ts';
import type { Transcript } from '../transcript/view.ts';
import { judgeAgain, judgeRequest } from './judge-prompt.ts';
import { readJudgement, verdictOf } from './verdict.ts';

export type JudgeResult = { type: 'verdict'; verdict: VerdictRecord } | Stopped;

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
export type JudgeResults = { type: 'verdicts'; verdicts: VerdictRecord[] } | Stopped;

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
  { parameters }: PlannedJudge,
  question: JudgeQuestion,
  signal: AbortSignal,
): Promise<JudgeResult> {
  const { clause, instructions, transcript, tools, repeat } = question;
  const verdict = openVerdict(question);
  const request = { clause: clause.id, instructions, transcript, tools, parameters, repeat };
  const asked = await askTwice(caller, judgeRequest(request), signal, (text) => {
    const judgement = readJudgement(text, transcript);
    if ('problem' in judgement) return judgement.problem;
    Object.assign(verdict, verdictOf(judgement, transcript));
    return null;
  });
  if (asked.type === 'stopped') return asked;
  return { type: 'verdict', verdict: { ...verdict, ...asked.spent, ...asked.end } };
}

/** What became of a question to a judge. */
interface Asked {
  type: 'asked';
  spent: Pick<VerdictRecord, 'calls' | 'cost' | 'usage'>;
  /** Why it gave no verdict that can be used; null where it did. */
  end: Pick<VerdictRecord, 'cause' | 'reason'> | null;
}

/**
 * Puts a question to a judge, and once more where the answer can't be used.
 * @param read takes an answer, or says what is wrong with it
 */
export async function askTwice(
  caller: Caller,
  request: ModelRequest,
  signal: AbortSignal,
  read: (text: string) => string | null,
): Promise<Asked | Stopped> {
  const spent: Asked['spent'] = { calls: [], cost: 0, usage: { input: 0, output: 0 } };
  const ended = (end: Asked['end']): Asked => ({ type: 'asked', spent, end });
  let next = request;
  for (let attempt = 1; ; attempt++) {
    const result = await caller.call(next, signal, attempt > 1);
    if (result.type === 'stopped') return result;
    const { answer } = result;
    spent.calls.push(result.hash);
    spent.cost = sumKnown([spent.cost, result.cost]);
    if (answer.type === 'failure') {
      return ended({ cause: 'failed', reason: `${answer.kind}: ${answer.message}` });
    }
    const { input, output } = answer.usage;
    const { usage } = spent;
    spent.usage = {
      input: sumKnown([usage.input, input]),
      output: sumKnown([usage.output, output]),
    };
    if (answer.type !== 'reply') return ended({ cause: answer.type, reason: answer.reason });
    const problem = read(answer.text);
    if (problem === null) return ended(null);
    if (attempt === 2) return ended({ cause: 'malformed', reason: unusable(problem) });
    next = judgeAgain(next, answer.text, problem);
  }
}

/** The reason of a verdict that there is none, twice, for this. */
export function unusable(problem: string): string {
  return `the judge's answer could not be used, twice: ${problem}`;
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
