/** @module stats/incomplete-beta The regularised incomplete beta function and its inverse: exact binomial tails. */

/**
 * I_x(a, b), the probability that a beta variable with these shapes (above 0, not only whole numbers) is at most
 * `x`. So P(X ≤ k) of a binomial variable is I_{1−p}(n − k, k + 1).
 *
 * x^a·(1 − x)^b / (a·B(a, b)) times a continued fraction, on the side of the mean where the fraction is short.
 *
 * Source: DLMF 8.17.22 (fraction); Loader (2000), Fast and accurate computation of binomial probabilities (the
 * factor before it, by deviances and Stirling's remainder, so that large shapes keep their digits).
 *
 * @throws RangeError outside 0 ≤ x ≤ 1, or where a shape is not above 0
 * @example regularisedBeta(0.5, 2, 3) // 0.6875
 */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) throw new RangeError(`A share lies in 0..1; got ${x}.`);
  checkShapes(a, b);
  return lowerTail(x, 1 - x, a, b).probability;
}

/**
 * The x with I_x(a, b) = `probability`.
 *
 * Newton's method on log I against log x, which is concave, inside a bracket and on the side of the lesser tail.
 *
 * @throws RangeError outside 0..1, or where a shape is not above 0
 * @example betaQuantile(0.025, 8, 3) // 0.4439…, the lower end of the exact interval of 8 in 10
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`A probability lies between 0 and 1; got ${probability}.`);
  }
  checkShapes(a, b);
  if (probability === 0 || probability === 1) return probability;
  return probability <= 0.5
    ? lowerQuantile(probability, a, b)
    : 1 - lowerQuantile(1 - probability, b, a);
}

/** The continued fraction of the incomplete beta function, DLMF 8.17.22, by the modified Lentz method. */
export function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny);
  let value = d;
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d, tiny);
    c = nonZero(1 + even / c, tiny);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d, tiny);
    c = nonZero(1 + odd / c, tiny);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}

function checkShapes(a: number, b: number): void {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity)) {
    throw new RangeError(`The shapes of a beta distribution are above 0; got ${a} and ${b}.`);
  }
}

/** I_x(a, b), and x^a·y^b/B(a, b), with y = 1 − x given so that neither end loses its digits. */
function lowerTail(
  x: number,
  y: number,
  a: number,
  b: number,
): { probability: number; power: number } {
  if (x === 0) return { probability: 0, power: 0 };
  if (y === 0) return { probability: 1, power: 0 };
  const both = a + b;
  const deviance = partialDeviance(a, both * x) + partialDeviance(b, both * y);
  const remainder = stirlingRemainder(both) - stirlingRemainder(a) - stirlingRemainder(b);
  const power = Math.sqrt((a / (2 * Math.PI)) * (b / both)) * Math.exp(remainder - deviance);
  const probability =
    x < (a + 1) / (both + 2)
      ? (power * betaFraction(a, b, x)) / a
      : 1 - (power * betaFraction(b, a, y)) / b;
  return { probability: Math.min(1, Math.max(0, probability)), power };
}

function lowerQuantile(tail: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 300; step++) {
    const { probability, power } = lowerTail(x, 1 - x, a, b);
    if (probability > tail) high = x;
    else low = x;
    const slope = power / ((1 - x) * probability);
    let next = x * Math.exp(-Math.log(probability / tail) / slope);
    if (!(next > low && next < high)) next = low === 0 ? high / 16 : (low + high) / 2;
    // Under the smallest positive number there is no x to be told from 0.
    if (next === 0 || Math.abs(next - x) <= 2e-16 * x) return next;
    x = next;
  }
  return x;
}

/** v·ln(v/m) + m − v, by its series where v and m are close. */
function partialDeviance(value: number, mean: number): number {
  const difference = value - mean;
  if (Math.abs(difference) >= 0.1 * (value + mean)) {
    return value * Math.log(value / mean) - difference;
  }
  const ratio = difference / (value + mean);
  let sum = difference * ratio;
  let term = 2 * value * ratio;
  for (let power = 3; power < 200; power += 2) {
    term *= ratio * ratio;
    const next = sum + term / power;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** ln Γ(z) − (z − ½)·ln z + z − ½·ln 2π: its series from 16 on, below it by Γ(z + 1) = z·Γ(z). DLMF 5.11.1. */
function stirlingRemainder(z: number): number {
  let product = 1;
  let large = z;
  while (large < 16) {
    product *= large;
    large++;
  }
  const u = 1 / (large * large);
  const series =
    (1 / 12 -
      u * (1 / 360 - u * (1 / 1260 - u * (1 / 1680 - u * (1 / 1188 - u * (691 / 360360)))))) /
    large;
  if (large === z) return series;
  return (
    (large - 0.5) * Math.log(large) -
    (large - z) -
    (z - 0.5) * Math.log(z) -
    Math.log(product) +
    series
  );
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
