/**
 * @module features/audit/audit/estimate
 * What a plan will take and what it will show, told before anything is asked.
 */

import {
  costOf,
  estimateRequestTokens,
  estimateTokens,
  type Price,
} from '../../../model/prices.ts';
import { batchesOf } from '../../../run/judging/batch/split.ts';
import { judgeIds, nameAt, subjectIds } from '../../../run/names.ts';
import {
  judgesOf,
  type Plan,
  type PlannedJudge,
  type PlannedSubject,
  sampleCount,
} from '../../../run/plan.ts';
import { openingMessages } from '../../../run/rollout.ts';
import type { Scenario } from '../../../run/suite/scenario.ts';
import { NO_LEVEL } from '../../../run/tally.ts';
import { designEffect, expectedWidth, sum, sumKnown } from '../../../stats/index.ts';
import { valueAt } from '../../../text/at.ts';
import { detectableBy, togetherBySeed } from './detectable.ts';
import type { ModelEstimate, PlanEstimate } from './schema.ts';

export interface EstimateSettings {
  /** US dollars per million tokens of a model, by its label; null where unknown. */
  price: (label: string) => Price | null;
  /** Tokens that a judge reads for a clause besides the transcript. */
  briefTokens: (clause: string) => number;
  /** Tokens of the whole spec, for comparison. */
  specTokens: number;
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
  const [subjectNames, judgeNames] = [subjectIds(plan), judgeIds(plan)];
  const subjects = plan.subjects.map((subject, place) =>
    subjectEstimate(plan, settings, nameAt(subjectNames, place), subject),
  );
  const judging = plan.judges.flatMap((judge, place) => {
    const name = nameAt(judgeNames, place);
    return judge.by === undefined ? [judgeEstimate(plan, settings, name, judge)] : [];
  });
  const models = [...subjects, ...judging.map(({ estimate }) => estimate)];
  const calls = (role: ModelEstimate['role']): number =>
    sum(models.filter((model) => model.role === role).map((model) => model.calls));
  const unpriced = models.filter(({ cost }) => cost === null).map(({ id }) => id);
  const bySource = { example: 0, eval: 0, file: 0 };
  for (const { source } of plan.suite.scenarios) bySource[source.kind]++;
  const sizes = seedSizes(plan);
  const untested = plan.clauses.flatMap(({ id }) => (sizes.has(id) ? [] : [id]));
  const judgeTokens = sum(judging.map(({ estimate }) => estimate.tokens.input));
  const wholeSpecTokens = sum(judging.map(({ wholeSpec }) => wholeSpec));
  return {
    schema: 'tenet.plan-estimate/1',
    plan: plan.hash,
    simulated: plan.simulated,
    scenarios: {
      total: plan.suite.scenarios.length,
      bySource,
      excluded: plan.suite.excluded,
    },
    clauses: {
      total: plan.clauses.length,
      tested: plan.clauses.length - untested.length,
      untested,
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
    cost: sumKnown(models.map(({ cost }) => cost)),
    unpriced: [...new Set(unpriced)],
    expectedWidth: widthsOf(plan, sizes),
    detectable: detectableBy([...sizes.values()], {
      adherence: ASSUMED.adherence,
      correlation: ASSUMED.correlation,
      subjects: plan.subjects.length,
    }),
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
  subject: PlannedSubject,
): ModelEstimate {
  const { label, system } = subject;
  const tokens = { input: 0, output: 0 };
  for (const scenario of plan.suite.scenarios) {
    const request = {
      messages: openingMessages(scenario, system),
      tools: scenario.tools,
      parameters: {},
      repeat: 0,
    };
    tokens.input += estimateRequestTokens(request) * plan.repeats;
    tokens.output += replyTokens(scenario, subject) * plan.repeats;
  }
  const calls = plan.suite.scenarios.length * plan.repeats;
  return { role: 'subject', id, label, calls, tokens, cost: costOf(settings.price(label), tokens) };
}

function judgeEstimate(
  plan: Plan,
  settings: EstimateSettings,
  id: string,
  judge: PlannedJudge,
): { estimate: ModelEstimate; wholeSpec: number } {
  const { label, parameters } = judge;
  const place = plan.judges.indexOf(judge);
  const output = Math.min(ASSUMED.judgeOutput, parameters.maxTokens ?? Number.POSITIVE_INFINITY);
  const tokens = { input: 0, output: 0 };
  let calls = 0;
  let wholeSpec = 0;
  for (const scenario of plan.suite.scenarios) {
    for (const subject of plan.subjects) {
      const transcript = transcriptTokens(scenario, subject);
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
  const cost = costOf(settings.price(label), tokens);
  return { estimate: { role: 'judge', id, label, calls, tokens, cost }, wholeSpec };
}

function replyTokens(scenario: Scenario, { parameters }: PlannedSubject): number {
  const limits = [parameters.maxTokens, scenario.maxTokens];
  return Math.min(ASSUMED.subjectOutput, ...limits.map((limit) => limit ?? ASSUMED.subjectOutput));
}

function transcriptTokens(scenario: Scenario, subject: PlannedSubject): number {
  const messages = openingMessages(scenario, subject.system);
  const opening = messages.map(({ content }) => estimateTokens(content) + MESSAGE_FRAME);
  return sum(opening) + replyTokens(scenario, subject) + MESSAGE_FRAME;
}

type SeedSizes = Map<string, Map<string, number>>;

/** For each tested clause how many trials of one subject each seed gives: every clause of a scenario is one per repeat. */
function seedSizes(plan: Plan): SeedSizes {
  const sizes: SeedSizes = new Map();
  for (const { clauses, cluster } of plan.suite.scenarios) {
    for (const clause of clauses) {
      const own = sizes.get(clause) ?? new Map<string, number>();
      // A seed that was not met yet has no trials.
      own.set(cluster, (own.get(cluster) ?? 0) + plan.repeats);
      sizes.set(clause, own);
    }
  }
  return sizes;
}

/** How wide the intervals will be. */
function widthsOf(plan: Plan, sizes: SeedSizes): PlanEstimate['expectedWidth'] {
  const cellsOf = (ids: readonly string[]): number[] =>
    togetherBySeed(ids.map((id) => valueAt(sizes, id)));
  const tested = plan.clauses.filter(({ id }) => sizes.has(id));
  const byLevel = Map.groupBy(tested, ({ level }) => level ?? NO_LEVEL);
  const order = [...plan.spec.levels, NO_LEVEL];
  const levels = [...byLevel].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const ofClauses = tested
    .map(({ id }) => widthOf(cellsOf([id])).width)
    .filter((width) => width !== null)
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

function widthOf(clusterSizes: readonly number[]) {
  const trials = sum(clusterSizes);
  const width = expectedWidth({
    trials,
    rate: ASSUMED.adherence,
    designEffect: designEffect(clusterSizes, ASSUMED.correlation),
    confidence: CONFIDENCE,
  });
  return { trials, width };
}
