/**
 * @module features/audit/audit/estimate
 * What a plan will take and what it will show, told before anything is asked.
 */
import { estimateRequestTokens, estimateTokens } from '../../../model/prices.ts';
import { batchesOf } from '../../../run/judging/batch/split.ts';
import { judgeIds, subjectIds } from '../../../run/names.ts';
import { judgesOf, type Plan, type SequentialPlan, sampleCount } from '../../../run/plan.ts';
import { openingMessages } from '../../../run/rollout.ts';
import type { Scenario } from '../../../run/suite/scenario.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import { designEffect, expectedWidth, sum } from '../../../stats/index.ts';
import { type Detectable, detectableBy, togetherBySeed } from './detectable.ts';

export interface EstimateSettings {
  /** US dollars per million tokens of a model, by its label; null where unknown. */
  price: (label: string) => { input: number; output: number } | null;
  /** Tokens that a judge reads for a clause besides the transcript. */
  briefTokens: (clause: string) => number;
  /** Tokens of the whole spec, for comparison. */
  specTokens: number;
}

export interface ModelEstimate {
  role: 'subject' | 'judge';
  id: string;
  label: string;
  calls: number;
  tokens: { input: number; output: number };
  /** US dollars; null where the price is unknown. */
  cost: number | null;
}

export interface WidthEstimate {
  trials: number;
  /** Distance between the two ends of the interval, as a share; null where there is no trial. */
  width: number | null;
}

export interface PlanEstimate {
  schema: 'tenet.plan-estimate/1';
  plan: string;
  simulated: boolean;
  scenarios: {
    total: number;
    bySource: Record<Scenario['source']['kind'], number>;
    excluded: Record<string, number>;
  };
  clauses: { total: number; tested: number; untested: string[] };
  samples: number;
  /** Answers that have to be asked for twice, and retries, come on top. */
  calls: { subjects: number; judges: number; total: number };
  models: ModelEstimate[];
  tokens: { input: number; output: number };
  /** US dollars; null where a price is unknown, of the models in `unpriced`. */
  cost: number | null;
  unpriced: string[];
  /** Of one subject's intervals. */
  expectedWidth: {
    confidence: number;
    overall: WidthEstimate;
    levels: ({ level: string } & WidthEstimate)[];
    medianClause: number | null;
  };
  /** What the plan could tell apart; absent where samples are chosen as the run goes. */
  detectable?: Detectable;
  /** Where samples are chosen as the run goes: figures are for as many draws as clauses of the assumed rate take. */
  sequential?: SequentialPlan & { ceiling: number; drawsPerClause: number | null };
  /** Judging clause by clause, against the whole spec in every prompt; `share` of the tokens is saved. */
  saving: { judgeTokens: number; wholeSpecTokens: number; share: number };
  assumed: { adherence: number; correlation: number; subjectOutput: number; judgeOutput: number };
}

const CONFIDENCE = 0.95;

/**
 * What is reckoned with where nothing is known yet: the adherence, tokens of a reply and of a judgement, and how
 * alike scenarios of one seed come out (the mean that rates, too, start from).
 */
const ASSUMED = { adherence: 0.85, correlation: 0.5, subjectOutput: 400, judgeOutput: 150 };

/** Ids, roles and JSON around each message that a judge reads. */
const MESSAGE_FRAME = 20;

/** Estimates a plan from its messages; no model is asked. */
export function estimatePlan(plan: Plan, settings: EstimateSettings): PlanEstimate {
  const subjects = subjectIds(plan).map((id, place) => subjectEstimate(plan, settings, id, place));
  const judging = judgeIds(plan).flatMap((id, place) =>
    plan.judges[place]?.by !== undefined ? [] : [judgeEstimate(plan, settings, id, place)],
  );
  const models = [...subjects, ...judging.map(({ estimate }) => estimate)];
  const calls = (role: ModelEstimate['role']): number =>
    sum(models.filter((model) => model.role === role).map((model) => model.calls));
  const unpriced = models.filter(({ cost }) => cost === null).map(({ id }) => id);
  const tested = new Set(plan.suite.scenarios.flatMap(({ clauses }) => clauses));
  const judgeTokens = sum(judging.map(({ estimate }) => estimate.tokens.input));
  const wholeSpecTokens = sum(judging.map(({ wholeSpec }) => wholeSpec));
  return {
    schema: 'tenet.plan-estimate/1',
    plan: plan.hash,
    simulated: plan.simulated,
    scenarios: {
      total: plan.suite.scenarios.length,
      bySource: sourcesOf(plan),
      excluded: plan.suite.excluded,
    },
    clauses: {
      total: plan.clauses.length,
      tested: plan.clauses.filter(({ id }) => tested.has(id)).length,
      untested: plan.clauses.flatMap(({ id }) => (tested.has(id) ? [] : [id])),
    },
    samples: sampleCount(plan),
    calls: {
      subjects: calls('subject'),
      judges: calls('judge'),
      total: calls('subject') + calls('judge'),
    },
    models,
    tokens: {
      input: sum(models.map(({ tokens }) => tokens.input)),
      output: sum(models.map(({ tokens }) => tokens.output)),
    },
    cost: unpriced.length > 0 ? null : sum(models.map(({ cost }) => cost ?? 0)),
    unpriced: [...new Set(unpriced)],
    expectedWidth: widthsOf(plan),
    detectable: detectableOf(plan),
    saving: {
      judgeTokens,
      wholeSpecTokens,
      share: wholeSpecTokens === 0 ? 0 : Math.max(0, 1 - judgeTokens / wholeSpecTokens),
    },
    assumed: ASSUMED,
  };
}

function subjectEstimate(
  plan: Plan,
  settings: EstimateSettings,
  id: string,
  place: number,
): ModelEstimate {
  const { label, system } = subjectAt(plan, place);
  const tokens = { input: 0, output: 0 };
  for (const scenario of plan.suite.scenarios) {
    const request = {
      messages: openingMessages(scenario, system),
      tools: scenario.tools,
      parameters: {},
      repeat: 0,
    };
    tokens.input += estimateRequestTokens(request) * plan.repeats;
    tokens.output += replyTokens(plan, scenario, place) * plan.repeats;
  }
  const calls = plan.suite.scenarios.length * plan.repeats;
  return { role: 'subject', id, label, calls, tokens, cost: costOf(settings, label, tokens) };
}

function judgeEstimate(
  plan: Plan,
  settings: EstimateSettings,
  id: string,
  place: number,
): { estimate: ModelEstimate; wholeSpec: number } {
  const { label = '', parameters } = plan.judges[place] ?? {};
  const output = Math.min(ASSUMED.judgeOutput, parameters?.maxTokens ?? Number.POSITIVE_INFINITY);
  const tokens = { input: 0, output: 0 };
  let calls = 0;
  let wholeSpec = 0;
  for (const scenario of plan.suite.scenarios) {
    for (const subject of plan.subjects.keys()) {
      const transcript = transcriptTokens(plan, scenario, subject);
      const own = scenario.clauses
        .filter((clause) => judgesOf(plan, clause).includes(place))
        .map((clause) => ({ clause, judge: place }));
      const batches = batchesOf(
        own,
        () => plan.batch?.size ?? 1,
        ({ clause }) => settings.briefTokens(clause),
      );
      for (const batch of batches) {
        calls += plan.repeats;
        tokens.input += (batch.tokens + transcript) * plan.repeats;
        tokens.output += output * batch.parts.length * plan.repeats;
        for (const { clause } of batch.parts) {
          const brief = settings.briefTokens(clause);
          wholeSpec += (Math.max(settings.specTokens, brief) + transcript) * plan.repeats;
        }
      }
    }
  }
  const cost = costOf(settings, label, tokens);
  return { estimate: { role: 'judge', id, label, calls, tokens, cost }, wholeSpec };
}

function subjectAt(plan: Plan, place: number): { label: string; system: string | null } {
  return plan.subjects[place] ?? { label: '', system: null };
}

function replyTokens(plan: Plan, scenario: Scenario, place: number): number {
  const limits = [plan.subjects[place]?.parameters.maxTokens, scenario.maxTokens];
  return Math.min(ASSUMED.subjectOutput, ...limits.map((limit) => limit ?? ASSUMED.subjectOutput));
}

function transcriptTokens(plan: Plan, scenario: Scenario, place: number): number {
  const messages = openingMessages(scenario, subjectAt(plan, place).system);
  const opening = messages.map(({ content }) => estimateTokens(content) + MESSAGE_FRAME);
  return sum(opening) + replyTokens(plan, scenario, place) + MESSAGE_FRAME;
}

function costOf(
  { price }: EstimateSettings,
  label: string,
  { input, output }: { input: number; output: number },
): number | null {
  const known = price(label);
  return known === null ? null : (input * known.input + output * known.output) / 1e6;
}

function sourcesOf(plan: Plan): Record<Scenario['source']['kind'], number> {
  const counts = { example: 0, eval: 0, file: 0 };
  for (const { source } of plan.suite.scenarios) counts[source.kind]++;
  return counts;
}

/** For each tested clause how many trials of one subject each seed gives: every clause of a scenario is one per repeat. */
function seedSizes(plan: Plan): Map<string, Map<string, number>> {
  const sizes = new Map<string, Map<string, number>>();
  for (const { clauses, cluster } of plan.suite.scenarios) {
    for (const clause of clauses) {
      const own = sizes.get(clause) ?? new Map<string, number>();
      own.set(cluster, (own.get(cluster) ?? 0) + plan.repeats);
      sizes.set(clause, own);
    }
  }
  return sizes;
}

function detectableOf(plan: Plan): Detectable {
  const clauses = [...seedSizes(plan).values()];
  const { adherence, correlation } = ASSUMED;
  return detectableBy(clauses, { adherence, correlation, subjects: plan.subjects.length });
}

/** How wide the intervals will be. */
function widthsOf(plan: Plan): PlanEstimate['expectedWidth'] {
  const sizes = seedSizes(plan);
  const cellsOf = (ids: readonly string[]): number[] =>
    togetherBySeed(ids.flatMap((id) => sizes.get(id) ?? []));
  const tested = plan.clauses.filter(({ id }) => sizes.has(id));
  const byLevel = Map.groupBy(tested, ({ level }) => level ?? NO_LEVEL);
  const order = [...plan.spec.levels, NO_LEVEL];
  const levels = [...byLevel].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const ofClauses = tested
    .flatMap(({ id }) => widthOf(cellsOf([id])).width ?? [])
    .toSorted((a, b) => a - b);
  return {
    confidence: CONFIDENCE,
    overall: widthOf(cellsOf(tested.map(({ id }) => id))),
    levels: levels.map(([level, members]) => ({
      level,
      ...widthOf(cellsOf(members.map(({ id }) => id))),
    })),
    medianClause: ofClauses[Math.floor(ofClauses.length / 2)] ?? null,
  };
}

function widthOf(clusterSizes: readonly number[]): WidthEstimate {
  const trials = sum(clusterSizes);
  const width = expectedWidth({
    trials,
    rate: ASSUMED.adherence,
    designEffect: designEffect(clusterSizes, ASSUMED.correlation),
    confidence: CONFIDENCE,
  });
  return { trials, width };
}
