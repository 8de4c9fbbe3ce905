/** @module stats/judge-error/rogan-gladen The rate behind a judge's rate, from the judge's errors elsewhere. */
import { criticalValue, normalQuantile } from '../normal.ts';
import { type Caution, cautioning } from '../reasons.ts';
import { profileInterval } from './profile-interval.ts';
import { type Refusal, refusing } from './refusals.ts';
import { deviance, type Seen, sharesOf } from './three-shares.ts';
import { throughErrors } from './through-errors.ts';
import type { CorrectedRate, JudgeErrors, Observed } from './types.ts';

const METHOD = 'Rogan–Gladen, profile likelihood';

/**
 * The rate of adherence of a run, corrected for what its judge got wrong on other items of known truth:
 * with p the share called `violates`, q₁ the sensitivity, q₀ the specificity, the rate of violation is
 * (p + q₀ − 1) / (q₀ + q₁ − 1), kept in 0..1; the estimate is 1 minus that.
 *
 * The interval holds all rates that the joint likelihood of the run and of the judge's record leaves possible, both
 * as uncertain as they are; `cutoff.ts` says by which measure. It takes for granted that the judge errs in the run as
 * often as it did on those items.
 *
 * Refused (`reason`) where the judge has no record on items that violate, or on items that adhere, and where it was
 * right no more often than chance (q₀ + q₁ ≤ 1). Where every rate is left possible the interval is 0 to 1 and says
 * so, and there is no estimate.
 *
 * Source: Rogan and Gladen (1978), American Journal of Epidemiology 107, 71–76. What the interval is compared with:
 * Lang and Reiczigel (2014), Preventive Veterinary Medicine 113, 13–22; for judges: Lee et al. (2025),
 * arXiv 2511.21140.
 *
 * @throws RangeError where a count lies outside its trials
 * @example
 * roganGladen(
 *   { adheres: 170, trials: 200, effective: 160 },
 *   { sensitivity: { hits: 45, trials: 50 }, specificity: { hits: 48, trials: 50 } },
 * ); // { estimate: 0.872…, low: 0.79…, high: 0.95…, … }
 */
export function roganGladen(
  observed: Observed,
  errors: JudgeErrors,
  confidence = 0.95,
): CorrectedRate {
  check(observed, errors);
  const { sensitivity, specificity } = errors;
  const labels = sensitivity.trials + specificity.trials;
  const refused = (refusal: Refusal, labelsNeeded?: number): CorrectedRate => ({
    estimate: null,
    low: null,
    high: null,
    method: METHOD,
    confidence,
    labels,
    ...refusing(refusal),
    ...(labelsNeeded === undefined ? {} : { labelsNeeded }),
  });
  if (observed.trials === 0) return refused({ code: 'no-trial', data: {} });
  const truths = [
    ...(sensitivity.trials === 0 ? (['violates'] as const) : []),
    ...(specificity.trials === 0 ? (['adheres'] as const) : []),
  ];
  if (truths.length > 0) {
    return refused(
      { code: 'not-measured-on', data: { truths } },
      labels + truths.length * LEAST_OF_A_KIND,
    );
  }
  const seen = seenThroughJudge(observed, errors);
  const [called, caught, alarms] = sharesOf(seen);
  const skill = caught - alarms;
  const needed = labelsForSkill(errors, confidence);
  if (!isBetterThanChance(errors)) {
    const data = { sensitivity: caught, specificity: 1 - alarms };
    return refused({ code: 'no-better-than-chance', data }, needed);
  }
  const unbounded = (called - alarms) / skill;
  const violating = Math.min(1, Math.max(0, unbounded));
  const { low, high } = profileInterval(seen, violating, confidence);
  if (low === 0 && high === 1) {
    return { ...refused({ code: 'every-rate-possible', data: {} }, needed), low: 0, high: 1 };
  }
  return {
    estimate: 1 - violating,
    low: 1 - high,
    high: 1 - low,
    method: METHOD,
    confidence,
    labels,
    ...cautioning(cautionsOf(seen, unbounded, labels, needed)),
    ...(needed !== undefined && needed > labels ? { labelsNeeded: needed } : {}),
  };
}

/** Is sensitivity + specificity above 1, as measured? */
export function isBetterThanChance({ sensitivity, specificity }: JudgeErrors): boolean {
  return sensitivity.hits / sensitivity.trials + specificity.hits / specificity.trials > 1;
}

/** A run and its judge's record as the three shares of `throughErrors`; the rate is one of violation. */
export function seenThroughJudge(observed: Observed, errors: JudgeErrors): Seen {
  const { sensitivity, specificity } = errors;
  return {
    link: throughErrors,
    hits: [
      (1 - observed.adheres / observed.trials) * observed.effective,
      sensitivity.hits,
      specificity.trials - specificity.hits,
    ],
    trials: [observed.effective, sensitivity.trials, specificity.trials],
  };
}

/**
 * Labels of a kind to ask for where there are none: enough to tell a judge that is right in 4 of 5 items of either
 * kind from chance, at 95 % and with 80 % power: (1.96 + 0.84)²·2·0.16/0.6².
 */
const LEAST_OF_A_KIND = 7;

/**
 * About how many labels, divided as they are now, would show at this confidence that the judge is better than
 * chance; undefined where no number would. Shares of such small counts are drawn to ½ by one hit and one miss.
 */
function labelsForSkill(errors: JudgeErrors, confidence: number): number | undefined {
  const { sensitivity, specificity } = errors;
  const variance = [sensitivity, specificity].map(({ hits, trials }) => {
    const share = (hits + 1) / (trials + 2);
    return (share * (1 - share)) / trials;
  });
  const skill = sensitivity.hits / sensitivity.trials + specificity.hits / specificity.trials - 1;
  if (skill <= 0) return undefined;
  const errorOfSkill = ((variance[0] as number) + (variance[1] as number)) / (skill * skill);
  const labels = sensitivity.trials + specificity.trials;
  return Math.ceil(criticalValue(confidence) ** 2 * errorOfSkill * labels);
}

/** Standard deviations beyond the bound at which chance is no longer the likeliest explanation: 1 in 20. */
const BEYOND = normalQuantile(0.95);

function cautionsOf(
  seen: Seen,
  unbounded: number,
  labels: number,
  needed: number | undefined,
): Caution[] {
  const cautions: Caution[] = [];
  if (unbounded < 0 && Math.sqrt(deviance(seen, 0)) > BEYOND) {
    cautions.push({ code: 'fewer-than-false-alarms' });
  }
  if (unbounded > 1 && Math.sqrt(deviance(seen, 1)) > BEYOND) {
    cautions.push({ code: 'more-than-all-violating' });
  }
  if (needed !== undefined && needed > labels) cautions.push({ code: 'no-skill-shown' });
  return cautions;
}

function check(observed: Observed, { sensitivity, specificity }: JudgeErrors): void {
  const counts: [what: string, hits: number, trials: number][] = [
    ['Adhering trials', observed.adheres, observed.trials],
    ['Sensitivity', sensitivity.hits, sensitivity.trials],
    ['Specificity', specificity.hits, specificity.trials],
  ];
  for (const [what, hits, trials] of counts) {
    if (!(hits >= 0 && hits <= trials && Number.isFinite(trials))) {
      throw new RangeError(
        `${what} must lie between 0 and their trials; got ${hits} of ${trials}.`,
      );
    }
  }
  if (observed.trials > 0 && !(observed.effective > 0 && Number.isFinite(observed.effective))) {
    throw new RangeError(`Effective trials lie above 0; got ${observed.effective}.`);
  }
}
