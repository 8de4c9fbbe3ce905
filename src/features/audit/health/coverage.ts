/**
 * @module features/audit/health/coverage
 * How well each clause is tested: at all, by anything that can fail, with any power.
 */
import { detectableDrop, type Rate, zeroEventBound } from '../../../stats/index.ts';
import type { HealthEvidence } from './evidence.ts';
import { knownReplies } from './known-replies.ts';
import type { HealthClause } from './schema.ts';
import { adherenceRates, type SubjectTrial } from './subject-trials.ts';
import { judgesDisagree } from './votes.ts';

/** A clause is tested by what can't fail only where breaking it more often than this would have been seen. */
const UNSEEN_SHARE = 0.15;

/** A drop in adherence that a test must be able to find, with a chance of `POWER`. */
const DROP_THAT_MATTERS = 0.2;
const POWER = 0.8;

/** What a clause's row says of how it is tested; the rate is of all subjects together. */
export type ClauseCoverage = Omit<
  HealthClause,
  'id' | 'title' | 'level' | 'line' | 'told' | 'thin' | 'rate'
> & { clause: number; rate: Rate };

/** The coverage of every clause, in document order. */
export function coverageOf(
  evidence: HealthEvidence,
  trials: readonly SubjectTrial[],
): ClauseCoverage[] {
  const { clauses } = evidence;
  const all = adherenceRates(trials, clauses.length);
  const tables = [...Map.groupBy(trials, ({ subject }) => subject).values()].map((own) =>
    adherenceRates(own, clauses.length),
  );
  const cases = Map.groupBy(evidence.cases, ({ clause }) => clause);
  const bad = knownReplies(evidence, 'bad-passes');
  return clauses.map((_, clause): ClauseCoverage => {
    // What was never judged has no case.
    const own = cases.get(clause) ?? [];
    const rate = all.ofClause(clause);
    const rates = tables.map((table) => table.ofClause(clause)).filter((one) => one.trials > 0);
    const best = rates.toSorted((a, b) => effectiveOf(b) - effectiveOf(a))[0];
    const effective = best === undefined ? 0 : effectiveOf(best);
    const drop = best === undefined ? null : dropOf(best);
    const judges = new Set(own.flatMap(({ votes }) => [...votes.keys()]));
    const caught = bad.get(clause);
    const isCaught = caught !== undefined && caught.wrong < caught.calls;
    const compared = own.map(judgesDisagree).filter((divided) => divided !== null);
    const outcomes = (outcome: string | null): number =>
      own.filter((one) => one.outcome === outcome).length;
    return {
      clause,
      coverage: kindOf(rate, drop, isCaught),
      transcripts: new Set(own.map(({ transcript }) => transcript)).size,
      adheres: rate.successes,
      violates: rate.trials - rate.successes,
      notApplicable: outcomes('not_applicable'),
      undecided: outcomes(null),
      subjects: rates.length,
      judges: judges.size,
      seeds: rate.clusters,
      effective,
      drop,
      compared: { cases: compared.length, divided: compared.filter(Boolean).length },
      labelled: own.filter(({ people }) => people.size > 0).length,
      rate,
    };
  });
}

function kindOf(rate: Rate, drop: number | null, isCaught: boolean): HealthClause['coverage'] {
  if (rate.trials === 0) return 'never';
  const isUnfailing = rate.successes === rate.trials && !isCaught;
  if (isUnfailing && zeroEventBound(effectiveOf(rate)) <= UNSEEN_SHARE) return 'cannot-fail';
  return drop === null || drop > DROP_THAT_MATTERS ? 'no-power' : 'tested';
}

function effectiveOf({ trials, designEffect }: Rate): number {
  return trials / Math.max(1, designEffect);
}

/** Reckoned from the rate drawn towards one half by four trials, since none or all seen is not none or all there is. */
function dropOf(rate: Rate): number | null {
  const effective = effectiveOf(rate);
  if (rate.estimate === null) return null;
  const first = (rate.estimate * effective + 2) / (effective + 4);
  return detectableDrop({ first, trials: effective }, POWER);
}
