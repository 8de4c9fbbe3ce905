import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../test/command.ts';
import type { Capability } from './capability.ts';
import { writeLedger } from './ledgers.ts';
import { tablesOf } from './lent.ts';

describe('what capabilities lend', () => {
  it('should bring their tables into a ledger, those of one beside those of another', async () => {
    using folder = temporaryFolder();
    const bringing = (name: string, ...tables: string[]): Capability => ({
      name,
      summary: name,
      docs: { want: name, page: `${name}.md` },
      tables: async () =>
        tables.map((table, place) => {
          const sql = `CREATE TABLE ${table} (id TEXT PRIMARY KEY)`;
          return { id: `${name}/${place + 1}`, sqlite: sql, postgres: sql };
        }),
    });
    const without: Capability = { name: 'none', summary: '', docs: { want: '', page: '' } };
    const path = folder.at('ledger.db');
    const open = async (...capabilities: Capability[]) => {
      const migrations = await tablesOf(capabilities);
      await (await writeLedger(path, { environment: {}, say: () => {}, migrations })).close();
    };
    await open(bringing('first', 'notes'), without);
    await open(bringing('second', 'votes'), bringing('first', 'notes', 'marks'));
    using database = new DatabaseSync(path, { readOnly: true });
    const rows = database.prepare('SELECT name FROM sqlite_schema').all();
    const names = rows.map(({ name }) => name);
    for (const table of ['notes', 'votes', 'marks', 'runs'])
      assert.ok(names.includes(table), table);
    const applied = database.prepare("SELECT id FROM migrations WHERE id LIKE '%st/%'").all();
    assert.deepEqual(applied.map(({ id }) => id).sort(), ['first/1', 'first/2']);
  });
});
