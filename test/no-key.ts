/** Looks for a key in all that a run has left behind, for tests whose servers send it back. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unpackText } from '../src/ledger/texts.ts';
import { testKey } from './servers/clients.ts';

const FORMS = [testKey, 'geheim', Buffer.from(testKey).toString('base64').slice(4, -4)];

/** The test's key is in none of these texts. */
export function assertNoKeyIn(texts: Readonly<Record<string, string>>): void {
  for (const [where, text] of Object.entries(texts)) {
    for (const form of FORMS) assert.ok(!text.includes(form), `the key is in ${where}`);
  }
}

/** Nor is it in any ledger or report of a folder, also inside of what a ledger keeps compressed. */
export function assertNoKeyBelow(folder: string): void {
  const written = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(db|md|json|db-wal)$/.test(path),
  );
  const ledgers = written.filter((path) => path.endsWith('.db'));
  assert.ok(ledgers.length > 0, 'there is no ledger');
  for (const path of written) assertNoKeyIn({ [path]: readFileSync(join(folder, path), 'latin1') });
  for (const path of ledgers) {
    using database = new DatabaseSync(join(folder, path), { readOnly: true });
    let texts = 0;
    for (const row of database.prepare('SELECT compressed, body FROM texts').iterate()) {
      assert.ok(row.body instanceof Uint8Array);
      const text = unpackText({ compressed: row.compressed === 1, body: row.body });
      assertNoKeyIn({ [`a text of ${path}`]: text });
      texts++;
    }
    assert.ok(texts > 0, `${path} holds no text`);
  }
}
