/**
 * The most memory that an audit takes: 100,000 samples of as many scenarios, from CSV and from JSON lines, against a
 * local server, to its report. Then how long its ledger takes to be read again.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '../src/ledger/ledger.ts';
import { planDocument, tallyRun } from '../src/run/run.ts';
import { startServer } from './audit-load.ts';
import { print } from './measure.ts';

const SAMPLES = 100_000;

/** Words of a prompt of a few lines. */
const PROMPT =
  'Please look at the letter that I wrote to my landlord, and tell me what you think. ';

const CLAUSES = ['tell_the_truth', 'do_not_flatter', 'refuse_narrowly', 'keep_confidences'];

const ROWS = {
  csv: (prompt: string, clause: string) => `"${prompt}",${clause}\n`,
  jsonl: (prompt: string, clause: string) => `${JSON.stringify({ prompt, clause })}\n`,
};

const server = await startServer();
try {
  for (const format of ['csv', 'jsonl'] as const) await measure(format, server.base);
} finally {
  server.stop();
}

async function measure(format: keyof typeof ROWS, base: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenet-bench-'));
  try {
    const file = `suite.${format}`;
    await writeSuite(join(folder, file), format);
    const peakMegabytes = await peakOf(folder, file, `compatible:instant?base=${base}`);
    const opened = await openLedger(join(folder, '.tenet/ledger.db'), { write: false });
    if (!opened.ok) throw new Error(opened.message);
    await using ledger = opened.ledger;
    const [run] = await ledger.runs.list();
    if (run === undefined) throw new Error('the audit left no run');
    const { plan } = await planDocument(ledger, run);
    const scan = performance.now();
    await ledger.runs.progress(run);
    const scanned = performance.now();
    const tally = await tallyRun(ledger, run, plan);
    print({
      what: 'memory',
      format,
      samples: tally.subjects[0]?.samples.replied,
      peakMegabytes,
      resumeScanMilliseconds: scanned - scan,
      tallyMilliseconds: performance.now() - scanned,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeSuite(file: string, format: keyof typeof ROWS): Promise<void> {
  const out = createWriteStream(file);
  if (format === 'csv') out.write('prompt,clause\n');
  for (let row = 0; row < SAMPLES; row++) {
    const clause = CLAUSES[row % CLAUSES.length] ?? '';
    if (!out.write(ROWS[format](`${PROMPT.repeat(3)}(${row})`, clause))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

/** Megabytes of the process at its peak, as Linux keeps them. */
async function peakOf(folder: string, file: string, model: string): Promise<number> {
  const bin = join(import.meta.dirname, '../bin/tenet.js');
  const models = ['--subject', model, '--judge', model, '--self-judged'];
  const child = spawn(
    process.execPath,
    [bin, 'audit', '--suite', file, ...models, '--concurrency', '200'],
    { cwd: folder, stdio: 'ignore' },
  );
  let peak = 0;
  const look = (): void => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peak = Math.max(peak, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) / 1024);
    } catch {
      // It has ended.
    }
  };
  const timer = setInterval(look, 50);
  const [code] = await once(child, 'exit');
  clearInterval(timer);
  if (code !== 0) throw new Error(`the audit of ${file} ended with ${code}`);
  return peak;
}
