// What a ledger in PostgreSQL does and others do not: addresses, passwords, a server that goes away.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import pg from 'pg';
import { type PostgresServer, postgresAbsent, startPostgres } from '../../../test/postgres.ts';
import { LedgerDamageError } from '../damage.ts';
import { openLedger } from '../ledger.ts';
import { collect } from '../pages.ts';
import {
  callRecord,
  labelRecord,
  newRun,
  opened,
  refusal,
  sampleRecord,
  verdictRecord,
} from '../records.fixture.ts';
import { LedgerWriteError } from '../writes.ts';

const SECRET = 'wrong:pass/word@?';

/** Asks the database behind the ledger's back. */
async function query(address: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A sentence for users: without a stack, and without any form of the password. */
function assertSentence(message: string, ...secrets: string[]): void {
  assert.doesNotMatch(message, /\n|\bat .*:\d+|undefined|\[object/);
  for (const secret of [...secrets, ...secrets.map(encodeURIComponent)]) {
    assert.ok(!message.includes(secret), message);
  }
}

describe('a ledger in PostgreSQL', { skip: postgresAbsent() }, () => {
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
  });

  describe('that can’t be opened says why', () => {
    const cases: [what: string, place: () => string, words: RegExp][] = [
      [
        'a wrong password',
        () => server.tcp('postgres', SECRET),
        /^postgres:\/\/tenet@127\.0\.0\.1:\d+\/postgres can't be connected to: password authentication failed for user "tenet"\. Check PGHOST/,
      ],
      [
        'no server',
        () => `postgres://tenet:${encodeURIComponent(SECRET)}@127.0.0.1:1/postgres`,
        /can't be connected to: connect ECONNREFUSED 127\.0\.0\.1:1\./,
      ],
      [
        'no server, on none of its addresses',
        () => `postgres://tenet:${encodeURIComponent(SECRET)}@localhost:1/postgres`,
        /can't be connected to: connect ECONNREFUSED .*:1\./,
      ],
      [
        'no socket',
        () => `postgres://tenet@/postgres?host=/nowhere&password=${encodeURIComponent(SECRET)}`,
        /can't be connected to: connect ENOENT \/nowhere\/\.s\.PGSQL\.5432\./,
      ],
      [
        'no such database',
        () => server.address('nothing'),
        /can't be connected to: database "nothing" does not exist\./,
      ],
      [
        'an address that is none',
        () => `postgres://tenet:${encodeURIComponent(SECRET)}@[half/postgres`,
        /can't be connected to: Invalid URL\./,
      ],
    ];
    for (const [what, place, words] of cases) {
      for (const write of [true, false]) {
        it(`${what}, to ${write ? 'write' : 'read'}`, async () => {
          const message = await refusal(place(), { write });
          assert.match(message, words);
          assertSentence(message, SECRET);
        });
      }
    }

    it('no ledger in it, to read', async () => {
      const place = await server.database();
      const result = await openLedger(place, { write: false });
      assert.ok(!result.ok && result.problem.why === 'absent', JSON.stringify(result));
      assert.deepEqual(
        await query(place, "SELECT nspname FROM pg_namespace WHERE nspname = 'tenet'"),
        [],
      );
    });
  });

  it('is shown without its password', async () => {
    const name = new URL((await server.database()).replace('@/', '@socket/')).pathname.slice(1);
    const place = server.tcp(name);
    const password = decodeURIComponent(new URL(place).password);
    await using ledger = await opened(place);
    assert.equal(ledger.path, `postgres://tenet@127.0.0.1:${server.port}/${name}`);
    const run = await ledger.create(newRun(1));
    await using writer = await ledger.writer(run, 'a test');
    await assert.rejects(ledger.writer(run, 'another'), (error: Error) => {
      assertSentence(error.message, password);
      return true;
    });
    await writer.addSample(sampleRecord(0), [verdictRecord(0)]);
    await ledger.flush();
    await query(place, "UPDATE tenet.verdicts SET outcome = 'adheres'");
    await assert.rejects(collect(ledger.runs.verdicts(run.ordinal)), (error) => {
      assert.ok(error instanceof LedgerDamageError);
      assert.match(error.message, /^postgres:.*a row of verdicts that was changed/);
      assertSentence(error.message, password);
      return true;
    });
  });

  it('is the one that the environment names, where the address is none', async () => {
    const place = await server.database();
    const names = { PGHOST: '', PGPORT: String(server.port), PGUSER: 'tenet', PGDATABASE: '' };
    const url = new URL(place.replace('@/', '@socket/'));
    names.PGHOST = url.searchParams.get('host') ?? '';
    names.PGDATABASE = url.pathname.slice(1);
    const before = Object.keys(names).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, names);
    try {
      for (const address of ['postgres:', 'postgresql://']) {
        await using ledger = await opened(address);
        assert.equal(ledger.path, address);
        await ledger.create(newRun(1));
      }
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
    await using ledger = await opened(place);
    assert.equal((await ledger.runs.list()).length, 2);
  });

  it('leaves tables of others in the same database alone', async () => {
    const place = await server.database();
    await query(place, "CREATE TABLE runs (mine TEXT); INSERT INTO runs VALUES ('m')");
    await using ledger = await opened(place);
    await ledger.create(newRun(1));
    assert.deepEqual(await query(place, 'SELECT * FROM public.runs'), [{ mine: 'm' }]);
    const elsewhere = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    assert.deepEqual(await query(place, elsewhere), [{ tablename: 'runs' }]);
  });

  it('can be read by whoever may not write it', async () => {
    const place = await server.database();
    await using ledger = await opened(place);
    const run = await ledger.create(newRun(1));
    await query(
      place,
      `CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA tenet TO reader;
       GRANT SELECT ON ALL TABLES IN SCHEMA tenet TO reader`,
    );
    const reader = await opened(place.replace('tenet@', 'reader@'), { write: false });
    assert.deepEqual(await reader.runs.list(), [run]);
    await reader.calls.add(callRecord('x'));
    await assert.rejects(reader.flush(), (error) => {
      assert.ok(error instanceof LedgerWriteError);
      assert.match(error.message, /can't be written: permission denied/);
      return true;
    });
    await assert.rejects(reader.close(), LedgerWriteError);
  });

  describe('whose server goes away', () => {
    it('loses nothing that was on disk, and says so to whoever writes', async () => {
      const place = await server.database();
      const ledger = await opened(place);
      const run = await ledger.create(newRun(50_000));
      const writer = await ledger.writer(run, 'a test');
      const labelled = await ledger.create(newRun(1, { hash: 'a'.repeat(64) }));
      let settled = 0;
      let labels = 0;
      const writing = (async () => {
        for (; ; settled++) {
          await writer.addSample(sampleRecord(settled), [verdictRecord(settled)]);
          await ledger.flush();
        }
      })();
      const labelling = (async () => {
        for (; ; labels++) await ledger.labels.add([labelRecord(labelled.ordinal, 0)]);
      })();
      const failed = Promise.allSettled([writing, labelling]);
      while (settled < 20 || labels < 20) await setImmediate();
      await server.restart();
      for (const outcome of await failed) {
        assert.ok(outcome.status === 'rejected' && outcome.reason instanceof LedgerWriteError);
        assertSentence(outcome.reason.message);
        assert.match(
          outcome.reason.message,
          /can't be written: .*What was finished before is safe/,
        );
      }
      // What comes after is not written either: nobody knows whether the run is still in hand.
      await assert.rejects(
        writer.addEvent({ time: 1, kind: 'resumed', detail: null }),
        LedgerWriteError,
      );
      await assert.rejects(ledger.labels.add([labelRecord(labelled.ordinal, 0)]), LedgerWriteError);
      await assert.rejects(writer.close(), LedgerWriteError);
      await assert.rejects(ledger.close(), LedgerWriteError);

      await using again = await opened(place);
      const found = (await collect(again.runs.verdicts(run.ordinal))).map(({ sample }) => sample);
      assert.ok(
        found.length >= settled && found.length <= settled + 1,
        `${found.length} of ${settled}`,
      );
      assert.deepEqual(found, [...found.keys()]);
      const [{ n } = {}] = await query(place, 'SELECT count(*)::int AS n FROM tenet.labels');
      assert.ok(Number(n) >= labels && Number(n) <= labels + 1);
      await using next = await again.writer(run, 'a test');
      await next.addSample(sampleRecord(found.length), [verdictRecord(found.length)]);
      await again.flush();
      assert.equal((await collect(again.runs.samples(run.ordinal))).length, found.length + 1);
    });

    it('goes on where nothing was under way', async () => {
      const place = await server.database();
      await using ledger = await opened(place);
      await using reader = await opened(place, { write: false });
      const run = await ledger.create(newRun(1));
      await (await ledger.writer(run, 'a test')).close();
      assert.deepEqual(await reader.runs.list(), [run]);
      await server.restart();
      assert.deepEqual(await reader.runs.list(), [run]);
      await using writer = await ledger.writer(run, 'a test');
      await writer.addSample(sampleRecord(0), [verdictRecord(0)]);
      assert.equal((await collect(ledger.runs.samples(run.ordinal))).length, 1);
    });

    it('writes nothing more once its run may be another’s', async () => {
      const place = await server.database();
      const ledger = await opened(place);
      const run = await ledger.create(newRun(3));
      const writer = await ledger.writer(run, 'a test');
      await writer.addSample(sampleRecord(0), [verdictRecord(0)]);
      await ledger.flush();
      await query(
        place,
        `SELECT pg_terminate_backend(pid) FROM pg_locks
         WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      await using other = await opened(place);
      await using next = await other.writer(run, 'another');
      await next.addSample(sampleRecord(1), [verdictRecord(1)]);
      await other.flush();
      await writer.addSample(sampleRecord(2), [verdictRecord(2)]).catch(() => {});
      await assert.rejects(ledger.flush(), LedgerWriteError);
      await assert.rejects(writer.close(), LedgerWriteError);
      await assert.rejects(ledger.close(), LedgerWriteError);
      assert.deepEqual([...(await other.runs.progress(run))], [1, 1, 0]);
    });
  });

  describe('that two write at once', () => {
    const texts = Array.from({ length: 2_500 }, (_, place) => `${place * 7_919} `.repeat(60));

    it('takes the same texts in opposite orders', async () => {
      const place = await server.database();
      await using one = await opened(place);
      await using two = await opened(place);
      for (let round = 0; round < 8; round++) {
        const own = texts.slice(0, 200).map((text) => `${text}${round}`);
        await Promise.all(
          [own, own.toReversed()].map(async (words, side) => {
            const ledger = [one, two][side] ?? one;
            for (const [index, text] of words.entries()) {
              const hash = `${side}${round}${index}`.padStart(64, '0');
              await ledger.calls.add(callRecord(text, { hash }));
            }
            await ledger.flush();
          }),
        );
      }
      const [{ n } = {}] = await query(place, 'SELECT count(*)::int AS n FROM tenet.calls');
      assert.equal(n, 2 * 8 * 200);
    });

    it('takes them while a long run is made of them', async () => {
      const place = await server.database();
      await using one = await opened(place);
      await using two = await opened(place);
      const scenarios = texts.map((text) => ({ text }));
      // Each of its batches has some of what the run writes at first, and some of what it writes at last.
      const spread = texts.map((_, place) => texts[(place * 37) % texts.length] ?? '');
      const [run] = await Promise.all([
        one.create(newRun(texts.length, { scenarios })),
        (async () => {
          for (const [index, text] of spread.entries()) {
            await two.calls.add(callRecord(text, { hash: `${index}`.padStart(64, '0') }));
            if (index % 100 === 0) await two.flush();
          }
          await two.flush();
        })(),
      ]);
      assert.deepEqual(await collect(two.runs.scenarios(run.ordinal)), scenarios);
    });
  });
});
