/** @module stats/random Numbers that look random and are the same for the same seed. */

/** Uniform in [0, 1), 32 bits fine. */
export type Random = () => number;

/**
 * A generator of its own per seed; for simulations, not for secrets.
 *
 * Source: sfc32, Chris Doty-Humphrey's PractRand (small fast chaotic, 128 bits of state, public domain).
 */
export function seededRandom(seed: number): Random {
  let a = seed | 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Seeds that differ in a bit must part ways before the first number is used.
  for (let i = 0; i < 15; i++) next();
  return next;
}
