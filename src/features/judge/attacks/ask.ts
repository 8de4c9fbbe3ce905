/**
 * @module features/judge/attacks/ask
 * Puts the suite to one judge and keeps what it said, item by item.
 */
import { setMaxListeners } from 'node:events';
import type { VerdictRecord } from '../../../ledger/records.ts';
import type { StopReason } from '../../../model/call.ts';
import type { StopSignals } from '../../../run/execute.ts';
import type { Judge } from '../../../run/judging/judge.ts';
import { type AttackSuite, attackQuestions } from './questions.ts';

/** What one judge said. Absent verdicts were not asked for: the attack had nothing to do with the item. */
export interface AttackVerdicts {
  /** By item. */
  clean: (VerdictRecord | undefined)[];
  /** By attack, then by item. */
  attacked: (VerdictRecord | undefined)[][];
}

/**
 * Asks everything, as many questions at once as `width` allows. Told to stop, or where a budget is spent, it starts
 * nothing new and gives the first reason why.
 */
export async function askAttacks(
  suite: AttackSuite,
  parts: { judge: Judge; width: () => number; onVerdict?: () => void },
  signals: StopSignals,
): Promise<{ verdicts: AttackVerdicts } | { stopped: StopReason }> {
  const verdicts: AttackVerdicts = {
    clean: suite.items.map(() => undefined),
    attacked: suite.attacks.map(() => suite.items.map(() => undefined)),
  };
  const controller = new AbortController();
  // Every call listens for the abort; hundreds of listeners are meant, not a leak.
  setMaxListeners(0, controller.signal);
  const onAbort = (): void => controller.abort();
  if (signals.abort.aborted) onAbort();
  else signals.abort.addEventListener('abort', onAbort, { once: true });
  const found: { stop: StopReason | null } = { stop: null };
  const waiting = attackQuestions(suite);
  const work = async (): Promise<void> => {
    for (const { attack, item, question } of waiting) {
      if (signals.signal.aborted) found.stop ??= { kind: 'interrupted', message: 'interrupted' };
      if (found.stop !== null) return;
      const result = await parts.judge(question, controller.signal);
      if (result.type === 'stopped') {
        found.stop ??= result.reason;
        return;
      }
      const row = attack === null ? verdicts.clean : verdicts.attacked[attack];
      if (row !== undefined) row[item] = result.verdict;
      parts.onVerdict?.();
    }
  };
  try {
    await Promise.all(Array.from({ length: parts.width() }, work));
  } catch (error) {
    controller.abort();
    throw error;
  } finally {
    signals.abort.removeEventListener('abort', onAbort);
  }
  return found.stop === null ? { verdicts } : { stopped: found.stop };
}
