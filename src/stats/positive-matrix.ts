/** @module stats/positive-matrix Equations with a symmetric, positive definite matrix. */

/** What is left of a diagonal place must be more than rounding. */
const SINGULAR = 1e-12;

/**
 * The x with `matrix`·x = `right`; null where the matrix is not positive definite.
 *
 * Source: Cholesky's factorisation; Golub and Van Loan (2013), Matrix Computations, §4.2.
 */
export function solvePositive(
  matrix: readonly Float64Array[],
  right: Float64Array,
): Float64Array | null {
  const size = right.length;
  const factor = matrix.map(() => new Float64Array(size));
  const at = (row: number, column: number): number => factor[row]?.[column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row]?.[column] ?? 0;
      for (let k = 0; k < column; k++) rest -= at(row, k) * at(column, k);
      const own = factor[row];
      if (own === undefined) return null;
      if (row > column) own[column] = rest / at(column, column);
      else if (rest > SINGULAR * (matrix[row]?.[row] ?? 0)) own[column] = Math.sqrt(rest);
      else return null;
    }
  }
  const solved = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let rest = solved[row] ?? 0;
    for (let k = 0; k < row; k++) rest -= at(row, k) * (solved[k] ?? 0);
    solved[row] = rest / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = solved[row] ?? 0;
    for (let k = row + 1; k < size; k++) rest -= at(k, row) * (solved[k] ?? 0);
    solved[row] = rest / at(row, row);
  }
  return solved;
}
