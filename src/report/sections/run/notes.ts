/** @module report/sections/run/notes What a reader must know before any number: as data, and in words. */
import { sum } from '../../../stats/index.ts';
import { details, SIMULATED } from '../../../text/blocks.ts';
import { count } from '../../../text/numbers.ts';
import { type Coded, type Sentences, sentence } from '../../../text/sentences.ts';
import { plainText } from '../../../text/words.ts';
import type { RunView } from '../../run-view.ts';
import { ownParts, type Report } from '../../schema.ts';
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
} satisfies Sentences;

type Note = Coded<typeof NOTES>;

function notesOf({ run, plan, tally, correction }: RunView): Note[] {
  const notes: Note[] = plan.simulated ? [{ code: 'simulated', data: {} }] : [];
  const { planned } = tally;
  const asked = planned - sum(tally.subjects.map(({ samples }) => samples.not_run));
  if (run.state !== 'finished' || asked < planned) {
    const stopped = run.state === 'stopped';
    const reason = stopped ? (run.events.at(-1)?.detail ?? null) : null;
    notes.push({ code: 'unfinished', data: { stopped, reason, asked, planned } });
  }
  const isMeasured = correction?.isMeasured === true;
  notes.push({ code: 'adherence', data: {} });
  notes.push({ code: isMeasured ? 'corrected-beside' : 'uncorrected', data: {} });
  return notes;
}

/** In words; in documents above all numbers. */
export const notesSection: ReportSection<string[]> = {
  key: 'notes',
  order: 20,
  part: {
    order: 20,
    schema: ownParts.notes,
    build: (run) => run.once(notesOf).map((note) => sentence(NOTES, note)),
  },
  render: (notes, { run }, detail) => {
    if (detail === 'glance') return [];
    // The stamp stands above everything already.
    const items = notes.slice(run.simulated ? 1 : 0).map((text) => ({ text }));
    return [{ ...details('Before any number', { type: 'list', items }), open: true }];
  },
};

/** The same as data. */
export const noteDataSection: ReportSection<Report['noteData']> = {
  key: 'noteData',
  order: 20,
  part: {
    order: 30,
    schema: ownParts.noteData,
    build: (run) => run.once(notesOf).map(({ code, data }) => ({ code, data: { ...data } })),
  },
  render: () => [],
};
