/** Writes docs/schemas/health-1.json from the schema in src/features/audit/health/health-schema.ts. */

import { writeFileSync } from 'node:fs';
import { healthJsonSchema } from '../src/features/audit/health/health-schema.ts';
import { printJson } from '../src/text/json.ts';

const file = new URL('../docs/schemas/health-1.json', import.meta.url);
writeFileSync(file, printJson(healthJsonSchema()));
