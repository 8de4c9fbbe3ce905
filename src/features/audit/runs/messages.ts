/** @module features/audit/runs/messages What is said of transcripts, and of what can go wrong when one is looked for. */
import { problemsOf } from '../../../app/errors.ts';
import type { SampleRecord, VerdictRecord } from '../../../ledger/records.ts';
import type { PanelCause } from '../../../run/panel/consensus.ts';

/** What became of a sample. */
export const OUTCOMES: Readonly<Record<SampleRecord['outcome'], string>> = {
  replied: 'replied',
  refused: 'refused by the provider',
  filtered: 'filtered by the provider',
  unsupported: 'unsupported: the provider has no form for these roles',
  failed: 'failed',
};

/** Why a judge could not judge. */
export const CAUSES: Readonly<Record<NonNullable<VerdictRecord['cause']>, string>> = {
  judge: 'by the judge’s own word',
  malformed: 'its answers fit no form',
  refused: 'the judge’s provider refused',
  filtered: 'the judge’s provider filtered it',
  unsupported: 'the judge’s provider has no form for the question',
  failed: 'the call failed',
};

/** Why a panel could not. */
export const PANEL_CAUSES: Readonly<Record<PanelCause, string>> = {
  judge: 'no judge could tell',
  malformed: 'the judges’ answers fit no form',
  refused: 'the judges’ providers refused',
  filtered: 'the judges’ providers filtered it',
  unsupported: 'the judges’ providers have no form for the question',
  failed: 'the calls failed',
  split: 'the judges are divided',
  own_family: 'only judges of the subject’s own family say so',
};

/** Where a ledger holds no run. */
export const NO_RUNS = "There are no runs yet. 'tenet audit' makes one.";

export const problem = problemsOf({
  'no-such-transcript': ({ name, run, last }: { name: string; run: string; last: string }) => ({
    where: { value: name },
    what: `run ${run} has the transcripts t1 to ${last}.`,
  }),
  'not-asked-yet': ({ name, run }: { name: string; run: string }) => ({
    where: { value: name },
    what: `run ${run} has not come to it.`,
    remedy: `Go on with: tenet audit --resume ${run}`,
  }),
});
