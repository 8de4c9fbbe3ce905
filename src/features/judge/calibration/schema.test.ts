import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { jsonSchemaOf, schemaFile } from '../../../app/schemas.ts';
import { capability } from './capability.ts';
import { certificateOf } from './planted.fixture.ts';

const root = join(import.meta.dirname, '../../../..');

describe('the schema of a certificate', () => {
  it('should be the published one, and hold for certificates', async () => {
    const entry = capability.documents?.find(({ name }) => name === 'tenet.certificate');
    assert.ok(entry !== undefined);
    const published = JSON.parse(readFileSync(join(root, schemaFile(entry)), 'utf8'));
    assert.deepEqual(published, JSON.parse(JSON.stringify(await jsonSchemaOf(entry))));
    const isCertificate = new Ajv2020({ validateFormats: false }).compile(published);
    for (const name of ['sim:judge?abstain=0.1', 'sim:judge?abstain=1']) {
      const certificate = JSON.parse(JSON.stringify(await certificateOf(name)));
      assert.ok(isCertificate(certificate), JSON.stringify(isCertificate.errors));
    }
  });
});
