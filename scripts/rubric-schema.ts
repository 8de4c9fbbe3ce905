/** Writes docs/schemas/rubric-1.json from the schema in src/run/judging/rubric/schema.ts. */

import { writeFileSync } from 'node:fs';
import { rubricJsonSchema } from '../src/run/judging/rubric/schema.ts';
import { printJson } from '../src/text/json.ts';

const file = new URL('../docs/schemas/rubric-1.json', import.meta.url);
writeFileSync(file, printJson(rubricJsonSchema()));
