/** @module report/sections/run/notes What a reader must know before any number: as data, and in words. */
import { sum } from '../../../stats/index.ts';
import { SIMULATED } from '../../../text/blocks.ts';
import { count } from '../../../text/numbers.ts';
import { plainText } from '../../../text/words.ts';
import type { RunView } from '../../run-view.ts';
import { ownParts } from '../../schema.ts';
import type { Coded } from '../../schema-parts.ts';
import type { ReportSection } from '../../section.ts';

interface Unfinished {
  stopped: boolean;
  reason: string | null;
  asked: number;
  planned: number;
}

const NOTES = {
  simulated: () => plainText(SIMULATED.text),
  unfinished: ({ stopped, reason, asked, planned }: Unfinished) => {
    const why = reason === null ? '' : ` (${reason})`;
    const how = stopped ? `stopped early${why}` : 'is not finished';
    return `This run ${how}: ${asked === planned ? 'all' : `${asked} of`} ${count(planned, 'planned sample')} were asked. What is missing counts in the worst-case bounds and in nothing else.`;
  },
  adherence: () =>
    'Adherence is adheres / (adheres + violates). All other outcomes stand beside it with their counts.',
  uncorrected: () => 'Rates are not corrected for the judge’s errors, which were not measured.',
  'corrected-beside': () =>
    'Rates are as judged; the rates corrected for the judge’s errors stand beside them.',
} satisfies Record<string, (data: never) => string>;

/** A note by its code, with what its sentence is made from. */
interface Note extends Coded {
  code: keyof typeof NOTES;
}

function notesOf({ run, plan, tally, correction }: RunView): Note[] {
  const notRun = sum(tally.subjects.map(({ samples }) => samples.not_run));
  const stopped = run.state === 'stopped';
  const unfinished: Unfinished = {
    stopped,
    reason: stopped ? (run.events.at(-1)?.detail ?? null) : null,
    asked: tally.planned - notRun,
    planned: tally.planned,
  };
  return [
    ...(plan.simulated ? [plain('simulated')] : []),
    ...(run.state !== 'finished' || notRun > 0
      ? [{ code: 'unfinished' as const, data: { ...unfinished } }]
      : []),
    plain('adherence'),
    plain(correction?.isMeasured === true ? 'corrected-beside' : 'uncorrected'),
  ];
}

function plain(code: Note['code']): Note {
  return { code, data: {} };
}

export const notesSection: ReportSection<string[]> = {
  key: 'notes',
  order: 20,
  part: {
    order: 20,
    schema: ownParts.notes,
    build: (run) =>
      run.once(notesOf).map(({ code, data }) => (NOTES[code] as (of: object) => string)(data)),
  },
  render: (notes, { run }, detail) => {
    // The stamp stands above everything already.
    const items = notes.slice(run.simulated ? 1 : 0).map((text) => ({ text }));
    if (detail === 'glance') return [];
    return [
      {
        type: 'details',
        open: true,
        summary: 'Before any number',
        blocks: [{ type: 'list', items }],
      },
    ];
  },
};

export const noteDataSection: ReportSection<Coded[]> = {
  key: 'noteData',
  order: 20,
  part: { order: 30, schema: ownParts.noteData, build: (run) => run.once(notesOf) },
  render: () => [],
};
