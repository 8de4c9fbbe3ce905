/** @module features/audit/runs/read-transcript One transcript of a stored run, with what judges and panel say of it. */
import { planOf } from '../../../app/stored.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { collect } from '../../../ledger/pages.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { isPanel, readPanel } from '../../../run/panel/panel.ts';
import { sampleAt, transcriptId, transcriptIndex } from '../../../run/plan.ts';
import { view } from '../../../run/transcript/view.ts';
import { problem } from './messages.ts';
import type { TranscriptPage } from './transcript-blocks.ts';

/** The transcript of this name, such as `t17`. Throws a `TenetError` where the run has none, or has not come to it. */
export async function readTranscript(
  ledger: Ledger,
  run: RunRecord,
  name: string,
): Promise<TranscriptPage> {
  const plan = await planOf(ledger, run);
  const index = transcriptIndex(name);
  if (index === null || index >= run.samples) {
    const last = transcriptId(run.samples - 1);
    throw problem('no-such-transcript', { name, run: run.id, last });
  }
  const stored = await ledger.runs.sample(run.ordinal, index);
  if (stored === null) throw problem('not-asked-yet', { name, run: run.id });
  const { scenario } = sampleAt(plan, index);
  // The latent-class rule learns from the whole run what one transcript's votes are worth.
  const spoken =
    plan.consensus === 'latent'
      ? await collect(ledger.runs.verdicts(run.ordinal))
      : stored.verdicts;
  const panel = isPanel(plan)
    ? readPanel(plan, spoken).verdicts.filter(({ sample }) => sample === index)
    : undefined;
  return { run, plan, scenario, ...stored, ...(panel === undefined ? {} : { panel }) };
}

/** The transcript as `tenet.transcript/1`. */
export function transcriptDocument(page: TranscriptPage): object {
  const { run, scenario, sample, verdicts, panel } = page;
  const { messages, finish } = view(sample.transcript, { reader: 'judge' });
  return {
    schema: 'tenet.transcript/1',
    run: run.id,
    id: transcriptId(sample.index),
    simulated: run.simulated,
    scenario,
    sample: { ...sample, transcript: { messages, finish } },
    verdicts,
    ...(panel === undefined ? {} : { panel }),
  };
}
