/**
 * @module report/section
 * A part of a run's report: what it is computed from, its place in the document, and how it is said.
 */
import type { z } from 'zod';
import type { Block } from '../text/blocks.ts';
import type { Report } from './schema.ts';

/** Whether a reader wants the answer at a glance, or everything there is. */
export type Detail = 'glance' | 'all';

export interface ReportSection<Data = unknown> {
  /** Its key in the report. */
  key: string;
  /** Where it stands among the others, lower numbers first. */
  order: number;
  schema: z.ZodType<Data>;
  /** Its data, from what the ledger holds of a run; undefined where it has nothing to say. */
  build: (run: unknown) => Data | undefined;
  render: (data: Data, report: Report, detail: Detail) => readonly Block[];
}
