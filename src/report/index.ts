/**
 * @module report
 * A run's report: its document, built from what the ledger holds, and its blocks.
 */
export { buildReport, reportBlocks, reportSchema } from './report.ts';
export { openRunView, type RunView, type RunViewInput } from './run-view.ts';
export type { Report } from './schema.ts';
export type { Detail, ReportPart, ReportSection } from './section.ts';
