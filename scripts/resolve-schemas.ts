/**
 * Prints the published schemas of resolutions and profiles; `--write` puts them into docs/schemas/.
 */

import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { resolutionSchema } from '../src/features/spec/resolve/index.ts';
import { profileSchema } from '../src/features/spec/resolve/profile/index.ts';
import { printJson } from '../src/text/json.ts';

/** The published schemas by file name. */
export const SCHEMAS = {
  'resolution-1.json': z.toJSONSchema(resolutionSchema),
  'profile-1.json': z.toJSONSchema(profileSchema, { io: 'input' }),
};

if (process.argv[1] === import.meta.filename && process.argv.includes('--write')) {
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const file = new URL(`../docs/schemas/${name}`, import.meta.url);
    writeFileSync(file, printJson(schema));
    process.stdout.write(`docs/schemas/${name}\n`);
  }
}
