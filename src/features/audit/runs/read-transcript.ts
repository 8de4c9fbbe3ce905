/** @module features/audit/runs/read-transcript One transcript of a stored run, with what judges and panel say of it. */
import { planOf } from '../../../app/stored.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { isPanel, readPanel } from '../../../run/panel/panel.ts';
import { sampleAt, transcriptId, transcriptIndex } from '../../../run/plan.ts';
import { problem } from './messages.ts';
import type { TranscriptView } from './transcript-blocks.ts';

/** The transcript of this name, such as `t17`. Throws a `TenetError` where the run has none, or has not come to it. */
export function readTranscript(ledger: Ledger, run: RunRecord, name: string): TranscriptView {
  const plan = planOf(ledger, run);
  const index = transcriptIndex(name);
  if (index === null || index >= run.samples) {
    const last = transcriptId(run.samples - 1);
    throw problem('no-such-transcript', { name, run: run.id, last });
  }
  const stored = ledger.runs.sample(run.ordinal, index);
  if (stored === null) throw problem('not-asked-yet', { name, run: run.id });
  const { scenario } = sampleAt(plan, index);
  // The latent-class rule learns from the whole run what one transcript's votes are worth.
  const spoken = plan.consensus === 'latent' ? ledger.runs.verdicts(run.ordinal) : stored.verdicts;
  const panel = isPanel(plan)
    ? readPanel(plan, spoken).verdicts.filter(({ sample }) => sample === index)
    : undefined;
  return { run, plan, scenario, ...stored, ...(panel === undefined ? {} : { panel }) };
}

/** The transcript as `tenet.transcript/1`. */
export function transcriptDocument(view: TranscriptView): object {
  const { run, scenario, sample, verdicts, panel } = view;
  return {
    schema: 'tenet.transcript/1',
    run: run.id,
    id: transcriptId(sample.index),
    simulated: run.simulated,
    scenario,
    ...{ sample, verdicts },
    ...(panel === undefined ? {} : { panel }),
  };
}
