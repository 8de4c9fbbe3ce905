/** Writes docs/schemas/spec-1.json from the schema in src/spec/formats/schema.ts. */

import { writeFileSync } from 'node:fs';
import { specJsonSchema } from '../src/spec/formats/schema.ts';
import { printJson } from '../src/text/json.ts';

const file = new URL('../docs/schemas/spec-1.json', import.meta.url);
writeFileSync(file, printJson(specJsonSchema()));
