/**
 * @module report/schema
 * The form of a report, `tenet.report/1`: what report's own sections say. Within version 1 fields are added and never
 * change or go.
 */

import * as z from 'zod';
import { findingSchema } from './findings/finding.ts';
import { accountingSchema } from './sections/counted/schema.ts';
import { comparisonsSchema } from './sections/differences/schema.ts';
import { panelSchema } from './sections/panel/schema.ts';
import { subjectsSchema } from './sections/rates/schema.ts';
import { noteDataSchema, notesSchema, runSchema } from './sections/run/schema.ts';
import { spendingSchema } from './sections/spending/schema.ts';

/** The schemas of report's own parts, by their keys in the document. */
export const ownParts = {
  run: runSchema,
  notes: notesSchema,
  noteData: noteDataSchema,
  accounting: accountingSchema,
  panel: panelSchema.optional().describe('where several models judge'),
  subjects: subjectsSchema,
  comparisons: comparisonsSchema,
  spending: spendingSchema
    .optional()
    .describe('where calls went, for a run whose samples were chosen as it went'),
  untested: z.array(z.string()).describe('clauses that no scenario tests'),
  findings: z.array(findingSchema),
};

export const SCHEMA_NAME = z.literal('tenet.report/1');

/** A report. Sections that capabilities lend add keys of their own: `partOf` reads them. */
export type Report = z.infer<z.ZodObject<{ schema: typeof SCHEMA_NAME } & typeof ownParts>>;

export type { ReportCorrectedRate } from './correction.ts';
export {
  type ReportClause,
  type ReportMeasure,
  type ReportSubject,
  worstSchema,
} from './sections/rates/schema.ts';
