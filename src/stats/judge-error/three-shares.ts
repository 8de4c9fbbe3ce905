/** @module stats/judge-error/three-shares A rate that hangs on three shares, each seen by itself. */
import { logLikelihood } from './tilted-share.ts';

export type Three = readonly [number, number, number];

/** How the rate hangs on its three shares. */
export interface Link {
  /** The shares that make the likelihood greatest among those that give this rate. */
  fit(hits: Three, trials: Three, rate: number): Three;
  /** What the shares show beyond this rate: 0 where they give it, above 0 where they give a greater one. */
  excess(shares: Three, rate: number): number;
  /** The slope of the excess in each share. */
  slopes(shares: Three, rate: number): Three;
}

/** Hits of three independent shares; trials need not be whole. */
export interface Seen {
  link: Link;
  hits: Three;
  trials: Three;
}

/** Twice the log-likelihood that these shares fall short of the ones seen. */
function shortfall(hits: Three, trials: Three, shares: Three): number {
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    const [own, all] = [hits[i] as number, trials[i] as number];
    if (all === 0) continue;
    sum +=
      logLikelihood(own, all - own, own / all) - logLikelihood(own, all - own, shares[i] as number);
  }
  return Math.max(0, 2 * sum);
}

/** Profile deviance of a rate against the three shares as seen, which may give a rate outside 0..1. */
export function deviance({ link, hits, trials }: Seen, rate: number): number {
  return shortfall(hits, trials, link.fit(hits, trials, rate));
}

/** The shares as seen; a half where nothing was. */
export function sharesOf({ hits, trials }: Seen): Three {
  const share = (i: 0 | 1 | 2): number => (trials[i] === 0 ? 0.5 : hits[i] / trials[i]);
  return [share(0), share(1), share(2)];
}

/**
 * The least deviance that any rate in 0..1 has. It is 0 where the shares as seen give such a rate, and otherwise
 * that of the nearer end.
 */
export function leastDeviance(seen: Seen): number {
  const shares = sharesOf(seen);
  const [atNone, atAll] = [seen.link.excess(shares, 0), seen.link.excess(shares, 1)];
  if (atNone * atAll <= 0) return 0;
  return Math.min(deviance(seen, 0), deviance(seen, 1));
}
