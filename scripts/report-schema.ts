/** Writes docs/schemas/report-1.json from the schema in src/report/schema.ts. */

import { writeFileSync } from 'node:fs';
import { reportJsonSchema } from '../src/report/schema.ts';
import { printJson } from '../src/text/json.ts';

const file = new URL('../docs/schemas/report-1.json', import.meta.url);
writeFileSync(file, printJson(reportJsonSchema()));
