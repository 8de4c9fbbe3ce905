/**
 * @module features/audit/audit/command
 * `tenet audit`: plan, ask, judge, report. What only some audits need, and what comes after the last call, is loaded
 * when it is needed: the first call is not to wait for it.
 */
import {
  chooseConsensus,
  chooseJudges,
  chooseSubjects,
  refuseSelfJudged,
  refuseUnjudged,
  refuseUnknownClauses,
} from '../../../app/choose-models.ts';
import { chooseSuite } from '../../../app/choose-suite.ts';
import { defineCommand, type Result } from '../../../app/command.ts';
import type { Context } from '../../../app/context.ts';
import { executeRun } from '../../../app/execute-run.ts';
import { loadSpec, loadText, STARTER_SPEC } from '../../../app/files.ts';
import { DEFAULT_LEDGER, mayBeLedger } from '../../../app/ledgers.ts';
import { modelsOf, parseName, recordedAs } from '../../../app/models.ts';
import {
  type Prepared,
  prepareAudit,
  prepareStored,
  scenesLater,
} from '../../../app/prepare-audit.ts';
import { functionOf, isOwnModel, type Roster } from '../../../app/roster.ts';
import { judgesBeside, loadRubrics } from '../../../app/rubric-files.ts';
import {
  ceilingText,
  DEFAULT_CEILING,
  DEFAULT_MAX_TOKENS,
  givenAmong,
  type Settings,
  settle,
} from '../../../app/settings.ts';
import { quoted } from '../../../app/shell-words.ts';
import { namedRun } from '../../../app/stored.ts';
import { withCallers } from '../../../app/with-callers.ts';
import { withLedger } from '../../../app/with-ledger.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { shownAddress } from '../../../ledger/postgres/address.ts';
import type { RunWriter } from '../../../ledger/run-writer.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { priceOf } from '../../../model/prices.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import { BATCH_PROMPT } from '../../../run/judging/batch/prompt.ts';
import { withCode } from '../../../run/judging/judges.ts';
import {
  modelJudgesOf,
  type Narrowed,
  type Plan,
  type SequentialPlan,
  testedIn,
} from '../../../run/plan.ts';
import { createRun, replay, samplesOf } from '../../../run/run.ts';
import { type AuditArguments, auditArguments, BESIDE_PLAN } from './arguments.ts';
import { estimateCost } from './estimate-cost.ts';
import { notes, problem } from './messages.ts';
import type { PlanEstimate } from './schema.ts';
import { costBeyondBudget, refuseLatentSequential, sequentialFrom } from './within-budget.ts';

/** What was said on the command line; the arguments also hold what the configuration settles. */
type Given = Partial<AuditArguments>;

export const audit = defineCommand({
  args: auditArguments,
  prints: ['tenet.report/1', 'tenet.plan-estimate/1'],
  help: `Models are written provider:model[?key=value&…]: openai, anthropic, google,
mistral, ollama, vllm, compatible:NAME?base=http://…/v1, sim:subject and
sim:judge. Keys come from the environment.
Settings can also stand in tenet.config.ts; a flag wins.

Exit codes: 0 done, 2 could not do it, 130 interrupted.`,
  run: async (args, context) => {
    const settings = settle(args, await context.config());
    const { subject = [], judge = [] } = args;
    const roster = await context.models.own([...subject, ...judge]);
    const prepared = await prepareWithinBudget(args, settings, roster, context);
    const { plan } = prepared.document;
    const certificates = await certificatesGiven(args, plan);
    if (args.batch !== undefined)
      await checkBatch(args.batch, plan, certificates, settings, context);
    if (args.dryRun === true) {
      const estimate = estimateOf(prepared, settings, roster);
      const { planBlocks } = await import('./plan-blocks.ts');
      return { document: estimate, blocks: () => planBlocks(plan, estimate) };
    }
    if (args.offline === true) return offline(prepared, settings, certificates, roster, context);
    return (
      (await finishedRun(prepared, args, settings, context)) ??
      carryOut(prepared, args, settings, certificates, roster, context)
    );
  },
});

function estimateOf(prepared: Prepared, { prices }: Settings, roster: Roster): PlanEstimate {
  return estimateCost(prepared, (label) => priceOf(parseName(label, '--subject', roster), prices));
}

/** The plan that the arguments ask for, as a sequential one where a budget would not carry it whole. */
async function prepareWithinBudget(
  args: AuditArguments,
  settings: Settings,
  roster: Roster,
  context: Context,
): Promise<Prepared> {
  const prepared = await prepare(args, settings, sequentialFrom(args), roster, context);
  refuseLatentSequential(prepared);
  const { budget } = settings;
  const isSettled = args.repeats !== undefined || typeof args.resume === 'string';
  const cost = costBeyondBudget(
    prepared,
    { budget, isSettled },
    () => estimateOf(prepared, settings, roster).cost,
  );
  if (cost === null || budget === null) return prepared;
  context.log.say(notes.spendsBudget(cost, budget));
  return prepare(args, settings, { precision: null, bound: null }, roster, context);
}

/** The plan that the arguments ask for, or that of the run they name. */
async function prepare(
  args: AuditArguments,
  settings: Settings,
  sequential: SequentialPlan | undefined,
  roster: Roster,
  context: Context,
): Promise<Prepared> {
  const named = typeof args.resume === 'string' ? args.resume : null;
  const given = givenAmong(args, context.settings);
  if (named !== null && !isRestated(given)) {
    const prepared = await storedPlan(named, settings, context);
    const { subjects, judges } = prepared.document.plan;
    const known = new Set([...subjects, ...judges].map(({ label }) => label));
    if (ownModelsIn(given).every(({ model }) => known.has(model))) return prepared;
    throw problem('resume-other-plan', { run: named });
  }
  const planned = planFrom(args, given, sequential, roster, context);
  if (named === null) return planned;
  const stored = await storedPlan(named, settings, context);
  if (stored.document.plan.hash !== planned.document.plan.hash) {
    throw problem('resume-other-plan', { run: named });
  }
  return planned;
}

/** The models of the user's own among the arguments: named beside a run, they may be started, and plan nothing. */
function ownModelsIn({ subject = [], judge = [] }: Given) {
  const named = [
    ...subject.map((model) => ({ flag: '--subject', model })),
    ...judge.map((model) => ({ flag: '--judge', model })),
  ];
  return named.filter(({ model }) => isOwnModel(model));
}

/** Do the arguments plan a run, beside what they say of models of the user's own? */
function isRestated({ subject = [], judge = [], ...others }: Given): boolean {
  if ([...subject, ...judge].some((model) => !isOwnModel(model))) return true;
  return Object.keys(others).some((key) => !BESIDE_PLAN.has(key));
}

async function storedPlan(id: string, settings: Settings, context: Context): Promise<Prepared> {
  return withLedger(context, settings.ledger, async (ledger) => {
    const stored = await prepareStored(ledger, await namedRun(ledger, id, '--resume'));
    const { transcriptsOf } = stored.document.plan;
    // A run that judges another one's transcripts asks no subject, and can't go on as an audit.
    if (transcriptsOf === undefined) return stored;
    throw problem('resume-rejudging', { run: id, source: transcriptsOf.run });
  });
}

function planFrom(
  args: AuditArguments,
  given: Given,
  sequential: SequentialPlan | undefined,
  roster: Roster,
  { log }: Context,
): Prepared {
  const { spec: file = STARTER_SPEC, seed, temperature, maxTokens = DEFAULT_MAX_TOKENS } = args;
  const { subject = [], judge = [], rubric = [] } = args;
  const spec = loadSpec(file, args.dialect);
  const suite = chooseSuite(spec, args, log);
  const seeded = seed === undefined ? {} : { seed };
  const parameters = {
    maxTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...seeded,
  };
  const system = args.system === undefined ? null : loadText(args.system, 'a system prompt').trim();
  const subjects = chooseSubjects(spec, subject, parameters, system, roster);
  const tested = [...testedIn(suite.scenarios)];
  const rubrics = loadRubrics(rubric, spec, tested, log);
  const judging = { maxTokens: DEFAULT_MAX_TOKENS, ...seeded };
  const judges = judgesBeside(
    rubrics,
    tested,
    given.judge,
    () => chooseJudges(judge, subjects, judging, roster),
    log,
  );
  if (args.selfJudged !== true) refuseSelfJudged(subjects, judges);
  refuseUnknownClauses(spec, judges);
  const { batch: size = 1 } = args;
  const prepared = prepareAudit({
    text: loadText(file, 'a spec'),
    spec,
    suite,
    subjects,
    judges: withCode(judges, rubrics),
    rubrics,
    repeats: args.repeats ?? (sequential === undefined ? 1 : DEFAULT_CEILING),
    seed: seed ?? null,
    selection: args.clauses,
    narrowed: narrowedBy(args),
    consensus: chooseConsensus(given.consensus, args.consensus, judges),
    sequential,
    // One clause a call is as usual.
    batch: size === 1 ? undefined : { size, prompt: BATCH_PROMPT },
  });
  refuseUnjudged(prepared.document.plan);
  return prepared;
}

/** What left scenarios of the spec out, besides a choice of clauses. */
function narrowedBy({ limit, suite }: AuditArguments): Narrowed | undefined {
  if (limit !== undefined) return 'limit';
  return suite === undefined ? undefined : 'suite';
}

async function certificatesGiven(
  { certificate: files = [] }: AuditArguments,
  plan: Plan,
): Promise<readonly Certificate[]> {
  if (files.length === 0) return [];
  const { givenCertificates } = await import('../../../app/given-certificates.ts');
  return givenCertificates(files, plan);
}

/** Says what is known of judging so many clauses at once. Throws where it may lose right verdicts. */
async function checkBatch(
  size: number,
  plan: Plan,
  given: readonly Certificate[],
  { ledger }: Settings,
  context: Context,
): Promise<void> {
  const { refuseLossyBatch } = await import('./lossless-batch.ts');
  const kept = await certificatesIn(ledger, context);
  for (const note of refuseLossyBatch(plan, [...given, ...kept])) {
    context.log.say(notes.batch(size, note));
  }
}

async function certificatesIn(path: string, context: Context): Promise<Certificate[]> {
  if (!mayBeLedger(path)) return [];
  const { keptCertificates } = await import('../../../report/certificate/keep.ts');
  return withLedger(context, path, async (ledger) => (await keptCertificates(ledger)).certificates);
}

async function carryOut(
  prepared: Prepared,
  args: AuditArguments,
  settings: Settings,
  certificates: readonly Certificate[],
  roster: Roster,
  context: Context,
): Promise<Result> {
  const { plan } = prepared.document;
  const models = { ...modelsOf(plan, roster), roster, scenes: scenesLater(prepared) };
  return withCallers(context, models, settings, async (callers, ledger) => {
    await keepGiven(ledger, certificates);
    const { run, writer } = await startOrResume(ledger, prepared, args, context);
    if (![...plan.subjects, ...modelJudgesOf(plan)].every(({ simulated }) => simulated)) {
      const { samples, calls, cost } = estimateOf(prepared, settings, roster);
      const precision = plan.sequential?.precision;
      const ceiling = ceilingText(settings);
      context.log.say(notes.cost({ samples, calls: calls.total, cost, precision, ceiling }));
    }
    const stop = context.signals();
    const watch = context.log.progress;
    const hand = { ledger, run, writer, prepared, callers, roster, stop, watch };
    const end = await executeRun(hand).finally(stop.release).finally(writer.close);
    const { resultOfEnd } = await import('../../../app/run-output.ts');
    return resultOfEnd(
      context,
      hand,
      end,
      settings,
      resumeHint(run, givenAmong(args, context.settings), settings),
    );
  });
}

async function keepGiven(ledger: Ledger, certificates: readonly Certificate[]): Promise<void> {
  if (certificates.length === 0) return;
  const { keepCertificate } = await import('../../../report/certificate/keep.ts');
  for (const certificate of certificates) await keepCertificate(ledger, certificate);
}

/** The run to carry out, and its writer. Throws `RunHeldError` where another process carries it out. */
async function startOrResume(
  ledger: Ledger,
  { document }: Prepared,
  { resume }: AuditArguments,
  { log }: Context,
): Promise<{ run: RunRecord; writer: RunWriter }> {
  const purpose = 'tenet audit';
  const latest = await runToResume(ledger, document, resume);
  if (latest !== null && resume !== undefined) {
    const writer = await ledger.writer(latest, purpose);
    await writer.addEvent({ time: Date.now(), kind: 'resumed', detail: null });
    const progress = await ledger.runs.progress(latest);
    const asked = await samplesOf(ledger, latest, document.plan);
    const done = asked.filter((sample) => progress[sample] === 1).length;
    log.say(notes.resumed(latest.id, done, asked.length));
    return { run: latest, writer };
  }
  if (latest !== null && latest.state !== 'finished') log.say(notes.unfinishedThere(latest.id));
  const run = await createRun(ledger, document, Date.now());
  if (resume !== undefined) log.say(notes.nothingToResume(run.id));
  return { run, writer: await ledger.writer(run, purpose) };
}

/** The run that `--resume` names, or the newest of this plan; null where there is none. */
async function runToResume(
  ledger: Ledger,
  { plan }: Prepared['document'],
  resume: AuditArguments['resume'],
): Promise<RunRecord | null> {
  return typeof resume === 'string'
    ? await namedRun(ledger, resume, '--resume')
    : await ledger.runs.latestOfPlan(plan.hash);
}

/** The report of the finished run that `--resume` asks for; it needs no key and no server. Null: there is none. */
async function finishedRun(
  { document }: Prepared,
  { resume }: AuditArguments,
  settings: Settings,
  context: Context,
): Promise<Result | null> {
  if (resume === undefined || !mayBeLedger(settings.ledger)) return null;
  // What can't be read is told when it is opened to write.
  const ledger = await context.ledger.read(settings.ledger).catch(() => null);
  if (ledger === null) return null;
  try {
    const run = await runToResume(ledger, document, resume);
    if (run?.state !== 'finished') return null;
    const failed = (await ledger.runs.progress(run)).filter((state) => state === 2).length;
    context.log.say(notes.finishedAlready(run.id));
    if (failed > 0) context.log.say(notes.failedSamples(failed));
    const { resultOfRun } = await import('../../../app/run-output.ts');
    return await resultOfRun(context, ledger, run, document.plan, settings);
  } finally {
    await ledger.close();
  }
}

/** The command that goes on with a run, with what is no part of its plan. */
function resumeHint(run: RunRecord, given: Given, settings: Settings): string {
  const words = ['tenet audit --resume', run.id];
  for (const { flag, model } of ownModelsIn(given)) words.push(flag, quoted(model));
  if (settings.ledger !== DEFAULT_LEDGER)
    words.push('--ledger', quoted(shownAddress(settings.ledger)));
  if (settings.concurrency !== 'auto') words.push('--concurrency', String(settings.concurrency));
  if (settings.budget !== null) words.push('--budget', String(settings.budget));
  return words.join(' ');
}

async function offline(
  { document, spec, instructions }: Prepared,
  settings: Settings,
  certificates: readonly Certificate[],
  roster: Roster,
  context: Context,
): Promise<Result> {
  const opened = await context.ledger.read(settings.ledger);
  const stop = context.signals();
  try {
    const { ledger, run, asked, missing } = await replay(opened, document, instructions, stop, {
      recordedAs: (model) => recordedAs(model, roster),
      functionOf: (judge) => functionOf(judge, roster),
      spec,
    });
    if (stop.signal.aborted) return { exit: 130 };
    if (missing === asked) throw problem('nothing-on-record', { ledger: opened.path });
    if (missing > 0) context.log.say(notes.missingOffline(missing, asked));
    const { reportOfRun } = await import('../../../app/report-of-run.ts');
    const { resultOfReport } = await import('../../../app/run-output.ts');
    const sections = await context.lent.sections();
    const { plan } = document;
    const report = await reportOfRun({ ledger, run, plan, certificates, sections });
    return await resultOfReport(report, context);
  } finally {
    stop.release();
    await opened.close();
  }
}
