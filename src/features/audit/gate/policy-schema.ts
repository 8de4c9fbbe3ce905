/** @module features/audit/gate/policy-schema The form of a policy file: `tenet.policy/1`. */
import * as z from 'zod';
import type { Severity } from '../../../ledger/records.ts';
import { severity, share } from '../../../report/schema-parts.ts';

const gateSchema = z.strictObject({
  name: z.string().min(1).optional().describe('what it is called in results'),
  subject: z.string().optional().describe('only this subject; absent: every one'),
  overall: z.literal(true).optional().describe('all tested clauses together'),
  level: z.string().optional().describe('the clauses of a level together'),
  kind: z.enum(['objective', 'rule', 'default', 'definition']).optional(),
  clause: z.string().optional().describe('one clause, or "*": every tested clause by itself'),
  adherence: share.optional().describe('the lower end of the interval is at least this'),
  corrected: z
    .boolean()
    .optional()
    .describe('take the rate that is corrected for the judge’s errors; without one the gate fails'),
  severity: severity.optional().describe('no violation as grave as this, or graver'),
  missing: share.optional().describe('at most this share has no verdict that decides'),
  drop: z
    .union([z.literal(true), share])
    .optional()
    .describe('no drop against the baseline beyond noise, or beyond noise and this much'),
});

export const policySchema = z
  .strictObject({
    policy: z.literal('tenet.policy/1'),
    baseline: z.string().optional().describe('the run that drops are measured against'),
    gates: z.array(gateSchema).min(1),
  })
  .meta({ title: 'Tenet policy, version 1' });

export const DEMANDS = ['adherence', 'severity', 'missing', 'drop'] as const;
export const TARGETS = ['overall', 'level', 'kind', 'clause'] as const;

export type Demand = (typeof DEMANDS)[number];
export type Target = (typeof TARGETS)[number];

/** A gate, with its line in the policy file. */
export type PolicyGate = z.infer<typeof gateSchema> & { line: number };

export interface Policy {
  baseline?: string;
  gates: PolicyGate[];
}

/** What a gate is about, as results name it. */
export function targetName(gate: Pick<PolicyGate, Target>): string {
  if (gate.level !== undefined) return `level ${gate.level}`;
  if (gate.kind !== undefined) return `kind ${gate.kind}`;
  if (gate.clause === '*') return 'every clause';
  if (gate.clause !== undefined) return `#${gate.clause.replace(/^#/, '')}`;
  return 'overall';
}

/** What a gate asks for. Shares are 0 to 1. */
export type Demanded =
  /** The lower end of the interval, at least. */
  | { demand: 'adherence'; value: number; corrected: boolean }
  /** No violation as grave as this, or graver. */
  | { demand: 'severity'; value: Severity }
  /** The share without a verdict that decides, at most. */
  | { demand: 'missing'; value: number }
  /** Of the drop beyond noise, at most. */
  | { demand: 'drop'; value: number };
