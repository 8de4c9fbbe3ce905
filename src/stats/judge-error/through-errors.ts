/** @module stats/judge-error/through-errors A rate seen only through a judge whose errors were measured elsewhere. */
import { fallingRoot } from './falling-root.ts';
import type { Link, Three } from './three-shares.ts';
import { tiltedShare, yielding } from './tilted-share.ts';

/** What rounding leaves of a constraint on shares. */
const CLOSE = 1e-13;

/**
 * The share called `violates` is p = θ·q₁ + (1 − θ)·f: θ the rate of violation, q₁ the judge's sensitivity, f its
 * share of false alarms (1 − specificity). The three shares p, q₁, f are seen by themselves: in the run, and on
 * items that are known to violate and to adhere.
 *
 * For a given θ the log-likelihood is a sum of concave terms under one linear constraint, so that its maximum is
 * where each share is tilted by one multiplier λ times its coefficient, and the constraint's excess falls in λ.
 */
export const throughErrors: Link = {
  fit([called, caught, alarms], [judged, violating, adhering], rate): Three {
    const missed = violating - caught;
    const quiet = adhering - alarms;
    const other = judged - called;
    const pull = fallingRoot(
      (trial) => {
        const p = tiltedShare(called, other, trial);
        const q = tiltedShare(caught, missed, -trial * rate);
        const f = tiltedShare(alarms, quiet, -trial * (1 - rate));
        const slope =
          yielding(called, other, p) +
          rate * rate * yielding(caught, missed, q) +
          (1 - rate) * (1 - rate) * yielding(alarms, quiet, f);
        return [p - rate * q - (1 - rate) * f, -slope];
      },
      0,
      CLOSE,
    );
    return [
      tiltedShare(called, other, pull),
      tiltedShare(caught, missed, -pull * rate),
      tiltedShare(alarms, quiet, -pull * (1 - rate)),
    ];
  },
  excess: ([called, caught, alarms], rate) => called - rate * caught - (1 - rate) * alarms,
  slopes: (_, rate) => [1, -rate, rate - 1],
};
