/** @module report/rate-table */

export { barsLines as rateTable, MARK } from '../text/bars-terminal.ts';
export type { BarsRow as Row } from '../text/blocks.ts';
export type { RateFigure as TableRate } from '../text/figures.ts';
