/**
 * @module report/certificate/identity
 * Who a certificate is about, as a hash.
 */
import { hash } from 'node:crypto';
import { canonicalJson } from '../../model/record.ts';
import type { Consensus, PlannedModel, PlannedRubric } from '../../run/plan.ts';

type Measured = Pick<PlannedModel, 'name' | 'parameters'>;
type RubricHash = Pick<PlannedRubric, 'clause' | 'hash'>;

/**
 * sha256 (hexadecimal) of what decides how a judge judges: its name, its parameters but for the seed, the rubrics it
 * is given. The order of the rubrics leaves no trace.
 */
export function judgeKey(
  { name, parameters }: Measured,
  rubrics: readonly RubricHash[] = [],
): string {
  const { seed: _, ...lasting } = parameters;
  return digest({ name, parameters: lasting, rubrics: rubricPairs(rubrics) });
}

/** The same for a panel: its members, in any order, and how their verdicts become one. */
export function panelKey(
  judges: readonly Measured[],
  consensus: Consensus,
  rubrics: readonly RubricHash[] = [],
): string {
  return digest({ panel: judges.map((judge) => judgeKey(judge, rubrics)).toSorted(), consensus });
}

/**
 * sha256 (hexadecimal) of a whole certificate, whatever the order of its fields. Codes that repeat a sentence leave no
 * trace: with them it says no more than before there were any, and is known by the same hash.
 */
export function certificateHash(certificate: object): string {
  return digest(JSON.parse(JSON.stringify(certificate, withoutCode)));
}

function withoutCode(key: string, value: unknown): unknown {
  const isCode = key === 'assumes' || ((key === 'missing' || key === 'code') && isText(value));
  return isCode ? undefined : value;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function rubricPairs(rubrics: readonly RubricHash[]): [string, string][] {
  return rubrics
    .map(({ clause, hash: text }): [string, string] => [clause, text])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function digest(value: object): string {
  return hash('sha256', canonicalJson(value), 'hex');
}
