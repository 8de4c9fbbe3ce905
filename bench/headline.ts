/** @module bench/headline The figures that stand for a bench where one number is wanted. */
import type { Result } from './running.ts';

/** What `--json` says above the single results, of the benches that ran. */
export interface Headline {
  /** Memory at 100,000 samples, in MB. */
  peakMB?: number;
  /** CPU time of a sample in ms, of the bare loop beside it, and how many times that it is. */
  cpuMsPerSample?: number;
  baseline?: number;
  ratio?: number;
}

/** With so many calls in flight a run is as users have it; one at a time is a result of its own. */
const MANY = 100;

/** The figures that targets are about; of those with many calls in flight, the ones of the worst ratio. */
export function headlineOf(results: readonly Result[]): Headline {
  const peaks = results.filter(({ what }) => what === 'memory').map((r) => Number(r.peakMegabytes));
  const [worst] = results
    .filter(({ what, inFlight }) => what === 'overhead' && Number(inFlight) >= MANY)
    .map((r) => ({ own: Number(r.cpuMilliseconds), bare: Number(r.bareCpuMilliseconds) }))
    .sort((a, b) => b.own / b.bare - a.own / a.bare);
  return {
    ...(peaks.length === 0 ? {} : { peakMB: Math.max(...peaks) }),
    ...(worst === undefined
      ? {}
      : { cpuMsPerSample: worst.own, baseline: worst.bare, ratio: worst.own / worst.bare }),
  };
}
