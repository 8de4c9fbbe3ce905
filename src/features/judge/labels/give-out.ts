/** @module features/judge/labels/give-out What a person is given to label. */

import { chosenClauses } from '../../../app/choose-clauses.ts';
import { Problem } from '../../../app/problem.ts';
import { say } from '../../../cli/terminal.ts';
import type { LabelQueue } from '../../../ledger/labels.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import type { Plan } from '../../../run/plan.ts';
import type { Spec } from '../../../spec/index.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { LabelCase } from './cases.ts';
import { readLabelledRun } from './judged.ts';
import { narrowingPlan } from './narrowing.ts';
import { narrowingText } from './progress-blocks.ts';
import { drawQueue, openItems } from './queue.ts';
import { type Allocation, type Design, parseDesign } from './sample.ts';
import type { LabelFlags } from './terminal/label-flags.ts';

const DEFAULT_DESIGN = 'stratified:100';

/** Whom something is drawn for, of which run, and as what flags say. */
export interface Giving {
  ledger: Ledger;
  run: RunRecord;
  plan: Plan;
  spec: Spec;
  cases: readonly LabelCase[];
  person: string;
  flags: LabelFlags;
}

/** Draws what is missing of the sample that was asked for; the same command again draws nothing. */
export function giveOut({ ledger, run, plan, spec, cases, person, flags }: Giving): void {
  const queues = ledger.labels.queuesOf(run.ordinal).filter((queue) => queue.person === person);
  const isDrawing = [flags.sample, flags.clauses, flags.seed].some((flag) => flag !== undefined);
  if (!isDrawing && queues.length > 0) return;
  const text = flags.sample ?? DEFAULT_DESIGN;
  const design = parseDesign(text);
  if (design === null) {
    throw new Problem(
      `--sample: '${safeLine(text)}' is no sample. Write random:200, stratified:200, disagreements:50 or narrowing:50.`,
    );
  }
  const seed = flags.seed ?? 0;
  const clauses = flags.clauses === undefined ? null : chosenClauses(spec, flags.clauses);
  const name = `${text}${seed === 0 ? '' : ` seed ${seed}`}`;
  const labels = ledger.labels.ofPerson(run.ordinal, person);
  const same = queues.filter((queue) => isSameDesign(queue, design, seed, clauses));
  // What narrows most is another thing once it is labelled, so then it is asked anew.
  const isAnew = design.kind === 'narrowing' && openItems(same, labels, cases).length === 0;
  const given = isAnew ? 0 : same.reduce((sum, { items }) => sum + items.length, 0);
  const size = design.size - given;
  if (size <= 0) return;
  const narrowing =
    design.kind === 'narrowing' ? narrowingOf(ledger, run, plan, size, clauses) : undefined;
  const queue = drawQueue(
    {
      run: run.ordinal,
      person,
      text: name,
      design: { ...design, size },
      seed,
      clauses,
      narrowing,
      now: Date.now(),
    },
    cases,
    queues,
    labels,
  );
  if (queue.items.length > 0) ledger.labels.addQueue(queue);
  else if (queues.length === 0) throw nothingToDraw(design, run);
  else say(nothingToDraw(design, run).message);
  if (run.state !== 'finished') {
    say(`Run ${run.id} is not finished: what it comes to later was not drawn from.`);
  }
}

function isSameDesign(
  queue: LabelQueue,
  { kind }: Design,
  seed: number,
  clauses: ReadonlySet<string> | null,
): boolean {
  const sameClauses =
    clauses === null
      ? queue.clauses === null
      : queue.clauses !== null &&
        queue.clauses.length === clauses.size &&
        queue.clauses.every((id) => clauses.has(id));
  const [, itsSeed = '0'] = / seed (-?\d+)$/.exec(queue.design) ?? [];
  return sameClauses && queue.design.startsWith(`${kind}:`) && Number(itsSeed) === seed;
}

const WHICH: Readonly<Record<Design['kind'], string>> = {
  stratified: 'no case',
  random: 'no case',
  disagreements: 'no case on which judges disagree',
  narrowing: 'no case, of those whose label would narrow the interval,',
};

function nothingToDraw({ kind }: Design, run: RunRecord): Problem {
  return new Problem(`run ${run.id} has ${WHICH[kind]} that you have not been given.`);
}

function narrowingOf(
  ledger: Ledger,
  run: RunRecord,
  of: Plan,
  size: number,
  clauses: ReadonlySet<string> | null,
): Allocation {
  const labelled = readLabelledRun(ledger, run, of);
  const plan = narrowingPlan(labelled, size, ({ clause }) => clauses?.has(clause) ?? true);
  say(narrowingText(plan));
  return plan.allocation;
}
