/** Writes docs/schemas/certificate-1.json from the schema in src/features/judge/calibration/certificate.ts. */

import { writeFileSync } from 'node:fs';
import { certificateJsonSchema } from '../src/report/certificate/schema.ts';
import { printJson } from '../src/text/json.ts';

const file = new URL('../docs/schemas/certificate-1.json', import.meta.url);
writeFileSync(file, printJson(certificateJsonSchema()));
