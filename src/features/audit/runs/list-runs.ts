/** @module features/audit/runs/list-runs The runs of a ledger, with how far each came. */
import { planOf } from '../../../app/stored.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { planOutline, samplesOf } from '../../../run/run.ts';
import type { ListedRun } from './runs-blocks.ts';

/** All runs, oldest first. Of a run that chose its samples as it went, those that it chose are its samples. */
export async function listRuns(ledger: Ledger): Promise<ListedRun[]> {
  const listed: ListedRun[] = [];
  for (const run of await ledger.runs.list()) {
    const { plan, name, tags } = await planOutline(ledger, run);
    const samples =
      plan.sequential === undefined
        ? run.samples
        : (await samplesOf(ledger, run, await planOf(ledger, run))).length;
    const progress = await ledger.runs.progress(run);
    const finished = progress.reduce((sum, state) => sum + (state > 0 ? 1 : 0), 0);
    listed.push({ run: { ...run, samples }, plan, finished, name, tags });
  }
  return listed;
}

/** The runs as `tenet.runs/1`. */
export function runsDocument(runs: readonly ListedRun[]): object {
  return {
    schema: 'tenet.runs/1',
    runs: runs.map(({ run, plan, finished, name, tags }) => ({
      id: run.id,
      ...(name === undefined ? {} : { name }),
      ...(tags === undefined ? {} : { tags }),
      state: run.state,
      simulated: run.simulated,
      created: new Date(run.created).toISOString(),
      samples: { planned: run.samples, finished },
      spec: plan.spec,
      subjects: plan.subjects.map(({ name }) => name),
      judges: plan.judges.map(({ name }) => name),
      ...(plan.transcriptsOf === undefined ? {} : { transcriptsOf: plan.transcriptsOf.run }),
    })),
  };
}
