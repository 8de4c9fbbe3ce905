import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { staleSchemas } from './schemas.ts';

const root = join(import.meta.dirname, '..');

describe('docs/schemas', () => {
  it('should be what the capabilities declare; `node scripts/schemas.ts` writes it', async () => {
    const stale = await staleSchemas();
    assert.deepEqual(
      stale.map(({ file }) => file),
      [],
    );
  });

  it('should hold schemas that a checker which is not ours can use, each with a title', () => {
    const files = globSync('docs/schemas/*.json', { cwd: root });
    assert.ok(files.length > 30, `${files.length} files`);
    for (const file of files) {
      const schema = JSON.parse(readFileSync(join(root, file), 'utf8'));
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      assert.ok(ajv.validateSchema(schema), `${file}: ${ajv.errorsText()}`);
      const validate = ajv.compile(schema);
      assert.equal(validate({ schema: 'tenet.none/1' }), false, file);
      assert.match(schema.title, /^[A-Z].*[^.]$/, file);
    }
  });
});
