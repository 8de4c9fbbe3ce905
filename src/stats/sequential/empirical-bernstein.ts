/**
 * @module stats/sequential/empirical-bernstein
 * A confidence sequence in closed form for any draws in 0..1. Wider than betting on draws of 0 and 1; it is what
 * betting is compared with, and what to take for values that lie between.
 */
import { type ConfidenceSequence, checkDraw, checkSettings } from './betting.ts';

/** The most that is laid on a draw. */
const HIGHEST_BET = 0.5;

/**
 * Predictable plug-in empirical Bernstein: Σλx/Σλ ± (log(2/α) + Σ 4(x − μ̂)²·ψ(λ)) / Σλ with
 * ψ(λ) = (−log(1 − λ) − λ)/4 and λ_t = min(√(2·log(2/α) / (σ̂²·t·log(t + 1))), ½), where μ̂ and σ̂² are the mean and the
 * variance of the draws before, each with half a draw of ½ and a variance of ¼ added. Ends only ever move inwards.
 *
 * Source: Waudby-Smith and Ramdas (2024), JRSS B 86, 1–27, theorem 2.
 *
 * @throws RangeError where the confidence or a draw is out of range
 */
export function empiricalBernsteinSequence(confidence: number): ConfidenceSequence {
  checkSettings({ confidence, precision: null });
  const needed = Math.log(2 / (1 - confidence));
  let [draws, sum, low, high] = [0, 0, 0, 1];
  let [bets, won, spread, squares] = [0, 0, 0, 0.25];
  return {
    add: (value) => {
      checkDraw(value);
      const mean = (0.5 + sum) / (draws + 1);
      const variance = squares / (draws + 1);
      draws++;
      const bet = Math.min(
        Math.sqrt((2 * needed) / (variance * draws * Math.log(draws + 1))),
        HIGHEST_BET,
      );
      bets += bet;
      won += bet * value;
      spread += (value - mean) ** 2 * (-Math.log1p(-bet) - bet);
      sum += value;
      squares += (value - (0.5 + sum) / (draws + 1)) ** 2;
      const half = (needed + spread) / bets;
      low = Math.max(low, won / bets - half);
      high = Math.min(high, won / bets + half);
    },
    draws: () => draws,
    sum: () => sum,
    interval: () => (low <= high ? { low, high } : null),
  };
}
