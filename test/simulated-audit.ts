/** Runs an audit with simulated models in a ledger of memory, for tests that need many of them. */

import assert from 'node:assert/strict';
import { openCallers, parseName, plannedModel } from '../src/app/models.ts';
import { openLedger } from '../src/ledger/ledger.ts';
import { openJudges } from '../src/run/judging/judges.ts';
import { type Plan, planAudit } from '../src/run/plan.ts';
import { askingRollout } from '../src/run/rollout.ts';
import { carryOut, createRun, instructionsOf, tallyRun } from '../src/run/run.ts';
import { scenesOf } from '../src/run/scenes.ts';
import type { Suite } from '../src/run/suite/suite.ts';
import type { Tally } from '../src/run/tally.ts';
import type { Spec } from '../src/spec/index.ts';

export const NEVER = {
  signal: new AbortController().signal,
  abort: new AbortController().signal,
};

export interface SimulatedAudit {
  spec: Spec;
  suite: Suite;
  subjects: string[];
  judge: string;
  repeats: number;
  seed: number;
}

/** The plan that `tenet audit` would make of this. */
export function simulatedPlan(given: SimulatedAudit): Plan {
  const { spec, suite, repeats, seed } = given;
  return planAudit({
    spec,
    suite,
    subjects: given.subjects.map((text) => ({
      ...plannedModel(parseName(text, '--subject'), { seed }),
      system: null,
    })),
    judges: [plannedModel(parseName(given.judge, '--judge'), { seed })],
    repeats,
    seed,
  });
}

/** The tally of a whole simulated audit. */
export async function simulatedTally(given: SimulatedAudit): Promise<{ plan: Plan; tally: Tally }> {
  const plan = simulatedPlan(given);
  const opened = await openLedger(':memory:', { write: true });
  assert.ok(opened.ok);
  const { ledger } = opened;
  const scenes = scenesOf(plan, given.spec);
  const callers = openCallers({
    subjects: plan.subjects.map(({ label }) => parseName(label, '--subject')),
    judges: plan.judges.map(({ label }) => parseName(label, '--judge')),
    scenes: () => scenes,
    store: ledger.calls,
    concurrency: 'auto',
    budget: null,
    prices: {},
    environment: {},
  });
  const run = await createRun(ledger, { plan, spec: '' }, 0);
  const writer = await ledger.writer(run, 'a test');
  const instructions = instructionsOf(plan, given.spec);
  const end = await carryOut(
    {
      ledger,
      run,
      writer,
      plan,
      instructions,
      rollout: askingRollout(plan, callers.subjects),
      judges: openJudges(plan, { callerOf: callers.judgeOf }),
      width: callers.width,
    },
    NEVER,
  );
  assert.equal(end.type, 'finished');
  const tally = await tallyRun(ledger, run, plan);
  await writer.close();
  await ledger.close();
  await callers.close();
  return { plan, tally };
}
