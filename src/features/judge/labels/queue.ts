/**
 * @module features/judge/labels/queue
 * What a person is given next, and what of it is still to do.
 */

import type { LabelItem, LabelQueue } from '../../../ledger/labels.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import { sum } from '../../../stats/index.ts';
import { at, valueAt } from '../../../text/at.ts';
import { caseKey, type LabelCase } from './cases.ts';
import { drawnChances } from './chances.ts';
import {
  type Allocation,
  allocate,
  type Design,
  disputedCases,
  drawCases,
  type Strata,
  strataFor,
} from './sample.ts';

export interface QueueRequest {
  run: number;
  person: string;
  /** As the user wrote it. */
  text: string;
  design: Design;
  seed: number;
  /** Ids of the clauses to draw from; null: all. */
  clauses: ReadonlySet<string> | null;
  /** For `narrowing`: how many of each stratum by level and verdict. */
  narrowing?: Allocation;
  now: number;
}

/**
 * A new queue of a person, of cases that they were not given before. It is empty where there are none left.
 *
 * @param earlier all queues of this person, oldest first
 * @param labels this person's labels
 */
export function drawQueue(
  request: QueueRequest,
  cases: readonly LabelCase[],
  earlier: readonly LabelQueue[],
  labels: readonly LabelRecord[],
): LabelQueue {
  const { run, person, text, design, seed, now } = request;
  const clauses = request.clauses === null ? null : [...request.clauses];
  const base = { run, person, design: text, clauses, created: now };
  const within = cases.filter(({ clause }) => request.clauses?.has(clause) ?? true);
  if (design.kind === 'disagreements') {
    const known = new Set([...keysOf(earlier), ...labels.map(caseKey)]);
    const disputed = disputedCases(within);
    const fresh = disputed.filter((one) => !known.has(caseKey(one)));
    const taken = fresh.slice(0, design.size);
    const inclusion = taken.length === disputed.length ? 1 : 0;
    return { ...base, strata: 'chosen', items: taken.map((one) => itemOf(one, inclusion)) };
  }
  const byChance = earlier.filter(({ strata }) => strata !== 'chosen');
  const drawn = new Set(keysOf(byChance));
  const left = within.filter((one) => !drawn.has(caseKey(one)));
  const { strata, allocation } = allocationFor(request, left);
  // Another order for every draw: what an earlier one left is not in chance's order any more.
  const taken = drawCases(left, strata, allocation, `${seed} ${byChance.length}`);
  const queue = { ...base, strata, items: taken.map((one) => itemOf(one, 0)) };
  const chances = drawnChances(cases, [...earlier, queue]);
  const places = new Map(cases.map((one, place) => [one, place]));
  const chanceOf = (one: LabelCase): number => {
    const place = valueAt(places, one);
    return sum(chances.map((chance) => at(chance, place)));
  };
  return { ...queue, items: taken.map((one) => itemOf(one, Math.min(1, chanceOf(one)))) };
}

function allocationFor(
  { design, narrowing }: QueueRequest,
  left: readonly LabelCase[],
): { strata: Strata; allocation: Allocation } {
  if (narrowing !== undefined) return { strata: 'level verdict', allocation: narrowing };
  const strata = design.kind === 'random' ? 'all' : strataFor(left, design.size);
  return { strata, allocation: allocate(left, strata, design.size) };
}

/** What is still to label, in the order in which it was given out. */
export function openItems(
  queues: readonly LabelQueue[],
  labels: readonly Pick<LabelRecord, 'sample' | 'clause'>[],
  cases: readonly LabelCase[],
): LabelItem[] {
  const there = new Set(cases.map(caseKey));
  const passed = new Set(labels.map(caseKey));
  return queues.flatMap(({ items }) =>
    items.filter((item) => {
      const key = caseKey(item);
      if (passed.has(key) || !there.has(key)) return false;
      passed.add(key);
      return true;
    }),
  );
}

function keysOf(queues: readonly LabelQueue[]): string[] {
  return queues.flatMap(({ items }) => items.map(caseKey));
}

function itemOf({ sample, clause }: LabelCase, inclusion: number): LabelItem {
  return { sample, clause, inclusion };
}
