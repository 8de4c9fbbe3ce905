/** @module stats/student The quantile of Student's t distribution. */
import { betaFraction } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';

/** From here on three terms of the expansion in 1/ν are exact to rounding. */
const EXPANSION_FREEDOM = 1e5;

/**
 * The t that a Student variable with so many degrees of freedom (above 0, not only whole numbers) stays below
 * with `probability`: ±Infinity at 0 and 1.
 *
 * Solves P(T > t) = ½·I_x(ν/2, ½), x = ν/(ν + t²), for t by Newton's method inside a bracket.
 *
 * Source: DLMF §8.17 (the incomplete beta function I); start, and all of it for large ν: Cornish–Fisher
 * expansion, Abramowitz and Stegun (1964), 26.7.5.
 *
 * @throws RangeError outside [0, 1], or without a degree of freedom
 * @example studentQuantile(0.975, 9) // 2.262157162…
 */
export function studentQuantile(probability: number, freedom: number): number {
  if (!(freedom > 0)) throw new RangeError(`Degrees of freedom are above 0; got ${freedom}.`);
  const z = normalQuantile(probability);
  if (z === 0 || Math.abs(z) === Infinity) return z;
  if (freedom >= EXPANSION_FREEDOM) return expansion(z, freedom);
  const tail = probability < 0.5 ? probability : 1 - probability;
  const size = tailPoint(tail, freedom, Math.abs(z));
  return probability < 0.5 ? -size : size;
}

/** The t > 0 that leaves `tail` (under ½) above it. */
function tailPoint(tail: number, freedom: number, z: number): number {
  let low = 0;
  let high = Infinity;
  let t = expansion(z, Math.max(freedom, 1));
  for (let step = 0; step < 200; step++) {
    const excess = upperTail(t, freedom) - tail;
    if (excess > 0) low = t;
    else high = t;
    // Newton on log P against log t: the far tail is a power law, there a straight line.
    const probability = excess + tail;
    const slope = (density(t, freedom) * t) / probability;
    let next = t * Math.exp(Math.log(probability / tail) / slope);
    if (!(next > low && next < high)) next = high === Infinity ? 2 * t : (low + high) / 2;
    if (Math.abs(next - t) <= 4e-16 * t) return next;
    t = next;
  }
  return t;
}

/** t by powers of 1/ν; `z` is the normal quantile of the same probability. */
function expansion(z: number, freedom: number): number {
  const square = z * z;
  const first = (square + 1) / 4;
  const second = ((5 * square + 16) * square + 3) / 96;
  const third = (((3 * square + 19) * square + 17) * square - 15) / 384;
  return z * (1 + (first + (second + third / freedom) / freedom) / freedom);
}

/** P(T > t), t ≥ 0. */
function upperTail(t: number, freedom: number): number {
  if (t === 0) return 0.5;
  const a = freedom / 2;
  const square = t * t;
  const x = freedom / (freedom + square);
  const y = square / (freedom + square);
  // x^a by its logarithm, which keeps its digits where x is close to 1.
  const front =
    (Math.exp(-a * Math.log1p(square / freedom)) * Math.sqrt(y) * gammaRatio(a)) /
    Math.sqrt(Math.PI);
  // Both fractions converge fast on their own side of the mean.
  if (x < (a + 1) / (a + 2.5)) return (front * betaFraction(a, 0.5, x)) / (2 * a);
  return 0.5 - front * betaFraction(0.5, a, y);
}

/** Γ((ν+1)/2) / (√(νπ)·Γ(ν/2)) · (1 + t²/ν)^(−(ν+1)/2). */
function density(t: number, freedom: number): number {
  const decay = Math.exp((-(freedom + 1) / 2) * Math.log1p((t * t) / freedom));
  return (gammaRatio(freedom / 2) / Math.sqrt(freedom * Math.PI)) * decay;
}

/** Γ(a + ½) / Γ(a): its asymptotic series at a ≥ 20, reached by Γ(a + 1) = a·Γ(a). DLMF 5.11.13. */
function gammaRatio(a: number): number {
  let factor = 1;
  let large = a;
  while (large < 20) {
    factor *= large / (large + 0.5);
    large++;
  }
  const u = 1 / large;
  const series =
    1 +
    u *
      (-1 / 8 +
        u *
          (1 / 128 +
            u * (5 / 1024 + u * (-21 / 32768 + u * (-399 / 262144 + (u * 869) / 4194304)))));
  return factor * Math.sqrt(large) * series;
}
