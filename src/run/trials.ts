/**
 * @module run/trials
 * Judged trials in columns, one set per subject, growing as rows come in.
 */
import type { PairedTrials, Trials } from '../stats/index.ts';
import { at } from '../text/at.ts';

export interface Trial {
  subject: number;
  /** The same for all subjects asked the same scenario in the same repeat. */
  unit: number;
  clause: number;
  cluster: number;
  adheres: boolean;
}

export interface TrialColumns {
  add(trial: Trial): void;
  of(subject: number): Trials;
  /** What two subjects were both judged on. */
  pairs(first: number, second: number): PairedTrials;
}

interface Columns {
  outcomes: number[];
  clauses: number[];
  clusters: number[];
  units: number[];
}

/** Empty columns for so many subjects. */
export function createTrials(subjects: number): TrialColumns {
  const columns = Array.from(
    { length: subjects },
    (): Columns => ({ outcomes: [], clauses: [], clusters: [], units: [] }),
  );
  const get = (subject: number): Columns => {
    const found = columns[subject];
    if (found === undefined) throw new RangeError(`there is no subject ${subject}`);
    return found;
  };
  return {
    add: ({ subject, unit, clause, cluster, adheres }) => {
      const { outcomes, clauses, clusters, units } = get(subject);
      outcomes.push(adheres ? 1 : 0);
      clauses.push(clause);
      clusters.push(cluster);
      units.push(unit);
    },
    of: (subject) => {
      const { outcomes, clauses, clusters } = get(subject);
      return {
        outcomes: Uint8Array.from(outcomes),
        clauses: Int32Array.from(clauses),
        clusters: Int32Array.from(clusters),
      };
    },
    pairs: (first, second) => {
      const a = get(first);
      const b = get(second);
      const placeInB = new Map<string, number>();
      for (const [place, unit] of b.units.entries())
        placeInB.set(`${unit} ${b.clauses[place]}`, place);
      const both: [number, number][] = [];
      for (const [place, unit] of a.units.entries()) {
        const other = placeInB.get(`${unit} ${a.clauses[place]}`);
        if (other !== undefined) both.push([place, other]);
      }
      return {
        first: Uint8Array.from(both, ([place]) => at(a.outcomes, place)),
        second: Uint8Array.from(both, ([, place]) => at(b.outcomes, place)),
        clauses: Int32Array.from(both, ([place]) => at(a.clauses, place)),
        clusters: Int32Array.from(both, ([place]) => at(a.clusters, place)),
      };
    },
  };
}
