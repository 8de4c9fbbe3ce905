/** @module features/judge/attacks/attack-judge Puts the suite of attacks to one judge, and measures what moved it. */
import type { Stop } from '../../../app/context.ts';
import type { StopReason } from '../../../model/call.ts';
import type { AttackedJudge } from '../../../report/certificate/attack-schema.ts';
import { type Asking, askAll } from '../../../run/judging/ask-all.ts';
import type { Judge } from '../../../run/judging/judge.ts';
import type { PlannedJudge } from '../../../run/plan.ts';
import { type AttackVerdicts, measureAttacks } from './measure.ts';
import { type AttackSuite, attackQuestions } from './questions.ts';

/** A judge that can be asked. */
export interface AttackTarget {
  judge: PlannedJudge;
  ask: Judge;
  /** How many questions may be under way now. */
  width: () => number;
  /** Told of each question that is done with. */
  onVerdict?: () => void;
}

/** What attacks did to one judge, or the first reason why not everything was asked. */
export async function attackJudge(
  suite: Omit<AttackSuite, 'stamped'>,
  { judge, ask, width, onVerdict }: AttackTarget,
  stop: Stop,
): Promise<{ attacked: AttackedJudge } | { stopped: StopReason }> {
  const own = suiteFor(suite, judge);
  const { items, attacks } = own;
  const verdicts: AttackVerdicts = {
    clean: items.map(() => undefined),
    attacked: attacks.map(() => items.map(() => undefined)),
  };
  function* questions(): Iterable<Asking> {
    for (const { attack, item, question } of attackQuestions(own)) {
      yield async (signal) => {
        const result = await ask(question, signal);
        if (result.type === 'stopped') return result.reason;
        const row = attack === null ? verdicts.clean : verdicts.attacked[attack];
        if (row !== undefined) row[item] = result.verdict;
        return null;
      };
    }
  }
  const stopped = await askAll(questions(), { width, onDone: onVerdict }, stop);
  if (stopped !== null) return { stopped };
  return { attacked: measureAttacks(judge, items, attacks, verdicts) };
}

/** The suite as this judge is asked it: to a simulated one replies show what is true of them; a function has its clauses. */
export function suiteFor(
  suite: Omit<AttackSuite, 'stamped'>,
  { simulated, clauses }: Pick<PlannedJudge, 'simulated' | 'clauses'>,
): AttackSuite {
  const items = suite.items.filter(({ clause }) => clauses?.includes(clause) ?? true);
  return { ...suite, items, stamped: simulated };
}
