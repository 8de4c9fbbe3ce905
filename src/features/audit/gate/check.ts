/** @module features/audit/gate/check What checks of a policy have in common in every form that they are shown in. */
import type { Check } from './schema.ts';

/** One check in a line: what was asked of what, and what there is. */
export function headline({ gate, target, asked, found }: Check): string {
  const name = gate === target ? target : `${gate}: ${target}`;
  return `${name}: ${asked}; found ${found}`;
}

/** Can it not be told, and does not fail the gate? */
export function isExcused({ passed, outcome }: Check): boolean {
  return passed && outcome === 'unknown';
}
