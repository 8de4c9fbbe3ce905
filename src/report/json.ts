/** @module report/json The report as JSON, the same bytes for the same run. */
import type { Report } from './schema.ts';

/** Indented JSON with a line end. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
