/**
 * @module features/audit/rejudge/command
 * `tenet judge again`: the transcripts of a stored run, judged anew. Nothing is asked of a subject.
 */

import { chooseConsensus, chooseJudges, refuseSelfJudged } from '../../../app/choose-models.ts';
import { loadConfig } from '../../../app/config.ts';
import { parseName } from '../../../app/models.ts';
import { Problem } from '../../../app/problem.ts';
import { judgesBeside, loadRubrics, testedIn } from '../../../app/rubric-files.ts';
import { finish } from '../../../app/run-output.ts';
import { runToItsEnd } from '../../../app/run-to-end.ts';
import { ceilingText, DEFAULT_MAX_TOKENS, type Settings, settle } from '../../../app/settings.ts';
import { quoted } from '../../../app/shell-words.ts';
import { openStored, storedRun } from '../../../app/stored.ts';
import { withCallers } from '../../../app/with-callers.ts';
import { say, screen } from '../../../cli/terminal.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { priceOf } from '../../../model/prices.ts';
import { priceText } from '../../../report/figures.ts';
import { openJudges } from '../../../run/judging/judges.ts';
import { type Consensus, modelJudgesOf, type Plan, type PlannedModel } from '../../../run/plan.ts';
import { createRun, instructionsOf, planDocument, specOf } from '../../../run/run.ts';
import type { Spec } from '../../../spec/index.ts';
import { printJson } from '../../../text/json.ts';
import { renderAgainEstimate } from './again-estimate.ts';
import { estimateAgain } from './estimate.ts';
import { judgesAlike, planAgain } from './plan.ts';
import { storedRollout, storedSamples, takeOverRounds } from './transcripts.ts';

/** The flags of `tenet judge again` as they come from the command line. */
export interface AgainFlags {
  judge?: string[];
  rubric?: string[];
  consensus?: Consensus;
  selfJudged?: boolean;
  concurrency?: 'auto' | number;
  budget?: number;
  seed?: number;
  ledger?: string;
  dryRun?: boolean;
  resume?: true;
  json?: boolean;
}

/** A plan that judges again, with what is needed to carry it out. */
interface Prepared {
  source: RunRecord;
  plan: Plan;
  /** The spec's own text. */
  text: string;
  instructions: Map<string, string>;
  /** The samples that the source has. */
  samples: number[];
}

/** Carries out the command. Throws `Problem` for what the user has to put right, `Exit` for other ends than 0. */
export async function again(id: string, flags: AgainFlags): Promise<void> {
  const config = await loadConfig(process.cwd());
  const settings = settle(flags, config);
  const stored = openStored(settings.ledger);
  let prepared: Prepared;
  try {
    prepared = prepare(stored, id, flags);
    if (flags.dryRun === true) return dryRun(stored, prepared, settings);
    if (flags.resume === true && reportFinished(stored, prepared, settings)) return;
    if (modelJudgesOf(prepared.plan).some(({ simulated }) => !simulated)) {
      announceCost(stored, prepared, settings);
    }
  } finally {
    stored.close();
  }
  await carryOut(prepared, id, flags, settings);
}

function prepare(ledger: Ledger, id: string, flags: AgainFlags): Prepared {
  const source = storedRun(ledger, id);
  const document = planDocument(ledger, source);
  const spec = specOf(document);
  const { samples, replied } = storedSamples(ledger, source);
  if (replied === 0) {
    throw new Problem(
      `Run ${source.id} has no transcript to judge: ${samples.length === 0 ? 'none of its samples was asked' : 'no subject replied'}. 'tenet audit --resume ${source.id}' asks what is left of it.`,
    );
  }
  const plan = chooseJudging(document.plan, source, spec, flags);
  return { source, plan, text: document.spec, instructions: instructionsOf(plan, spec), samples };
}

/** Who judges now, and by what: what the flags say, and what the run itself had where they say nothing. */
function chooseJudging(stored: Plan, source: RunRecord, spec: Spec, flags: AgainFlags): Plan {
  const tested = testedIn(stored.suite);
  const rubrics =
    flags.rubric === undefined ? (stored.rubrics ?? []) : loadRubrics(flags.rubric, spec, tested);
  const seed = flags.seed ?? stored.seed;
  const models = judgesBeside(rubrics, tested, flags.judge, () =>
    chooseModels(stored, source, flags, seed),
  );
  if (flags.selfJudged !== true) refuseSelfJudged(stored.subjects, models);
  const usual = flags.judge === undefined ? stored.consensus : undefined;
  const consensus = chooseConsensus(flags.consensus, usual, models);
  const plan = planAgain(stored, source, spec, { models, rubrics, consensus, seed });
  if (judgesAlike(plan, stored)) {
    throw new Problem(
      `Nothing would be new: run ${source.id} was judged by these judges, rubrics and rules. Give another --judge, --rubric or --consensus, or a --seed that asks the same judges anew.`,
    );
  }
  return plan;
}

function chooseModels(
  stored: Plan,
  source: RunRecord,
  flags: AgainFlags,
  seed: number | null,
): PlannedModel[] {
  const drawn = seed === null ? {} : { seed };
  if (flags.judge !== undefined) {
    return chooseJudges(flags.judge, stored.subjects, { maxTokens: DEFAULT_MAX_TOKENS, ...drawn });
  }
  const own = modelJudgesOf(stored);
  if (own.length === 0) {
    throw new Problem(
      `--judge: name a model that judges; run ${source.id} was judged by code alone.`,
    );
  }
  return own.map(({ prompt: _, by: __, ...judge }) => ({
    ...judge,
    parameters: { ...judge.parameters, ...drawn },
  }));
}

async function carryOut(
  prepared: Prepared,
  id: string,
  flags: AgainFlags,
  settings: Settings,
): Promise<void> {
  const { source, plan } = prepared;
  const judges = modelJudgesOf(plan);
  const models = {
    subjects: [],
    judges: judges.map(({ label }) => parseName(label, '--judge')),
    scenes: () => new Map(),
  };
  await withCallers(models, settings, 'tenet judge again', async (callers, ledger) => {
    const run = startOrResume(ledger, prepared, flags);
    if (plan.sequential !== undefined) takeOverRounds(ledger, source, run);
    callers.spendFrom(
      ledger.runs.spentSince(
        run,
        judges.map(({ name }) => name),
      ),
    );
    await runToItsEnd({
      ledger,
      run,
      plan,
      callers,
      settings,
      instructions: prepared.instructions,
      rollout: storedRollout(ledger, source),
      judges: openJudges(plan, callers.judgeOf),
      samples: prepared.samples,
      resumeCommand: resumeCommand(id, flags),
    });
  });
}

function startOrResume(ledger: Ledger, { plan, text }: Prepared, flags: AgainFlags): RunRecord {
  const latest = ledger.runs.latestOfPlan(plan.hash);
  if (latest === null || flags.resume !== true) {
    if (latest !== null && latest.state !== 'finished') {
      say(`Run ${latest.id} does the same and is unfinished; --resume would go on with it.`);
    }
    return createRun(ledger, { plan, spec: text }, Date.now());
  }
  ledger.runs.addEvent(latest.ordinal, { time: Date.now(), kind: 'resumed', detail: null });
  say(`Going on with run ${latest.id}.`);
  return latest;
}

/** Reports the finished run that `--resume` finds; false where there is none, or something is left to judge. */
function reportFinished(ledger: Ledger, prepared: Prepared, settings: Settings): boolean {
  const { plan, samples } = prepared;
  const run = ledger.runs.latestOfPlan(plan.hash);
  if (run?.state !== 'finished') return false;
  const progress = ledger.runs.progress(run);
  if (samples.some((sample) => progress[sample] === 0)) return false;
  say(`Run ${run.id} is finished; this is its report.`);
  finish(ledger, run, plan, settings);
  return true;
}

function estimateOf(ledger: Ledger, { source, plan, instructions }: Prepared, settings: Settings) {
  return estimateAgain(ledger, source, plan, instructions, (label) =>
    priceOf(parseName(label, '--judge'), settings.prices),
  );
}

function dryRun(ledger: Ledger, prepared: Prepared, settings: Settings): void {
  const estimate = estimateOf(ledger, prepared, settings);
  process.stdout.write(
    settings.json ? printJson(estimate) : renderAgainEstimate(estimate, screen(process.stdout)),
  );
}

function announceCost(ledger: Ledger, prepared: Prepared, settings: Settings): void {
  const { transcripts, calls, cost } = estimateOf(ledger, prepared, settings);
  if (calls === 0) return;
  say(
    `${transcripts} transcripts, at most ${calls} calls, ${priceText(cost)}${ceilingText(settings)}. What is on record is not asked again.`,
  );
}

/** The same command with `--resume`. */
function resumeCommand(id: string, flags: AgainFlags): string {
  const words = ['tenet judge again', quoted(id)];
  for (const judge of flags.judge ?? []) words.push('--judge', quoted(judge));
  for (const rubric of flags.rubric ?? []) words.push('--rubric', quoted(rubric));
  if (flags.consensus !== undefined) words.push('--consensus', flags.consensus);
  if (flags.selfJudged === true) words.push('--self-judged');
  if (flags.seed !== undefined) words.push('--seed', String(flags.seed));
  if (flags.ledger !== undefined) words.push('--ledger', quoted(flags.ledger));
  if (flags.concurrency !== undefined) words.push('--concurrency', String(flags.concurrency));
  if (flags.budget !== undefined) words.push('--budget', String(flags.budget));
  return [...words, '--resume'].join(' ');
}
