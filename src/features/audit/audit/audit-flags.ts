/**
 * @module features/audit/audit/audit-flags
 * What `tenet audit` can be told, and what holds where it is told nothing.
 */

import type { Consensus } from '../../../run/plan.ts';

/** The flags of `tenet audit` as they come from the command line. */
export interface AuditFlags {
  spec?: string;
  dialect?: string;
  subject?: string[];
  judge?: string[];
  consensus?: Consensus;
  selfJudged?: boolean;
  rubric?: string[];
  certificate?: string[];
  precision?: number;
  bound?: number;
  batch?: number;
  suite?: string;
  clauses?: string;
  repeats?: number;
  limit?: number;
  concurrency?: 'auto' | number;
  budget?: number;
  maxTokens?: number;
  temperature?: number;
  system?: string;
  seed?: number;
  ledger?: string;
  dryRun?: boolean;
  offline?: boolean;
  resume?: string | true;
  json?: boolean;
}
