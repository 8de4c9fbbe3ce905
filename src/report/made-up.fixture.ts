/** Reports of made-up runs, and how they are shown. */
import { type Ledger, openLedger } from '../ledger/ledger.ts';
import type { RunEventKind, RunRecord } from '../ledger/runs.ts';
import { judgeIds, subjectIds } from '../run/names.ts';
import type { Plan } from '../run/plan.ts';
import { createRun } from '../run/run.ts';
import type { Tally } from '../run/tally.ts';
import { toMarkdown } from '../text/blocks-markdown.ts';
import { toTerminal } from '../text/blocks-terminal.ts';
import { type MadeUp, madeUpRun } from './findings/made-up.fixture.ts';
import { buildReport, reportBlocks } from './report.ts';
import type { RunView } from './run-view.ts';
import type { Report } from './schema.ts';

async function openInMemory(): Promise<Ledger> {
  const opened = await openLedger(':memory:', { write: true });
  if (!opened.ok) throw new Error(opened.message);
  return opened.ledger;
}

const ledger = await openInMemory();

/** How far a run came. */
interface Course {
  state?: RunEventKind;
  /** Why it stopped. */
  reason?: string | null;
}

/** The view of a tallied plan; the ledger beside it is empty. */
export function viewOf(
  plan: Plan,
  tally: Tally,
  sample: RunView['sample'],
  { state = 'finished', reason = null }: Course = {},
): RunView {
  const made = new Map<unknown, unknown>();
  const view: RunView = {
    ...{ ledger, plan, tally, sample },
    run: {
      ordinal: 1,
      id: 'abababab00',
      planHash: plan.hash,
      simulated: plan.simulated,
      samples: 0,
      created: 0,
      state,
      events: [{ time: 0, kind: state, detail: reason }],
    },
    certificates: [],
    subjects: subjectIds(plan),
    judges: judgeIds(plan),
    correction: null,
    verdicts: async () => [],
    once: <Value>(make: (run: RunView) => Value): Value => {
      if (!made.has(make)) made.set(make, make(view));
      return made.get(make) as Value;
    },
  };
  return view;
}

/** The report of a made-up run. */
export async function madeUpReport(about: MadeUp = {}, course: Course = {}): Promise<Report> {
  const { plan, tally, sample } = madeUpRun(about);
  return await buildReport(viewOf(plan, tally, sample, course));
}

/** A made-up run in a ledger of memory, finished unless `course` says otherwise. */
export async function madeUpLedger(
  about: MadeUp = {},
  { state = 'finished', reason = null }: Course = {},
): Promise<{ ledger: Ledger; run: RunRecord; plan: Plan }> {
  const { plan, asked, sample } = madeUpRun(about);
  const own = await openInMemory();
  const made = await createRun(own, { plan, spec: '' }, 0);
  await using writer = await own.writer(made, 'a test');
  for (const index of asked) {
    const { sample: record, verdicts } = sample(index);
    await writer.addSample(record, verdicts);
  }
  await writer.addEvent({ time: 1, kind: state, detail: reason });
  const found = await own.runs.find(made.id);
  if (!('run' in found)) throw new Error('the run is there');
  return { ledger: own, run: found.run, plan };
}

/** A report as a terminal shows it. */
export function renderText(
  report: Report,
  { all = false, ...screen }: { all?: boolean; width?: number; color?: boolean } = {},
): string {
  return toTerminal(reportBlocks(report, [], all ? 'all' : 'glance'), screen);
}

/** A report as Markdown. */
export function renderMarkdown(report: Report): string {
  return toMarkdown(reportBlocks(report, [], 'all'));
}
