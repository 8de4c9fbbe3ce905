/**
 * @module report/findings/chance
 * What chance alone would do. With sixty clauses some look bad by luck; this keeps such luck out of findings.
 */
import { benjaminiHochberg } from '../../stats/index.ts';
import { at } from '../../text/at.ts';

/**
 * The share of false alarms that is put up with among the clauses that a finding names. Findings are a screen,
 * read together with their evidence, so it is looser than a test of one hypothesis would be.
 */
const FALSE_DISCOVERY_RATE = 0.1;

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
  const able = tests
    .filter(({ least }) => least <= rate)
    .toSorted((a, b) => a.probability - b.probability);
  const adjusted = benjaminiHochberg(able.map(({ probability }) => probability));
  return able.filter((_, index) => at(adjusted, index) <= rate);
}
