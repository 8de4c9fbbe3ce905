/**
 * @module run/judging/rubric/code-judge
 * A judge that is code: the checks of a clause's rubric, on the transcript. It asks nobody and costs nothing.
 */

import type { Citation, VerdictRecord } from '../../../ledger/records.ts';
import { capital } from '../../../text/capital.ts';
import type { Plan } from '../../plan.ts';
import type { Transcript } from '../../transcript/view.ts';
import { passage } from '../checks/result.ts';
import { checkReply, checkScene } from '../checks/run.ts';
import { type Judge, type JudgeQuestion, openVerdict } from '../judge.ts';
import type { Rubric } from './schema.ts';
import { rubricOf } from './tell.ts';

/** The code judge of a plan: it knows the plan's rubrics that have checks. */
export function codeJudge(plan: Pick<Plan, 'rubrics'>): Judge {
  const rubrics = new Map(
    plan.rubrics?.filter(({ byCode }) => byCode).map((one) => [one.clause, rubricOf(one)]),
  );
  return async (question) => {
    const rubric = rubrics.get(question.clause.id);
    if (rubric === undefined) {
      throw new RangeError(`the plan has no checks for the clause #${question.clause.id}`);
    }
    return { type: 'verdict', verdict: verdictByChecks(rubric, question) };
  };
}

function verdictByChecks(rubric: Rubric, question: JudgeQuestion): VerdictRecord {
  const { transcript } = question;
  const verdict: VerdictRecord = { ...openVerdict(question), outcome: 'adheres' };
  const untold = (why: string): VerdictRecord => {
    return { ...verdict, outcome: 'cannot_judge', cause: 'judge', reason: sentence(why) };
  };
  if (rubric.appliesWhen !== null) {
    const { holds, why } = checkScene(rubric.appliesWhen, transcript);
    if (holds === null) return untold(`whether the clause applies can't be told: ${why}`);
    const reason = `The clause does not apply: ${why}.`;
    if (!holds) return { ...verdict, outcome: 'not_applicable', reason };
  }
  if (rubric.checks === null) return untold('the rubric has no checks');
  const { holds, why, citations } = checkReply(rubric.checks, transcript);
  if (holds === null) return untold(why);
  const reason = sentence(why);
  if (holds) return { ...verdict, reason, citations };
  const shown = citations.length > 0 ? citations : wholeOf(transcript);
  return { ...verdict, outcome: 'violates', severity: rubric.severity, reason, citations: shown };
}

function sentence(why: string): string {
  return `${capital(why)}.`;
}

/** The reply as a whole, from its beginning; where the subject wrote nothing, what it left unanswered. */
function wholeOf({ messages }: Transcript): Citation[] {
  const reply = messages.findLast(({ source }) => source === 'subject');
  const own = reply === undefined ? [] : passage(reply);
  const last = messages.findLast(({ content }) => content !== '');
  return own.length > 0 || last === undefined ? own : passage(last);
}
