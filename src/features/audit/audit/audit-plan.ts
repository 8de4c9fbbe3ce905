/**
 * @module features/audit/audit/audit-plan
 * From flags to a plan: reads the spec, chooses the scenarios, names the models. Asks and writes nothing.
 */

import {
  chooseConsensus,
  chooseJudges,
  chooseSubjects,
  refuseSelfJudged,
} from '../../../app/choose-models.ts';
import { chooseSuite } from '../../../app/choose-suite.ts';
import type { Config } from '../../../app/config.ts';
import { loadSpec, loadText, STARTER_SPEC } from '../../../app/files.ts';
import { Problem } from '../../../app/problem.ts';
import { judgesBeside, loadRubrics, testedIn } from '../../../app/rubric-files.ts';
import { DEFAULT_CEILING, DEFAULT_MAX_TOKENS, type Settings } from '../../../app/settings.ts';
import { noSuchRun } from '../../../app/stored.ts';
import { openLedger } from '../../../ledger/ledger.ts';
import { withCode } from '../../../run/judging/judges.ts';
import { type Narrowed, planAudit, type SequentialPlan } from '../../../run/plan.ts';
import { instructionsOf, type PlanDocument, planDocument, specOf } from '../../../run/run.ts';
import type { Spec } from '../../../spec/index.ts';
import type { AuditFlags } from './audit-flags.ts';
import { chooseBatch } from './choose-batch.ts';

/** A plan with what is needed to carry it out. */
export interface Prepared {
  document: PlanDocument;
  spec: Spec;
  instructions: Map<string, string>;
}

/** Flags that decide what is asked, and so can't be given beside the name of a run to go on with. */
const PLAN_FLAGS = [
  'spec',
  'dialect',
  'subject',
  'judge',
  'consensus',
  'precision',
  'bound',
  'rubric',
  'batch',
  'suite',
  'clauses',
  'limit',
  'system',
  'repeats',
  'seed',
  'temperature',
  'maxTokens',
] as const;

/** The plan that the flags ask for, or that of the run they name; `sequential` where its samples are chosen as it goes. */
export function prepare(
  flags: AuditFlags,
  settings: Settings,
  sequential?: SequentialPlan,
): Prepared {
  const named = typeof flags.resume === 'string' ? flags.resume : null;
  const restated = PLAN_FLAGS.some((flag) => flags[flag] !== undefined);
  if (named === null || restated) {
    const planned = planFromFlags(flags, settings, sequential);
    if (named !== null) {
      const stored = storedDocument(settings.ledger, named);
      if (stored.plan.hash !== planned.document.plan.hash) {
        throw new Problem(
          `--resume ${named}: these flags plan another run. Leave them out, and the run's own plan is taken.`,
        );
      }
    }
    return planned;
  }
  const document = storedDocument(settings.ledger, named);
  const spec = specOf(document);
  return { document, spec, instructions: instructionsOf(document.plan, spec) };
}

function storedDocument(path: string, id: string): PlanDocument {
  const opened = openLedger(path, { write: false });
  if (!opened.ok) throw new Problem(opened.message);
  try {
    const found = opened.ledger.runs.find(id);
    if ('run' in found) return askable(planDocument(opened.ledger, found.run), id);
    throw new Problem(`--resume ${id}: ${noSuchRun(found.candidates, path)}`);
  } finally {
    opened.ledger.close();
  }
}

/** A run that judges another one's transcripts asks no subject, and can't go on as an audit. */
function askable(document: PlanDocument, id: string): PlanDocument {
  const { transcriptsOf } = document.plan;
  if (transcriptsOf === undefined) return document;
  throw new Problem(
    `--resume ${id}: this run judges the transcripts of run ${transcriptsOf.run} again. The same 'tenet judge again ${transcriptsOf.run} …' with --resume goes on with it; 'tenet report ${id}' reports it.`,
  );
}

function planFromFlags(
  flags: AuditFlags,
  settings: Settings,
  sequential: SequentialPlan | undefined,
): Prepared {
  const { config } = settings;
  const file = flags.spec ?? config.spec ?? STARTER_SPEC;
  const spec = loadSpec(file, flags.dialect);
  const suite = chooseSuite(spec, {
    suite: flags.suite ?? config.suite,
    clauses: flags.clauses ?? config.clauses,
    limit: flags.limit ?? config.limit,
    seed: flags.seed ?? config.seed,
  });
  const parameters = {
    maxTokens: flags.maxTokens ?? config.maxTokens ?? DEFAULT_MAX_TOKENS,
    ...defined('temperature', flags.temperature ?? config.temperature),
    ...defined('seed', flags.seed ?? config.seed),
  };
  const systemFile = flags.system ?? config.system;
  const system = systemFile === undefined ? null : loadText(systemFile, 'a system prompt').trim();
  const subjects = chooseSubjects(spec, flags.subject ?? config.subjects ?? [], parameters, system);
  const rubrics = loadRubrics(flags.rubric ?? listOf(config.rubric), spec, testedIn(suite));
  const judges = judgesBeside(rubrics, testedIn(suite), flags.judge, () =>
    chooseJudges(flags.judge ?? listOf(config.judge), subjects, {
      maxTokens: DEFAULT_MAX_TOKENS,
      ...defined('seed', parameters.seed),
    }),
  );
  if (flags.selfJudged !== true) refuseSelfJudged(subjects, judges);
  const plan = planAudit({
    spec,
    suite,
    subjects,
    judges: withCode(judges, rubrics),
    rubrics,
    repeats: settings.repeats ?? (sequential === undefined ? 1 : DEFAULT_CEILING),
    seed: flags.seed ?? config.seed ?? null,
    selection: flags.clauses ?? config.clauses,
    narrowed: narrowedBy(flags, config),
    consensus: chooseConsensus(flags.consensus, config.consensus, judges),
    sequential,
    batch: chooseBatch(flags.batch),
  });
  return {
    document: { plan, spec: loadText(file, 'a spec') },
    spec,
    instructions: instructionsOf(plan, spec),
  };
}

function listOf(given: string | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return [];
  return typeof given === 'string' ? [given] : given;
}

function defined<Key extends string>(
  key: Key,
  value: number | undefined,
): Partial<Record<Key, number>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, number>);
}

/** What left scenarios of the spec out, besides a choice of clauses. */
function narrowedBy(flags: AuditFlags, config: Config): Narrowed | undefined {
  if ((flags.limit ?? config.limit) !== undefined) return 'limit';
  return (flags.suite ?? config.suite) === undefined ? undefined : 'suite';
}
