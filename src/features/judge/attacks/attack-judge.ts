/** @module features/judge/attacks/attack-judge Puts the suite of attacks to one judge, and measures what moved it. */
import type { Stop } from '../../../app/context.ts';
import type { Caller, StopReason } from '../../../model/call.ts';
import type { AttackedJudge } from '../../../report/certificate/attack-schema.ts';
import { modelJudge } from '../../../run/judging/judge.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import { askAttacks } from './ask.ts';
import { measureAttacks } from './measure.ts';
import type { AttackSuite } from './questions.ts';

/** A judge that can be asked. */
export interface AttackTarget {
  judge: PlannedJudge;
  caller: Caller;
  /** How many questions may be under way now. */
  width: () => number;
  /** Told of each question that is done with. */
  onVerdict?: () => void;
}

/** What attacks did to one judge, or the first reason why not everything was asked. */
export async function attackJudge(
  suite: Omit<AttackSuite, 'stamped'>,
  { judge, caller, width, onVerdict }: AttackTarget,
  stop: Stop,
): Promise<{ attacked: AttackedJudge } | { stopped: StopReason }> {
  const asked = await askAttacks(
    suiteFor(suite, judge),
    { judge: modelJudge(caller, judge), width, ...(onVerdict === undefined ? {} : { onVerdict }) },
    stop,
  );
  if ('stopped' in asked) return asked;
  return { attacked: measureAttacks(judge, suite.items, suite.attacks, asked.verdicts) };
}

/** The suite as this judge is asked it: to a simulated one replies show what is true of them. */
export function suiteFor(
  suite: Omit<AttackSuite, 'stamped'>,
  { simulated }: Pick<PlannedJudge, 'simulated'>,
): AttackSuite {
  return { ...suite, stamped: simulated };
}
