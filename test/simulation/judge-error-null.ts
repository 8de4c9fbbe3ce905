/** @module test/simulation/judge-error-null How often two equal subjects are told apart. */
import { benjaminiHochberg } from '../../src/stats/benjamini-hochberg.ts';
import { probabilityOfUnpaired } from '../../src/stats/difference-tests.ts';
import { seededRandom } from '../../src/stats/random.ts';
import { estimateRates } from '../../src/stats/rates.ts';
import { type PlannedCluster, plantTrials } from './planted-trials.ts';

const CLAUSES = 30;
const SEEDS_PER_CLAUSE = 10;
const TRIALS_PER_SEED = 3;
const LEVEL = 0.05;

/**
 * Share of comparisons of two equal subjects in which any clause's difference was called at 5 %: as tested, and
 * after Benjamini and Hochberg over all clauses. Where nothing differs, every call is false, so that the second is
 * the false discovery rate and ought to be at most 5 %.
 */
export function measureFalseCalls(question: {
  rate: number;
  clusters: boolean;
  audits: number;
  seed: number;
}): { anyCalled: number; anyCalledRaw: number } {
  const { rate, clusters, audits } = question;
  const random = seededRandom(question.seed);
  const plan: PlannedCluster[] = [];
  for (let clause = 0; clause < CLAUSES; clause++) {
    for (let seed = 0; seed < SEEDS_PER_CLAUSE * (clusters ? 1 : TRIALS_PER_SEED); seed++) {
      plan.push({ clause, scenarios: clusters ? TRIALS_PER_SEED : 1, repeats: 1 });
    }
  }
  const adherence = new Float64Array(CLAUSES).fill(1 - rate);
  const subject = () =>
    estimateRates(plantTrials(random, plan, adherence, { cluster: clusters ? 0.5 : 0 }), CLAUSES);
  let [raw, adjusted] = [0, 0];
  for (let audit = 0; audit < audits; audit++) {
    const [first, second] = [subject(), subject()];
    const probabilities = Array.from(
      { length: CLAUSES },
      (_, clause) => probabilityOfUnpaired(first.ofClause(clause), second.ofClause(clause)) ?? 1,
    );
    if (Math.min(...probabilities) <= LEVEL) raw++;
    if (Math.min(...benjaminiHochberg(probabilities)) <= LEVEL) adjusted++;
  }
  return { anyCalled: adjusted / audits, anyCalledRaw: raw / audits };
}
