/** @module features/spec/diff/render/runs What a newer version of the spec leaves of past runs, for a terminal. */

import { cut, hanging } from '../../../../text/layout.ts';
import { count, grouped, list } from '../../../../text/numbers.ts';
import { painter } from '../../../../text/paint.ts';
import { safeLine } from '../../../../text/safe-text.ts';
import type { RunStanding, Standing } from '../staleness.ts';

/** A past run and what is left of it. */
export interface RunOutlook extends RunStanding {
  run: string;
  created: string;
  simulated: boolean;
  spec: { id: string; version: string | null; sha256: string };
  subjects: string[];
  /** Clauses of the newer version that are new, and so in no run. */
  untested: string[];
  /** Runs the smallest suite again; null where there is nothing to run. */
  command: string | null;
  /** What the command cannot know, in words. */
  notes: string[];
}

/** What each standing means, in words that follow a number of verdicts. */
export const STANDING_TEXTS: Record<Standing, string> = {
  same: 'on clauses that did not change',
  editorial: 'on clauses that are only typed, named or placed otherwise',
  normative: 'on clauses whose duty changed',
  clarifying: 'on clauses that are worded, explained or shown otherwise',
  relevelled: 'on clauses of another authority',
  removed: 'on clauses that are gone',
  unknown: 'on words that are in neither version',
};

const SCENARIOS_SHOWN = 12;

/** Run by run: what stands, what is stale, what to run again. */
export function renderRunOutlooks(
  outlooks: readonly RunOutlook[],
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const lines = ['', paint('bold', 'Past runs')];
  if (outlooks.length === 0) lines.push('  The ledger has no run of this spec.');
  for (const outlook of outlooks) {
    const name = `${outlook.spec.id}@${outlook.spec.version ?? outlook.spec.sha256.slice(0, 12)}`;
    const stamp = outlook.simulated ? 'SIMULATED ' : '';
    const head = `${outlook.run}  ${stamp}${name}, ${outlook.created.slice(0, 10)}`;
    lines.push(
      `  ${paint('bold', cut(safeLine(head), width - 2))}`,
      ...hanging(
        '    ',
        `${grouped(outlook.standing)} of ${count(outlook.verdicts, 'verdict')} still stand, ${grouped(outlook.stale)} are stale`,
        width,
      ),
    );
    for (const [standing, number] of Object.entries(outlook.byStanding)) {
      if (number === 0) continue;
      lines.push(
        ...hanging(
          `    ${grouped(number).padStart(6)} `,
          STANDING_TEXTS[standing as Standing],
          width,
        ),
      );
    }
    lines.push(...againLines(outlook, width));
  }
  const untested = outlooks[0]?.untested ?? [];
  if (untested.length > 0) {
    const ids = untested.map((id) => `#${id}`).join(', ');
    lines.push(...hanging('  ', safeLine(`New clauses, in no run yet: ${ids}`), width));
  }
  return `${lines.join('\n')}\n`;
}

function againLines({ again, command, notes }: RunOutlook, width: number): string[] {
  if (command === null) {
    return again.clauses.length === 0
      ? []
      : hanging('    ', 'No scenario tests the stale clauses any more.', width);
  }
  const scenarios = `${count(again.scenarios.length, 'scenario')} (${list(again.scenarios, SCENARIOS_SHOWN)})`;
  const text = `Run again: ${count(again.clauses.length, 'clause')}, ${scenarios}, ${count(again.samples, 'sample')}:`;
  return [
    ...hanging('    ', safeLine(text), width),
    ...command.split('\n').map((line) => `      ${safeLine(line)}`),
    ...(again.untestable.length === 0
      ? []
      : hanging(
          '    ',
          safeLine(`No scenario tests ${again.untestable.map((id) => `#${id}`).join(', ')}.`),
          width,
        )),
    ...notes.flatMap((note) => hanging('    ', safeLine(note), width)),
  ];
}
