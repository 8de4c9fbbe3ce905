/** @module features/judge/labels/give-out What a person is given to label. */
import type { LabelQueue } from '../../../ledger/labels.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import type { LabelCase } from './cases.ts';
import type { LabelledRun } from './judged.ts';
import { type NarrowingPlan, narrowingPlan } from './narrowing.ts';
import { drawQueue, openItems } from './queue.ts';
import type { Design } from './sample.ts';

/** The sample that somebody asked for. */
export interface AskedSample {
  /** As it was written: `stratified:200`. */
  text: string;
  design: Design;
  seed: number;
  /** Ids of the clauses to draw from; null: all. */
  clauses: ReadonlySet<string> | null;
}

/** Whom something is drawn for, and what they have had. */
export interface Recipient {
  run: number;
  person: string;
  cases: readonly LabelCase[];
  /** What this person was given before, oldest first. */
  queues: readonly LabelQueue[];
  /** This person's labels. */
  labels: readonly LabelRecord[];
}

export interface Given {
  /** To be added to the ledger. Null: there is no such case that this person was not given before. */
  queue: LabelQueue | null;
  /** What its labels would do, where that is what it was drawn for. */
  narrowing: NarrowingPlan | null;
}

/**
 * What is missing of a sample; null where this person was given all of it, so that the same command again draws
 * nothing.
 * @param labelled the run's cases with everybody's labels; asked for where the design goes by them
 * @param now milliseconds since 1970
 */
export function giveOut(
  { text, design, seed, clauses }: AskedSample,
  { run, person, cases, queues, labels }: Recipient,
  labelled: () => LabelledRun,
  now: number,
): Given | null {
  const same = queues.filter((queue) => isSameDesign(queue, design, seed, clauses));
  // What narrows most is another thing once it is labelled, so then it is asked anew.
  const isAnew = design.kind === 'narrowing' && openItems(same, labels, cases).length === 0;
  const given = isAnew ? 0 : same.reduce((sum, { items }) => sum + items.length, 0);
  const size = design.size - given;
  if (size <= 0) return null;
  const narrowing =
    design.kind === 'narrowing'
      ? narrowingPlan(labelled(), size, ({ clause }) => clauses?.has(clause) ?? true)
      : null;
  const queue = drawQueue(
    {
      run,
      person,
      text: `${text}${seed === 0 ? '' : ` seed ${seed}`}`,
      design: { ...design, size },
      seed,
      clauses,
      ...(narrowing === null ? {} : { narrowing: narrowing.allocation }),
      now,
    },
    cases,
    queues,
    labels,
  );
  return { queue: queue.items.length === 0 ? null : queue, narrowing };
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
  // The seed 0 is not written.
  const [, itsSeed = '0'] = queue.design.split(' seed ');
  return sameClauses && queue.design.startsWith(`${kind}:`) && Number(itsSeed) === seed;
}
