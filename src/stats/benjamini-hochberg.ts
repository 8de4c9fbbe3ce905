/** @module stats/benjamini-hochberg Which of many tests stand out, once their number is reckoned with. */

/**
 * The adjusted probability of each test of one family, in the order given: min over j ≥ i of p₍ⱼ₎·m/j, at most 1.
 * Calling those at or below q keeps the expected share of false calls at or below q, where tests are independent
 * or positively dependent. The family is what was declared before looking: every test that would have been told.
 *
 * Source: Benjamini and Hochberg (1995), JRSS B 57, 289–300.
 *
 * @throws RangeError where a probability is not in 0..1
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // 0.03, 0.04, 0.04
 */
export function benjaminiHochberg(probabilities: readonly number[]): number[] {
  const wrong = probabilities.find((probability) => !(probability >= 0 && probability <= 1));
  if (wrong !== undefined) throw new RangeError(`A probability lies in 0..1; got ${wrong}.`);
  const tests = probabilities.length;
  const order = probabilities
    .map((probability, index) => ({ probability, index }))
    .toSorted((a, b) => a.probability - b.probability);
  const adjusted = new Array<number>(tests).fill(1);
  let least = 1;
  for (let rank = tests; rank >= 1; rank--) {
    const test = order[rank - 1];
    if (test === undefined) continue;
    least = Math.min(least, test.probability * (tests / rank));
    adjusted[test.index] = least;
  }
  return adjusted;
}
