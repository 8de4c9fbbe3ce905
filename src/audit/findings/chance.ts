/**
 * @module audit/findings/chance
 * What chance alone would do. With sixty clauses some look bad by luck; these keep such luck out of findings.
 */

/**
 * The share of false alarms that is put up with among the clauses that a finding names. Findings are a screen,
 * read together with their evidence, so it is looser than a test of one hypothesis would be.
 */
const FALSE_DISCOVERY_RATE = 0.1;

/** The probability of at most `successes` in so many independent trials, each with chance `rate`. */
export function chanceOfAtMost(successes: number, trials: number, rate: number): number {
  if (successes >= trials || rate <= 0) return 1;
  if (rate >= 1) return 0;
  let log = trials * Math.log1p(-rate);
  const odds = Math.log(rate) - Math.log1p(-rate);
  let sum = Math.exp(log);
  for (let hits = 1; hits <= successes; hits++) {
    log += Math.log((trials - hits + 1) / hits) + odds;
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

/** The probability of at least `successes` in so many independent trials, each with chance `rate`. */
export function chanceOfAtLeast(successes: number, trials: number, rate: number): number {
  return chanceOfAtMost(trials - successes, trials, 1 - rate);
}

/** A question put to chance: could this have come about without a cause? */
export interface Test<Key> {
  key: Key;
  probability: number;
  /** The smallest probability that any outcome of this test could have had. */
  least: number;
}

/**
 * The tests that stand out, surest first: of those returned about a share `rate` is expected to be luck.
 * Tests that could not stand out whatever happened (a clause asked once) are left aside first, so that they
 * don't cost the others their chance.
 *
 * Source: Benjamini and Hochberg (1995), JRSS B 57, 289–300; leaving aside: Tarone (1990), Biometrics 46, 515–522.
 */
export function discoveries<Key>(
  tests: readonly Test<Key>[],
  rate: number = FALSE_DISCOVERY_RATE,
): Test<Key>[] {
  const able = tests.filter(({ least }) => least <= rate);
  const sorted = able.toSorted((a, b) => a.probability - b.probability);
  const last = sorted.findLastIndex(
    ({ probability }, index) => probability <= ((index + 1) / sorted.length) * rate,
  );
  return sorted.slice(0, last + 1);
}
