/**
 * @module stats/sequential/betting
 * A confidence sequence for a share: an interval that may be looked at after every draw, and acted upon.
 */
import type { Interval } from '../types.ts';

/** Draws so far, and the interval they leave: it holds the mean at every moment at once. */
export interface ConfidenceSequence {
  /** Takes the next draw, a number in 0..1. */
  add(value: number): void;
  draws(): number;
  sum(): number;
  /** Null where the draws agree with no mean at all: they don't come from one. */
  interval(): Interval | null;
}

/** A sequence that can also take draws of several pots. */
export interface BettingSequence extends ConfidenceSequence {
  /**
   * Takes one draw of each of several pots, the same pots every time. The interval then speaks of the mean of their
   * means: by the inequality of means a gambler wins no more from pots that differ than from one pot of their mean,
   * as long as nobody looks before each has been drawn from.
   */
  addTurn(values: readonly number[]): void;
}

/** What a sequence is for. */
export interface SequenceSettings {
  confidence: number;
  /** The half width at which one means to stop; null: no width is narrower than it need be. */
  precision: number | null;
}

/** A share of the stake, and how far above the mean under test it bets that the draws lie. */
interface Bet {
  stake: number;
  advantage: number;
}

/** Ends are found to this part of themselves. */
const CLOSE = 1e-14;

/** Most of what a stake may lose on one draw. */
const MOST_AT_RISK = 0.9;

/** For those who know no width: about a third more draws than bets meant for the width take. */
const ANY_WIDTH: readonly Bet[] = [0.025, 0.05, 0.1, 0.2, 0.4].map((advantage) => ({
  stake: 0.2,
  advantage,
}));

/**
 * Sequences by hedged betting. Against every mean m two gamblers start with 1: one bets on draws above m, one on
 * draws below. Where m is the mean, neither wins in the long run: the chance that either ever holds 2/α is at most α
 * (Ville 1939), so the means that ruined no bank are an interval that holds the true one at every moment at once,
 * whenever and why ever one stops. Ends only ever move inwards (the intersection of all moments).
 *
 * Capital of the first gambler after n draws that add up to S, with bets λ = min(δ / m(1 − m), c/m):
 *   K⁺(m) = Σ_δ w_δ · (1 + λ(1 − m))^S · (1 − λm)^(n − S)
 * The second is the first with draws and mean mirrored. For draws of 0 and 1 this is the product of 1 + λ(x − m);
 * for others in 0..1 it is less (log is concave), so that the interval still holds, wider than it need be. K⁺ falls
 * in m, so each end is one root. Bets are fixed beforehand and meant for the width asked for: δ = 1.3 and 4 times it,
 * found by simulation to need the fewest draws at rates from 0.5 to 1.
 *
 * Source: Waudby-Smith and Ramdas (2024), JRSS B 86, 1–27, §4 (hedged capital).
 *
 * @throws RangeError where the settings or a draw are out of range
 */
export function bettingSequence({ confidence, precision }: SequenceSettings): BettingSequence {
  checkSettings({ confidence, precision });
  const bets = precision === null ? ANY_WIDTH : betsFor(precision);
  // Two gamblers, so each must win twice as much.
  const ruin = 2 / (1 - confidence);
  let [draws, sum, low, high] = [0, 0, 0, 1];
  const raise = (): void => {
    low = lowEnd(bets, { draws, sum, ruin, from: low });
  };
  const lower = (): void => {
    high = 1 - lowEnd(bets, { draws, sum: draws - sum, ruin, from: 1 - high });
  };
  return {
    add: (value) => {
      checkDraw(value);
      draws++;
      sum += value;
      // A draw below an end can't raise it: most draws leave one end alone.
      if (value > low) raise();
      if (value < high) lower();
    },
    addTurn: (values) => {
      values.forEach(checkDraw);
      draws += values.length;
      for (const value of values) sum += value;
      if (values.length === 0) return;
      raise();
      lower();
    },
    draws: () => draws,
    sum: () => sum,
    interval: () => (low <= high ? { low, high } : null),
  };
}

function betsFor(precision: number): Bet[] {
  return [
    { stake: 0.9, advantage: 1.3 * precision },
    { stake: 0.1, advantage: 4 * precision },
  ];
}

/** The least mean, from `from` on, against which the gambler does not yet hold `ruin`. */
function lowEnd(
  bets: readonly Bet[],
  { draws, sum, ruin, from }: { draws: number; sum: number; ruin: number; from: number },
): number {
  let bank = capital(bets, draws, sum, from);
  if (bank.held < ruin) return from;
  // Above the share of the draws nobody has won anything.
  let [lost, kept] = [from, Math.max(from, sum / draws)];
  let mean = from;
  for (;;) {
    // Newton's step on the logarithm, halving where it leads astray: a draw moves the end by little.
    const step = mean - (Math.log(bank.held / ruin) * bank.held) / bank.slope;
    const next = step > lost && step < kept ? step : (lost + kept) / 2;
    if (Math.abs(next - mean) <= CLOSE * next || next <= lost || next >= kept) return next;
    mean = next;
    bank = capital(bets, draws, sum, mean);
    if (bank.held >= ruin) lost = mean;
    else kept = mean;
  }
}

/** What the gambler holds against a mean, and how that changes with it. */
function capital(
  bets: readonly Bet[],
  draws: number,
  sum: number,
  mean: number,
): { held: number; slope: number } {
  if (mean === 0) return { held: sum > 0 ? Number.POSITIVE_INFINITY : 1, slope: 0 };
  if (mean === 1) return { held: 0, slope: 0 };
  const missed = draws - sum;
  let [held, slope] = [0, 0];
  for (const { stake, advantage } of bets) {
    const free = advantage < MOST_AT_RISK * (1 - mean);
    const loss = free ? advantage / (1 - mean) : MOST_AT_RISK;
    const gain = (loss * (1 - mean)) / mean;
    const part = stake * Math.exp(sum * Math.log1p(gain) + missed * Math.log1p(-loss));
    held += part;
    slope -=
      part *
      (free
        ? (sum * advantage) / (mean * (mean + advantage)) +
          (missed * advantage) / ((1 - mean) * (1 - mean - advantage))
        : (sum * loss) / (mean * (mean + loss * (1 - mean))));
  }
  return { held, slope };
}

/** Complains of settings that make no sense. */
export function checkSettings({ confidence, precision }: SequenceSettings): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`A confidence lies between 0 and 1; got ${confidence}.`);
  }
  if (precision !== null && !(precision > 0 && precision < 0.5)) {
    throw new RangeError(`A precision lies between 0 and 0.5; got ${precision}.`);
  }
}

/** Complains of draws outside 0..1. */
export function checkDraw(value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`A draw lies in 0..1; got ${value}.`);
}
