/** @module report/figures */
export * from '../text/figures.ts';
