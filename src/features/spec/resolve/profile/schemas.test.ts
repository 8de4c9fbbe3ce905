import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { SCHEMAS } from '../../../../../scripts/resolve-schemas.ts';
import { readSpec } from '../../../../spec/read.ts';
import { readConversation, resolve } from '../index.ts';
import { readProfile } from './index.ts';

const root = new URL('../../../../../', import.meta.url);

test('the published schemas are those of the code, and hold for what it reads and prints', () => {
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const published: unknown = JSON.parse(
      readFileSync(new URL(`docs/schemas/${name}`, root), 'utf8'),
    );
    const hint = `run: node scripts/resolve-schemas.ts --write`;
    assert.deepEqual(published, JSON.parse(JSON.stringify(schema)), hint);
  }
  const ajv = new Ajv2020({ strict: false });
  const text = readFileSync(new URL('specs/profiles/clinic.yaml', root), 'utf8');
  const isProfile = ajv.compile(SCHEMAS['profile-1.json']);
  assert.ok(isProfile(parse(text)), JSON.stringify(isProfile.errors));

  const spec = readSpec({
    file: 'spec.md',
    bytes: readFileSync(new URL('specs/starter/spec.md', root)),
  });
  const conversation = readConversation('c.json', '[{"role":"user","content":"Hi"}]', spec);
  const profile = readProfile('clinic.yaml', text);
  assert.ok('conversation' in conversation && 'profile' in profile);
  const resolution = resolve(spec, conversation.conversation, profile);
  const isResolution = ajv.compile(SCHEMAS['resolution-1.json']);
  assert.ok(
    isResolution(JSON.parse(JSON.stringify(resolution))),
    JSON.stringify(isResolution.errors),
  );
});
