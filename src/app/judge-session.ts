/**
 * @module app/judge-session
 * Judges that are asked outside a run: their models, the ledger that keeps what they say, and the way to stop them.
 */

import { createContext } from '../cli/context.ts';
import { catchInterrupts } from '../cli/interrupts.ts';
import { createProgress } from '../cli/progress.ts';
import { say } from '../cli/terminal.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Caller, createOfflineCaller, type StopReason } from '../model/call.ts';
import type { StopSignals } from '../run/execute.ts';
import { JUDGE_PROMPT } from '../run/judging/judge-prompt.ts';
import type { PlannedJudge } from '../run/plan.ts';
import { chooseJudges } from './choose-models.ts';
import type { Config } from './config.ts';
import { type Counters, parseName } from './models.ts';
import { Exit, Problem } from './problem.ts';
import { DEFAULT_MAX_TOKENS, type Settings, settle } from './settings.ts';
import { openStored } from './stored.ts';
import { withCallers } from './with-callers.ts';

/** Reading the record waits for nobody. */
const PLACES_OFFLINE = 64;

/** Flags of every command that asks judges outside a run. */
export interface JudgeSessionFlags {
  concurrency?: 'auto' | number;
  budget?: number;
  ledger?: string;
  offline?: boolean;
  json?: boolean;
}

/** Judges as an audit would ask them: the same parameters, and so the same calls. */
export function judgesNamed(names: readonly string[], seed: number | undefined): PlannedJudge[] {
  const parameters = { maxTokens: DEFAULT_MAX_TOKENS, ...(seed === undefined ? {} : { seed }) };
  return chooseJudges(names, [], parameters).map((judge) => ({ ...judge, prompt: JUDGE_PROMPT }));
}

export interface JudgeSession {
  ledger: Ledger;
  callerOf: (judge: PlannedJudge) => Caller;
  width: () => number;
  signals: StopSignals;
  /** What the wire has seen; null offline, where there is none. */
  counters: Counters | null;
  /** Shows how far so many questions are, until the work ends. */
  during: <Result>(total: number, work: (done: () => void) => Promise<Result>) => Promise<Result>;
}

/** Opens judges and the ledger, does the work, and closes both whatever happens. */
export async function withJudges<Result>(
  judges: readonly PlannedJudge[],
  flags: JudgeSessionFlags,
  config: Config,
  purpose: string,
  work: (session: JudgeSession) => Promise<Result>,
): Promise<Result> {
  const settings = settle(flags, config);
  if (flags.offline === true) return withRecord(settings, work);
  const models = {
    subjects: [],
    judges: judges.map(({ label }) => parseName(label, '--judge')),
    scenes: () => new Map(),
  };
  return withCallers(
    createContext(settings.json, []),
    models,
    settings,
    purpose,
    async (callers, ledger) => {
      const interrupts = catchInterrupts();
      try {
        return await work({
          ledger,
          callerOf: callers.judgeOf,
          width: callers.width,
          signals: interrupts,
          counters: callers.counters,
          during: async (total, asking) => {
            const states = new Array<number>(total).fill(0);
            const progress = createProgress(
              { unit: 'questions', states, counters: callers.counters },
              settings.json,
            );
            return asking(() => progress.sample('replied')).finally(() => progress.end());
          },
        });
      } finally {
        interrupts.release();
      }
    },
  );
}

/** Does the work with what the ledger has; nobody is asked, and nothing is written. */
async function withRecord<Result>(
  { ledger: path }: Settings,
  work: (session: JudgeSession) => Promise<Result>,
): Promise<Result> {
  const ledger = openStored(path);
  const interrupts = catchInterrupts();
  try {
    return await work({
      ledger,
      callerOf: ({ label }) => createOfflineCaller(parseName(label, '--judge'), ledger),
      width: () => PLACES_OFFLINE,
      signals: interrupts,
      counters: null,
      during: (_total, asking) => asking(() => {}),
    });
  } finally {
    interrupts.release();
    ledger.close();
  }
}

/** What to throw where judges could not be asked everything: `Exit` at Ctrl-C, otherwise why, and how to go on. */
export function stoppedShort({ kind, message }: StopReason): Problem | Exit {
  if (kind === 'interrupted') {
    say('Stopped. The same command goes on from the answers that are in the ledger.');
    return new Exit(130);
  }
  const why = message.replace(/\.+$/, '');
  const remedy = kind === 'budget' ? 'Raise --budget' : 'Put it right';
  return new Problem(
    `Not finished: ${why}. What was answered is in the ledger. ${remedy} and give the same command again.`,
  );
}
