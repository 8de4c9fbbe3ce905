/** @module features/audit/runs/runs-text What is in a ledger: each run with its subjects. */

import type { RunEventKind, RunRecord } from '../../../ledger/runs.ts';
import { judgeIds, subjectIds } from '../../../run/names.ts';
import type { Plan } from '../../../run/plan.ts';
import { specName } from '../../../spec/index.ts';
import { cut, pad, widthOf } from '../../../text/layout.ts';
import { grouped, list } from '../../../text/numbers.ts';
import { painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';

export interface ListedRun {
  run: Pick<RunRecord, 'id' | 'created' | 'state' | 'samples' | 'simulated'>;
  plan: Plan;
  /** How many samples are there. */
  finished: number;
}

const STATES: Record<RunEventKind, string> = {
  started: 'unfinished',
  resumed: 'unfinished',
  stopped: 'stopped',
  finished: 'finished',
};

/** The runs as a table in the order given. */
export function renderRuns(
  runs: readonly ListedRun[],
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  if (runs.length === 0) return "There are no runs yet. 'tenet audit' makes one.\n";
  const heads = ['Run', 'When (UTC)', 'State', 'Samples', 'Spec'];
  const rows = runs.map(({ run, plan, finished }) => [
    safeLine(run.id),
    whenText(run.created),
    STATES[run.state],
    `${grouped(finished)}/${grouped(run.samples)}`,
    safeLine(specName(plan.spec)),
  ]);
  const columns = heads.map((head, column) =>
    Math.max(widthOf(head), ...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cut(
      cells
        .map((cell, column) => pad(cell, columns[column] ?? 0))
        .join('  ')
        .trimEnd(),
      width,
    );
  const indent = '  ';
  const lines = runs.flatMap(({ run, plan }, place) => {
    const stamp = run.simulated ? 'SIMULATED ' : '';
    const about =
      plan.transcriptsOf === undefined
        ? list(subjectIds(plan), 4)
        : `run ${plan.transcriptsOf.run} judged again by ${list(judgeIds(plan), 4)}`;
    const subjects = cut(safeLine(about), width - indent.length - stamp.length);
    return [
      line(rows[place] ?? []),
      `${indent}${paint(['yellow', 'bold'], stamp)}${paint('dim', subjects)}`,
    ];
  });
  return `${[paint('bold', line(heads)), ...lines].join('\n')}\n`;
}

function whenText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
