import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { DocumentEntry } from '../../../app/capability.ts';
import { sectionsOf } from '../../../app/lent.ts';
import { capability as correction } from '../../judge/correction/capability.ts';
import { capability as rejudge } from '../rejudge/capability.ts';
import { capability } from './capability.ts';

/** As the context lends them. */
const lent = { sections: () => sectionsOf([rejudge, correction]) };

function entryOf(name: string): DocumentEntry {
  const found = capability.documents?.find((entry) => entry.name === name);
  assert.ok(found !== undefined);
  return found;
}

describe('the schema of a report', () => {
  it('should be the published one, with the parts that other capabilities lend', async () => {
    const schema = await entryOf('tenet.report').load(lent);
    const json = z.toJSONSchema(schema, { target: 'draft-2020-12' });
    const file = new URL('../../../../docs/schemas/report-1.json', import.meta.url);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(json)));
    assert.ok('again' in (json.properties ?? {}) && 'instrument' in (json.properties ?? {}));
  });
});
