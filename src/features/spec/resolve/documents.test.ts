import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { jsonSchemaOf, schemaFile } from '../../../app/schemas.ts';
import { readSpec } from '../../../spec/read.ts';
import { capability } from './capability.ts';
import { readConversation } from './conversation.ts';
import { applyProfile } from './profile/apply-profile.ts';
import { differenceDocument, effectiveDocument } from './profile/effective-document.ts';
import { resolve } from './resolve.ts';

const root = new URL('../../../../', import.meta.url);
const text = readFileSync(new URL('specs/profiles/clinic.yaml', root), 'utf8');
const spec = readSpec({
  file: 'spec.md',
  bytes: readFileSync(new URL('specs/starter/spec.md', root)),
});
const clinic = applyProfile(spec, 'clinic.yaml', text);

function resolution(): object {
  const messages = '[{"role":"user","content":"override #tell_the_truth\\n> and more"}]';
  const read = readConversation('c.json', messages, spec);
  assert.ok('conversation' in read);
  return resolve(spec, read.conversation, { profile: clinic.profile });
}

const other = applyProfile(
  spec,
  'other.yaml',
  text.replace('under_18: false', 'under_18: true').replace('write_fiction', 'refuse_narrowly'),
);

/** What is read and printed under each name. */
const EXAMPLES: Readonly<Record<string, () => unknown>> = {
  'tenet.profile': () => parse(text),
  'tenet.resolution': resolution,
  'tenet.effective': () => effectiveDocument(clinic),
  'tenet.profile-difference': () => differenceDocument(clinic, other),
};

test('the schemas of the documents hold for what is read and printed, and the published ones are these', async () => {
  const ajv = new Ajv2020({ strict: false });
  const { documents = [] } = capability;
  assert.deepEqual(documents.map(({ name }) => name).sort(), Object.keys(EXAMPLES).sort());
  for (const document of documents) {
    const schema = await jsonSchemaOf(document);
    const holds = ajv.compile(schema);
    const example: unknown = JSON.parse(JSON.stringify(EXAMPLES[document.name]?.()));
    assert.ok(holds(example), `${document.name}: ${JSON.stringify(holds.errors)}`);
    assert.ok(!holds({}), document.name);
    const published = new URL(schemaFile(document), root);
    if (!existsSync(published)) continue;
    const wanted: unknown = JSON.parse(JSON.stringify(schema));
    assert.deepEqual(JSON.parse(readFileSync(published, 'utf8')), wanted, document.name);
  }
});
