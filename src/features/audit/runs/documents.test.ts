import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { DocumentEntry } from '../../../app/capability.ts';
import { sectionsOf } from '../../../app/lent.ts';
import { jsonSchemaOf } from '../../../app/schemas.ts';
import { capability as correction } from '../../judge/correction/capability.ts';
import { capability as rejudge } from '../rejudge/capability.ts';
import { capability } from './capability.ts';

function entryOf(name: string): DocumentEntry {
  const found = capability.documents?.find((entry) => entry.name === name);
  assert.ok(found !== undefined);
  return found;
}

describe('the schema of a report', () => {
  it('should be the published one, with the parts that other capabilities lend', async () => {
    const json = await jsonSchemaOf(
      entryOf('tenet.report'),
      await sectionsOf([rejudge, correction]),
    );
    const file = new URL('../../../../docs/schemas/report-1.json', import.meta.url);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(json)));
    assert.partialDeepStrictEqual(json, { properties: { again: {}, instrument: {} } });
  });
});
