/** @module stats/cells Trials counted by clause and cluster: all that the estimators read. */

/** What a cell adds up: one number per trial (an outcome, 0 or 1, or a difference of two), its clause, its cluster. */
export interface Values {
  values: ArrayLike<number>;
  /** 0 … clauseCount − 1. */
  clauses: ArrayLike<number>;
  /** Numbered from 0 without large gaps; trials that share one (a scenario's seed) are not taken for independent. */
  clusters: ArrayLike<number>;
}

/**
 * One cell per clause and cluster that have trials, ordered by clause, then by cluster. Cells of clause c are
 * `start[c]` up to `start[c + 1]`.
 */
export interface Cells {
  clauseCount: number;
  /** One more than the largest cluster id. */
  clusterCount: number;
  start: Int32Array;
  cluster: Int32Array;
  size: Int32Array;
  sum: Float64Array;
  sumOfSquares: Float64Array;
}

/**
 * Counts trials into cells in time linear in trials, clauses and the largest cluster id. The order of the trials
 * leaves no trace, as long as the values are integers.
 *
 * @throws RangeError where an id is out of range or the arrays differ in length
 */
export function countCells(input: Values, clauseCount: number): Cells {
  const { values, clauses, clusters } = input;
  const trials = values.length;
  if (clauses.length !== trials || clusters.length !== trials) {
    throw new RangeError(
      `Values, clauses and clusters must be of one length; got ${trials}, ${clauses.length}, ${clusters.length}.`,
    );
  }
  check(clauses, 'clause', clauseCount);
  let clusterCount = 0;
  for (let i = 0; i < trials; i++)
    clusterCount = Math.max(clusterCount, (clusters[i] as number) + 1);
  check(clusters, 'cluster', clusterCount);

  // Two stable counting sorts, the lesser key first.
  const byCluster = countingSort(null, clusters, clusterCount);
  const order = countingSort(byCluster, clauses, clauseCount);
  const start = new Int32Array(clauseCount + 1);
  const cluster = new Int32Array(trials);
  const size = new Int32Array(trials);
  const sum = new Float64Array(trials);
  const sumOfSquares = new Float64Array(trials);
  let cell = -1;
  let clause = -1;
  for (const trial of order) {
    const itsClause = clauses[trial] as number;
    const itsCluster = clusters[trial] as number;
    if (itsClause !== clause || itsCluster !== cluster[cell]) {
      cell++;
      cluster[cell] = itsCluster;
      if (itsClause !== clause) start.fill(cell, clause + 1, itsClause + 1);
      clause = itsClause;
    }
    const value = values[trial] as number;
    size[cell] = (size[cell] as number) + 1;
    sum[cell] = (sum[cell] as number) + value;
    sumOfSquares[cell] = (sumOfSquares[cell] as number) + value * value;
  }
  const cells = cell + 1;
  start.fill(cells, clause + 1);
  return {
    clauseCount,
    clusterCount,
    start,
    cluster: cluster.slice(0, cells),
    size: size.slice(0, cells),
    sum: sum.slice(0, cells),
    sumOfSquares: sumOfSquares.slice(0, cells),
  };
}

/** A clause's trials, added up. */
export function totalsOfClause(
  { start, size, sum, sumOfSquares }: Cells,
  clause: number,
): { trials: number; sum: number; sumOfSquares: number } {
  const totals = { trials: 0, sum: 0, sumOfSquares: 0 };
  for (let cell = at(start, clause); cell < at(start, clause + 1); cell++) {
    totals.trials += at(size, cell);
    totals.sum += at(sum, cell);
    totals.sumOfSquares += at(sumOfSquares, cell);
  }
  return totals;
}

/** The places of the cells of some clauses, one clause after the other. */
export function* cellsOf({ start }: Cells, clauses: Iterable<number>): Generator<number> {
  for (const clause of clauses) {
    for (let cell = at(start, clause); cell < at(start, clause + 1); cell++) yield cell;
  }
}

/** The element at an index that is known to be inside. */
export function at(array: ArrayLike<number>, index: number): number {
  return array[index] as number;
}

function check(ids: ArrayLike<number>, what: string, count: number): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    if (!(Number.isInteger(id) && id >= 0 && id < count)) {
      throw new RangeError(
        `Trial ${i} has ${what} ${id}, which is not an integer in 0..${count - 1}.`,
      );
    }
  }
}

/** Indices in ascending order of their key, ties in the order given (by default 0, 1, 2, …). */
function countingSort(
  given: Int32Array | null,
  keys: ArrayLike<number>,
  count: number,
): Int32Array {
  const next = new Int32Array(count + 1);
  for (let i = 0; i < keys.length; i++)
    next[(keys[i] as number) + 1] = at(next, (keys[i] as number) + 1) + 1;
  for (let key = 0; key < count; key++)
    next[key + 1] = (next[key + 1] as number) + (next[key] as number);
  const order = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const index = given === null ? i : (given[i] as number);
    const key = keys[index] as number;
    const place = next[key] as number;
    order[place] = index;
    next[key] = place + 1;
  }
  return order;
}
