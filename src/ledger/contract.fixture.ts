/** What every ledger does, wherever it is kept. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { CallRecord } from '../model/record.ts';
import { processContract } from './contract-processes.fixture.ts';
import type { Ledger } from './ledger.ts';
import { collect, type Pages } from './pages.ts';
import {
  callRecord,
  failedCall,
  labelQueue,
  labelRecord,
  newRun,
  opened,
  sampleRecord,
  verdictRecord,
} from './records.fixture.ts';
import type { LabelRecord, SampleRecord, VerdictRecord } from './records.ts';
import { madeUpLog } from './transcript.fixture.ts';

/** Where a ledger can be made, and is not there yet. */
export interface Place extends AsyncDisposable {
  place: string;
}

/**
 * Registers the tests of the ledgers that `make` has a place for.
 * @param shared whether others can open the same one
 * @param skip why there is none of them here
 */
export function ledgerContract(
  name: string,
  make: () => Promise<Place>,
  { shared, skip = false }: { shared: boolean; skip?: string | false },
): void {
  describe(`a ledger in ${name}`, { skip }, () => {
    const withLedger = async (work: (ledger: Ledger) => Promise<void>): Promise<void> => {
      await using where = await make();
      await using ledger = await opened(where.place);
      await work(ledger);
    };
    describe('gives back what was written', () => writtenContract(withLedger));
    describe('keeps an order', () => orderContract(withLedger));
    describe('takes any text', () => textContract(withLedger));
    describe('is read in pages', () => pageContract(withLedger));
    processContract(make, shared);
  });
}

async function allPages<Item>(pages: Pages<Item>): Promise<(readonly Item[])[]> {
  const all: (readonly Item[])[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

type WithLedger = (work: (ledger: Ledger) => Promise<void>) => Promise<void>;

function writtenContract(withLedger: WithLedger): void {
  it('samples with their verdicts, the plan and its scenarios', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(10));
      await using writer = await ledger.writer(run, 'a test');
      const written = writer.addSample(sampleRecord(3), [verdictRecord(3)]);
      assert.deepEqual(await ledger.runs.sample(run.ordinal, 3), {
        sample: sampleRecord(3),
        verdicts: [verdictRecord(3)],
      });
      await written;
      assert.equal(await ledger.runs.sample(run.ordinal, 4), null);
      assert.deepEqual(await ledger.runs.plan(run.ordinal), newRun(10).document);
      assert.deepEqual(await collect(ledger.runs.scenarios(run.ordinal)), newRun(10).scenarios);
      assert.deepEqual([...(await ledger.runs.progress(run))].slice(2, 5), [0, 1, 0]);
    }));

  it('samples as they ended last, where they were asked again', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(3));
      await using writer = await ledger.writer(run, 'a test');
      const failed = sampleRecord(1, { outcome: 'failed', reason: 'server' });
      await writer.addSample(failed, []);
      assert.equal((await ledger.runs.progress(run))[1], 2);
      // Both in one commit.
      const first = writer.addSample(sampleRecord(1, { repeat: 1 }), [verdictRecord(1)]);
      await writer.addSample(sampleRecord(1, { repeat: 2 }), [
        verdictRecord(1, { judge: 1, outcome: 'adheres' }),
      ]);
      await first;
      assert.equal((await ledger.runs.progress(run))[1], 1);
      const samples = await collect(ledger.runs.samples(run.ordinal));
      assert.deepEqual(
        samples.map(({ index, outcome, repeat }) => [index, outcome, repeat]),
        [[1, 'replied', 2]],
      );
      const verdicts = await collect(ledger.runs.verdicts(run.ordinal));
      assert.deepEqual(
        verdicts.map(({ sample, judge, outcome }) => [sample, judge, outcome]),
        [[1, 1, 'adheres']],
      );
      const shown = await ledger.runs.sample(run.ordinal, 1);
      assert.deepEqual([shown?.sample.repeat, shown?.verdicts.map(({ judge }) => judge)], [2, [1]]);
    }));

  it('a sample whose judge failed, as one to be asked again', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(2));
      await using writer = await ledger.writer(run, 'a test');
      const unjudged = verdictRecord(0, {
        ...{ outcome: 'cannot_judge', severity: null, cause: 'failed' },
      });
      await writer.addSample(sampleRecord(0), [unjudged]);
      assert.deepEqual([...(await ledger.runs.progress(run))], [2, 0]);
      await writer.addSample(sampleRecord(0), [verdictRecord(0)]);
      assert.deepEqual([...(await ledger.runs.progress(run))], [1, 0]);
    }));

  it('runs of one plan, told apart and found by how their id begins', () =>
    withLedger(async (ledger) => {
      const hash = 'abc'.padEnd(64, '0');
      const first = await ledger.create(newRun(1, { hash }));
      const second = await ledger.create(newRun(1, { hash }));
      const other = await ledger.create(newRun(1, { hash: 'b'.repeat(64) }));
      assert.equal(second.id, `${first.id}-2`);
      assert.deepEqual(await ledger.runs.list(), [first, second, other]);
      assert.deepEqual(await ledger.runs.latestOfPlan(hash), second);
      assert.equal(await ledger.runs.latestOfPlan('no'), null);
      assert.deepEqual(await ledger.runs.find('bb'), { run: other });
      assert.deepEqual(await ledger.runs.find(first.id), { run: first });
      assert.deepEqual(await ledger.runs.find('abc'), { candidates: [first.id, second.id] });
      for (const none of ['%', '_', "' OR 1=1 --", '\0']) {
        assert.deepEqual(await ledger.runs.find(none), { candidates: [] });
      }
    }));

  it('what happened to a run, and its rounds', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(1));
      const other = await ledger.create(newRun(1));
      assert.equal(run.state, 'started');
      await using writer = await ledger.writer(run, 'a test');
      const stopped = { time: 2, kind: 'stopped', detail: 'the budget is spent' } as const;
      const resumed = { time: 3, kind: 'resumed', detail: null } as const;
      const events = [writer.addEvent(stopped), writer.addEvent(resumed)];
      const round = { round: 0, time: 5, detail: { samples: [0], why: 'w'.repeat(500) } };
      const next = { round: 1, time: 6, detail: null };
      const [now] = await ledger.runs.list();
      assert.equal(now?.state, 'resumed');
      assert.deepEqual(now?.events.slice(1), [stopped, resumed]);
      await Promise.all([writer.addRound(round), writer.addRound(next)]);
      assert.deepEqual(await ledger.rounds.ofRun(run.ordinal), [round, next]);
      assert.deepEqual(await ledger.rounds.ofRun(other.ordinal), []);
      await Promise.all(events);
    }));

  it('what calls have cost since a run was made', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(1, { created: 100 }));
      const calls: [model: string, started: number, cost: number | null][] = [
        ['openai:a', 100, 0.5],
        ['openai:a', 99, 8],
        ['openai:a#new', 101, 0.25],
        ['openai:ab', 101, 16],
        ['openai:b', 101, null],
      ];
      for (const [model, started, cost] of calls) {
        await ledger.calls.add(callRecord('x', { model, started, cost }));
      }
      assert.equal(await ledger.runs.spentSince(run, ['openai:a', 'openai:b']), 0.75);
    }));

  it('calls: final answers to everybody, failures to who asks for them', () =>
    // Whatever was added before, in whatever order, and whether it was committed already.
    withLedger(async (ledger) => {
      let next = 0;
      const added = fc.record({ fails: fc.boolean(), settled: fc.boolean() });
      await fc.assert(
        fc.asyncProperty(fc.array(added, { maxLength: 5 }), async (steps) => {
          const hash = (++next).toString(16).padStart(64, '0');
          const finals: CallRecord[] = [];
          const failures: CallRecord[] = [];
          for (const [place, { fails, settled }] of steps.entries()) {
            const call = (fails ? failedCall : callRecord)(`${hash} ${place}`, { hash });
            (fails ? failures : finals).push(call);
            await ledger.calls.add(call);
            if (settled) await ledger.flush();
          }
          const final = finals.at(-1) ?? null;
          for (const settled of [false, true]) {
            if (settled) await ledger.flush();
            assert.deepEqual(await ledger.calls.find(hash, false), final);
            assert.deepEqual(await ledger.calls.find(hash, true), final ?? failures.at(-1) ?? null);
          }
        }),
        { numRuns: 60 },
      );
    }));

  it('calls with everything, many asked for in one turn', () =>
    withLedger(async (ledger) => {
      const calls = Array.from({ length: 50 }, (_, place) =>
        callRecord(`${place} `.repeat(place * 10), {
          hash: place.toString(16).padStart(64, '0'),
          request: {
            messages: [{ role: 'system', content: 'shared '.repeat(100) }],
            tools: [{ name: 't', description: 'd', parameters: { type: 'object' } }],
            parameters: { temperature: 0.5 },
            schema: { name: 'verdict', schema: { a: 1, b: { type: 'string' } } },
            repeat: place,
          },
        }),
      );
      await Promise.all(calls.map((call) => ledger.calls.add(call)));
      const found = await Promise.all(calls.map(({ hash }) => ledger.calls.find(hash, false)));
      assert.deepEqual(found, calls);
    }));

  it('labels: the newest word of a person, until it is taken back or the transcript is another', () =>
    withLedger(async (ledger) => {
      const { labels } = ledger;
      const run = await ledger.create(newRun(3));
      const { ordinal } = run;
      await using writer = await ledger.writer(run, 'a test');
      for (const index of [0, 1, 2])
        await writer.addSample(sampleRecord(index), [verdictRecord(index)]);
      const said = async (): Promise<string[]> =>
        (await labels.ofRun(ordinal)).map(
          ({ sample, person, outcome }) => `${sample} ${person} ${outcome}`,
        );
      await labels.add([
        labelRecord(ordinal, 2),
        labelRecord(ordinal, 0),
        labelRecord(ordinal, 0, { person: 'Bo', inclusion: null }),
      ]);
      const changed = labelRecord(ordinal, 0, {
        outcome: 'violates',
        severity: 'major',
        note: 'n',
      });
      await labels.add([changed]);
      assert.deepEqual(await said(), ['0 Ann violates', '0 Bo adheres', '2 Ann adheres']);
      // In the order of giving: what was given anew comes last.
      assert.deepEqual(await labels.ofPerson(ordinal, 'Ann'), [labelRecord(ordinal, 2), changed]);
      assert.deepEqual(
        (await labels.ofRun(ordinal)).map(({ inclusion }) => inclusion),
        [0.5, null, 0.5],
      );
      await labels.add([labelRecord(ordinal, 0, { outcome: null })]);
      assert.deepEqual(await said(), ['0 Bo adheres', '2 Ann adheres']);
      const again = writer.addSample(sampleRecord(2), [verdictRecord(2)]);
      assert.deepEqual(await said(), ['0 Bo adheres']);
      await again;
      await labels.add([labelRecord(ordinal, 2)]);
      assert.deepEqual(await said(), ['0 Bo adheres', '2 Ann adheres']);
      await labels.add([]);
    }));

  it('queues, oldest first', () =>
    withLedger(async (ledger) => {
      const { ordinal } = await ledger.create(newRun(1));
      const first = labelQueue(ordinal);
      const second = labelQueue(ordinal, { person: 'Bo', clauses: ['x'], items: [] });
      const adding = [ledger.labels.addQueue(first), ledger.labels.addQueue(second)];
      assert.deepEqual(await ledger.labels.queuesOf(ordinal), [first, second]);
      await Promise.all(adding);
    }));

  it('certificates once, newest first', () =>
    withLedger(async ({ certificates }) => {
      const about = { judge: 'j', prompt: 'p', spec: 's', simulated: true, created: 7 };
      const one = { ...about, hash: 'one', body: { kappa: 0.5, words: 'w'.repeat(500) } };
      const two = { ...about, hash: 'two', simulated: false, body: { kappa: 0.6 } };
      const other = { ...about, hash: 'three', judge: 'k', body: [] };
      for (const certificate of [one, two, one, other, two]) await certificates.add(certificate);
      assert.deepEqual(await certificates.ofJudge('j'), [two, one]);
      assert.deepEqual(await certificates.list(), [other, two, one]);
    }));

  it('also where it is closed by hand, and then by `await using` again', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(2));
      await using writer = await ledger.writer(run, 'a test');
      await writer.addSample(sampleRecord(0), [verdictRecord(0)]);
      await writer.close();
      await ledger.close();
    }));
}

/** By bytes of UTF-8; people, and most settings of databases, would order them otherwise. */
const ORDERED = ['', '-', 'A b', 'B', 'Z', 'a', 'a b', 'ab', 'b', 'Ä', 'é', 'ﬀ', '\uFFFD', '𐀀'];

const SHUFFLED = ORDERED.toSorted((a, b) => (a.charCodeAt(0) % 7) - (b.charCodeAt(0) % 7));

function orderContract(withLedger: WithLedger): void {
  it('of samples: the plan’s; of their verdicts: clause by its bytes, then judge', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(60));
      await using writer = await ledger.writer(run, 'a test');
      const indexes = Array.from({ length: 60 }, (_, place) => (place * 37) % 60);
      await Promise.all(
        indexes.map((index) =>
          writer.addSample(
            sampleRecord(index),
            SHUFFLED.flatMap((clause) =>
              [10, 9, 0].map((judge) => verdictRecord(index, { clause, judge })),
            ),
          ),
        ),
      );
      const inOrder = indexes.toSorted((a, b) => a - b);
      const samples = await collect(ledger.runs.samples(run.ordinal));
      assert.deepEqual(
        samples.map(({ index }) => index),
        inOrder,
      );
      const keys = ORDERED.flatMap((clause) => [0, 9, 10].map((judge) => `${clause} ${judge}`));
      const verdicts = await collect(ledger.runs.verdicts(run.ordinal));
      assert.deepEqual(
        verdicts.map(({ sample, clause, judge }) => `${sample} ${clause} ${judge}`),
        inOrder.flatMap((index) => keys.map((key) => `${index} ${key}`)),
      );
      const one = await ledger.runs.sample(run.ordinal, 7);
      assert.deepEqual(
        one?.verdicts.map(({ clause, judge }) => `${clause} ${judge}`),
        keys,
      );
    }));

  it('of scenarios: the plan’s', () =>
    withLedger(async (ledger) => {
      const scenarios = Array.from({ length: 2_345 }, (_, place) => ({ id: `s${place * 7}` }));
      const run = await ledger.create(newRun(1, { scenarios }));
      const pages = await allPages<unknown>(ledger.runs.scenarios(run.ordinal));
      assert.ok(pages.length > 1);
      assert.deepEqual(pages.flat(), scenarios);
    }));

  it('of labels: transcript, then clause and person by their bytes', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(2));
      await using writer = await ledger.writer(run, 'a test');
      const labels = [1, 0].flatMap((index) =>
        SHUFFLED.flatMap((clause) =>
          SHUFFLED.map((person) => labelRecord(run.ordinal, index, { clause, person })),
        ),
      );
      for (const index of [0, 1]) await writer.addSample(sampleRecord(index), []);
      await ledger.labels.add(labels);
      assert.deepEqual(
        (await ledger.labels.ofRun(run.ordinal)).map(({ sample, clause, person }) => [
          sample,
          clause,
          person,
        ]),
        [0, 1].flatMap((index) =>
          ORDERED.flatMap((clause) => ORDERED.map((person) => [index, clause, person])),
        ),
      );
      assert.deepEqual(
        (await ledger.labels.ofPerson(run.ordinal, 'Ä')).map(({ sample, clause }) => [
          sample,
          clause,
        ]),
        labels.filter(({ person }) => person === 'Ä').map(({ sample, clause }) => [sample, clause]),
      );
    }));
}

/** What hurts where text is put together with a language: SQL, arrays of PostgreSQL, JSON, UTF-8. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\0',
        '\ud800',
        '\udc00',
        "'",
        '"',
        '\\',
        '?',
        '$1',
        '$text',
        '%',
        '_',
        '{',
        '}',
      ),
      fc.constantFrom(
        ',',
        ';--',
        'NULL',
        '\n',
        '\r',
        '\u2028',
        '\uFEFF',
        '\x1b[2J',
        'é',
        '𐀀',
        '$$',
        '::',
      ),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** A long one, which is kept as a text of its own. */
const long = fc
  .tuple(hostile, fc.integer({ min: 100, max: 400 }))
  .map(([text, times]) => `${text}-`.repeat(times));

/** A JSON document with names that mean something to JavaScript, or to the ledger itself. */
const json = fc
  .letrec((tie) => ({
    part: fc.oneof(
      { maxDepth: 3 },
      hostile,
      long,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true, false, '__proto__'),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('part'), { maxLength: 3 }),
    object: fc.dictionary(
      fc.oneof(hostile, fc.constantFrom('__proto__', 'constructor', '$text', '$$text', 'toJSON')),
      tie('part'),
      { maxKeys: 3 },
    ),
  }))
  .part.map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** A text as a column gives it back: no database keeps half of a character, and PostgreSQL no NUL. */
function plain(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u2400');
}

function textContract(withLedger: WithLedger): void {
  const sampled = fc.record({
    ...{ scenario: hostile, reason: fc.option(hostile), finish: fc.option(hostile) },
    ...{ content: fc.oneof(hostile, long), why: fc.oneof(hostile, long) },
    ...{ clause: hostile, clauseHash: hostile, quote: hostile },
    usage: fc.record(
      {
        input: fc.option(fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e15, noNaN: true }))),
        output: fc.option(fc.nat()),
      },
      { noNullPrototype: true },
    ),
    cost: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
  });

  it('in samples and verdicts', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(200));
      await using writer = await ledger.writer(run, 'a test');
      let index = -1;
      await fc.assert(
        fc.asyncProperty(sampled, async (given) => {
          index++;
          const { scenario, reason, finish, content, why, clause, clauseHash, quote, usage, cost } =
            given;
          const sample: SampleRecord = sampleRecord(index, {
            ...{ scenario, reason, usage, cost },
            transcript: madeUpLog([{ id: 'm1', role: 'user', content, source: 'subject' }], {
              finish,
            }),
          });
          const verdict: VerdictRecord = verdictRecord(index, {
            ...{ clause, clauseHash, usage, cost, reason: why },
            citations: [{ message: 'm1', quote, span: null }],
          });
          await writer.addSample(sample, [verdict]);
          assert.deepEqual(await ledger.runs.sample(run.ordinal, index), {
            sample: {
              ...sample,
              scenario: plain(scenario),
              reason: reason === null ? null : plain(reason),
            },
            verdicts: [{ ...verdict, clause: plain(clause), clauseHash: plain(clauseHash) }],
          });
        }),
        { numRuns: 100 },
      );
      const samples = await collect(ledger.runs.samples(run.ordinal));
      assert.equal(samples.length, index + 1);
      assert.equal((await collect(ledger.runs.verdicts(run.ordinal))).length, index + 1);
    }));

  it('in calls, labels, queues, certificates and events', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(1));
      const { ordinal } = run;
      await using writer = await ledger.writer(run, 'a test');
      await writer.addSample(sampleRecord(0), []);
      let next = 0;
      await fc.assert(
        fc.asyncProperty(hostile, fc.oneof(hostile, long), hostile, async (name, words, other) => {
          const hash = (++next).toString(16).padStart(64, '0');
          const call = callRecord(words, { hash, model: other });
          await ledger.calls.add(call);
          await ledger.calls.flush();
          assert.deepEqual(await ledger.calls.find(hash, false), { ...call, model: plain(other) });

          const person = `${next}${name}`;
          const label: LabelRecord = labelRecord(ordinal, 0, {
            ...{ person, clause: other, note: words, source: name, clauseHash: name },
          });
          await ledger.labels.add([label]);
          assert.deepEqual(await ledger.labels.ofPerson(ordinal, person), [
            {
              ...{ ...label, person: plain(person), clause: plain(other), note: plain(words) },
              ...{ source: plain(name), clauseHash: plain(name) },
            },
          ]);
          const queue = labelQueue(ordinal, {
            person,
            design: name,
            strata: words,
            clauses: [other],
          });
          await ledger.labels.addQueue(queue);
          assert.deepEqual((await ledger.labels.queuesOf(ordinal)).at(-1), {
            ...queue,
            person: plain(person),
            design: plain(name),
          });

          const about = { judge: person, prompt: name, spec: other, simulated: true, created: 1 };
          await ledger.certificates.add({ ...about, hash, body: words });
          const [found] = await ledger.certificates.ofJudge(person);
          assert.deepEqual(
            [found?.judge, found?.prompt, found?.spec, found?.body],
            [plain(person), plain(name), plain(other), words],
          );
          await writer.addEvent({ time: 1, kind: 'resumed', detail: words });
          const [now] = await ledger.runs.list();
          assert.equal(now?.events.at(-1)?.detail, plain(words));
        }),
        { numRuns: 60 },
      );
    }));

  it('in documents, to the last character', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(1));
      await using writer = await ledger.writer(run, 'a test');
      let round = 0;
      await fc.assert(
        fc.asyncProperty(json, async (detail) => {
          await writer.addRound({ round, time: 1, detail });
          const found = (await ledger.rounds.ofRun(run.ordinal))[round++];
          assert.ok(
            isDeepStrictEqual(found?.detail, detail),
            JSON.stringify([found?.detail, detail]),
          );
        }),
        { numRuns: 200 },
      );
    }));

  it('of two megabytes', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(1, { document: 'd'.repeat(2_000_000) }));
      await using writer = await ledger.writer(run, 'a test');
      const words = Array.from({ length: 200_000 }, (_, place) => `'"\\${place * 7}é`).join('');
      assert.ok(words.length > 2_000_000 - 500_000);
      const content = `${words}\0\ud800`;
      const messages = [{ id: 'm1', role: 'user', content, source: 'subject' } as const];
      const sample = sampleRecord(0, {
        reason: words,
        transcript: madeUpLog(messages),
      });
      const verdicts = [verdictRecord(0, { reason: words })];
      await writer.addSample(sample, verdicts);
      assert.deepEqual(await ledger.runs.sample(run.ordinal, 0), { sample, verdicts });
      await ledger.labels.add([labelRecord(run.ordinal, 0, { note: words })]);
      assert.equal((await ledger.labels.ofRun(run.ordinal))[0]?.note, words);
      assert.equal(await ledger.runs.plan(run.ordinal), 'd'.repeat(2_000_000));
    }));

  it('and counts of tokens beyond all bounds', () =>
    withLedger(async (ledger) => {
      const run = await ledger.create(newRun(2));
      await using writer = await ledger.writer(run, 'a test');
      await writer.addSample(sampleRecord(0, { usage: { input: 1e17, output: 1e300 } }), []);
      const bound = { input: Number.MAX_SAFE_INTEGER, output: Number.MAX_SAFE_INTEGER };
      assert.deepEqual((await ledger.runs.sample(run.ordinal, 0))?.sample.usage, bound);
    }));
}

function pageContract(withLedger: WithLedger): void {
  const many = async (ledger: Ledger) => {
    const run = await ledger.create(
      newRun(2_500, { scenarios: Array.from({ length: 2_500 }, (_, place) => ({ place })) }),
    );
    const writer = await ledger.writer(run, 'a test');
    const transcript = madeUpLog([], { finish: null });
    for (let index = 0; index < 2_500; index++) {
      await writer.addSample(sampleRecord(index, { transcript }), [verdictRecord(index)]);
    }
    await writer.close();
    return { run, readings: ['samples', 'verdicts', 'scenarios'] as const };
  };

  it('of which none is empty, none has all, and a sample’s verdicts are on one', () =>
    withLedger(async (ledger) => {
      const { run, readings } = await many(ledger);
      for (const reading of readings) {
        const pages = await allPages<unknown>(ledger.runs[reading](run.ordinal));
        assert.ok(pages.length > 1 && pages.every((page) => page.length > 0), reading);
        assert.equal(pages.flat().length, 2_500);
      }
      const none = await ledger.create(newRun(2_500, { scenarios: [] }));
      for (const reading of readings) {
        assert.deepEqual(await allPages<unknown>(ledger.runs[reading](none.ordinal)), []);
      }
    }));

  it('and goes on where somebody has stopped reading', () =>
    withLedger(async (ledger) => {
      const { run, readings } = await many(ledger);
      for (const reading of readings) {
        for await (const page of ledger.runs[reading](run.ordinal)) {
          assert.ok(page.length > 0);
          break;
        }
        const unread = ledger.runs[reading](run.ordinal)[Symbol.asyncIterator]();
        await unread.return?.();
        assert.ok((await unread.next()).done);
      }
      await using writer = await ledger.writer(run, 'a test');
      await writer.addSample(sampleRecord(0), [verdictRecord(0)]);
      assert.equal((await collect(ledger.runs.samples(run.ordinal))).length, 2_500);
      // And it can be closed, which `withLedger` does.
    }));

  it('until a signal ends it', () =>
    withLedger(async (ledger) => {
      const { run, readings } = await many(ledger);
      for (const reading of readings) {
        const stop = new AbortController();
        let pages = 0;
        const reason = new Error('enough');
        await assert.rejects(async () => {
          for await (const _ of ledger.runs[reading](run.ordinal, stop.signal)) {
            pages++;
            stop.abort(reason);
          }
        }, reason);
        assert.equal(pages, 1, reading);
        const aborted = ledger.runs[reading](run.ordinal, AbortSignal.abort(reason));
        await assert.rejects(collect<unknown>(aborted), reason);
      }
      assert.equal((await ledger.runs.progress(run)).length, 2_500);
    }));
}
