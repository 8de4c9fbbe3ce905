/**
 * @module app/judge-session
 * Judges that are asked outside a run: their models, the ledger that keeps what they say, and the way to stop them.
 */
import type { Ledger } from '../ledger/ledger.ts';
import { type Caller, createOfflineCaller, type StopReason } from '../model/call.ts';
import { JUDGE_PROMPT } from '../run/judging/judge-prompt.ts';
import type { PlannedJudge } from '../run/plan.ts';
import { chooseJudges } from './choose-models.ts';
import type { Result } from './command.ts';
import type { Context, Log, Stop } from './context.ts';
import { problem } from './messages.ts';
import { parseName } from './models.ts';
import type { Roster } from './roster.ts';
import { DEFAULT_MAX_TOKENS, type Settings } from './settings.ts';
import { withCallers } from './with-callers.ts';

/** Reading the record waits for nobody. */
const PLACES_OFFLINE = 64;

/**
 * Judges as an audit would ask them: the same parameters, and so the same calls. Throws where one is a function, which
 * is asked in runs alone, and where nobody is named.
 */
export function judgesNamed(
  names: readonly string[],
  seed: number | undefined,
  roster: Roster,
): PlannedJudge[] {
  if (names.length === 0) throw problem('no-judge', {});
  const parameters = { maxTokens: DEFAULT_MAX_TOKENS, ...(seed === undefined ? {} : { seed }) };
  return chooseJudges(names, [], parameters, roster).map((judge) => {
    if (judge.by === 'function') throw problem('function-outside-run', { judge: judge.label });
    return { ...judge, prompt: JUDGE_PROMPT };
  });
}

/** Judges that can be asked, and the ledger that keeps what they say. */
export interface JudgeSession {
  ledger: Ledger;
  callerOf: (judge: PlannedJudge) => Caller;
  /** How many questions may be under way now. */
  width: () => number;
  stop: Stop;
  /** Shows how far so many questions are, until the work ends. */
  during: <Done>(total: number, work: (done: () => void) => Promise<Done>) => Promise<Done>;
}

/** How judges are asked. */
export interface JudgeWork {
  settings: Pick<Settings, 'ledger' | 'concurrency' | 'budget' | 'prices'>;
  /** Models of the user's own. */
  roster: Roster;
  /** From the record alone: nobody is asked, and nothing is written. */
  isOffline: boolean;
  /** The command that writes, for whoever finds the ledger held. */
  purpose: string;
}

/** Opens judges and the ledger, does the work, and closes both whatever happens. */
export async function withJudges<Done>(
  context: Pick<Context, 'models' | 'ledger' | 'signals' | 'log'>,
  judges: readonly PlannedJudge[],
  { settings, roster, isOffline, purpose }: JudgeWork,
  work: (session: JudgeSession) => Promise<Done>,
): Promise<Done> {
  if (isOffline) return withRecord(context, settings.ledger, work);
  const models = {
    subjects: [],
    judges: judges.map(({ label }) => parseName(label, '--judge', roster)),
    roster,
    scenes: () => new Map(),
  };
  return withCallers(context, models, settings, purpose, async (callers, ledger) => {
    const stop = context.signals();
    const session: JudgeSession = {
      ledger,
      callerOf: callers.judgeOf,
      width: callers.width,
      stop,
      during: (total, asking) => {
        const states = new Array<number>(total).fill(0);
        const { counters } = callers;
        const progress = context.log.progress({ unit: 'questions', states, counters });
        return asking(() => progress.sample('replied')).finally(() => progress.end());
      },
    };
    return work(session).finally(stop.release);
  });
}

async function withRecord<Done>(
  context: Pick<Context, 'ledger' | 'signals'>,
  path: string,
  work: (session: JudgeSession) => Promise<Done>,
): Promise<Done> {
  const ledger = await context.ledger.read(path);
  const stop = context.signals();
  try {
    return await work({
      ledger,
      callerOf: ({ name }) => createOfflineCaller(name, ledger),
      width: () => PLACES_OFFLINE,
      stop,
      during: (_total, asking) => asking(() => {}),
    });
  } finally {
    stop.release();
    ledger.close();
  }
}

/** What a command comes to where judges could not be asked everything; says at Ctrl-C how to go on. */
export function stoppedShort({ kind, message: reason }: StopReason, log: Pick<Log, 'say'>): Result {
  if (kind !== 'interrupted') return { failure: problem('judges-not-finished', { kind, reason }) };
  log.say('Stopped. The same command goes on from the answers that are in the ledger.');
  return { exit: 130 };
}
