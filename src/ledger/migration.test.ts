// How ledgers of earlier versions, and tables of capabilities, come to this version.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it, type TestContext } from 'node:test';
import pg from 'pg';
import { listing, temporaryFolder } from '../../test/command.ts';
import { type PostgresServer, postgresAbsent, startPostgres } from '../../test/postgres.ts';
import type { Migration } from './migrations.ts';
import { collect } from './pages.ts';
import { newRun, opened, refusal, sampleRecord, verdictRecord } from './records.fixture.ts';
import { APPLICATION_ID, MIGRATIONS, TAKEN } from './schema.ts';

const RUN = 1;

/** A file as a version wrote it that had no record of its steps, and no marks. */
function fileOf(version: number, path: string): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL');
  for (const { id, sqlite } of MIGRATIONS) {
    if (TAKEN[version]?.includes(id)) database.exec(sqlite);
  }
  database.exec(`
    INSERT INTO runs VALUES (${RUN}, 'abababab', 'abababab', 1, 2, '{"a":1}', 1);
    INSERT INTO run_scenarios VALUES (${RUN}, 0, '{"id":"s"}');
    INSERT INTO run_events VALUES (1, ${RUN}, 1, 'started', NULL);
    INSERT INTO samples VALUES
      (${RUN}, 0, 0, 's', 0, 0, 'replied', NULL, 'stop', '{"messages":[],"finish":"stop"}', 1, 2, 0.5, 'aa');
    INSERT INTO verdicts VALUES
      (${RUN}, 0, 0, 0, 'x', 'h', 'adheres', NULL, NULL, '{"reason":"r","citations":[]}', 1, 2, 0.5, 'bb');
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${version};
  `);
  database.close();
}

describe('a ledger of an earlier version', () => {
  for (const version of [1, 2]) {
    for (const write of [false, true]) {
      it(`${version} is brought to this one by whoever ${write ? 'writes' : 'reads'} it`, async () => {
        using folder = temporaryFolder();
        const path = folder.at('ledger.db');
        fileOf(version, path);
        {
          await using ledger = await opened(path, { write });
          const [run] = await ledger.runs.list();
          assert.deepEqual([run?.id, run?.state, run?.samples], ['abababab', 'started', 2]);
          assert.deepEqual(await ledger.runs.plan(RUN), { a: 1 });
          assert.deepEqual(await collect(ledger.runs.scenarios(RUN)), [{ id: 's' }]);
          const verdicts = await collect(ledger.runs.verdicts(RUN));
          assert.deepEqual(
            verdicts.map(({ sample, clause, outcome }) => [sample, clause, outcome]),
            [[0, 'x', 'adheres']],
          );
          const shown = await ledger.runs.sample(RUN, 0);
          assert.deepEqual([shown?.sample.cost, shown?.verdicts[0]?.reason], [0.5, 'r']);
          assert.deepEqual(await ledger.labels.ofRun(RUN), []);
          assert.deepEqual(await ledger.certificates.list(), []);
          assert.deepEqual(await ledger.rounds.ofRun(RUN), []);
        }
        // And goes on from there.
        await using ledger = await opened(path);
        const found = await ledger.runs.find('abab');
        assert.ok('run' in found);
        await using writer = await ledger.writer(found.run, 'a test');
        await writer.addSample(sampleRecord(1), [verdictRecord(1)]);
        await writer.addRound({ round: 0, time: 5, detail: { samples: [0] } });
        assert.equal((await collect(ledger.runs.verdicts(RUN))).length, 2);
        assert.equal((await ledger.rounds.ofRun(RUN)).length, 1);
      });
    }
  }

  /** What somebody who is not root is told who reads the ledger; null where nobody may read this checkout. */
  function toldToNobody(path: string): string | null {
    const reading = `
      const { openLedger } = await import(${JSON.stringify(import.meta.resolve('./ledger.ts'))});
      const opened = await openLedger(${JSON.stringify(path)}, { write: false });
      console.log(opened.ok ? 'open' : opened.problem.why + ': ' + opened.message);`;
    const asNobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', reading], {
      encoding: 'utf8',
      ...asNobody,
    });
    return /EACCES/.test(stderr) ? null : stdout || stderr;
  }

  const closed: [what: string, file: number, folder: number][] = [
    ['file that can’t be written', 0o444, 0o777],
    ['folder that takes no files', 0o666, 0o555],
  ];
  for (const [what, ofFile, ofFolder] of closed) {
    it(`is refused in a ${what}, and left as it was`, async (t: TestContext) => {
      using folder = temporaryFolder();
      const path = folder.at('ledger.db');
      fileOf(1, path);
      chmodSync(path, ofFile);
      chmodSync(folder.path, ofFolder);
      const before = listing(folder.path);
      try {
        const told = toldToNobody(path);
        if (told === null) return t.skip('nobody may read this checkout');
        assert.match(told, /^older: .*an older Tenet \(ledger version 1, this one reads 3\)/);
        assert.deepEqual(listing(folder.path), before);
      } finally {
        chmodSync(folder.path, 0o777);
      }
      if (process.getuid?.() === 0) chownSync(path, 65_534, 65_534);
      chmodSync(path, 0o666);
      assert.equal(toldToNobody(path), 'open\n');
    });
  }
});

const first = 'CREATE TABLE made_up (x INTEGER); INSERT INTO made_up VALUES (7)';
const second = 'INSERT INTO made_up VALUES (8)';

function step(id: string, sql: string): Migration {
  return { id, sqlite: sql, postgres: sql };
}

const FIRST = step('made-up/1', first);
const SECOND = step('made-up/2', second);
const WRONG = step('made-up/2', `CREATE TABLE other (x INTEGER); ${second}; nonsense`);

/** @param rows of `made_up`; null where there is no such table */
function capabilityContract(
  make: () => Promise<{ place: string; rows: () => Promise<unknown[] | null> } & AsyncDisposable>,
): void {
  for (const isNew of [true, false]) {
    describe(isNew ? 'in a ledger that it makes' : 'in a ledger that exists', () => {
      const started = async () => {
        const where = await make();
        if (!isNew) await (await opened(where.place)).close();
        return where;
      };

      it('is taken once, whoever opens it how often', async () => {
        await using where = await started();
        const ledgers = await Promise.all(
          Array.from({ length: 3 }, () => opened(where.place, { migrations: [FIRST] })),
        );
        for (const ledger of ledgers) await ledger.close();
        assert.deepEqual(await where.rows(), [7]);
        await using ledger = await opened(where.place, { migrations: [FIRST, SECOND] });
        await using _ = await opened(where.place, { write: false, migrations: [FIRST, SECOND] });
        assert.deepEqual(await where.rows(), [7, 8]);
        // Whoever does not know it goes on without it.
        await using stranger = await opened(where.place);
        const run = await stranger.create(newRun(1));
        assert.deepEqual(await ledger.runs.list(), [run]);
      });

      it('is taken as a whole or not at all', async () => {
        await using where = await started();
        assert.match(await refusal(where.place, { migrations: [FIRST, WRONG] }), /nonsense/);
        assert.equal(await where.rows(), null);
        await (await opened(where.place)).close();
        await (await opened(where.place, { migrations: [FIRST] })).close();
        await refusal(where.place, { migrations: [FIRST, WRONG] });
        assert.deepEqual(await where.rows(), [7]);
        await (await opened(where.place, { migrations: [FIRST, SECOND] })).close();
        assert.deepEqual(await where.rows(), [7, 8]);
      });
    });
  }

  it('is taken by a reader of a ledger that exists', async () => {
    await using where = await make();
    await (await opened(where.place)).close();
    await (await opened(where.place, { write: false, migrations: [FIRST] })).close();
    assert.deepEqual(await where.rows(), [7]);
  });
}

describe('a step of a capability, in SQLite,', () => {
  capabilityContract(async () => {
    const folder = temporaryFolder();
    const place = folder.at('ledger.db');
    return {
      place,
      rows: async () => {
        using database = new DatabaseSync(place);
        const named = "SELECT name FROM sqlite_schema WHERE name IN ('made_up', 'other')";
        if (database.prepare(named).all().length === 0) return null;
        return database
          .prepare('SELECT x FROM made_up ORDER BY x')
          .all()
          .map(({ x }) => x);
      },
      [Symbol.asyncDispose]: async () => folder[Symbol.dispose](),
    };
  });
});

const skip = postgresAbsent();

describe('a step of a capability, in PostgreSQL,', { skip }, () => {
  let server: PostgresServer | null = null;
  before(async () => {
    server = await startPostgres();
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
  });
  capabilityContract(async () => {
    const place = (await server?.database()) ?? '';
    return {
      place,
      rows: async () => {
        const client = new pg.Client(place);
        await client.connect();
        try {
          const named = "SELECT 1 FROM pg_tables WHERE tablename IN ('made_up', 'other')";
          if ((await client.query(named)).rows.length === 0) return null;
          const { rows } = await client.query('SELECT x FROM tenet.made_up ORDER BY x');
          return rows.map(({ x }) => x);
        } finally {
          await client.end();
        }
      },
      [Symbol.asyncDispose]: async () => {},
    };
  });
});
