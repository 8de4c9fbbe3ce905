/** @module features/judge/labels/progress-command How far people are with a run's labels. */

import { openStored, planOf, storedRun } from '../../../app/stored.ts';
import { screen } from '../../../cli/terminal.ts';
import { printJson } from '../../../text/json.ts';
import { correctedByLabels, readLabelledRun } from './judged.ts';
import { narrowingPlan } from './narrowing.ts';
import { labelProgress } from './progress.ts';
import { progressJson, renderProgress } from './progress-blocks.ts';
import type { LabelFlags } from './terminal/label-flags.ts';

/** So many labels are a sitting. */
const NEXT_LABELS = 50;

/** Prints who labelled what, how far people agree, and how the judge stands beside them. */
export function printProgress(id: string, flags: LabelFlags): void {
  const ledger = openStored(flags.ledger);
  try {
    const run = storedRun(ledger, id);
    const plan = planOf(ledger, run);
    const labelled = readLabelledRun(ledger, run, plan);
    const progress = labelProgress(
      labelled,
      ledger.labels.ofRun(run.ordinal),
      ledger.labels.queuesOf(run.ordinal),
    );
    const narrowing = narrowingPlan(labelled, NEXT_LABELS);
    const corrected = correctedByLabels(labelled);
    const view = { run: run.id, simulated: run.simulated, progress, corrected, narrowing };
    process.stdout.write(
      flags.json === true
        ? printJson(progressJson(view))
        : renderProgress(view, screen(process.stdout)),
    );
  } finally {
    ledger.close();
  }
}
