/** An audit of made-up scenarios against a local server that answers at once, for benches. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { loadSpec, STARTER_SPEC } from '../src/app/files.ts';
import { openCallers, parseName, plannedModel } from '../src/app/models.ts';
import { type Ledger, openLedger } from '../src/ledger/ledger.ts';
import type { RunRecord } from '../src/ledger/runs.ts';
import { openJudges } from '../src/run/judging/judges.ts';
import { type Plan, planAudit } from '../src/run/plan.ts';
import { askingRollout } from '../src/run/rollout.ts';
import { carryOut, createRun, instructionsOf } from '../src/run/run.ts';
import { drawSuite } from '../src/run/suite/draw.ts';
import type { Scenario } from '../src/run/suite/scenario.ts';
import { suiteOf } from '../src/run/suite/suite.ts';
import type { Spec } from '../src/spec/index.ts';

/** Starts a server that answers at once, in a process of its own, and gives its address. */
export async function startServer(): Promise<{ base: string; stop: () => void }> {
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '../test/servers/main.ts'),
      'compatible',
      '--instant',
      '--reply',
      'both',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { base: line.trim(), stop: () => child.kill('SIGKILL') };
}

/** A plan of so many samples whose scenarios have the size of a spec's own. */
export function loadPlan(base: string, samples: number): { plan: Plan; spec: Spec } {
  const spec = loadSpec(STARTER_SPEC);
  const drawn = [...drawSuite(spec).scenarios];
  const scenarios = Array.from({ length: samples }, (_, index): Scenario => {
    const seed = drawn[index % drawn.length];
    assert.ok(seed !== undefined);
    const [first, ...rest] = seed.messages;
    assert.ok(first !== undefined);
    const messages = [{ ...first, content: `${first.content} (${index})` }, ...rest];
    return { ...seed, id: `${seed.id}/${index}`, messages };
  });
  const model = plannedModel(parseName(`compatible:instant?base=${base}`, '--subject'), {
    maxTokens: 1_024,
  });
  const plan = planAudit({
    spec,
    suite: suiteOf(scenarios),
    subjects: [{ ...model, system: null }],
    judges: [model],
    repeats: 1,
    seed: null,
  });
  return { plan, spec };
}

/**
 * Runs a plan with so many calls in flight into a new ledger file, and hands over what it left there.
 * @param place of another ledger, such as a database's address
 */
export async function runLoad(
  { plan, spec }: { plan: Plan; spec: Spec },
  inFlight: number,
  use: (ledger: Ledger, run: RunRecord) => Promise<void> = async () => {},
  place?: string,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenet-bench-'));
  const opened = await openLedger(place ?? join(folder, 'ledger.db'), { write: true });
  assert.ok(opened.ok);
  const { ledger } = opened;
  const names = (models: { label: string }[]) => models.map(({ label }) => parseName(label, ''));
  const callers = openCallers({
    subjects: names(plan.subjects),
    judges: names(plan.judges),
    scenes: () => new Map(),
    store: ledger.calls,
    concurrency: inFlight,
    budget: null,
    prices: {},
    environment: {},
  });
  const never = new AbortController().signal;
  const run = await createRun(ledger, { plan, spec: '' }, Date.now());
  const writer = await ledger.writer(run, 'bench');
  const end = await carryOut(
    {
      ledger,
      run,
      writer,
      plan,
      instructions: instructionsOf(plan, spec),
      rollout: askingRollout(plan, callers.subjects),
      judges: openJudges(plan, { callerOf: callers.judgeOf }),
      width: callers.width,
    },
    { signal: never, abort: never },
  );
  assert.equal(end.type, 'finished');
  await writer.close();
  await use(ledger, run);
  await ledger.close();
  await callers.close();
  rmSync(folder, { recursive: true, force: true });
}
