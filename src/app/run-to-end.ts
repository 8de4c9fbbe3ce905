/**
 * @module app/run-to-end
 * A run from its first question to its report, or to the words that say how to go on with it.
 */

import { catchInterrupts } from '../cli/interrupts.ts';
import { createProgress } from '../cli/progress.ts';
import { say } from '../cli/terminal.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { dollars } from '../report/figures.ts';
import { modelJudgesOf, type Plan, sampleCount } from '../run/plan.ts';
import { carryOut, type RunParts, samplesOf } from '../run/run.ts';
import type { Callers } from './models.ts';
import { Exit, Problem } from './problem.ts';
import { finish } from './run-output.ts';
import type { Settings } from './settings.ts';

/** What a run needs, and the command that goes on with it. */
export interface RunInHand
  extends Pick<RunParts, 'instructions' | 'rollout' | 'judges' | 'samples'> {
  ledger: Ledger;
  run: RunRecord;
  plan: Plan;
  callers: Callers;
  settings: Settings;
  resumeCommand: string;
}

/**
 * Does what is left of a run and prints its report. A run that stops before its end throws: `Exit` at Ctrl-C,
 * otherwise a `Problem` that says why, after the report so far.
 */
export async function runToItsEnd(hand: RunInHand): Promise<void> {
  const { ledger, run, plan, callers, settings } = hand;
  const interrupts = catchInterrupts();
  const states = ledger.runs.progress(run);
  const progress = createProgress(
    {
      unit: 'samples',
      states: samplesOf(ledger, run, plan).map((sample) => states[sample] ?? 0),
      counters: callers.counters,
    },
    settings.json,
  );
  const end = await carryOut(
    {
      ledger,
      run,
      plan,
      instructions: hand.instructions,
      rollout: hand.rollout,
      judges: hand.judges,
      samples: hand.samples,
      width: callers.width,
      onSample: progress.sample,
      onRound: progress.round,
    },
    interrupts,
  ).finally(() => {
    progress.end();
    interrupts.release();
  });
  if (end.type === 'finished') {
    sayWhatWasAsked(hand);
    return finish(ledger, run, plan, settings);
  }
  if (end.reason.kind === 'interrupted') {
    say(`Stopped. What is finished is kept. Go on with: ${hand.resumeCommand}`);
    throw new Exit(130);
  }
  const replied = [...ledger.runs.samples(run.ordinal)].some(
    ({ outcome }) => outcome === 'replied',
  );
  if (replied) finish(ledger, run, plan, settings);
  const why = end.reason.message.replace(/\.+$/, '');
  const remedy =
    end.reason.kind === 'budget' ? 'Raise --budget and go on' : 'Put it right and go on';
  throw new Problem(`Run ${run.id} is not finished: ${why}. ${remedy} with: ${hand.resumeCommand}`);
}

function sayWhatWasAsked({ plan, callers }: RunInHand): void {
  const { calls, spent } = callers.counters;
  const asksSomebody = plan.transcriptsOf === undefined || modelJudgesOf(plan).length > 0;
  if (calls === 0 && asksSomebody && sampleCount(plan) > 0) {
    say('Every call was on record already; nobody was asked. Another --seed asks everything anew.');
  }
  if (spent > 0) say(`${calls} calls were made now, for ${dollars(spent)}.`);
}
