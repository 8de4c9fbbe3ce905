/**
 * @module features/judge/calibration/command
 * `tenet judge calibrate`: how good is a judge, on replies whose verdict is known.
 */

import { chosenClauses } from '../../../app/choose-clauses.ts';
import { chooseConsensus } from '../../../app/choose-models.ts';
import { type Config, loadConfig } from '../../../app/config.ts';
import { loadSpec, STARTER_SPEC, writeNamed } from '../../../app/files.ts';
import {
  type JudgeSession,
  type JudgeSessionFlags,
  judgesNamed,
  stoppedShort,
  withJudges,
} from '../../../app/judge-session.ts';
import { parseName } from '../../../app/models.ts';
import { Problem } from '../../../app/problem.ts';
import { loadRubrics } from '../../../app/rubric-files.ts';
import { say, screen } from '../../../cli/terminal.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { priceOf } from '../../../model/prices.ts';
import type { Consensus, PlannedJudge, PlannedRubric } from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import { sum } from '../../../stats/index.ts';
import { printDocument, printJson } from '../../../text/json.ts';
import { type Answers, askEverything, type Questions, retestOf } from './ask.ts';
import { batchedItems } from './batching/beside.ts';
import type { Certificate } from './certificate.ts';
import { calibrationSummary, renderCalibrationPlan } from './certificate-plan.ts';
import { renderCertificates } from './certificate-text.ts';
import { type Calibration, certifyJudge, certifyPanel, isSilent } from './certify.ts';
import { estimateCalibration } from './estimate.ts';
import { type MarkedItems, markedItems } from './items.ts';
import { labelledBy } from './judge-labels.ts';
import { keepCertificate } from './keep.ts';
import { tellsErrors } from './match.ts';
import { datedItems } from './releases.ts';

/** The flags of `tenet judge calibrate`. */
export interface CalibrateFlags extends JudgeSessionFlags {
  judge: string[];
  spec?: string;
  dialect?: string;
  clauses?: string;
  labels?: string[];
  run?: string[];
  earlier?: string[];
  cutoff?: string;
  rubric?: string[];
  limit?: number;
  retest?: number;
  pairs?: boolean;
  batch?: number;
  consensus?: Consensus;
  certificate?: string;
  seed?: number;
  dryRun?: boolean;
}

const DEFAULT_RETEST = 40;

/** Carries out the command. Throws `Problem` for what the user has to put right, `Exit` where it was interrupted. */
export async function calibrate(flags: CalibrateFlags): Promise<void> {
  const config = await loadConfig(process.cwd());
  const spec = loadSpec(flags.spec ?? config.spec ?? STARTER_SPEC, flags.dialect);
  const judges = judgesNamed(flags.judge, flags.seed ?? config.seed);
  const consensus = chooseConsensus(flags.consensus, config.consensus, judges);
  const calibration = calibrationOf(flags, config, spec, judges);
  const estimates = judges.map((judge) =>
    estimateCalibration(
      calibration.questions,
      judge,
      priceOf(parseName(judge.label, '--judge'), config.prices),
    ),
  );
  if (flags.dryRun === true) {
    process.stdout.write(
      flags.json === true
        ? printDocument('tenet.calibration-estimate', 1, { judges: estimates })
        : renderCalibrationPlan(estimates, screen(process.stdout)),
    );
    return;
  }
  const certificates = await withJudges(
    judges,
    flags,
    config,
    'tenet judge calibrate',
    async (session) => {
      if (session.counters !== null) {
        for (const estimate of estimates) {
          if (!estimate.simulated)
            say(`${calibrationSummary(estimate)} What is on record is not asked again.`);
        }
      }
      const answers = await askAll(calibration.questions, judges, session);
      const made = certify(calibration, judges, consensus, answers, session.ledger);
      return flags.offline === true
        ? made
        : made.map((one) => keepCertificate(session.ledger, one));
    },
  );
  const text = jsonOf(certificates);
  if (flags.certificate !== undefined) writeNamed('--certificate', flags.certificate, text);
  process.stdout.write(
    flags.json === true ? text : renderCertificates(certificates, screen(process.stdout)),
  );
  const kept = flags.offline === true ? '' : keptText(certificates);
  const written = flags.certificate === undefined ? '' : `Written to ${flags.certificate}.`;
  if (kept + written !== '') say([kept, written].filter(Boolean).join(' '));
}

/** What becomes of the certificates: one that says nothing of its judge's errors corrects no rate. */
function keptText(certificates: readonly Certificate[]): string {
  const telling = certificates.filter(tellsErrors).length;
  if (telling === certificates.length) {
    return 'Kept in the ledger, where reports of its runs find it.';
  }
  const which =
    telling === 0 ? 'no rate is corrected by it' : 'by some of these no rate is corrected';
  return `Kept in the ledger, but ${which}: it takes verdicts on two examples with a reply that violates, and on two with one that adheres.`;
}

/** What there is to ask, or a `Problem` where it is nothing. */
function calibrationOf(
  flags: CalibrateFlags,
  config: Config,
  spec: Spec,
  judges: readonly PlannedJudge[],
): Calibration {
  const simulated = judges.some((judge) => judge.simulated);
  const clauses = flags.clauses === undefined ? undefined : chosenClauses(spec, flags.clauses);
  const seed = flags.seed ?? config.seed ?? 0;
  const rubrics = rubricsFor(flags, config, spec);
  const marked = markedItems(spec, { simulated, clauses, limit: flags.limit, seed, rubrics });
  const labelled = labelledBy(flags, config, simulated, rubrics);
  const items = [...dated(marked, spec, flags), ...labelled.flatMap((one) => one.items)];
  if (items.length === 0) throw nothingToAsk(spec, flags, marked);
  const retest = flags.retest ?? DEFAULT_RETEST;
  const questions: Questions = {
    items,
    retest: retestOf(items, retest, seed),
    pairs: flags.pairs === false ? [] : marked.pairs,
    ...batchesFor(flags.batch, spec, items, { seed, rubrics }),
  };
  return {
    spec,
    rubrics,
    questions,
    excluded: marked.excluded,
    runs: labelled.map(({ run }) => run),
    cutoff: flags.cutoff ?? null,
    dated: (flags.earlier ?? []).length > 0,
    pairsWanted: flags.pairs !== false,
    retestWanted: retest > 0,
  };
}

/** The items in batches of this size, where batches are wanted; a `Problem` where the spec has too few clauses. */
function batchesFor(
  size: number | undefined,
  spec: Spec,
  items: Questions['items'],
  settings: Parameters<typeof batchedItems>[3],
): Pick<Questions, 'batches'> {
  if (size === undefined || size === 1) return {};
  const byCode = settings.rubrics.filter((rubric) => rubric.byCode).length;
  const clauses = spec.sections.filter(({ isClause }) => isClause).length - byCode;
  if (clauses < size) {
    throw new Problem(
      `--batch ${size}: ${spec.file} has ${clauses} clauses that a model judges. Give --batch ${clauses} or less.`,
    );
  }
  return { batches: { size, items: batchedItems(spec, items, size, settings) } };
}

function rubricsFor(flags: CalibrateFlags, config: Config, spec: Spec): PlannedRubric[] {
  const usual = typeof config.rubric === 'string' ? [config.rubric] : (config.rubric ?? []);
  const clauses = spec.sections.filter(({ isClause }) => isClause).map(({ id }) => id);
  return loadRubrics(flags.rubric ?? usual, spec, clauses, { say });
}

const RELEASE = /^\d{4}-\d{2}-\d{2}$/;

/** The items with the release that each is from, where earlier releases or a cutoff are given. */
function dated({ items }: MarkedItems, spec: Spec, flags: CalibrateFlags): MarkedItems['items'] {
  const { cutoff, earlier = [], dialect } = flags;
  if (cutoff === undefined && earlier.length === 0) return items;
  if (cutoff !== undefined && !RELEASE.test(cutoff)) {
    throw new Problem(`--cutoff ${cutoff}: write a date, such as 2025-09-01.`);
  }
  const releases = earlier.map((file) => ({ file, spec: loadSpec(file, dialect) }));
  for (const { file, spec: release } of [{ file: spec.file, spec }, ...releases]) {
    if (release.version !== null && RELEASE.test(release.version)) continue;
    throw new Problem(
      `${file}: its version is ${release.version ?? 'not known'}, so its examples can't be dated. Put it into a folder named after the date of its release, such as 2025-09-12/${file.split('/').at(-1)}.`,
    );
  }
  const other = releases.find(
    ({ spec: release }) => (release.version ?? '') >= (spec.version ?? ''),
  );
  if (other !== undefined) {
    throw new Problem(
      `--earlier ${other.file}: it is from ${other.spec.version}, no earlier than the spec itself (${spec.version}).`,
    );
  }
  return datedItems(
    items,
    spec,
    releases.map((release) => release.spec),
  );
}

function nothingToAsk(spec: Spec, flags: CalibrateFlags, { excluded }: MarkedItems): Problem {
  const where = flags.clauses === undefined ? '' : ' under these clauses';
  const replies = sum(Object.values(excluded));
  const what =
    replies === 0
      ? 'no marked reply'
      : `no marked reply that can be put to a judge (of ${replies})`;
  return new Problem(
    `${spec.file}: there is ${what}${where}, so there is nothing to measure a judge on. Mark replies in the spec's examples as GOOD and BAD, or give people's labels with --run.`,
  );
}

async function askAll(
  questions: Questions,
  judges: readonly PlannedJudge[],
  { callerOf, width, signals, during }: JudgeSession,
): Promise<Answers[]> {
  const { items, retest, pairs, batches } = questions;
  const batched = batches?.items.length ?? 0;
  const total = judges.length * (items.length + retest.length + 2 * pairs.length + batched);
  const asked = await during(total, (onAnswer) =>
    Promise.all(
      judges.map((planned) =>
        askEverything(questions, { caller: callerOf(planned), planned, width, onAnswer }, signals),
      ),
    ),
  );
  for (const { stopped } of asked) if (stopped !== null) throw stoppedShort(stopped);
  const silent = judges.filter((_, place) => {
    const one = asked[place];
    return one === undefined || one.answers.verdicts.every((verdict) => verdict === null);
  });
  if (silent.length > 0) {
    throw new Problem(
      `--offline: nothing of this is on record for ${silent.map(({ label }) => label).join(', ')}. Run it once without --offline.`,
    );
  }
  return asked.map(({ answers }) => answers);
}

function certify(
  calibration: Calibration,
  judges: readonly PlannedJudge[],
  consensus: Consensus | undefined,
  answers: readonly Answers[],
  ledger: Ledger,
): Certificate[] {
  const times = answers.map((one) => lastVerdict(one, ledger));
  const certificates = judges.map((judge, place) => {
    const own = answers[place];
    if (own === undefined) throw new Error('a judge was not asked');
    if (isSilent(own)) {
      say(
        `${judge.label} gave no verdict that says whether a clause was kept; nothing can be said of its errors.`,
      );
    }
    return certifyJudge(calibration, judge, own, new Date(times[place] ?? 0));
  });
  if (consensus === undefined) return certificates;
  const newest = new Date(Math.max(...times));
  return [...certificates, certifyPanel(calibration, judges, consensus, answers, newest)];
}

/** When the newest call that the verdicts stand on came back: the same in every replay. */
function lastVerdict({ verdicts }: Answers, ledger: Ledger): number {
  const times = verdicts.flatMap((verdict) =>
    (verdict?.calls ?? []).map((call) => {
      const record = ledger.findCall(call, true);
      return record === null ? 0 : record.started + record.elapsed;
    }),
  );
  return Math.round(Math.max(0, ...times));
}

/** One certificate as it is; several in one document. */
function jsonOf(certificates: readonly Certificate[]): string {
  const [only, ...others] = certificates;
  return others.length === 0
    ? printJson(only)
    : printDocument('tenet.certificates', 1, { certificates });
}
