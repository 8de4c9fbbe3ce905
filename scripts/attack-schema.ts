/** Writes docs/schemas/attack-1.json from the schema in src/features/judge/attacks/schema.ts. */

import { writeFileSync } from 'node:fs';
import { attackJsonSchema } from '../src/report/certificate/attack-schema.ts';
import { printJson } from '../src/text/json.ts';

const file = new URL('../docs/schemas/attack-1.json', import.meta.url);
writeFileSync(file, printJson(attackJsonSchema()));
