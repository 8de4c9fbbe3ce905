/** @module stats/judge-error/double-sampling A rate seen by a judge on all items and by people on some of the same. */
import { fallingRoot } from './falling-root.ts';
import type { Link, Three } from './three-shares.ts';
import { tiltedShare, yielding } from './tilted-share.ts';

/** What rounding leaves of a constraint on shares. */
const CLOSE = 1e-13;
/** Steps towards the flagged share; it converges in a few, and halves its bracket where it does not. */
const MOST_STEPS = 60;
/** Square of a standardised slope at which the profile is flat: its height is then right to as much. */
const FLAT = 1e-14;
/** Weight of a share that nobody saw: too small to tell, large enough to be divided by. */
const UNSEEN = 1e-6;

/**
 * The rate is θ = p·a + (1 − p)·b: p the share of items that the judge calls `violates`, a the share of these that
 * people find to violate, b the same share of the others. p is seen on all items, a and b on those that were
 * labelled, drawn within what the judge said or without regard to it.
 *
 * For a given θ and p the maximum is as under one linear constraint on a and b; the profile in p that is left is
 * concave as long as no more items were labelled than judged (it is one of a multinomial's cells, joined linearly).
 *
 * Source: Tenenbein (1970), JASA 65, 1350–1361 (double sampling and its likelihood).
 */
export const doubleSampling: Link = {
  fit([flagged, confirmed, missed], [judged, checkedFlagged, checkedOther], rate): Three {
    if (rate <= 0 || rate >= 1) return [flagged / judged, rate, rate];
    const [a, aNot] = seen(confirmed, checkedFlagged);
    const [b, bNot] = seen(missed, checkedOther);
    let pull = 0;
    const within = (p: number): Three => {
      const rest = 1 - p;
      pull = fallingRoot(
        (trial) => {
          const inFlagged = tiltedShare(a, aNot, trial * p);
          const inOther = tiltedShare(b, bNot, trial * rest);
          const slope =
            p * p * yielding(a, aNot, inFlagged) + rest * rest * yielding(b, bNot, inOther);
          return [p * inFlagged + rest * inOther - rate, -slope];
        },
        pull,
        CLOSE,
      );
      return [p, tiltedShare(a, aNot, pull * p), tiltedShare(b, bNot, pull * rest)];
    };
    const other = judged - flagged;
    const best = (p: number): number => flagged / p - other / (1 - p);
    let [low, high] = [0, 1];
    let p = Math.min(1 - 1e-9, Math.max(1e-9, flagged / judged));
    let shares = within(p);
    let [before, slopeBefore] = [Number.NaN, Number.NaN];
    for (let step = 0; step < MOST_STEPS; step++) {
      const slope = best(p) - pull * (shares[1] - shares[2]);
      const information = flagged / (p * p) + other / ((1 - p) * (1 - p));
      if (slope * slope <= FLAT * information) break;
      if (slope > 0) low = p;
      else high = p;
      let next = p + slope / information;
      if (step > 0) next = p - (slope * (p - before)) / (slope - slopeBefore);
      if (!(next > low && next < high)) next = (low + high) / 2;
      if (next === low || next === high) break;
      [before, slopeBefore] = [p, slope];
      p = next;
      shares = within(p);
    }
    return shares;
  },
  excess: ([p, a, b], rate) => p * a + (1 - p) * b - rate,
  slopes: ([p, a, b]) => [a - b, p, 1 - p],
};

function seen(hits: number, trials: number): readonly [number, number] {
  return trials === 0 ? [UNSEEN, UNSEEN] : [hits, trials - hits];
}
