/** @module features/spec/diff/render/outlook-blocks What a newer version of the spec leaves of past runs, run by run. */
import { type Block, type Section, section } from '../../../../text/blocks.ts';
import { count, grouped, list } from '../../../../text/numbers.ts';
import type { Words } from '../../../../text/words.ts';
import { STANDING_TEXTS } from '../messages.ts';
import type { RunOutlook, Standing } from '../schema.ts';
import { documentName } from './outline.ts';

const SCENARIOS_SHOWN = 12;

/** What stands, what is stale, what to run again. */
export function outlookBlocks(outlooks: readonly RunOutlook[]): Section {
  // Every run tells the same ones.
  const untested = [...new Set(outlooks.flatMap((outlook) => outlook.untested))];
  const none = 'The ledger has no run of this spec.';
  return section(
    { type: 'heading', level: 2, text: 'Past runs' },
    outlooks.length === 0 ? [said(2, none)] : outlooks.flatMap(outlookOf),
    untested.length === 0 ? [] : [said(2, ['New clauses, in no run yet: ', ...named(untested)])],
  );
}

function said(indent: number, text: Words): Block {
  return { type: 'paragraph', indent, text };
}

function named(ids: readonly string[]): Words {
  return ids.flatMap((id, place) => [...(place === 0 ? [] : [', ']), { clause: id }]);
}

function outlookOf(outlook: RunOutlook): Block[] {
  const { run, simulated, created, verdicts, standing, stale, byStanding } = outlook;
  const stamp = simulated ? 'SIMULATED ' : '';
  const head = `${run}  ${stamp}${documentName(outlook.spec)}, ${created.slice(0, 10)}`;
  return [
    { type: 'heading', level: 3, indent: 2, text: head },
    said(
      4,
      `${grouped(standing)} of ${count(verdicts, 'verdict')} still stand, ${grouped(stale)} are stale`,
    ),
    {
      type: 'list',
      indent: 4,
      items: Object.entries(byStanding)
        .filter(([, number]) => number > 0)
        .map(([name, number]) => ({
          marker: `${grouped(number).padStart(6)} `,
          text: STANDING_TEXTS[name as Standing],
        })),
    },
    ...againBlocks(outlook),
  ];
}

function againBlocks({ again, command, notes }: RunOutlook): Block[] {
  const { clauses, scenarios, samples, untestable } = again;
  if (command === null) {
    return clauses.length === 0 ? [] : [said(4, 'No scenario tests the stale clauses any more.')];
  }
  const asked = `${count(scenarios.length, 'scenario')} (${list(scenarios, SCENARIOS_SHOWN)})`;
  return [
    said(
      4,
      `Run again: ${count(clauses.length, 'clause')}, ${asked}, ${count(samples, 'sample')}:`,
    ),
    { type: 'code', indent: 6, text: command },
    ...(untestable.length === 0
      ? []
      : [said(4, ['No scenario tests ', ...named(untestable), '.'])]),
    ...notes.map((note) => said(4, note)),
  ];
}
