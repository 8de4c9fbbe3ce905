/** @module tenet What other programs can use of Tenet. */
export { type Config, defineConfig } from './cli/config.ts';
