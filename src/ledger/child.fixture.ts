/**
 * Another process with a ledger, for tests of several: `node child.fixture.ts JOB PLACE …`. Each line that it prints is
 * out before it goes on, so that whoever kills it knows what it had done.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ledger, openLedger } from './ledger.ts';
import { collect, type Pages } from './pages.ts';
import { labelRecord, newRun, opened, sampleRecord, verdictRecord } from './records.fixture.ts';
import type { RunWriter } from './run-writer.ts';
import type { RunRecord } from './runs.ts';
import { madeUpLog } from './transcript.fixture.ts';

/** Verdicts of each sample that a child writes. */
export const VERDICTS = 3;

/** Samples that a child commits together. */
const AT_ONCE = 7;

function say(line: string | number): void {
  writeSync(1, `${line}\n`);
}

/** Waits for as long as somebody holds the other end, and keeps the process alive meanwhile. */
async function stdinEnd(): Promise<void> {
  process.stdin.resume();
  await once(process.stdin, 'end');
}

async function runOf(ledger: Ledger, id: string): Promise<RunRecord> {
  const found = await ledger.runs.find(id);
  if ('run' in found) return found.run;
  throw new Error(`no run ${id}`);
}

/** A writer of the run; waits for one that was killed, which the other end of a wire learns a moment later. */
async function writerOf(ledger: Ledger, run: RunRecord): Promise<RunWriter> {
  for (let tries = 0; ; tries++) {
    try {
      return await ledger.writer(run, 'a child');
    } catch (error) {
      if (!isHeld(error) || tries > 200) throw error;
      await sleep(25);
    }
  }
}

function isHeld(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'run-held';
}

/** Adds the samples of a run that are not there yet, and says of each when it is on disk. */
async function addSamples(ledger: Ledger, id: string): Promise<void> {
  const run = await runOf(ledger, id);
  const writer = await writerOf(ledger, run);
  const progress = await ledger.runs.progress(run);
  const missing = [...progress.keys()].filter((index) => progress[index] === 0);
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    const indexes = missing.slice(from, from + AT_ONCE);
    for (const index of indexes) {
      const verdicts = Array.from({ length: VERDICTS }, (_, judge) =>
        verdictRecord(index, { judge }),
      );
      await writer.addSample(sampleRecord(index), verdicts);
    }
    await ledger.flush();
    for (const index of indexes) say(index);
  }
  await writer.close();
}

const JOBS: Readonly<Record<string, (place: string, ...words: string[]) => Promise<void>>> = {
  /** Opens it as soon as it is told to, and says how that went. */
  open: async (place) => {
    say('ready');
    await once(process.stdin, 'data');
    process.stdin.destroy();
    const result = await openLedger(place, { write: true });
    say(result.ok ? 'open' : result.message);
    if (result.ok) await result.ledger.close();
  },
  /** Writes a run for as long as nobody ends it. */
  hold: async (place, id) => {
    await using ledger = await opened(place);
    await using _writer = await writerOf(ledger, await runOf(ledger, id ?? ''));
    say('held');
    await stdinEnd();
  },
  /** Tries to write a run, as soon as it is told to, and says who else does; ends when it is told to. */
  try: async (place, id) => {
    await using ledger = await opened(place);
    const run = await runOf(ledger, id ?? '');
    say('ready');
    await once(process.stdin, 'data');
    try {
      await using _writer = await ledger.writer(run, 'trying');
      say('held');
      await stdinEnd();
    } catch (error) {
      say(error instanceof Error && 'code' in error ? String(error.code) : String(error));
    }
    process.stdin.destroy();
  },
  /** Takes a run and lets go of it again and again, and says from when to when it had it. */
  contend: async (place, id, times) => {
    await using ledger = await opened(place);
    const run = await runOf(ledger, id ?? '');
    for (let taken = 0; taken < Number(times); ) {
      try {
        await using _writer = await ledger.writer(run, 'contending');
        const from = process.hrtime.bigint();
        await sleep(Math.random() * 4);
        say(`${from} ${process.hrtime.bigint()}`);
        taken++;
      } catch (error) {
        if (!isHeld(error)) throw error;
        await sleep(Math.random() * 4);
      }
    }
  },
  /** Reads a run, and says how many of its samples are there. */
  look: async (place, id) => {
    await using ledger = await opened(place, { write: false });
    const progress = await ledger.runs.progress(await runOf(ledger, id ?? ''));
    say(progress.filter((state) => state !== 0).length);
  },
  samples: async (place, id) => {
    await using ledger = await opened(place);
    await addSamples(ledger, id ?? '');
  },
  /** Makes a run of its own, and writes it. */
  run: async (place, hash, samples) => {
    await using ledger = await opened(place);
    const { id } = await ledger.create(
      newRun(Number(samples), { hash: (hash ?? '').padEnd(64, '0') }),
    );
    await addSamples(ledger, id);
  },
  /** Reads what stands in pages, and says how much more memory that took than it had; then the same side by side. */
  memory: async (place, id, samples) => {
    await using ledger = await opened(place);
    if (samples !== undefined) await fill(ledger, Number(samples));
    const { ordinal } = await runOf(ledger, id ?? '');
    for (const reading of ['samples', 'verdicts', 'scenarios'] as const) {
      const measured = await measure(() => ledger.runs[reading](ordinal));
      say(JSON.stringify({ reading, ...measured }));
    }
  },
  /** Makes a run of so many samples, each with a verdict, and says its id. */
  fill: async (place, samples) => {
    await using ledger = await opened(place);
    say(await fill(ledger, Number(samples)));
  },
  /** Adds a label to each sample of a run, and says that it did. */
  labels: async (place, id, samples) => {
    await using ledger = await opened(place);
    const { ordinal } = await runOf(ledger, id ?? '');
    for (let index = 0; index < Number(samples); index++) {
      await ledger.labels.add([labelRecord(ordinal, index)]);
      say(index);
    }
  },
};

async function fill(ledger: Ledger, samples: number): Promise<string> {
  const scenarios = Array.from({ length: samples }, (_, place) => ({
    id: `s${place}`,
    opening: `${place} `.repeat(10),
  }));
  const run = await ledger.create(newRun(samples, { hash: 'e'.repeat(64), scenarios }));
  const transcript = madeUpLog();
  await using writer = await ledger.writer(run, 'a child');
  for (let index = 0; index < samples; index++) {
    await writer.addSample(sampleRecord(index, { transcript }), [
      verdictRecord(index, { citations: [], reason: '' }),
    ]);
  }
  return run.id;
}

/** The bytes that reading page by page takes at most, and those that reading all side by side takes. */
async function measure(pages: () => Pages<unknown>) {
  const before = kept();
  let most = 0;
  let items = 0;
  let place = 0;
  for await (const page of pages()) {
    items += page.length;
    if (place++ % 20 === 0) most = Math.max(most, kept() - before);
  }
  const collected = await collect(pages());
  const all = kept() - before;
  return { items, most, collected: collected.length, all };
}

/** Bytes that are in use, after all that nobody needs is gone. */
function kept(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** A child at its job. */
export interface Child extends AsyncDisposable {
  process: ChildProcess;
  /** What it has said so far. */
  lines: readonly string[];
  /** Settles once it has said so many lines, or has ended. */
  says(lines: number): Promise<void>;
  /** Its lines, once it has ended. Throws where it failed. */
  ended: Promise<readonly string[]>;
}

/** Starts a child. */
export function startChild(job: string, place: string, ...words: (string | number)[]): Child {
  const child = spawn(
    process.execPath,
    ['--expose-gc', import.meta.filename, job, place, ...words.map(String)],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  let failure = '';
  child.stderr.on('data', (chunk: Buffer) => {
    failure += chunk;
  });
  // It may be gone before it has read what it is told.
  child.stdin.on('error', () => {});
  const closed = once(child, 'close');
  const ended = closed.then(([code, signal]) => {
    if (code === 0 || signal === 'SIGKILL') return lines;
    throw new Error(`${job}: ${failure || `ended with ${code ?? signal}`}`);
  });
  ended.catch(() => {});
  const says = async (count: number): Promise<void> => {
    while (lines.length < count && child.exitCode === null && child.signalCode === null) {
      await Promise.race([once(reader, 'line'), closed]);
    }
  };
  return {
    ...{ process: child, lines, says, ended },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

const [job, place, ...words] = process.argv.slice(2);
if (process.argv[1] === import.meta.filename) await JOBS[job ?? '']?.(place ?? '', ...words);
