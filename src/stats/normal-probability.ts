/** @module stats/normal-probability The distribution function of the standard normal. */

/** From here on the continued fraction of the tail is short; before it the series is. */
const FAR = 3;

/**
 * Φ(z), the probability that a standard normal variable is at most z.
 *
 * Within ±3: ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …), whose terms all have one sign. Beyond: φ(z) times the continued
 * fraction 1/(z + 1/(z + 2/(z + 3/(z + …)))), so that a far tail keeps its relative precision.
 *
 * Source: Marsaglia (2004), Journal of Statistical Software 11(4) (series); Abramowitz and Stegun (1964), 26.2.14.
 *
 * @example normalProbability(1.959963984540054) // 0.975
 */
export function normalProbability(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('The normal distribution has no value at NaN.');
  const size = Math.abs(z);
  const density = Math.exp((-size * size) / 2) / Math.sqrt(2 * Math.PI);
  if (size < FAR) {
    let term = z;
    let sum = z;
    for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
      term *= (z * z) / odd;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  let fraction = size;
  for (let level = 120; level >= 1; level--) fraction = size + level / fraction;
  const tail = density === 0 ? 0 : density / fraction;
  return z < 0 ? tail : 1 - tail;
}
