/** @module text/markdown-table Tables in Markdown. */

/**
 * A table. Cells are Markdown already.
 * @param texts how many columns, from the left, hold text; the others are set to the right
 */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  texts = 1,
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = heads.map((_, column) => (column < texts ? '---' : '--:'));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}
