/**
 * @module app/report-of-run
 * The report of a stored run, finished or not, from the sections that the list of capabilities lends.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import type { Certificate } from '../report/certificate/schema.ts';
import { buildReport } from '../report/report.ts';
import { openRunView } from '../report/run-view.ts';
import type { Report } from '../report/schema.ts';
import type { ReportSection } from '../report/section.ts';
import type { Plan } from '../run/plan.ts';

/** Which run is reported on, and with what. */
export interface ReportRequest {
  ledger: Ledger;
  run: RunRecord;
  plan: Plan;
  /** The sections of `Context.lent`. */
  sections: readonly ReportSection[];
  /** Certificates of judges that count before those of the ledger, such as files. */
  certificates?: readonly Certificate[];
}

/** The report of a run: a pure function of what the ledger holds of it. */
export async function reportOfRun({ sections, ...about }: ReportRequest): Promise<Report> {
  const correct = sections.find((section) => section.correct !== undefined)?.correct;
  const view = await openRunView({ ...about, ...(correct === undefined ? {} : { correct }) });
  return await buildReport(view, sections);
}
