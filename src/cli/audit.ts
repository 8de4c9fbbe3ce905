/**
 * @module cli/audit
 * `tenet audit`: plan, ask, judge, report.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { estimatePlan } from '../audit/estimate.ts';
import {
  type Plan,
  type PlannedSubject,
  planAudit,
  sampleCount,
} from '../audit/plan.ts';
import { promptTokens } from '../audit/judge-prompt.ts';
import {
  briefsOf,
  carryOut,
  createRun,
  type PlanDocument,
  replay,
  specOf,
} from '../audit/run.ts';
import { scenesOf } from '../audit/scenes.ts';
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { estimateTokens, priceOf } from '../model/prices.ts';
import type { Scenes } from '../model/simulated/index.ts';
import { renderJson } from '../report/json.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { renderPlan } from '../report/plan-text.ts';
import type { Report } from '../report/report.ts';
import { renderText } from '../report/text.ts';
import { type Spec, selectClauses } from '../spec/index.ts';
import { drawSuite } from '../suite/draw.ts';
import type { Suite } from '../suite/scenario.ts';
import { limitScenarios, onlyClauses } from '../suite/select.ts';
import { type Config, loadConfig } from './config.ts';
import { loadSpec, loadSuite, loadText, STARTER_SPEC } from './files.ts';
import { openCallers, parseName, plannedModel } from './models.ts';
import { Exit, Problem } from './problem.ts';
import { createProgress } from './progress.ts';
import { DEFAULT_LEDGER, noSuchRun, reportOf } from './stored.ts';
import { catchInterrupts } from './interrupts.ts';
import { say, screen } from './terminal.ts';

/** The flags of `tenet audit` as they come from the command line. */
export interface AuditFlags {
  spec?: string;
  subject?: string[];
  judge?: string;
  suite?: string;
  clauses?: string;
  repeats?: number;
  limit?: number;
  concurrency?: 'auto' | number;
  budget?: number;
  maxTokens?: number;
  temperature?: number;
  system?: string;
  seed?: number;
  ledger?: string;
  dryRun?: boolean;
  offline?: boolean;
  resume?: string | true;
  json?: boolean;
}

/** Two simulated subjects, a good one and one with a weakness, so that a first report has something to show. */
const DEMO_SUBJECTS = [
  'sim:subject?violates=0.05',
  'sim:subject?violates=0.14&violates.do_not_flatter=0.7&seed=b',
];
const DEMO_JUDGE = 'sim:judge?sensitivity=0.95&specificity=0.98&abstain=0.02';

/** Enough for a long answer; a model that thinks at length needs more, and the report counts what was cut short. */
const DEFAULT_MAX_TOKENS = 4_096;

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
    store: { findCall: (...asked) => ledger.findCall(...asked), addCall: (call) => ledger.addCall(call) },
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
        briefs: prepared.briefs,
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
      say('Every call was on record already; nobody was asked. Another --seed asks everything anew.');
    }
    if (end.type === 'finished') return finish(ledger, run, plan, settings);
    const again = resumeHint(run, settings);
    if (end.reason.kind === 'interrupted') {
      say(`Stopped. What is finished is kept. Go on with: ${again}`);
      throw new Exit(130);
    }
    const replied = [...ledger.runs.samples(run.ordinal)].some(({ outcome }) => outcome === 'replied');
    if (replied) finish(ledger, run, plan, settings);
    const why = end.reason.message.replace(/\.+$/, '');
    const remedy = end.reason.kind === 'budget' ? 'Raise --budget and go on' : 'Put it right and go on';
    throw new Problem(`Run ${run.id} is not finished: ${why}. ${remedy} with: ${again}`);
  } finally {
    try {
      ledger.close();
    } finally {
      await callers.close();
    }
  }
}

/** Flags and configuration, with what holds where both are silent. */
interface Settings {
  concurrency: 'auto' | number;
  budget: number | null;
  ledger: string;
  prices: NonNullable<Config['prices']>;
  json: boolean;
  repeats: number;
  config: Config;
}

function settle(flags: AuditFlags, config: Config): Settings {
  return {
    concurrency: flags.concurrency ?? config.concurrency ?? 'auto',
    budget: flags.budget ?? config.budget ?? null,
    ledger: flags.ledger ?? config.ledger ?? DEFAULT_LEDGER,
    prices: config.prices ?? {},
    json: flags.json ?? false,
    repeats: flags.repeats ?? config.repeats ?? 1,
    config,
  };
}

interface Prepared {
  document: PlanDocument;
  spec: Spec;
  briefs: Map<string, string>;
}

/** Flags that decide what is asked, and so can't be given beside the name of a run to go on with. */
const PLAN_FLAGS = ['spec', 'subject', 'judge', 'suite', 'clauses', 'limit', 'system'] as const;

function prepare(flags: AuditFlags, settings: Settings): Prepared {
  const named = typeof flags.resume === 'string' ? flags.resume : null;
  const restated = PLAN_FLAGS.some((flag) => flags[flag] !== undefined);
  if (named === null || restated) {
    const planned = planFromFlags(flags, settings);
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
  return { document, spec, briefs: briefsOf(document.plan, spec) };
}

function storedDocument(path: string, id: string): PlanDocument {
  const opened = openLedger(path, { write: false });
  if (!opened.ok) throw new Problem(opened.message);
  try {
    const found = opened.ledger.runs.find(id);
    if ('run' in found) return opened.ledger.runs.plan(found.run.ordinal) as PlanDocument;
    throw new Problem(`--resume ${id}: ${noSuchRun(found.candidates, path)}`);
  } finally {
    opened.ledger.close();
  }
}

function planFromFlags(flags: AuditFlags, settings: Settings): Prepared {
  const { config } = settings;
  const file = flags.spec ?? config.spec ?? STARTER_SPEC;
  const spec = loadSpec(file);
  const suite = chooseSuite(spec, flags, config);
  const parameters = {
    maxTokens: flags.maxTokens ?? config.maxTokens ?? DEFAULT_MAX_TOKENS,
    ...defined('temperature', flags.temperature ?? config.temperature),
    ...defined('seed', flags.seed ?? config.seed),
  };
  const systemFile = flags.system ?? config.system;
  const system = systemFile === undefined ? null : loadText(systemFile, 'a system prompt').trim();
  const given = flags.subject ?? config.subjects ?? [];
  const subjects = (given.length > 0 ? given : DEMO_SUBJECTS).map(
    (text): PlannedSubject => ({ ...plannedModel(parseName(text, '--subject'), parameters), system }),
  );
  const judgeName = flags.judge ?? config.judge;
  if (judgeName === undefined && subjects.some(({ simulated }) => !simulated)) {
    throw new Problem(
      "--judge: name the model that judges, such as --judge anthropic:claude-sonnet-4-5. 'sim:judge' rehearses a run without one.",
    );
  }
  if (subjects.some(({ simulated }) => simulated) && subjects.some(({ simulated }) => !simulated)) {
    throw new Problem(
      '--subject: simulated and real subjects can not be in one run. Audit them apart.',
    );
  }
  const names = subjects.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Problem(`--subject: ${twice} is given twice. Use --repeats.`);
  const judge = parseName(judgeName ?? DEMO_JUDGE, '--judge');
  const plan = planAudit({
    spec,
    suite,
    subjects,
    judges: [plannedModel(judge, { maxTokens: DEFAULT_MAX_TOKENS, ...defined('seed', parameters.seed) })],
    repeats: settings.repeats,
    seed: flags.seed ?? config.seed ?? null,
  });
  return { document: { plan, spec: loadText(file, 'a spec') }, spec, briefs: briefsOf(plan, spec) };
}

function defined<Key extends string>(key: Key, value: number | undefined): Partial<Record<Key, number>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, number>);
}

function chooseSuite(spec: Spec, flags: AuditFlags, config: Config): Suite {
  const file = flags.suite ?? config.suite;
  let suite = file === undefined ? drawSuite(spec) : loadSuite(file, spec);
  const query = flags.clauses ?? config.clauses;
  if (query !== undefined) {
    const selected = selectClauses(spec, query);
    if ('error' in selected) {
      throw new Problem(`--clauses: column ${selected.offset + 1} of '${query}': ${selected.error}`);
    }
    if (selected.ids.length === 0) throw new Problem(`--clauses: no clause fits '${query}'.`);
    suite = onlyClauses(suite, new Set(selected.ids));
    if (suite.scenarios.length === 0) {
      throw new Problem(
        `--clauses: no scenario tests ${selected.ids.map((id) => `#${id}`).join(', ')}. Give your own with --suite.`,
      );
    }
  }
  if (suite.scenarios.length === 0) {
    throw new Problem(
      `${spec.file}: there is no example and no eval prompt to draw a scenario from. Give your own with --suite.`,
    );
  }
  const limit = flags.limit ?? config.limit;
  return limit === undefined ? suite : limitScenarios(suite, limit, flags.seed ?? config.seed ?? 0);
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
    const finished = ledger.runs.progress(latest).reduce((sum, state) => sum + (state === 1 ? 1 : 0), 0);
    say(`Going on with run ${latest.id}: ${finished} of ${latest.samples} samples are finished.`);
    return { run: latest, done: false };
  }
  if (latest !== null && latest.state !== 'finished') {
    say(`Run ${latest.id} of this plan is unfinished; --resume would go on with it. A new run starts, and asks nothing twice.`);
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
  const tokens = new Map([...prepared.briefs].map(([id, brief]) => [id, promptTokens(brief)]));
  return estimatePlan(plan, {
    price: (label) => priceOf(parseName(label, '--subject'), settings.prices),
    briefTokens: (clause) => tokens.get(clause) ?? 0,
    specTokens: estimateTokens(document),
  });
}

function announceCost(plan: Plan, prepared: Prepared, settings: Settings): void {
  const estimate = estimateOf(prepared, settings);
  const cost = estimate.cost === null ? 'at a price that is not known' : `for about ${estimate.cost.toFixed(2)} USD`;
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
  const { document, briefs } = prepared;
  const opened = openLedger(settings.ledger, { write: false });
  if (!opened.ok) throw new Problem(opened.message);
  const interrupts = catchInterrupts();
  try {
    const { ledger, run, missing } = await replay(opened.ledger, document, briefs, interrupts);
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

function show(report: Report, settings: Settings): void {
  process.stdout.write(
    settings.json ? renderJson(report) : renderText(report, screen(process.stdout)),
  );
}

/** Prints the report, keeps it as files beside the ledger, and says what one can do next. */
function finish(ledger: Ledger, run: RunRecord, plan: Plan, settings: Settings): void {
  const current = ledger.runs.find(run.id);
  const report = reportOf(ledger, 'run' in current ? current.run : run, plan);
  show(report, settings);
  const folder = join(dirname(settings.ledger), 'reports');
  const base = join(folder, run.id);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${base}.md`, renderMarkdown(report));
    writeFileSync(`${base}.json`, renderJson(report));
  } catch (error) {
    say(`The report could not be written to ${folder}: ${error instanceof Error ? error.message : error}`);
    return;
  }
  if (settings.json) return;
  const worst = report.subjects.flatMap(({ clauses }) => clauses.flatMap((clause) => clause.worst))[0];
  const flag = settings.ledger === DEFAULT_LEDGER ? '' : ` --ledger ${settings.ledger}`;
  const lines = [
    `Report: ${relative('.', `${base}.md`)} (and .json)`,
    'Next:',
    ...(worst === undefined ? [] : [`  tenet show ${run.id} ${worst.transcript}${flag}`]),
    `  tenet report ${run.id} --all${flag}`,
    ...(plan.simulated
      ? ['  tenet audit --subject openai:gpt-5 --judge anthropic:claude-sonnet-4-5 --dry-run']
      : []),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
}
