/** @module report/runs What is in a ledger: one line for each run. */
import { count, grouped, list, subjectIds } from '../audit/findings/words.ts';
import type { Plan } from '../audit/plan.ts';
import type { RunEventKind, RunRecord } from '../ledger/runs.ts';
import { specName } from './figures.ts';
import { cut, cutMiddle, pad, widthOf, wrap } from './layout.ts';
import { painter } from './paint.ts';
import { safeLine } from './safe-text.ts';

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
  const heads = ['Run', 'When (UTC)', 'State', 'Samples', 'Spec and subjects'];
  const rows = runs.map(({ run, plan, finished }) => [
    safeLine(run.id),
    whenText(run.created),
    STATES[run.state],
    `${grouped(finished)}/${grouped(run.samples)}`,
    whatText(plan, run.simulated),
  ]);
  const columns = heads.map((head, column) =>
    Math.max(widthOf(head), ...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]): string => {
    const fixed = cells.slice(0, -1).map((cell, column) => pad(cell, columns[column] ?? 0));
    const before = fixed.join('  ');
    const room = width - widthOf(before) - 2;
    // Where there is no room beside the rest, what it was about stands on a line of its own.
    const last = cells.at(-1) ?? '';
    return room >= 18
      ? `${before}  ${cutMiddle(last, room)}`
      : `${cut(before.trimEnd(), width)}\n${cutMiddle(`  ${last}`, width)}`;
  };
  const legend = runs.some(({ run }) => run.simulated)
    ? wrap('SIM: SIMULATED, planted models answered.', width).map((text) => paint('dim', text))
    : [];
  return `${[
    ...line(heads)
      .split('\n')
      .map((text) => paint('bold', text)),
    ...rows.map(line),
    ...legend,
    paint('dim', `${count(runs.length, 'run')}`),
  ].join('\n')}\n`;
}

function whenText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

function whatText(plan: Plan, simulated: boolean): string {
  const subjects = list(subjectIds(plan).map(safeLine), 2);
  return `${simulated ? 'SIM ' : ''}${safeLine(specName(plan.spec))} · ${subjects}`;
}
