/**
 * @module features/audit/rejudge/transcripts
 * Transcripts from the ledger, in place of a subject that is asked.
 */
import { setImmediate } from 'node:timers/promises';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunWriter } from '../../../ledger/run-writer.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { NOTHING_SENT } from '../../../model/types.ts';
import type { Rollout } from '../../../run/rollout.ts';

/**
 * Rollouts that take every sample as a stored run has it, with its transcript and its outcome. Nothing is asked,
 * so nothing is spent; what the run has no sample of is not on record.
 */
export function storedRollout(ledger: Ledger, source: RunRecord): Rollout {
  return async ({ index }) => {
    // Where code judges, nothing else would let signals and timers have their turn.
    await setImmediate();
    const found = await ledger.runs.sample(source.ordinal, index);
    if (found === null) {
      const message = `run ${source.id} has no transcript of this sample`;
      return { type: 'stopped', reason: { kind: 'not_recorded', message } };
    }
    return { type: 'sample', sample: { ...found.sample, usage: { ...NOTHING_SENT }, cost: 0 } };
  };
}

/** The samples that a run has, in the plan's order, and how many of them have a reply to judge. */
export async function storedSamples(
  ledger: Ledger,
  source: RunRecord,
): Promise<{ samples: number[]; replied: number }> {
  const samples: number[] = [];
  let replied = 0;
  for await (const page of ledger.runs.samples(source.ordinal)) {
    for (const { index, outcome } of page) {
      samples.push(index);
      if (outcome === 'replied') replied++;
    }
  }
  return { samples, replied };
}

/**
 * Gives a run the rounds of the run whose transcripts it judges, and ends them there: which samples were drawn is
 * what happened then. Rounds that it has already stay.
 * @param writer of the run that is given them
 */
export async function takeOverRounds(
  ledger: Ledger,
  source: RunRecord,
  run: RunRecord,
  writer: RunWriter,
): Promise<void> {
  const had = (await ledger.rounds.ofRun(run.ordinal)).length;
  const rounds = await ledger.rounds.ofRun(source.ordinal);
  const last = rounds.at(-1);
  const end = {
    round: last === undefined ? 0 : last.round + 1,
    time: last?.time ?? source.created,
    detail: { stops: [], draws: [], spent: true },
  };
  for (const round of [...rounds, end].slice(had)) await writer.addRound(round);
}
