/** The report document as programs read it: with the parts that capabilities lend. */
import type * as z from 'zod';
import type { ReportAgain } from '../src/features/audit/rejudge/schema.ts';
import { section as again } from '../src/features/audit/rejudge/section.ts';
import type { ReportInstrument } from '../src/features/judge/correction/schema.ts';
import { section as instrument } from '../src/features/judge/correction/section.ts';
import { reportSchema as schemaWith } from '../src/report/report.ts';
import type { Report as OwnReport } from '../src/report/schema.ts';
import type { ReportSection } from '../src/report/section.ts';

export type Report = OwnReport & { again?: ReportAgain; instrument?: ReportInstrument };

export const reportSchema = schemaWith([
  again,
  instrument,
] as readonly ReportSection[]) as z.ZodType<Report>;
