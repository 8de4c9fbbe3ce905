/**
 * @module scripts/house/allowed
 * The written list of which capability may import which other one's `index.ts`. Whatever is not in it fails
 * `npm run check`. Each line says what is lent, and to whom.
 */

/** One capability that may import another's face; both as rooms: `features/GROUP/NAME`. */
export interface Allowed {
  from: string;
  to: string;
  why: string;
}

export const ALLOWED: readonly Allowed[] = [
  {
    from: 'features/audit/gate',
    to: 'features/audit/compare',
    why: 'a gate on a drop is a comparison with the baseline run',
  },
  {
    from: 'features/judge/calibration',
    to: 'features/judge/labels',
    why: 'transcripts that people labelled are items to measure a judge on',
  },
  {
    from: 'features/judge/correction',
    to: 'features/judge/labels',
    why: "people's labels on a run's own transcripts correct its rates",
  },
];
