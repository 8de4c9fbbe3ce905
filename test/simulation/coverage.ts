/** @module test/simulation/coverage How often intervals hold a rate that is known, over many planted audits. */
import { estimateDifferences } from '../../src/stats/paired-difference.ts';
import { type Random, seededRandom } from '../../src/stats/random.ts';
import { estimateRates } from '../../src/stats/rates.ts';
import type { Difference, Rate } from '../../src/stats/types.ts';
import { wilson } from '../../src/stats/wilson.ts';
import {
  type PlannedCluster,
  type PlantedCorrelation,
  plantPairs,
  plantTrials,
} from './planted-trials.ts';

/** What the audits of a simulation look like; a range is drawn from evenly, both ends included. */
export interface AuditDesign {
  clauses: Range;
  clustersPerClause: Range;
  scenariosPerCluster: Range;
  repeats: Range;
}

type Range = readonly [least: number, most: number];

/** How the clauses' rates lie about the rate asked for. */
type RateSpread = 'equal' | 'differing' | 'split';

export interface CoverageQuestion {
  design: AuditDesign;
  rate: number;
  spread: RateSpread;
  correlation: PlantedCorrelation;
  audits: number;
  seed: number;
  confidence?: number;
}

/** Shares of intervals that held the planted rate, and the mean width of the overall one. */
export interface Coverage {
  /** All clauses of all audits, pooled. */
  clause: number;
  /** The first quarter of the clauses, as a level of a spec might be. */
  level: number;
  overall: number;
  overallWidth: number;
  /** Overall, had all trials been taken for independent draws from one pot. */
  naive: number;
  /** Mean estimated correlation. */
  correlation: number;
}

/** Runs the audits of one question; the same question gives the same answer. */
export function measureCoverage(question: CoverageQuestion): Coverage {
  const { audits, confidence = 0.95 } = question;
  const random = seededRandom(question.seed);
  const clause = tally();
  const level = tally();
  const overall = tally();
  const naive = tally();
  let width = 0;
  let correlation = 0;
  for (let audit = 0; audit < audits; audit++) {
    const clauses = draw(random, question.design.clauses);
    const rates = Array.from({ length: clauses }, (_, i) => spread(question, i, random));
    const plan = planOf(random, question.design, clauses);
    const trials = plantTrials(random, plan, rates, question.correlation);
    const table = estimateRates(trials, clauses, confidence);
    const planted = plantedTotals(plan, rates);
    for (let i = 0; i < clauses; i++) clause.count(table.ofClause(i), planted([i]));
    const all = Array.from({ length: clauses }, (_, i) => i);
    const quarter = all.slice(0, Math.max(1, Math.round(clauses / 4)));
    level.count(table.ofClauses(quarter), planted(quarter));
    const rate = table.ofClauses(all);
    overall.count(rate, planted(all));
    naive.count(wilson(rate.successes, rate.trials, confidence), planted(all));
    width += ((rate.high ?? 1) - (rate.low ?? 0)) / audits;
    correlation += table.correlation.within / audits;
  }
  return {
    clause: clause.share(),
    level: level.share(),
    overall: overall.share(),
    overallWidth: width,
    naive: naive.share(),
    correlation,
  };
}

export interface DifferenceQuestion {
  design: AuditDesign;
  first: number;
  second: number;
  /** Share of trials in which the second subject does what the first one did. */
  shared: number;
  correlation: PlantedCorrelation;
  audits: number;
  seed: number;
}

/** The share of overall intervals that held the planted difference, and their mean width. */
export function measureDifferenceCoverage(question: DifferenceQuestion) {
  const { audits, first, second, shared } = question;
  const random = seededRandom(question.seed);
  const clause = tally();
  const overall = tally();
  let width = 0;
  for (let audit = 0; audit < audits; audit++) {
    const clauses = draw(random, question.design.clauses);
    const plan = planOf(random, question.design, clauses);
    const fill = (rate: number): number[] => new Array<number>(clauses).fill(rate);
    const rates = { first: fill(first), second: fill(second), shared };
    const pairs = plantPairs(random, plan, rates, question.correlation);
    const table = estimateDifferences(pairs, clauses);
    const planted = (1 - shared) * (first - second);
    for (let i = 0; i < clauses; i++) {
      const difference = table.ofClause(i);
      if (difference.low !== null) clause.count(difference, planted);
    }
    const difference = table.ofClauses(Array.from({ length: clauses }, (_, i) => i));
    overall.count(difference, planted);
    width += ((difference.high ?? 1) - (difference.low ?? -1)) / audits;
  }
  return { clause: clause.share(), overall: overall.share(), width };
}

/** A clause's rate: the one asked for, one of three about it, or nearly none or nearly all. */
function spread(question: CoverageQuestion, clause: number, random: Random): number {
  const { rate } = question;
  switch (question.spread) {
    case 'equal':
      return rate;
    case 'differing':
      return rate + ((clause % 3) - 1) * 0.9 * Math.min(rate, 1 - rate);
    case 'split':
      return random() < rate ? 0.98 : 0.02;
  }
}

function planOf(random: Random, design: AuditDesign, clauses: number): PlannedCluster[] {
  const plan: PlannedCluster[] = [];
  const repeats = draw(random, design.repeats);
  for (let clause = 0; clause < clauses; clause++) {
    const clusters = draw(random, design.clustersPerClause);
    for (let cluster = 0; cluster < clusters; cluster++) {
      plan.push({ clause, scenarios: draw(random, design.scenariosPerCluster), repeats });
    }
  }
  return plan;
}

/** The rate that a group's trials were planted with: every clause weighs as many trials as it has. */
function plantedTotals(plan: PlannedCluster[], rates: number[]): (group: number[]) => number {
  const trials = new Float64Array(rates.length);
  for (const { clause, scenarios, repeats } of plan) {
    trials[clause] = (trials[clause] ?? 0) + scenarios * repeats;
  }
  return (group) => {
    let all = 0;
    let successes = 0;
    for (const clause of group) {
      all += trials[clause] ?? 0;
      successes += (trials[clause] ?? 0) * (rates[clause] ?? 0);
    }
    return successes / all;
  };
}

function tally() {
  let held = 0;
  let asked = 0;
  return {
    count({ low, high }: Rate | Difference, planted: number): void {
      asked++;
      // The planted rate of a group is a rounded sum; a rate of exactly 0 or 1 must not miss by its last digit.
      if ((low ?? -1) <= planted + 1e-12 && planted - 1e-12 <= (high ?? 1)) held++;
    },
    share: (): number => held / asked,
  };
}

function draw(random: Random, [least, most]: Range): number {
  return least + Math.floor(random() * (most - least + 1));
}
