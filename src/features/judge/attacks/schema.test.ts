import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { jsonSchemaOf, schemaFile } from '../../../app/schemas.ts';
import { capability } from './capability.ts';

it('the schema of a report on attacks is the published one', async () => {
  const entry = capability.documents?.find(({ name }) => name === 'tenet.attack');
  assert.ok(entry !== undefined);
  const file = join(import.meta.dirname, '../../../..', schemaFile(entry));
  const schema = JSON.parse(JSON.stringify(await jsonSchemaOf(entry)));
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), schema);
});
