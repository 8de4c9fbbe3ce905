/** @module features/judge/calibration/command `tenet judge calibrate` and `tenet judge list`. */
import * as z from 'zod';
import { flag, integer, nonNegative, positiveInteger, shared } from '../../../app/arguments.ts';
import { chosenClauses } from '../../../app/choose-clauses.ts';
import { chooseConsensus } from '../../../app/choose-models.ts';
import { defineCommand } from '../../../app/command.ts';
import type { Context } from '../../../app/context.ts';
import { loadSpec, readBytes, STARTER_SPEC, writeNamed } from '../../../app/files.ts';
import { judgePrice, judgesNamed, stoppedShort, withJudges } from '../../../app/judge-session.ts';
import { functionOf } from '../../../app/roster.ts';
import { loadRubrics } from '../../../app/rubric-files.ts';
import { givenAmong, settle } from '../../../app/settings.ts';
import { withLedger } from '../../../app/with-ledger.ts';
import { keepCertificate, keptCertificates } from '../../../report/certificate/keep.ts';
import { tellsErrors } from '../../../report/certificate/match.ts';
import type { Certificate } from '../../../report/certificate/schema.ts';
import type { PlannedJudge, PlannedRubric } from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import { printJson } from '../../../text/json.ts';
import { ownQuestions } from './asking/own-questions.ts';
import { certificatesBlocks } from './blocks.ts';
import { calibrateJudge, questionCount } from './calibrate.ts';
import type { Calibration } from './certify.ts';
import { estimateCalibration } from './estimate.ts';
import { calibrationSummary, estimateBlocks } from './estimate-blocks.ts';
import type { LabelledItems } from './items/labelled.ts';
import { labelledRuns } from './items/labelled-runs.ts';
import { certificateListBlocks } from './list.ts';
import { notes } from './messages.ts';
import { prepareCalibration } from './prepare.ts';

const text = z.string().optional();
const texts = z.array(z.string()).optional();
const wish = z.boolean().optional();

const calibrateArguments = z.object({
  judge: flag('<model>', texts, 'a judge to measure; give it again for more', 'model'),
  spec: shared.spec,
  dialect: shared.dialect,
  clauses: flag('<query>', text, 'only replies marked under these clauses', 'clause'),
  labels: flag('<file>', texts, "people's labels: CSV, JSON lines, Label Studio or Scout", 'file'),
  run: flag('<run>', texts, "the labels that people gave this run's transcripts", 'run'),
  earlier: flag('<file>', texts, 'an earlier release of the spec, to date the examples', 'file'),
  cutoff: flag('<version>', text, 'tell examples of later releases apart, such as 2025-09-01'),
  rubric: shared.rubric,
  limit: flag(
    '<n>',
    positiveInteger.optional(),
    'at most so many marked replies, spread over the clauses',
  ),
  retest: flag('<n>', nonNegative.optional(), 'ask so many a second time (default: 40; 0: none)'),
  pairs: flag(
    null,
    z.boolean().default(true),
    'do not ask which of two marked replies is the better one',
  ),
  batch: flag(
    '<n>',
    positiveInteger.optional(),
    'also ask about each among other clauses, so many in one call',
  ),
  consensus: shared.consensus,
  certificate: flag('<file>', text, 'also write the certificate to this file', 'file'),
  concurrency: shared.concurrency,
  budget: shared.budget,
  seed: flag('<n>', integer.optional(), 'another seed asks everything anew'),
  ledger: shared.ledger,
  dryRun: flag(null, wish, 'print what would be asked, and what it may cost'),
  offline: shared.offline,
});

type CalibrateArguments = z.output<typeof calibrateArguments>;

const DEFAULT_RETEST = 40;

export const calibrate = defineCommand({
  args: calibrateArguments,
  prints: ['tenet.certificate/1', 'tenet.certificates/1', 'tenet.calibration-estimate/1'],
  run: async (args, context) => {
    const config = await context.config();
    const spec = loadSpec(args.spec ?? STARTER_SPEC, args.dialect);
    const { judge: named = [], seed } = args;
    const roster = await context.models.own(named);
    const judges = judgesNamed(named, seed, spec, roster);
    const given = givenAmong(args, context.settings);
    const consensus = chooseConsensus(given.consensus, args.consensus, judges);
    const calibration = await calibrationFrom(args, spec, judges, context);
    const estimates = judges.map((judge) =>
      estimateCalibration(
        ownQuestions(calibration.questions, judge, spec),
        judge,
        judgePrice(judge, roster, config.prices),
      ),
    );
    if (args.dryRun === true) {
      return {
        document: { schema: 'tenet.calibration-estimate/1', judges: estimates },
        blocks: () => estimateBlocks(estimates),
      };
    }
    const isOffline = args.offline === true;
    const settings = settle(args, config);
    const work = { settings, roster, isOffline };
    const { say } = context.log;
    const end = await withJudges(context, judges, work, async (session) => {
      for (const estimate of isOffline ? [] : estimates) {
        if (!estimate.simulated && estimate.calls > 0)
          say(notes.cost(calibrationSummary(estimate)));
      }
      const { callerOf, width, stop, ledger } = session;
      const total = questionCount(calibration, judges);
      const calibrated = await session.during(total, (onAnswer) =>
        calibrateJudge(
          calibration,
          {
            judges,
            consensus,
            callerOf,
            functionOf: (judge) => functionOf(judge, roster),
            now: Date.now(),
            width,
            store: ledger.calls,
            onAnswer,
          },
          stop,
        ),
      );
      if ('stopped' in calibrated) return calibrated;
      for (const { label } of calibrated.silent) say(notes.silent(label));
      const { certificates } = calibrated;
      if (isOffline) return certificates;
      const kept: Certificate[] = [];
      for (const one of certificates) kept.push(await keepCertificate(ledger, one));
      return kept;
    });
    if ('stopped' in end) return stoppedShort(end.stopped, context.log);
    const document = documentOf(end);
    if (args.certificate !== undefined) {
      writeNamed('--certificate', args.certificate, printJson(document));
    }
    const said = [
      ...(isOffline
        ? []
        : [notes.kept({ certificates: end.length, telling: end.filter(tellsErrors).length })]),
      ...(args.certificate === undefined ? [] : [notes.written(args.certificate)]),
    ];
    if (said.length > 0) say(said.join(' '));
    return { document, blocks: (detail) => certificatesBlocks(end, detail) };
  },
});

export const list = defineCommand({
  args: z.object({ ledger: shared.ledger }),
  prints: ['tenet.certificates/1'],
  run: async (args, context) => {
    return withLedger(context, args.ledger, async (ledger) => {
      const { certificates, unread } = await keptCertificates(ledger);
      if (unread > 0) context.log.say(notes.unread(unread));
      return {
        document: { schema: 'tenet.certificates/1', certificates },
        blocks: () => certificateListBlocks(certificates),
      };
    });
  },
});

/** What there is to ask, as the arguments want it. */
async function calibrationFrom(
  args: CalibrateArguments,
  spec: Spec,
  judges: readonly PlannedJudge[],
  context: Context,
): Promise<Calibration> {
  const { clauses, limit, batch, cutoff, seed = 0, earlier = [] } = args;
  const rubrics = rubricsFor(args, spec, context);
  return prepareCalibration({
    spec,
    judges,
    clauses: clauses === undefined ? undefined : chosenClauses(spec, clauses),
    limit,
    seed,
    rubrics,
    labelled: await labelledFrom(args, judges, rubrics, context),
    retest: args.retest ?? DEFAULT_RETEST,
    pairs: args.pairs,
    batch,
    earlier: earlier.map((file) => ({ file, spec: loadSpec(file, args.dialect) })),
    cutoff,
  });
}

function rubricsFor(
  { rubric = [] }: CalibrateArguments,
  spec: Spec,
  { log }: Context,
): PlannedRubric[] {
  const clauses = spec.sections.filter(({ isClause }) => isClause).map(({ id }) => id);
  return loadRubrics(rubric, spec, clauses, log);
}

/** The labelled transcripts that `--run` and `--labels` name. */
async function labelledFrom(
  args: CalibrateArguments,
  judges: readonly PlannedJudge[],
  rubrics: readonly PlannedRubric[],
  context: Context,
): Promise<LabelledItems[]> {
  const { run: runs = [], labels: files = [] } = args;
  if (runs.length + files.length === 0) return [];
  return withLedger(context, args.ledger, (ledger) => {
    return labelledRuns(ledger, {
      runs,
      files: files.map((file) => ({ file, bytes: readBytes(file, 'labels') })),
      simulated: judges.some(({ simulated }) => simulated),
      rubrics,
    });
  });
}

/** One certificate as it is; several in one document. */
function documentOf(certificates: readonly Certificate[]): object {
  const [only, ...others] = certificates;
  return only !== undefined && others.length === 0
    ? only
    : { schema: 'tenet.certificates/1', certificates };
}
