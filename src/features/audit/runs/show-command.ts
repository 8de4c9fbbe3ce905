/** @module features/audit/runs/show-command `tenet show`: one transcript with its verdicts. */

import { Problem } from '../../../app/problem.ts';
import { openStored, planOf, storedRun } from '../../../app/stored.ts';
import { screen } from '../../../cli/terminal.ts';
import { isPanel, readPanel } from '../../../run/panel/panel.ts';
import { sampleAt, transcriptId, transcriptIndex } from '../../../run/plan.ts';
import { printDocument } from '../../../text/json.ts';
import { renderTranscript } from './transcript-text.ts';

/** Prints a transcript of a run. */
export function show(id: string, name: string, flags: { ledger?: string; json?: boolean }): void {
  const ledger = openStored(flags.ledger);
  try {
    const run = storedRun(ledger, id);
    const plan = planOf(ledger, run);
    const index = transcriptIndex(name);
    if (index === null || index >= run.samples) {
      throw new Problem(
        `${name}: run ${run.id} has the transcripts t1 to ${transcriptId(run.samples - 1)}.`,
      );
    }
    const stored = ledger.runs.sample(run.ordinal, index);
    if (stored === null) {
      throw new Problem(
        `${name}: run ${run.id} has not come to it. Go on with: tenet audit --resume ${run.id}`,
      );
    }
    const { scenario } = sampleAt(plan, index);
    // The latent-class rule learns from the whole run what one transcript's votes are worth.
    const panel = isPanel(plan)
      ? readPanel(
          plan,
          plan.consensus === 'latent' ? ledger.runs.verdicts(run.ordinal) : stored.verdicts,
        ).verdicts.filter(({ sample }) => sample === index)
      : undefined;
    if (flags.json === true) {
      const document = {
        run: run.id,
        id: transcriptId(index),
        simulated: run.simulated,
        scenario,
        ...stored,
        ...(panel === undefined ? {} : { panel }),
      };
      process.stdout.write(printDocument('tenet.transcript', 1, document));
      return;
    }
    process.stdout.write(
      renderTranscript({ run, plan, scenario, ...stored, panel }, screen(process.stdout)),
    );
  } finally {
    ledger.close();
  }
}
