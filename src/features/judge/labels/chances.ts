/**
 * @module features/judge/labels/chances
 * With what chance a case came to be labelled, worked out from all that was ever drawn of a run. Estimates weigh
 * every label by it.
 */

import type { LabelQueue } from '../../../ledger/labels.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import { sum } from '../../../stats/index.ts';
import { at, valueAt } from '../../../text/at.ts';
import { caseKey, type LabelCase } from './cases.ts';
import { type Strata, stratumOf } from './sample.ts';

/** One person's share of the labelling: what could come to them, and what they labelled. */
interface Draw {
  /** For each case: the chance that this person has labelled it. */
  chance: Float64Array;
  labelled: ReadonlySet<string>;
}

export interface Chances {
  /**
   * For each case: the chance with which it was labelled, up to one factor common to all; 0 where it was not
   * labelled, or was chosen for it.
   */
  inclusion: Float64Array;
  /** For each case: whether it could have been labelled at all. */
  reachable: Uint8Array;
}

/**
 * For each queue of one person, oldest first, the chance of each case to be drawn by it. Queues whose cases were
 * chosen draw nothing. A later queue draws from what earlier ones left: P(drawn by b) = P(not drawn before) · n/R, n
 * drawn of the R that were left in the case's stratum.
 */
export function drawnChances(
  cases: readonly LabelCase[],
  queues: readonly LabelQueue[],
): Float64Array[] {
  const left = new Float64Array(cases.length).fill(1);
  const drawn = new Set<string>();
  return queues.map((queue) => {
    const chance = new Float64Array(cases.length);
    if (queue.strata === 'chosen') return chance;
    const strata = queue.strata as Strata;
    const from = queue.clauses === null ? null : new Set(queue.clauses);
    const taken = new Set(queue.items.map(caseKey));
    const counts = new Map<string, { taken: number; left: number }>();
    const cells = cases.map((one) => {
      if (from !== null && !from.has(one.clause)) return null;
      const name = stratumOf(strata, one);
      const cell = counts.get(name) ?? { taken: 0, left: 0 };
      counts.set(name, cell);
      const key = caseKey(one);
      if (!drawn.has(key)) cell.left++;
      if (taken.has(key)) cell.taken++;
      return cell;
    });
    for (const [place, cell] of cells.entries()) {
      if (cell === null || cell.left === 0) continue;
      const share = (at(left, place) * cell.taken) / cell.left;
      chance[place] = share;
      left[place] = at(left, place) - share;
    }
    for (const key of taken) drawn.add(key);
    return chance;
  });
}

/**
 * The chance of each labelled case. Several people may draw the same case: where a case was expected to be labelled
 * e times and was labelled k times, its chance counts as e/k, which leaves weighted sums without bias however the
 * draws hang together. What a person was given and has not come to lowers the chance of all that was drawn with it.
 *
 * Source: Kalton & Anderson (1986), Journal of the Royal Statistical Society A 149, 65–82 (multiplicity).
 */
export function labelChances(
  cases: readonly LabelCase[],
  queues: readonly LabelQueue[],
  labels: readonly LabelRecord[],
): Chances {
  const people = new Set([...labels.map(({ person }) => person)]);
  const draws = [...people].flatMap((person) => {
    const own = labels.filter((label) => label.person === person);
    const labelled = new Set(own.map(caseKey));
    const given = queues.filter((queue) => queue.person === person);
    const fromQueues = queueDraws(cases, given, labelled);
    const queued = new Set(given.flatMap(({ items }) => items.map(caseKey)));
    const others = own.filter((label) => !queued.has(caseKey(label)));
    return [...fromQueues, ...importedDraw(cases, others)];
  });
  const inclusion = new Float64Array(cases.length);
  const reachable = new Uint8Array(cases.length);
  for (const [place, one] of cases.entries()) {
    const key = caseKey(one);
    const expected = sum(draws.map(({ chance }) => at(chance, place)));
    const times = draws.filter(
      ({ chance, labelled }) => labelled.has(key) && at(chance, place) > 0,
    ).length;
    reachable[place] = expected > 0 ? 1 : 0;
    inclusion[place] = times === 0 ? 0 : expected / times;
  }
  const most = inclusion.reduce((a, b) => Math.max(a, b), 1);
  return { inclusion: inclusion.map((chance) => chance / most), reachable };
}

/** A person's queues together, and apart from them each dispute that was labelled to its end. */
function queueDraws(
  cases: readonly LabelCase[],
  queues: readonly LabelQueue[],
  labelled: ReadonlySet<string>,
): Draw[] {
  const together: Draw = { chance: new Float64Array(cases.length), labelled: new Set() };
  const drawn = new Set<string>();
  const complete: Draw[] = [];
  const chances = drawnChances(cases, queues);
  for (const [number, { strata, items }] of queues.entries()) {
    const keys = items.map(caseKey);
    const done = keys.filter((key) => labelled.has(key));
    if (strata === 'chosen') {
      // Chosen, but none was left out: then it is all of its stratum.
      const isAll = items.every(({ inclusion }) => inclusion === 1) && done.length === keys.length;
      if (isAll) complete.push(certain(cases, new Set(keys)));
      continue;
    }
    const share = keys.length === 0 ? 0 : done.length / keys.length;
    const own = at(chances, number);
    for (const place of cases.keys()) {
      together.chance[place] = at(together.chance, place) + share * at(own, place);
    }
    for (const key of done) drawn.add(key);
  }
  return [{ ...together, labelled: drawn }, ...complete];
}

function certain(cases: readonly LabelCase[], keys: ReadonlySet<string>): Draw {
  const chance = Float64Array.from(cases, (one) => (keys.has(caseKey(one)) ? 1 : 0));
  return { chance, labelled: keys };
}

/** Labels that no queue gave out: by the chance that their file names, else as a share of the cases of their verdict. */
function importedDraw(cases: readonly LabelCase[], labels: readonly LabelRecord[]): Draw[] {
  const usable = labels.filter(({ inclusion }) => inclusion !== 0);
  if (usable.length === 0) return [];
  const said = new Map(usable.map((label) => [caseKey(label), label.inclusion]));
  const strata = Map.groupBy(cases, (one) => stratumOf('verdict', one));
  const shares = new Map(
    [...strata].map(([name, all]) => {
      const labelled = all.filter((one) => said.has(caseKey(one)));
      return [name, labelled.length / all.length];
    }),
  );
  const chance = Float64Array.from(
    cases,
    (one) => said.get(caseKey(one)) ?? valueAt(shares, stratumOf('verdict', one)),
  );
  return [{ chance, labelled: new Set(said.keys()) }];
}
