/**
 * @module cli/audit
 * `tenet audit`: plan, ask, judge, report.
 */
import { estimatePlan } from '../audit/estimate.ts';
import { type Plan, sampleCount } from '../audit/plan.ts';
import { carryOut, createRun, type PlanDocument, replay } from '../audit/run.ts';
import { scenesOf } from '../audit/scenes.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { estimateTokens, priceOf } from '../model/prices.ts';
import type { Scenes } from '../model/simulated/index.ts';
import { renderPlan } from '../report/plan-text.ts';
import { type AuditFlags, type Settings, settle } from './audit-flags.ts';
import { type Prepared, prepare } from './audit-plan.ts';
import { finish, show } from './audit-report.ts';
import { loadConfig } from './config.ts';
import { catchInterrupts } from './interrupts.ts';
import { openCallers, parseName } from './models.ts';
import { Exit, Problem } from './problem.ts';
import { createProgress } from './progress.ts';
import { DEFAULT_LEDGER, noSuchRun, reportOf } from './stored.ts';
import { say, screen } from './terminal.ts';

/** Carries out the command. Throws `Problem` for what the user has to put right, `Exit` for other ends than 0. */
export async function audit(flags: AuditFlags): Promise<void> {
  const config = await loadConfig(process.cwd());
  const settings = settle(flags, config);
  const prepared = prepare(flags, settings);
  const { plan } = prepared.document;
  if (flags.dryRun === true) return dryRun(prepared, settings);
  if (flags.offline === true) return offline(prepared, settings);

  let scenes: Scenes | null = null;
  const callers = openCallers({
    subjects: plan.subjects.map(({ label }) => parseName(label, '--subject')),
    judges: plan.judges.map(({ label }) => parseName(label, '--judge')),
    scenes: () => {
      scenes ??= scenesOf(plan, prepared.spec);
      return scenes;
    },
    store: {
      findCall: (...asked) => ledger.findCall(...asked),
      addCall: (call) => ledger.addCall(call),
    },
    concurrency: settings.concurrency,
    budget: settings.budget,
    prices: settings.prices,
    environment: process.env,
  });
  await callers.checkReach();
  const opened = openLedger(settings.ledger, { write: true, purpose: 'tenet audit' });
  if (!opened.ok) throw new Problem(opened.message);
  const { ledger } = opened;
  try {
    const { run, done } = startOrResume(ledger, prepared.document, flags);
    if (done) {
      say(`Run ${run.id} is finished; this is its report.`);
      return finish(ledger, run, plan, settings);
    }
    if (!plan.simulated) announceCost(plan, prepared, settings);
    const interrupts = catchInterrupts();
    const progress = createProgress(ledger.runs.progress(run), callers.counters, settings.json);
    const end = await carryOut(
      {
        ledger,
        run,
        plan,
        instructions: prepared.instructions,
        subjects: callers.subjects,
        judges: callers.judges,
        width: callers.width,
        onSample: progress.sample,
      },
      interrupts,
    ).finally(() => {
      progress.end();
      interrupts.release();
    });
    if (callers.counters.calls === 0 && end.type === 'finished' && sampleCount(plan) > 0) {
      say(
        'Every call was on record already; nobody was asked. Another --seed asks everything anew.',
      );
    }
    if (end.type === 'finished') return finish(ledger, run, plan, settings);
    const again = resumeHint(run, settings);
    if (end.reason.kind === 'interrupted') {
      say(`Stopped. What is finished is kept. Go on with: ${again}`);
      throw new Exit(130);
    }
    const replied = [...ledger.runs.samples(run.ordinal)].some(
      ({ outcome }) => outcome === 'replied',
    );
    if (replied) finish(ledger, run, plan, settings);
    const why = end.reason.message.replace(/\.+$/, '');
    const remedy =
      end.reason.kind === 'budget' ? 'Raise --budget and go on' : 'Put it right and go on';
    throw new Problem(`Run ${run.id} is not finished: ${why}. ${remedy} with: ${again}`);
  } finally {
    try {
      ledger.close();
    } finally {
      await callers.close();
    }
  }
}

function startOrResume(
  ledger: Ledger,
  document: PlanDocument,
  flags: AuditFlags,
): { run: RunRecord; done: boolean } {
  const latest =
    typeof flags.resume === 'string'
      ? namedRun(ledger, flags.resume)
      : ledger.runs.latestOfPlan(document.plan.hash);
  if (latest !== null && flags.resume !== undefined) {
    if (latest.state === 'finished') return { run: latest, done: true };
    ledger.runs.addEvent(latest.ordinal, { time: Date.now(), kind: 'resumed', detail: null });
    const finished = ledger.runs
      .progress(latest)
      .reduce((sum, state) => sum + (state === 1 ? 1 : 0), 0);
    say(`Going on with run ${latest.id}: ${finished} of ${latest.samples} samples are finished.`);
    return { run: latest, done: false };
  }
  if (latest !== null && latest.state !== 'finished') {
    say(
      `Run ${latest.id} of this plan is unfinished; --resume would go on with it. A new run starts, and asks nothing twice.`,
    );
  }
  return { run: createRun(ledger, document, Date.now()), done: false };
}

function namedRun(ledger: Ledger, id: string): RunRecord {
  const found = ledger.runs.find(id);
  if ('run' in found) return found.run;
  throw new Problem(`--resume ${id}: ${noSuchRun(found.candidates, ledger.path)}`);
}

function resumeHint(run: RunRecord, settings: Settings): string {
  const ledger = settings.ledger === DEFAULT_LEDGER ? '' : ` --ledger ${settings.ledger}`;
  return `tenet audit --resume ${run.id}${ledger}`;
}

function estimateOf(prepared: Prepared, settings: Settings) {
  const { plan, spec: document } = prepared.document;
  const tokens = new Map(
    [...prepared.instructions].map(([id, text]) => [id, estimateTokens(text)]),
  );
  return estimatePlan(plan, {
    price: (label) => priceOf(parseName(label, '--subject'), settings.prices),
    briefTokens: (clause) => tokens.get(clause) ?? 0,
    specTokens: estimateTokens(document),
  });
}

function announceCost(plan: Plan, prepared: Prepared, settings: Settings): void {
  const estimate = estimateOf(prepared, settings);
  const cost =
    estimate.cost === null
      ? 'at a price that is not known'
      : `for about ${estimate.cost.toFixed(2)} USD`;
  const ceiling = settings.budget === null ? '' : ` (stops at ${settings.budget.toFixed(2)} USD)`;
  say(
    `${sampleCount(plan)} samples, at most ${estimate.calls.total} calls, ${cost}${ceiling}. What is on record is not asked again.`,
  );
}

function dryRun(prepared: Prepared, settings: Settings): void {
  const { plan } = prepared.document;
  const estimate = estimateOf(prepared, settings);
  process.stdout.write(
    settings.json
      ? `${JSON.stringify(estimate, null, 2)}\n`
      : renderPlan(plan, estimate, screen(process.stdout)),
  );
}

async function offline(prepared: Prepared, settings: Settings): Promise<void> {
  const { document, instructions } = prepared;
  const opened = openLedger(settings.ledger, { write: false });
  if (!opened.ok) throw new Problem(opened.message);
  const interrupts = catchInterrupts();
  try {
    const { ledger, run, missing } = await replay(
      opened.ledger,
      document,
      instructions,
      interrupts,
    );
    if (interrupts.drain.aborted) throw new Exit(130);
    const planned = sampleCount(document.plan);
    if (missing === planned) {
      throw new Problem(
        `--offline: nothing of this plan is on record in ${settings.ledger}. Run it once without --offline.`,
      );
    }
    if (missing > 0) say(`${missing} of ${planned} samples are not on record and count as failed.`);
    show(reportOf(ledger, run, document.plan), settings);
  } finally {
    interrupts.release();
    opened.ledger.close();
  }
}
