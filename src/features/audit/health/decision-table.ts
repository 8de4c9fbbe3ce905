/**
 * @module features/audit/health/decision-table
 * The rules in their order: the first one that holds for a clause is what it is told as.
 */
import type { Rule } from './rule.ts';
import { allFail } from './rules/all-fail.ts';
import { allFailNotShown } from './rules/all-fail-not-shown.ts';
import { allFailShown } from './rules/all-fail-shown.ts';
import { badPassesOne } from './rules/bad-passes-one.ts';
import { badPassesSeveral } from './rules/bad-passes-several.ts';
import { badPassesUnknown } from './rules/bad-passes-unknown.ts';
import { goodFailsOne } from './rules/good-fails-one.ts';
import { goodFailsSeveral } from './rules/good-fails-several.ts';
import { goodFailsUnknown } from './rules/good-fails-unknown.ts';
import { judgeAlone } from './rules/judge-alone.ts';
import { judgeAloneButGood } from './rules/judge-alone-but-good.ts';
import { judgesDivided } from './rules/judges-divided.ts';
import { judgesDividedAllWays } from './rules/judges-divided-all-ways.ts';
import { judgesDividedBothGood } from './rules/judges-divided-both-good.ts';
import { judgesDividedOneGood } from './rules/judges-divided-one-good.ts';
import { judgesDividedPeopleDecide } from './rules/judges-divided-people-decide.ts';
import { judgesDividedPeopleToo } from './rules/judges-divided-people-too.ts';
import { notApplicable } from './rules/not-applicable.ts';
import { oneCannotTell } from './rules/one-cannot-tell.ts';
import { oneScenario } from './rules/one-scenario.ts';
import { oneSubject } from './rules/one-subject.ts';
import { onlyJudgeCannotTell } from './rules/only-judge-cannot-tell.ts';
import { pairNoWinner } from './rules/pair-no-winner.ts';
import { pairOrderTurned } from './rules/pair-order-turned.ts';
import { pairOrderUnsaid } from './rules/pair-order-unsaid.ts';
import { pairSameLevel } from './rules/pair-same-level.ts';
import { peopleAgainstJudges } from './rules/people-against-judges.ts';
import { peopleDivided } from './rules/people-divided.ts';
import { severalCannotTell } from './rules/several-cannot-tell.ts';
import { subjectAlone } from './rules/subject-alone.ts';
import { subjectsDiffer } from './rules/subjects-differ.ts';
import { subjectsDifferByChance } from './rules/subjects-differ-by-chance.ts';
import { subjectsDifferOneJudge } from './rules/subjects-differ-one-judge.ts';
import { subjectsDifferSteadily } from './rules/subjects-differ-steadily.ts';
import { unsupported } from './rules/unsupported.ts';

/** All rows, in order. */
export const DECISION_TABLE: readonly Rule[] = [
  pairSameLevel,
  pairOrderUnsaid,
  pairOrderTurned,
  pairNoWinner,
  goodFailsSeveral,
  goodFailsOne,
  goodFailsUnknown,
  badPassesSeveral,
  badPassesOne,
  badPassesUnknown,
  peopleDivided,
  judgesDividedPeopleToo,
  judgesDividedPeopleDecide,
  judgeAlone,
  judgeAloneButGood,
  judgesDividedAllWays,
  judgesDividedBothGood,
  judgesDividedOneGood,
  judgesDivided,
  severalCannotTell,
  oneCannotTell,
  onlyJudgeCannotTell,
  peopleAgainstJudges,
  unsupported,
  subjectAlone,
  allFailShown,
  allFailNotShown,
  allFail,
  subjectsDifferByChance,
  subjectsDifferSteadily,
  subjectsDifferOneJudge,
  subjectsDiffer,
  oneSubject,
  oneScenario,
  notApplicable,
];
