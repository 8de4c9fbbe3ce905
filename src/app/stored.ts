/**
 * @module app/stored
 * Runs as the ledger has them.
 */
import type { Ledger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import type { Plan } from '../run/plan.ts';
import { planDocument } from '../run/run.ts';
import { problem } from './messages.ts';

/** The run of this name, or the newest one where none is given. Throws a `TenetError` where there is none. */
export async function storedRun(ledger: Ledger, id: string | undefined): Promise<RunRecord> {
  if (id !== undefined) return await namedRun(ledger, id);
  const newest = (await ledger.runs.list()).at(-1);
  if (newest === undefined) throw problem('no-runs', { ledger: ledger.path });
  return newest;
}

/**
 * The run of a name. Throws a `TenetError` where the name fits none, or too many.
 *
 * @param flag the flag that gives it
 */
export async function namedRun(ledger: Ledger, id: string, flag?: string): Promise<RunRecord> {
  const found = await ledger.runs.find(id);
  if ('run' in found) return found.run;
  const { candidates } = found;
  const named = { run: id, ...(flag === undefined ? {} : { flag }) };
  throw candidates.length === 0
    ? problem('no-such-run', { ...named, ledger: ledger.path })
    : problem('ambiguous-run', { ...named, candidates });
}

/** The plan of a stored run. */
export async function planOf(ledger: Ledger, run: RunRecord): Promise<Plan> {
  return (await planDocument(ledger, run)).plan;
}
