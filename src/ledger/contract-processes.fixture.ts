/** What every ledger does where several use it: ledgers of one process, and of others that may be killed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild, VERDICTS } from './child.fixture.ts';
import type { Place } from './contract.fixture.ts';
import type { Ledger } from './ledger.ts';
import { collect } from './pages.ts';
import {
  callRecord,
  labelQueue,
  labelRecord,
  newRun,
  opened,
  sampleRecord,
  verdictRecord,
} from './records.fixture.ts';
import type { RunRecord } from './runs.ts';

/**
 * Registers the tests of ledgers that are open several times.
 * @param shared whether they can be
 */
export function processContract(make: () => Promise<Place>, shared: boolean): void {
  describe('is used by several', () => {
    it('in constant memory, however long a run is', () => memoryTest(make, shared));
    it('of whom one writes a run', () => writerTest(make));
    if (shared) sharedContract(make);
  });
}

/** Of the run that is read in pages. */
const LONG_RUN = 100_000;

/** Bytes of values: more than a page takes, and far less than all of them. */
const BOUND = 4_000_000;

async function memoryTest(make: () => Promise<Place>, shared: boolean): Promise<void> {
  await using where = await make();
  let id = 'e'.repeat(10);
  let fill: string[] = [String(LONG_RUN)];
  if (shared) {
    await using filling = startChild('fill', where.place, LONG_RUN);
    id = (await filling.ended)[0] ?? '';
    fill = [];
  }
  await using reading = startChild('memory', where.place, id, ...fill);
  const lines = (await reading.ended).map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ reading: what }) => what),
    ['samples', 'verdicts', 'scenarios'],
  );
  for (const { reading: what, items, collected, most, all } of lines) {
    assert.deepEqual([items, collected], [LONG_RUN, LONG_RUN], what);
    assert.ok(most < BOUND, `${what}: pages took ${most} bytes`);
    // So the bound tells pages from everything side by side.
    assert.ok(all > 2 * BOUND, `${what}: all took ${all} bytes`);
  }
}

async function writerTest(make: () => Promise<Place>): Promise<void> {
  await using where = await make();
  await using ledger = await opened(where.place);
  const run = await ledger.create(newRun(1));
  const others = await Promise.all(
    Array.from({ length: 6 }, async (_, place) => {
      const other = await ledger.create(newRun(1, { hash: `${place}`.repeat(64) }));
      return await ledger.writer(other, 'many at once');
    }),
  );
  const writer = await ledger.writer(run, 'the first');
  const held = {
    code: 'run-held',
    message: new RegExp(`run ${run.id} .*process ${process.pid} on .*the first`),
  };
  await assert.rejects(ledger.writer(run, 'the second'), held);
  await writer.addSample(sampleRecord(0), [verdictRecord(0)]);
  await writer.close();
  const next = await ledger.writer(run, 'the next');
  // The first is closed already, and takes nothing from the next with it.
  await writer.close();
  await assert.rejects(ledger.writer(run, 'the second'), { code: 'run-held' });
  await next.close();
  for (const other of others) await other.close();
}

function sharedContract(make: () => Promise<Place>): void {
  /** A ledger with a run, open to write. */
  const started = async (
    place: string,
    samples: number,
  ): Promise<{ ledger: Ledger; run: RunRecord }> => {
    const ledger = await opened(place);
    return { ledger, run: await ledger.create(newRun(samples)) };
  };

  it('and is the same after it was closed', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 10);
    const call = callRecord('words '.repeat(1_000));
    await ledger.calls.add(call);
    const writer = await ledger.writer(run, 'a test');
    await writer.addSample(sampleRecord(3), [verdictRecord(3)]);
    await ledger.close();

    await using second = await opened(where.place, { write: false });
    assert.deepEqual(await second.runs.list(), [run]);
    assert.deepEqual(await second.calls.find(call.hash, false), call);
    assert.deepEqual(await second.runs.sample(run.ordinal, 3), {
      sample: sampleRecord(3),
      verdicts: [verdictRecord(3)],
    });
  });

  it('who see at once what is on disk when it settles', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 1);
    await using _ = ledger;
    await using other = await opened(where.place, { write: false });
    const { ordinal } = run;
    assert.deepEqual(await other.runs.list(), [run]);
    await using writer = await ledger.writer(run, 'a test');
    const round = { round: 0, time: 1, detail: 'd' };
    await writer.addRound(round);
    assert.deepEqual(await other.rounds.ofRun(ordinal), [round]);
    await writer.addSample(sampleRecord(0), [verdictRecord(0)]);
    await ledger.labels.add([labelRecord(ordinal, 0)]);
    assert.deepEqual(await other.labels.ofRun(ordinal), [labelRecord(ordinal, 0)]);
    await ledger.labels.addQueue(labelQueue(ordinal));
    assert.deepEqual(await other.labels.queuesOf(ordinal), [labelQueue(ordinal)]);
    const about = { judge: 'j', prompt: 'p', spec: 's', simulated: true, created: 7 };
    const certificate = { ...about, hash: 'h', body: {} };
    await ledger.certificates.add(certificate);
    assert.deepEqual(await other.certificates.list(), [certificate]);
    const call = callRecord('x');
    await ledger.calls.add(call);
    await ledger.calls.flush();
    assert.deepEqual(await other.calls.find(call.hash, false), call);
  });

  it('two readers beside one writer, each of whom sees all that is settled', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 2_400);
    await using _ = ledger;
    const readers = [
      await opened(where.place, { write: false }),
      await opened(where.place, { write: false }),
    ];
    await using writer = await ledger.writer(run, 'a test');
    let taken = 0;
    let settled = 0;
    const more = async (samples: number): Promise<void> => {
      const indexes = Array.from({ length: samples }, () => taken++);
      await Promise.all(
        indexes.map((index) => writer.addSample(sampleRecord(index), [verdictRecord(index)])),
      );
      await ledger.flush();
      settled += samples;
    };
    await more(1_200);
    for (const reader of readers) {
      const read = await collect(reader.runs.verdicts(run.ordinal));
      assert.deepEqual(
        read.map(({ sample }) => sample),
        [...Array(1_200).keys()],
      );
    }
    // Both are in the middle of it while more comes.
    const seen = await Promise.all(
      readers.map(async (reader) => {
        let items = 0;
        for await (const page of reader.runs.verdicts(run.ordinal)) {
          items += page.length;
          await more(100);
        }
        return items;
      }),
    );
    for (const items of seen) assert.ok(items >= 1_200 && items <= settled, String(items));
    await readers[0]?.close();
    await more(10);
    const progress = await readers[1]?.runs.progress(run);
    assert.equal(progress?.filter((state) => state === 1).length, settled);
    await readers[1]?.close();
    await more(10);
    assert.equal((await collect(ledger.runs.samples(run.ordinal))).length, settled);
  });

  it('and loses nothing by one process’s opening it twice beside another', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 3);
    await using _ = ledger;
    await using writer = await ledger.writer(run, 'a test');
    const add = async (index: number): Promise<void> => {
      await writer.addSample(sampleRecord(index), [verdictRecord(index)]);
      await ledger.flush();
    };
    await add(0);
    await (await opened(where.place, { write: false })).close();
    const look = async (): Promise<readonly string[]> => {
      await using looking = startChild('look', where.place, run.id);
      return await looking.ended;
    };
    // Whoever closes it last tidies up; whoever takes himself for the last may not.
    assert.deepEqual(await look(), ['1']);
    await add(1);
    assert.deepEqual(await look(), ['2']);
    await (await opened(where.place)).close();
    assert.deepEqual(await look(), ['2']);
    await add(2);
    assert.deepEqual(await look(), ['3']);
  });

  it('of whom one writes a run, until it is killed', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 1);
    await using _ = ledger;
    await using holder = startChild('hold', where.place, run.id);
    await holder.says(1);
    assert.deepEqual(holder.lines, ['held']);
    const held = {
      code: 'run-held',
      message: new RegExp(`process ${holder.process.pid} on .*a child`),
    };
    await assert.rejects(ledger.writer(run, 'a test'), held);
    // Another run is nobody's yet.
    await (await ledger.writer(await ledger.create(newRun(1)), 'a test')).close();
    holder.process.kill('SIGKILL');
    await holder.ended;
    await eventually(async () => (await ledger.writer(run, 'a test')).close());
  });

  it('of whom exactly one gets the run that all want at once', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 1);
    await using _ = ledger;
    for (let round = 0; round < 2; round++) {
      const children = Array.from({ length: 3 }, () => startChild('try', where.place, run.id));
      try {
        await Promise.all(children.map((child) => child.says(1)));
        for (const child of children) child.process.stdin?.write('go\n');
        await Promise.all(children.map((child) => child.says(2)));
        assert.deepEqual(children.map(({ lines }) => lines[1]).sort(), [
          ...['held', 'run-held', 'run-held'],
        ]);
        for (const child of children) child.process.stdin?.end();
        await Promise.all(children.map((child) => child.ended));
      } finally {
        for (const child of children) await child[Symbol.asyncDispose]();
      }
    }
  });

  it('of whom never two have a run, however often they pass it on', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 1);
    await using _ = ledger;
    const children = Array.from({ length: 3 }, () =>
      startChild('contend', where.place, run.id, 25),
    );
    try {
      const held = (await Promise.all(children.map((child) => child.ended))).flat();
      const spans = held
        .map((line) => line.split(' ').map(BigInt))
        .sort(([a = 0n], [b = 0n]) => (a < b ? -1 : 1));
      assert.equal(spans.length, 75);
      for (const [place, [from = 0n]] of spans.entries()) {
        const before = spans[place - 1]?.[1] ?? 0n;
        assert.ok(before <= from, `taken ${before - from} ns before it was free`);
      }
    } finally {
      for (const child of children) await child[Symbol.asyncDispose]();
    }
  });

  it('who write two runs at once, while a third labels and a fourth reads', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 40);
    await using _ = ledger;
    {
      await using writer = await ledger.writer(run, 'a test');
      for (let index = 0; index < 40; index++) await writer.addSample(sampleRecord(index), []);
    }
    await using one = startChild('run', where.place, 'aaaa', 400);
    await using two = startChild('run', where.place, 'bbbb', 400);
    await using labels = startChild('labels', where.place, run.id, 40);
    let ended = false;
    const all = Promise.all([one.ended, two.ended, labels.ended]).finally(() => {
      ended = true;
    });
    let before = 0;
    while (!ended) {
      const [first] = (await ledger.runs.list()).slice(1);
      if (first !== undefined) {
        const verdicts = await collect(ledger.runs.verdicts(first.ordinal));
        assert.ok(verdicts.length >= before && verdicts.length % VERDICTS === 0);
        before = verdicts.length;
      }
      await sleep(20);
    }
    await all;
    for (const hash of ['aaaa', 'bbbb']) await assertWhole(ledger, hash.padEnd(10, '0'), 400);
    assert.deepEqual(
      (await ledger.labels.ofRun(run.ordinal)).map(({ sample }) => sample),
      [...Array(40).keys()],
    );
  });

  it('takes labels beside the writer of their run', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 30);
    await using _ = ledger;
    await using writer = await ledger.writer(run, 'a test');
    for (let index = 0; index < 30; index++) await writer.addSample(sampleRecord(index), []);
    await using labelling = startChild('labels', where.place, run.id, 30);
    let ended = false;
    const done = labelling.ended.finally(() => {
      ended = true;
    });
    let time = 0;
    while (!ended) {
      await Promise.all([
        writer.addEvent({ time: ++time, kind: 'resumed', detail: null }),
        ledger.labels.add([labelRecord(run.ordinal, time % 30, { person: 'Bo', time })]),
      ]);
      await sleep(5);
    }
    await done;
    const labels = await ledger.labels.ofRun(run.ordinal);
    assert.equal(labels.filter(({ person }) => person === 'Ann').length, 30);
    assert.equal(labels.filter(({ person }) => person === 'Bo').length, Math.min(30, time));
    const [now] = await ledger.runs.list();
    assert.equal(now?.events.length, time + 1);
  });

  it('keeps all that was settled when its writer is killed', async () => {
    await using where = await make();
    const { ledger, run } = await started(where.place, 3_000);
    await using _ = ledger;
    const settled = new Set<number>();
    for (let kill = 0; kill < 5; kill++) {
      await using child = startChild('samples', where.place, run.id);
      await child.says(1 + Math.floor(Math.random() * 60));
      await sleep(Math.random() * 20);
      child.process.kill('SIGKILL');
      const told = (await child.ended).map(Number);
      assert.ok(told.length > 0);
      for (const index of told) {
        assert.ok(!settled.has(index), `sample ${index} was there already`);
        settled.add(index);
      }
      await using reader = await opened(where.place, { write: false });
      const written = await samplesOf(reader, run);
      for (const index of settled) assert.ok(written.has(index), `sample ${index} is lost`);
      // What was committed and not yet told is not asked again either.
      for (const index of written) settled.add(index);
    }
  });

  it('is made once, by all who make it at the same moment', async () => {
    for (let round = 0; round < 2; round++) {
      await using where = await make();
      const children: Child[] = Array.from({ length: 4 }, () => startChild('open', where.place));
      try {
        await Promise.all(children.map((child) => child.says(1)));
        for (const child of children) child.process.stdin?.write('go\n');
        for (const child of children) assert.deepEqual(await child.ended, ['ready', 'open']);
      } finally {
        for (const child of children) await child[Symbol.asyncDispose]();
      }
      await using ledger = await opened(where.place, { write: false });
      assert.deepEqual(await ledger.runs.list(), []);
    }
    // And by one process several times.
    for (let round = 0; round < 4; round++) {
      await using where = await make();
      const ledgers = await Promise.all(Array.from({ length: 8 }, () => opened(where.place)));
      await ledgers[0]?.create(newRun(1));
      for (const ledger of ledgers) assert.equal((await ledger.runs.list()).length, 1);
      for (const ledger of ledgers) await ledger.close();
    }
  });
}

/** The samples of a run, each of which is there once and with all its verdicts. */
async function samplesOf(ledger: Ledger, run: RunRecord): Promise<Set<number>> {
  const samples = (await collect(ledger.runs.samples(run.ordinal))).map(({ index }) => index);
  const verdicts = await collect(ledger.runs.verdicts(run.ordinal));
  const judged = Map.groupBy(verdicts, ({ sample }) => sample);
  assert.deepEqual([...judged.keys()], samples);
  for (const [, own] of judged) assert.equal(own.length, VERDICTS);
  const found = new Set(samples);
  assert.equal(found.size, samples.length);
  return found;
}

async function assertWhole(ledger: Ledger, id: string, samples: number): Promise<void> {
  const found = await ledger.runs.find(id);
  assert.ok('run' in found);
  assert.equal((await samplesOf(ledger, found.run)).size, samples);
}

/** Does it as soon as it can be done. */
async function eventually(work: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries > 200) throw error;
      await sleep(25);
    }
  }
}
