/** Writes docs/schemas/policy-1.json from the schema in src/features/audit/gate/policy.ts. */

import { writeFileSync } from 'node:fs';
import { policyJsonSchema } from '../src/features/audit/gate/policy.ts';
import { printJson } from '../src/text/json.ts';

const file = new URL('../docs/schemas/policy-1.json', import.meta.url);
writeFileSync(file, printJson(policyJsonSchema()));
