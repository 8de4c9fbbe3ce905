/** @module stats/cluster-strata Which clusters stand in for one another when clusters are the sample. */
import { at, type Cells, cellsOf } from './cells.ts';

/** Clusters sorted by stratum: those of stratum h are `members[start[h]]` up to `members[start[h + 1]]`. */
export interface Strata {
  start: Int32Array;
  members: Int32Array;
  /** The stratum of each cluster; −1 where it has no trial. */
  ofCluster: Int32Array;
}

/**
 * Clauses are fixed and the seeds within them are a sample, so a cluster stands for those of the same clause: the
 * one under which it has most trials (the first of equals), over all samples that share the clusters. Strata of
 * one cluster show no spread; they are thrown together into one, which errs towards too wide. A last one on its own
 * joins the stratum before it.
 *
 * Source: Cochran (1977), Sampling Techniques, §5A.12 (collapsed strata).
 */
export function strataOf(samples: readonly Cells[]): Strata {
  const clusters = samples.reduce((most, { clusterCount }) => Math.max(most, clusterCount), 0);
  const homes = homesOf(samples, clusters);
  const byHome = [...Map.groupBy(homes.keys(), (cluster) => at(homes, cluster))]
    .filter(([home]) => home >= 0)
    .toSorted(([a], [b]) => a - b)
    .map(([, members]) => members);
  const groups = byHome.filter((members) => members.length > 1);
  const alone = byHome.filter((members) => members.length === 1).flat();
  const before = groups.at(-1);
  if (alone.length === 1 && before !== undefined) before.push(...alone);
  else if (alone.length > 0) groups.push(alone);

  const start = new Int32Array(groups.length + 1);
  const ofCluster = new Int32Array(clusters).fill(-1);
  for (const [stratum, members] of groups.entries()) {
    start[stratum + 1] = at(start, stratum) + members.length;
    for (const cluster of members) ofCluster[cluster] = stratum;
  }
  return { start, members: Int32Array.from(groups.flat()), ofCluster };
}

/** Distinct clusters of some clauses, and what is left of them for the spread once each stratum's mean is known. */
export function freedomOf(
  cells: Cells,
  clauses: readonly number[],
  { ofCluster }: Strata,
): { clusters: number; freedom: number } {
  const clusters = new Set([...cellsOf(cells, clauses)].map((cell) => at(cells.cluster, cell)));
  const strata = new Set([...clusters].map((cluster) => at(ofCluster, cluster)));
  return { clusters: clusters.size, freedom: Math.max(1, clusters.size - strata.size) };
}

function homesOf(samples: readonly Cells[], clusters: number): Int32Array {
  const sizes = new Map<number, number>();
  const homes = new Int32Array(clusters).fill(-1);
  const most = new Float64Array(clusters);
  for (const cells of samples) {
    for (let clause = 0; clause < cells.clauseCount; clause++) {
      for (let cell = at(cells.start, clause); cell < at(cells.start, clause + 1); cell++) {
        const key = clause * clusters + at(cells.cluster, cell);
        sizes.set(key, (sizes.get(key) ?? 0) + at(cells.size, cell));
      }
    }
  }
  for (const [key, size] of [...sizes].toSorted(([a], [b]) => a - b)) {
    const cluster = key % clusters;
    if (size <= at(most, cluster)) continue;
    most[cluster] = size;
    homes[cluster] = Math.floor(key / clusters);
  }
  return homes;
}
