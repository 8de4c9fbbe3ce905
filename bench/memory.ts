/** Memory of a run of 100,000 samples against a local server, tally and resume scan included. */
import { tallyRun } from '../src/run/run.ts';
import { loadPlan, runLoad, startServer } from './audit-load.ts';
import { print } from './measure.ts';

const SAMPLES = 100_000;

const server = await startServer();
try {
  const load = loadPlan(server.base, SAMPLES);
  let peak = 0;
  const watch = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(watch, 100);
  await runLoad(load, 200, (ledger, run) => {
    const scan = performance.now();
    ledger.runs.progress(run);
    const scanned = performance.now();
    const tally = tallyRun(ledger, run, load.plan);
    const tallied = performance.now();
    watch();
    print({
      what: 'memory',
      samples: tally.subjects[0]?.samples.replied,
      peakMegabytes: peak / 1024 / 1024,
      resumeScanMilliseconds: scanned - scan,
      tallyMilliseconds: tallied - scanned,
    });
  });
  clearInterval(timer);
} finally {
  server.stop();
}
