/** Writes docs/schemas/report-1.json from the schema in src/report/schema.ts. */
import { writeFileSync } from 'node:fs';
import { reportJsonSchema } from '../src/report/schema.ts';

const file = new URL('../docs/schemas/report-1.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
