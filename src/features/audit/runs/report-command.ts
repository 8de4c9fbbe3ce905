/** @module features/audit/runs/report-command `tenet report`: what a run says. */

import { givenCertificates } from '../../../app/given-certificates.ts';
import { openStored, planOf, reportOf, storedRun } from '../../../app/stored.ts';
import { screen } from '../../../cli/terminal.ts';
import { renderMarkdown } from '../../../report/markdown.ts';
import { renderText } from '../../../report/text.ts';
import { printJson } from '../../../text/json.ts';

export interface ReportFlags {
  format: 'text' | 'json' | 'markdown';
  all?: boolean;
  certificate?: string[];
  ledger?: string;
}

/** Prints the report of a run, or of the newest one. */
export function report(id: string | undefined, flags: ReportFlags): void {
  const ledger = openStored(flags.ledger);
  try {
    const run = storedRun(ledger, id);
    const plan = planOf(ledger, run);
    const built = reportOf(ledger, run, plan, givenCertificates(flags.certificate, plan));
    const text = {
      text: () => renderText(built, { ...screen(process.stdout), all: flags.all === true }),
      json: () => printJson(built),
      markdown: () => renderMarkdown(built),
    }[flags.format];
    process.stdout.write(text());
  } finally {
    ledger.close();
  }
}
