/**
 * @module report/section
 * A part of a run's report: what it is computed from, its place in the document, and how it is said.
 */
import type * as z from 'zod';
import type { Block } from '../text/blocks.ts';
import type { RunCorrection } from './correction.ts';
import type { RunView } from './run-view.ts';
import type { Report } from './schema.ts';

/** Whether a reader wants the answer at a glance, or everything there is. */
export type Detail = 'glance' | 'all';

/** A part of a report. What is given to `render` is what `build` made, or what a stored document holds of it. */
export interface ReportSection<Data = unknown> {
  /** Its key in the report. */
  key: string;
  /** Where its blocks stand on the page, lower numbers first. */
  order: number;
  /** What stands in the document under its key; absent where it only tells what other parts hold. */
  part?: ReportPart<Data>;
  /** Its blocks; none where it has nothing to say. Documents hold `details` too, a terminal leaves them out. */
  render(data: Data, report: Report, detail: Detail): readonly Block[];
  /** The rates behind the judge's rates, from a section that knows the judge's errors. Asked once. */
  correct?(run: RunView): Promise<RunCorrection>;
}

/** What a section adds to the document. */
export interface ReportPart<Data> {
  /** Where its key stands in the document, lower numbers first. */
  order: number;
  schema: z.ZodType<Data | undefined>;
  /** Its data, from what the ledger holds of a run; undefined where it has nothing to say. */
  build(run: RunView): Data | undefined | Promise<Data | undefined>;
}
