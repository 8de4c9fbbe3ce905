/** The report of a made-up run. */

import { findings } from './findings/findings.ts';
import { type MadeUp, madeUpRun } from './findings/made-up.fixture.ts';
import { buildReport, type Report } from './report.ts';

export function madeUpReport(
  about: MadeUp = {},
  run: Partial<Parameters<typeof buildReport>[0]['run']> = {},
): Report {
  const made = madeUpRun(about);
  return buildReport({
    plan: made.plan,
    tally: made.tally,
    findings: findings(made.plan, made.tally),
    run: { id: 'abababab00', state: 'finished', reason: null, ...run },
    sample: made.sample,
  });
}
