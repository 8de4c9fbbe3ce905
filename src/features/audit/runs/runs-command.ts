/** @module features/audit/runs/runs-command `tenet runs`: what is in the ledger. */

import { existsSync } from 'node:fs';
import { DEFAULT_LEDGER } from '../../../app/ledgers.ts';
import { openStored } from '../../../app/stored.ts';
import { say, screen } from '../../../cli/terminal.ts';
import { planDocument, planOutline, samplesOf } from '../../../run/run.ts';
import { printDocument } from '../../../text/json.ts';
import { renderRuns } from './runs-text.ts';

/** Prints the runs of a ledger, oldest first. */
export function runs(flags: { ledger?: string; json?: boolean }): void {
  const path = flags.ledger ?? DEFAULT_LEDGER;
  if (flags.ledger === undefined && !existsSync(path)) {
    if (flags.json === true)
      process.stdout.write('{\n  "schema": "tenet.runs/1",\n  "runs": []\n}\n');
    else say("There are no runs yet. 'tenet audit' makes one.");
    return;
  }
  const ledger = openStored(path);
  try {
    const rows = ledger.runs.list().map((run) => {
      const { plan } = planOutline(ledger, run);
      const whole =
        plan.sequential === undefined
          ? run.samples
          : samplesOf(ledger, run, planDocument(ledger, run).plan).length;
      const finished = ledger.runs
        .progress(run)
        .reduce((sum, state) => sum + (state > 0 ? 1 : 0), 0);
      return { run: { ...run, samples: whole }, plan, finished };
    });
    if (flags.json === true) {
      const listed = rows.map(({ run, plan, finished }) => ({
        id: run.id,
        state: run.state,
        simulated: run.simulated,
        created: new Date(run.created).toISOString(),
        samples: { planned: run.samples, finished },
        spec: plan.spec,
        subjects: plan.subjects.map(({ name }) => name),
        judges: plan.judges.map(({ name }) => name),
        ...(plan.transcriptsOf === undefined ? {} : { transcriptsOf: plan.transcriptsOf.run }),
      }));
      process.stdout.write(printDocument('tenet.runs', 1, { runs: listed }));
    } else process.stdout.write(renderRuns(rows, screen(process.stdout)));
  } finally {
    ledger.close();
  }
}
