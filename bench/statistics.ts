/**
 * Time for the intervals of a whole report: 118 clauses × 20 prompts × 16 models × 3 judges, a rate of each model for
 * each clause, for five levels and overall, by 2,000 resamples of the prompts; beside the rates that a report prints
 * (no resampling), and a plain loop over the trials of each resample, run for a few resamples and scaled up.
 */

import { clusterBootstrap, estimateRates, type Trials } from '../src/stats/index.ts';
import { seededRandom } from '../src/stats/random.ts';
import { plantTrials } from '../test/simulation/planted-trials.ts';
import { cpuSeconds, median, print } from './measure.ts';

const CLAUSES = 118;
const PROMPTS = 20;
const MODELS = 16;
const JUDGES = 3;
const RESAMPLES = 2_000;
/** The plain loop is too slow to be run in full. */
const PLAIN_RESAMPLES = 40;
const RUNS = 5;

const random = seededRandom(118);
const plan = Array.from({ length: CLAUSES * PROMPTS }, (_, prompt) => ({
  clause: Math.floor(prompt / PROMPTS),
  scenarios: 1,
  repeats: JUDGES,
}));
const samples = Array.from({ length: MODELS }, () => {
  const rates = Array.from({ length: CLAUSES }, () => 0.5 + 0.5 * random());
  return plantTrials(random, plan, rates, { cluster: 0.6 });
});
const clauses = Array.from({ length: CLAUSES }, (_, clause) => clause);
const levels = [0, 1, 2, 3, 4].map((level) => clauses.filter((clause) => clause % 5 === level));
const groups = [...clauses.map((clause) => [clause]), ...levels, clauses];
const verdicts = samples.reduce((sum, { outcomes }) => sum + outcomes.length, 0);

function measure(how: string, resamples: number, scale: number, work: () => unknown): void {
  const runs = Array.from({ length: RUNS }, () => {
    const cpu = cpuSeconds();
    const started = performance.now();
    work();
    return { wall: performance.now() - started, cpu: (cpuSeconds() - cpu) * 1_000 };
  });
  print({
    what: 'statistics',
    verdicts,
    rates: samples.length * groups.length,
    how,
    resamples,
    milliseconds: scale * median(runs.map(({ wall }) => wall)),
    cpuMilliseconds: scale * median(runs.map(({ cpu }) => cpu)),
  });
}

measure('cluster bootstrap', RESAMPLES, 1, () =>
  clusterBootstrap({ samples, clauseCount: CLAUSES, groups, resamples: RESAMPLES, seed: 1 }),
);
measure(
  `a plain loop over trials (${PLAIN_RESAMPLES} resamples measured, scaled)`,
  RESAMPLES,
  RESAMPLES / PLAIN_RESAMPLES,
  () => plainBootstrap(samples, PLAIN_RESAMPLES),
);
measure('Wilson on effective trials', 0, 1, () =>
  samples.map((trials) => {
    const table = estimateRates(trials, CLAUSES);
    return groups.map((group) => table.ofClauses(group));
  }),
);

/** What one writes first: draw prompts, gather the trials of each, average those of every group, sort. */
function plainBootstrap(subjects: readonly Trials[], resamples: number): number[][] {
  const draw = seededRandom(1);
  return subjects.flatMap(({ outcomes, clauses: of, clusters }) => {
    const byCluster: number[][] = Array.from({ length: plan.length }, () => []);
    for (const [trial, cluster] of clusters.entries()) byCluster[cluster]?.push(trial);
    const drawn: number[][] = groups.map(() => []);
    for (let resample = 0; resample < resamples; resample++) {
      const hits = new Float64Array(CLAUSES);
      const all = new Float64Array(CLAUSES);
      for (let i = 0; i < plan.length; i++) {
        for (const trial of byCluster[Math.floor(draw() * plan.length)] ?? []) {
          const clause = of[trial] ?? 0;
          hits[clause] = (hits[clause] ?? 0) + (outcomes[trial] ?? 0);
          all[clause] = (all[clause] ?? 0) + 1;
        }
      }
      for (const [index, group] of groups.entries()) {
        const successes = group.reduce((sum, clause) => sum + (hits[clause] ?? 0), 0);
        const trials = group.reduce((sum, clause) => sum + (all[clause] ?? 0), 0);
        drawn[index]?.push(successes / trials);
      }
    }
    return drawn.map((shares) => {
      const sorted = shares.toSorted((a, b) => a - b);
      return [
        sorted[Math.floor(0.025 * resamples)] ?? 0,
        sorted[Math.floor(0.975 * resamples)] ?? 0,
      ];
    });
  });
}
