/**
 * @module app/judge-session
 * Judges that are asked outside a run: their models, the ledger that keeps what they say, and the way to stop them.
 */
import type { Ledger } from '../ledger/ledger.ts';
import { type Caller, createOfflineCaller, type StopReason } from '../model/call.ts';
import { type Price, priceOf } from '../model/prices.ts';
import { promptOf } from '../run/judging/judge-prompt.ts';
import { modelJudgesOf, type PlannedJudge } from '../run/plan.ts';
import type { Spec } from '../spec/index.ts';
import { chooseJudges, refuseUnknownClauses } from './choose-models.ts';
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
 * Judges as an audit would ask them: the same parameters, and so the same calls. Throws where nobody is named, or where
 * one is a function of clauses that the spec does not have or one without a version: what is known of it would be told
 * of whatever it becomes.
 */
export function judgesNamed(
  names: readonly string[],
  seed: number | undefined,
  spec: Spec,
  roster: Roster,
): PlannedJudge[] {
  if (names.length === 0) throw problem('no-judge', {});
  const parameters = { maxTokens: DEFAULT_MAX_TOKENS, ...(seed === undefined ? {} : { seed }) };
  const judges = chooseJudges(names, [], parameters, roster);
  refuseUnknownClauses(spec, judges);
  const passing = judges.find(({ label }) => roster.judges.get(label)?.version === null);
  if (passing !== undefined) throw problem('function-without-version', { judge: passing.label });
  return judges.map((judge) => ({ ...judge, prompt: promptOf(judge).name }));
}

/** What a judge's tokens cost; a function's cost nothing. */
export function judgePrice(
  { by, label }: PlannedJudge,
  roster: Roster,
  prices: Settings['prices'] | undefined,
): Price | null {
  if (by === 'function') return FREE;
  return priceOf(parseName(label, '--judge', roster), prices);
}

const FREE: Price = { input: 0, output: 0 };

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
}

/** Opens judges and the ledger, does the work, and closes both whatever happens. */
export async function withJudges<Done>(
  context: Pick<Context, 'models' | 'ledger' | 'signals' | 'log'>,
  judges: readonly PlannedJudge[],
  { settings, roster, isOffline }: JudgeWork,
  work: (session: JudgeSession) => Promise<Done>,
): Promise<Done> {
  if (isOffline) return withRecord(context, settings.ledger, work);
  const models = {
    subjects: [],
    judges: modelJudgesOf({ judges }).map(({ label }) => parseName(label, '--judge', roster)),
    roster,
    scenes: () => new Map(),
  };
  return withCallers(context, models, settings, async (callers, ledger) => {
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
      callerOf: ({ name }) => createOfflineCaller(name, ledger.calls),
      width: () => PLACES_OFFLINE,
      stop,
      during: (_total, asking) => asking(() => {}),
    });
  } finally {
    stop.release();
    await ledger.close();
  }
}

/** What a command comes to where judges could not be asked everything; says at Ctrl-C how to go on. */
export function stoppedShort({ kind, message: reason }: StopReason, log: Pick<Log, 'say'>): Result {
  if (kind !== 'interrupted') return { failure: problem('judges-not-finished', { kind, reason }) };
  log.say('Stopped. The same command goes on from the answers that are in the ledger.');
  return { exit: 130 };
}
