import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { loadSpec, STARTER_SPEC } from '../../../app/files.ts';
import { jsonSchemaOf, schemaFile } from '../../../app/schemas.ts';
import { chooseRubrics } from '../../../run/judging/rubric/choose.ts';
import { capability } from './capability.ts';

const root = join(import.meta.dirname, '../../../..');
const starter = loadSpec(STARTER_SPEC);

describe('the published schema of rubrics', () => {
  it('should be that of the code, and hold for the rubrics that come along', async () => {
    const entry = capability.documents?.[0];
    assert.ok(entry !== undefined);
    const schema = await jsonSchemaOf(entry);
    const published = JSON.parse(readFileSync(join(root, schemaFile(entry)), 'utf8'));
    assert.deepEqual(published, schema);
    const isRubric = new Ajv2020({ strict: false }).compile(schema);
    const files = globSync('specs/rubrics/*.md', { cwd: root }).map((file) => {
      return { file, text: readFileSync(join(root, file), 'utf8') };
    });
    assert.ok(files.length > 0);
    for (const { file, text } of files) {
      assert.ok(
        isRubric(parse(text.split('---\n')[1] ?? '')),
        `${file}: ${JSON.stringify(isRubric.errors)}`,
      );
    }
    const chosen = chooseRubrics(files, starter);
    assert.ok('rubrics' in chosen, JSON.stringify(chosen));
    assert.deepEqual([chosen.rubrics.length, chosen.notes], [files.length, []]);
  });
});
