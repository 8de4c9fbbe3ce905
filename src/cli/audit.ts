/**
 * @module cli/audit
 * `tenet audit`: plan, ask, judge, report.
 */
import { existsSync } from 'node:fs';
import { estimatePlan } from '../audit/estimate.ts';
import { openJudges } from '../audit/judges.ts';
import { modelJudgesOf, type Plan, sampleCount } from '../audit/plan.ts';
import { askingRollout } from '../audit/rollout.ts';
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
import { quoted } from './rerun-command.ts';
import { DEFAULT_LEDGER, noSuchRun, openStored, reportOf } from './stored.ts';
import { say, screen } from './terminal.ts';

/** Carries out the command. Throws `Problem` for what the user has to put right, `Exit` for other ends than 0. */
export async function audit(flags: AuditFlags): Promise<void> {
  const config = await loadConfig(process.cwd());
  const settings = settle(flags, config);
  const prepared = prepare(flags, settings);
  const { plan } = prepared.document;
  if (flags.dryRun === true) return dryRun(prepared, settings);
  if (flags.offline === true) return offline(prepared, settings);

  const finished = finishedRun(prepared.document, flags, settings);
  if (finished !== null) return reportFinished(finished, plan, settings);

  let scenes: Scenes | null = null;
  const callers = openCallers({
    subjects: plan.subjects.map(({ label }) => parseName(label, '--subject')),
    judges: modelJudgesOf(plan).map(({ label }) => parseName(label, '--judge')),
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
    const run = startOrResume(ledger, prepared.document, flags);
    const models = [...plan.subjects, ...plan.judges];
    callers.spendFrom(
      ledger.runs.spentSince(
        run,
        models.map(({ name }) => name),
      ),
    );
    if (!models.every(({ simulated }) => simulated)) announceCost(plan, prepared, settings);
    const interrupts = catchInterrupts();
    const progress = createProgress(ledger.runs.progress(run), callers.counters, settings.json);
    const end = await carryOut(
      {
        ledger,
        run,
        plan,
        instructions: prepared.instructions,
        rollout: askingRollout(plan, callers.subjects),
        judges: openJudges(plan, callers.judgeOf),
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
    if (end.type === 'finished') {
      if (callers.counters.spent > 0) {
        say(
          `${callers.counters.calls} calls were made now, for ${callers.counters.spent.toFixed(2)} USD.`,
        );
      }
      return finish(ledger, run, plan, settings);
    }
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

function startOrResume(ledger: Ledger, document: PlanDocument, flags: AuditFlags): RunRecord {
  const latest =
    typeof flags.resume === 'string'
      ? namedRun(ledger, flags.resume)
      : ledger.runs.latestOfPlan(document.plan.hash);
  if (latest !== null && flags.resume !== undefined) {
    ledger.runs.addEvent(latest.ordinal, { time: Date.now(), kind: 'resumed', detail: null });
    const done = ledger.runs
      .progress(latest)
      .reduce((sum, state) => sum + (state === 1 ? 1 : 0), 0);
    say(`Going on with run ${latest.id}: ${done} of ${latest.samples} samples are finished.`);
    return latest;
  }
  if (latest !== null && latest.state !== 'finished') {
    say(
      `Run ${latest.id} of this plan is unfinished; --resume would go on with it. A new run starts, and asks nothing twice.`,
    );
  }
  const run = createRun(ledger, document, Date.now());
  if (flags.resume !== undefined)
    say(`There is no run of this plan to go on with; run ${run.id} starts.`);
  return run;
}

/** The finished run that `--resume` asks for; its report needs no key and no server. */
function finishedRun(
  document: PlanDocument,
  flags: AuditFlags,
  settings: Settings,
): RunRecord | null {
  if (flags.resume === undefined || !existsSync(settings.ledger)) return null;
  const opened = openLedger(settings.ledger, { write: false });
  if (!opened.ok) return null;
  const { ledger } = opened;
  try {
    const run =
      typeof flags.resume === 'string'
        ? namedRun(ledger, flags.resume)
        : ledger.runs.latestOfPlan(document.plan.hash);
    return run?.state === 'finished' ? run : null;
  } finally {
    ledger.close();
  }
}

function reportFinished(run: RunRecord, plan: Plan, settings: Settings): void {
  const ledger = openStored(settings.ledger);
  try {
    const failed = ledger.runs.progress(run).reduce((sum, state) => sum + (state === 2 ? 1 : 0), 0);
    say(`Run ${run.id} is finished; this is its report.`);
    if (failed > 0) {
      say(
        `${failed} of its samples had calls that failed. The same audit without --resume asks those again, and nothing else.`,
      );
    }
    finish(ledger, run, plan, settings);
  } finally {
    ledger.close();
  }
}

function namedRun(ledger: Ledger, id: string): RunRecord {
  const found = ledger.runs.find(id);
  if ('run' in found) return found.run;
  throw new Problem(`--resume ${id}: ${noSuchRun(found.candidates, ledger.path)}`);
}

/** The command that goes on with a run, with what is no part of its plan. */
function resumeHint(run: RunRecord, settings: Settings): string {
  const words = ['tenet audit --resume', run.id];
  if (settings.ledger !== DEFAULT_LEDGER) words.push('--ledger', quoted(settings.ledger));
  if (settings.concurrency !== 'auto') words.push('--concurrency', String(settings.concurrency));
  if (settings.budget !== null) words.push('--budget', String(settings.budget));
  return words.join(' ');
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
      : estimate.cost === 0
        ? 'at no price'
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
    if (missing > 0) {
      say(`${missing} of ${planned} samples are not wholly on record, and stand as not run.`);
    }
    show(reportOf(ledger, run, document.plan), settings);
  } finally {
    interrupts.release();
    opened.ledger.close();
  }
}
