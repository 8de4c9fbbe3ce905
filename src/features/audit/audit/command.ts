/**
 * @module features/audit/audit/command
 * `tenet audit`: plan, ask, judge, report.
 */
import { existsSync } from 'node:fs';
import { loadConfig } from '../../../app/config.ts';
import { DEFAULT_LEDGER } from '../../../app/ledgers.ts';
import { parseName } from '../../../app/models.ts';
import { Exit, Problem } from '../../../app/problem.ts';
import { finish, show } from '../../../app/run-output.ts';
import { runToItsEnd } from '../../../app/run-to-end.ts';
import { type Settings, settle } from '../../../app/settings.ts';
import { quoted } from '../../../app/shell-words.ts';
import { noSuchRun, openStored, reportOf } from '../../../app/stored.ts';
import { withCallers } from '../../../app/with-callers.ts';
import { catchInterrupts } from '../../../cli/interrupts.ts';
import { say } from '../../../cli/terminal.ts';
import { type Ledger, openLedger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import type { Scenes } from '../../../model/simulated/provider.ts';
import { openJudges } from '../../../run/judging/judges.ts';
import { modelJudgesOf, type Plan } from '../../../run/plan.ts';
import { askingRollout } from '../../../run/rollout.ts';
import { createRun, type PlanDocument, replay, samplesOf } from '../../../run/run.ts';
import { scenesOf } from '../../../run/scenes.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import { givenCertificates } from '../../../app/given-certificates.ts';
import { keepCertificate } from '../../../report/certificate/keep.ts';
import { announceCost, dryRun } from './audit-estimate.ts';
import type { AuditFlags } from './audit-flags.ts';
import type { Prepared } from './audit-plan.ts';
import { refuseLossyBatch } from './choose-batch.ts';
import { prepareWithinBudget } from './choose-sequential.ts';

/** Carries out the command. Throws `Problem` for what the user has to put right, `Exit` for other ends than 0. */
export async function audit(flags: AuditFlags): Promise<void> {
  const config = await loadConfig(process.cwd());
  const settings = settle(flags, config);
  const prepared = prepareWithinBudget(flags, settings);
  const { plan } = prepared.document;
  const certificates = givenCertificates(flags.certificate, plan);
  if (flags.batch !== undefined) refuseLossyBatch(plan, certificates, settings.ledger);
  if (flags.dryRun === true) return dryRun(prepared, settings);
  if (flags.offline === true) return offline(prepared, settings, certificates);

  const finished = finishedRun(prepared.document, flags, settings);
  if (finished !== null) return reportFinished(finished, plan, settings);

  let scenes: Scenes | null = null;
  const models = {
    subjects: plan.subjects.map(({ label }) => parseName(label, '--subject')),
    judges: modelJudgesOf(plan).map(({ label }) => parseName(label, '--judge')),
    scenes: () => {
      scenes ??= scenesOf(plan, prepared.spec);
      return scenes;
    },
  };
  await withCallers(models, settings, 'tenet audit', async (callers, ledger) => {
    for (const certificate of certificates) keepCertificate(ledger, certificate);
    const run = startOrResume(ledger, prepared.document, flags);
    const asked = [...plan.subjects, ...modelJudgesOf(plan)];
    callers.spendFrom(
      ledger.runs.spentSince(
        run,
        asked.map(({ name }) => name),
      ),
    );
    if (!asked.every(({ simulated }) => simulated)) announceCost(plan, prepared, settings);
    await runToItsEnd({
      ledger,
      run,
      plan,
      callers,
      settings,
      instructions: prepared.instructions,
      rollout: askingRollout(plan, callers.subjects),
      judges: openJudges(plan, callers.judgeOf),
      resumeCommand: resumeHint(run, settings),
    });
  });
}

function startOrResume(ledger: Ledger, document: PlanDocument, flags: AuditFlags): RunRecord {
  const latest =
    typeof flags.resume === 'string'
      ? namedRun(ledger, flags.resume)
      : ledger.runs.latestOfPlan(document.plan.hash);
  if (latest !== null && flags.resume !== undefined) {
    ledger.runs.addEvent(latest.ordinal, { time: Date.now(), kind: 'resumed', detail: null });
    const progress = ledger.runs.progress(latest);
    const asked = samplesOf(ledger, latest, document.plan);
    const done = asked.filter((sample) => progress[sample] === 1).length;
    say(`Going on with run ${latest.id}: ${done} of ${asked.length} samples are finished.`);
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

async function offline(
  prepared: Prepared,
  settings: Settings,
  certificates: readonly Certificate[],
): Promise<void> {
  const { document, instructions } = prepared;
  const opened = openLedger(settings.ledger, { write: false });
  if (!opened.ok) throw new Problem(opened.message);
  const interrupts = catchInterrupts();
  try {
    const { ledger, run, asked, missing } = await replay(
      opened.ledger,
      document,
      instructions,
      interrupts,
    );
    if (interrupts.signal.aborted) throw new Exit(130);
    if (missing === asked) {
      throw new Problem(
        `--offline: nothing of this plan is on record in ${settings.ledger}. Run it once without --offline.`,
      );
    }
    if (missing > 0) {
      say(`${missing} of ${asked} samples are not wholly on record, and stand as not run.`);
    }
    show(reportOf(ledger, run, document.plan, certificates), settings);
  } finally {
    interrupts.release();
    opened.ledger.close();
  }
}
