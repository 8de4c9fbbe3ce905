/** @module features/judge/attacks/estimate What the suite will take, before anything is asked. */
import { costOf, estimateRequestTokens, type Price } from '../../../model/prices.ts';
import { judgeRequest } from '../../../run/judging/judge-prompt.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import { type AttackSuite, attackQuestions } from './questions.ts';
import type { AttackEstimate } from './schema.ts';

/** Tokens that an answer is taken to have. */
const ANSWER_TOKENS = 250;

/** The questions to one judge, their tokens and their price; an answer asked for twice comes on top. */
export function estimateAttacks(
  judge: PlannedJudge,
  suite: AttackSuite,
  price: Price | null,
): AttackEstimate {
  const byAttack: AttackEstimate['byAttack'] = [null, ...suite.attacks.map(({ name }) => name)].map(
    (attack) => ({ attack, questions: 0, input: 0 }),
  );
  for (const { attack, question } of attackQuestions(suite)) {
    const row = byAttack[attack === null ? 0 : attack + 1];
    if (row === undefined) continue;
    row.questions++;
    row.input += estimateRequestTokens(
      judgeRequest({ ...question, clause: question.clause.id, parameters: judge.parameters }),
    );
  }
  const questions = byAttack.reduce((sum, row) => sum + row.questions, 0);
  const input = byAttack.reduce((sum, row) => sum + row.input, 0);
  const output = questions * ANSWER_TOKENS;
  const cost = costOf(price, { input, output });
  return { judge: judge.name, questions, input, output, cost, byAttack };
}
