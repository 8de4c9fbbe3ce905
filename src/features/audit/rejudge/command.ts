/**
 * @module features/audit/rejudge/command
 * `tenet judge again`: the transcripts of a stored run, judged anew. Nothing is asked of a subject.
 */
import * as z from 'zod';
import { flag, integer, shared } from '../../../app/arguments.ts';
import {
  chooseConsensus,
  chooseJudges,
  type PlannedVoice,
  refuseSelfJudged,
  refuseUnjudged,
} from '../../../app/choose-models.ts';
import { defineCommand, type Result } from '../../../app/command.ts';
import type { Context } from '../../../app/context.ts';
import { executeRun } from '../../../app/execute-run.ts';
import { modelsOf, parseName } from '../../../app/models.ts';
import type { Prepared } from '../../../app/prepare-audit.ts';
import type { Roster } from '../../../app/roster.ts';
import { judgesBeside, loadRubrics } from '../../../app/rubric-files.ts';
import { resultOfEnd, resultOfRun } from '../../../app/run-output.ts';
import { ceilingText, DEFAULT_MAX_TOKENS, type Settings, settle } from '../../../app/settings.ts';
import { quoted } from '../../../app/shell-words.ts';
import { storedRun } from '../../../app/stored.ts';
import { withCallers } from '../../../app/with-callers.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { shownAddress } from '../../../ledger/postgres/address.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { priceOf } from '../../../model/prices.ts';
import { modelJudgesOf, type Plan, testedIn } from '../../../run/plan.ts';
import { createRun, instructionsOf, planDocument, specOf } from '../../../run/run.ts';
import type { Spec } from '../../../spec/index.ts';
import { estimateAgain } from './estimate.ts';
import { estimateBlocks } from './estimate-blocks.ts';
import { notes, problem } from './messages.ts';
import { judgesAlike, planAgain } from './plan.ts';
import type { RejudgeEstimate } from './schema.ts';
import { storedRollout, storedSamples, takeOverRounds } from './transcripts.ts';

const rejudgeArguments = z.object({
  run: shared.run,
  judge: flag(
    '<model>',
    z.array(z.string()).optional(),
    "a model that judges (default: the run's own)",
    'model',
  ),
  rubric: shared.rubric,
  consensus: shared.consensus,
  selfJudged: shared.selfJudged,
  concurrency: shared.concurrency,
  budget: shared.budget,
  seed: flag('<n>', integer.optional(), 'another seed asks the judges anew'),
  ledger: shared.ledger,
  dryRun: flag(null, z.boolean().optional(), 'print what would be asked, and what it may cost'),
  resume: flag(null, z.boolean().optional(), 'go on where an earlier attempt ended'),
});

type RejudgeArguments = z.output<typeof rejudgeArguments>;

/** A plan that judges again, with what it judges. */
interface Rejudging {
  source: RunRecord;
  prepared: Prepared;
  roster: Roster;
  /** The samples that the source has. */
  samples: number[];
}

export const again = defineCommand({
  args: rejudgeArguments,
  prints: ['tenet.report/1', 'tenet.again-estimate/1'],
  run: async (args, context) => {
    const settings = settle(args, await context.config());
    const stored = await context.ledger.read(settings.ledger);
    let rejudging: Rejudging;
    try {
      const { judge = [] } = args;
      const roster = await context.models.own(judge);
      rejudging = await prepare(stored, args, roster, context);
      const { plan } = rejudging.prepared.document;
      if (args.dryRun === true) {
        const estimate = await estimateOf(stored, rejudging, settings);
        return { document: estimate, blocks: () => estimateBlocks(estimate) };
      }
      const finished =
        args.resume === true ? await finishedRun(stored, rejudging, settings, context) : null;
      if (finished !== null) return finished;
      if (modelJudgesOf(plan).some(({ simulated }) => !simulated)) {
        const { transcripts, calls, cost } = await estimateOf(stored, rejudging, settings);
        if (calls > 0) context.log.say(notes.cost(transcripts, calls, cost, ceilingText(settings)));
      }
    } finally {
      await stored.close();
    }
    return carryOut(rejudging, args, settings, context);
  },
});

async function prepare(
  ledger: Ledger,
  args: RejudgeArguments,
  roster: Roster,
  context: Context,
): Promise<Rejudging> {
  const source = await storedRun(ledger, args.run);
  const document = await planDocument(ledger, source);
  const spec = specOf(document);
  const { samples, replied } = await storedSamples(ledger, source);
  if (replied === 0) throw problem('no-transcript', { run: source.id, asked: samples.length });
  const plan = chooseJudging(document.plan, source, spec, args, roster, context);
  const instructions = instructionsOf(plan, spec);
  return {
    source,
    prepared: { document: { plan, spec: document.spec }, spec, instructions },
    roster,
    samples,
  };
}

/** Who judges now, and by what: what the arguments say, and what the run itself had where they say nothing. */
function chooseJudging(
  stored: Plan,
  source: RunRecord,
  spec: Spec,
  args: RejudgeArguments,
  roster: Roster,
  { log }: Context,
): Plan {
  const tested = [...testedIn(stored.suite.scenarios)];
  const { rubrics: own = [] } = stored;
  const rubrics = args.rubric === undefined ? own : loadRubrics(args.rubric, spec, tested, log);
  const seed = args.seed ?? stored.seed;
  const choose = (): PlannedVoice[] => chooseModels(stored, source, args, seed, roster);
  const models = judgesBeside(rubrics, tested, args.judge, choose, log);
  if (args.selfJudged !== true) refuseSelfJudged(stored.subjects, models);
  const usual = args.judge === undefined ? stored.consensus : undefined;
  const consensus = chooseConsensus(args.consensus, usual, models);
  const plan = planAgain(stored, source, spec, { models, rubrics, consensus, seed });
  refuseUnjudged(plan);
  if (judgesAlike(plan, stored)) throw problem('nothing-new', { run: source.id });
  return plan;
}

function chooseModels(
  stored: Plan,
  source: RunRecord,
  args: RejudgeArguments,
  seed: number | null,
  roster: Roster,
): PlannedVoice[] {
  const drawn = seed === null ? {} : { seed };
  if (args.judge !== undefined) {
    const parameters = { maxTokens: DEFAULT_MAX_TOKENS, ...drawn };
    return chooseJudges(args.judge, stored.subjects, parameters, roster);
  }
  const own = stored.judges.filter(({ by }) => by !== 'code');
  if (own.length === 0) throw problem('code-alone', { run: source.id });
  return own.map(({ prompt: _, ...judge }) => ({
    ...judge,
    parameters: { ...judge.parameters, ...(judge.by === undefined ? drawn : {}) },
  }));
}

async function carryOut(
  { source, prepared, roster, samples }: Rejudging,
  args: RejudgeArguments,
  settings: Settings,
  context: Context,
): Promise<Result> {
  const { plan } = prepared.document;
  const models = {
    ...modelsOf({ subjects: [], judges: plan.judges }, roster),
    roster,
    scenes: () => new Map(),
  };
  return withCallers(context, models, settings, async (callers, ledger) => {
    const { run, isResumed } = await startOrResume(ledger, prepared, args, context);
    const writer = await ledger.writer(run, 'tenet judge again');
    if (isResumed) {
      await writer.addEvent({ time: Date.now(), kind: 'resumed', detail: null });
      context.log.say(notes.resumed(run.id));
    }
    if (plan.sequential !== undefined) await takeOverRounds(ledger, source, run, writer);
    const stop = context.signals();
    const rollout = storedRollout(ledger, source);
    const hand = { ledger, run, writer, prepared, callers, roster, stop, rollout, samples };
    const end = await executeRun({ ...hand, watch: context.log.progress })
      .finally(stop.release)
      .finally(writer.close);
    return await resultOfEnd(context, hand, end, settings, resumeCommand(args));
  });
}

/** The run to carry out: the newest of its plan where that is gone on with, otherwise a new one. */
async function startOrResume(
  ledger: Ledger,
  { document }: Prepared,
  { resume }: RejudgeArguments,
  { log }: Context,
): Promise<{ run: RunRecord; isResumed: boolean }> {
  const latest = await ledger.runs.latestOfPlan(document.plan.hash);
  if (latest !== null && resume === true) return { run: latest, isResumed: true };
  if (latest !== null && latest.state !== 'finished') log.say(notes.unfinishedThere(latest.id));
  return { run: await createRun(ledger, document, Date.now()), isResumed: false };
}

/** The report of the finished run that `--resume` finds; null where there is none, or something is left to judge. */
async function finishedRun(
  ledger: Ledger,
  { prepared, samples }: Rejudging,
  settings: Settings,
  context: Context,
): Promise<Result | null> {
  const { plan } = prepared.document;
  const run = await ledger.runs.latestOfPlan(plan.hash);
  if (run?.state !== 'finished') return null;
  const progress = await ledger.runs.progress(run);
  if (samples.some((sample) => progress[sample] === 0)) return null;
  context.log.say(notes.finishedAlready(run.id));
  return await resultOfRun(context, ledger, run, plan, settings);
}

async function estimateOf(
  ledger: Ledger,
  { source, prepared, roster }: Rejudging,
  { prices }: Settings,
): Promise<RejudgeEstimate> {
  const { document, instructions } = prepared;
  return await estimateAgain(ledger, source, document.plan, instructions, (label) =>
    priceOf(parseName(label, '--judge', roster), prices),
  );
}

/** The same command with `--resume`. */
function resumeCommand(args: RejudgeArguments): string {
  const { judge: judges = [], rubric: rubrics = [] } = args;
  const words = ['tenet judge again', quoted(args.run)];
  for (const judge of judges) words.push('--judge', quoted(judge));
  for (const rubric of rubrics) words.push('--rubric', quoted(rubric));
  if (args.consensus !== undefined) words.push('--consensus', args.consensus);
  if (args.selfJudged === true) words.push('--self-judged');
  if (args.seed !== undefined) words.push('--seed', String(args.seed));
  if (args.ledger !== undefined) words.push('--ledger', quoted(shownAddress(args.ledger)));
  if (args.concurrency !== undefined) words.push('--concurrency', String(args.concurrency));
  if (args.budget !== undefined) words.push('--budget', String(args.budget));
  return [...words, '--resume'].join(' ');
}
