/** @module features/audit/runs/runs-blocks What is in a ledger: each run with its subjects. */
import type { RunEventKind, RunRecord } from '../../../ledger/runs.ts';
import { judgeIds, subjectIds } from '../../../run/names.ts';
import type { Plan } from '../../../run/plan.ts';
import { specName } from '../../../spec/index.ts';
import type { Block, TableRow } from '../../../text/blocks.ts';
import { grouped } from '../../../text/numbers.ts';
import { listed, type Part } from '../../../text/words.ts';
import { NO_RUNS } from './messages.ts';

/** A run as it is listed. */
export interface ListedRun {
  /** `samples`: those that were to be asked. */
  run: Pick<RunRecord, 'id' | 'created' | 'state' | 'samples' | 'simulated'>;
  plan: Plan;
  /** How many samples are there. */
  finished: number;
  /** What whoever made it calls it, and finds it by. */
  name?: string | undefined;
  tags?: readonly string[] | undefined;
}

const STATES: Readonly<Record<RunEventKind, string>> = {
  started: 'unfinished',
  resumed: 'unfinished',
  stopped: 'stopped',
  finished: 'finished',
};

/** The runs as a table in the order given. */
export function runsBlocks(runs: readonly ListedRun[]): Block[] {
  if (runs.length === 0) return [{ type: 'paragraph', text: NO_RUNS }];
  return [
    {
      type: 'table',
      columns: ['Run', 'When (UTC)', 'State', 'Samples', 'Spec'].map((head) => ({ head })),
      rows: runs.flatMap(({ run, plan, finished, ...called }): TableRow[] => [
        {
          cells: [
            run.id,
            whenText(run.created),
            STATES[run.state],
            `${grouped(finished)}/${grouped(run.samples)}`,
            specName(plan.spec),
          ],
        },
        {
          note: [...calledParts(called), ...whoParts(plan)],
          indent: 2,
          fit: 'cut',
          tone: 'dim',
          marker: run.simulated ? 'SIMULATED ' : '',
          markerTone: ['warning', 'strong'],
        },
      ]),
    },
  ];
}

/** `nightly [eu, beta]: `, or nothing. */
function calledParts({ name = '', tags = [] }: Pick<ListedRun, 'name' | 'tags'>): Part[] {
  const found = tags.length === 0 ? [] : [`[${tags.join(', ')}]`];
  const called = [...(name === '' ? [] : [name]), ...found].join(' ');
  return called === '' ? [] : [`${called}: `];
}

function whoParts(plan: Plan): Part[] {
  const models = (ids: readonly string[]): Part[] =>
    listed(
      ids.map((model): Part[] => [{ model }]),
      4,
    );
  const { transcriptsOf } = plan;
  if (transcriptsOf === undefined) return models(subjectIds(plan));
  return [`run ${transcriptsOf.run} judged again by `, ...models(judgeIds(plan))];
}

function whenText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
