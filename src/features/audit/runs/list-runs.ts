/** @module features/audit/runs/list-runs The runs of a ledger, with how far each came. */
import type { Ledger } from '../../../ledger/ledger.ts';
import { planDocument, planOutline, samplesOf } from '../../../run/run.ts';
import type { ListedRun } from './runs-blocks.ts';

/** All runs, oldest first. Of a run that chose its samples as it went, those that it chose are its samples. */
export function listRuns(ledger: Ledger): ListedRun[] {
  return ledger.runs.list().map((run) => {
    const { plan, name, tags } = planOutline(ledger, run);
    const samples =
      plan.sequential === undefined
        ? run.samples
        : samplesOf(ledger, run, planDocument(ledger, run).plan).length;
    const finished = ledger.runs.progress(run).reduce((sum, state) => sum + (state > 0 ? 1 : 0), 0);
    return { run: { ...run, samples }, plan, finished, name, tags };
  });
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
