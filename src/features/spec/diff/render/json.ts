/** @module report/spec-diff-json Two versions of a spec compared, as JSON. */
import type { SpecDiff } from '../index.ts';
import type { RunOutlook } from './runs.ts';

/** The whole difference, and what it leaves of past runs where that was asked for. */
export function renderSpecDiffJson(diff: SpecDiff, runs?: readonly RunOutlook[]): string {
  const whole = runs === undefined ? diff : { ...diff, runs };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
