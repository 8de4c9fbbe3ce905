/**
 * @module features/audit/audit/audit-flags
 * What `tenet audit` can be told, and what holds where it is told nothing.
 */

import type { Config } from '../../../app/config.ts';
import { DEFAULT_LEDGER } from '../../../app/stored.ts';
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

/** Flags and configuration together. */
export interface Settings {
  concurrency: 'auto' | number;
  budget: number | null;
  ledger: string;
  prices: NonNullable<Config['prices']>;
  json: boolean;
  /** Null where nobody says. */
  repeats: number | null;
  config: Config;
}

/** The settings of an audit: a flag wins over the configuration. */
export function settle(flags: AuditFlags, config: Config): Settings {
  return {
    concurrency: flags.concurrency ?? config.concurrency ?? 'auto',
    budget: flags.budget ?? config.budget ?? null,
    ledger: flags.ledger ?? config.ledger ?? DEFAULT_LEDGER,
    prices: config.prices ?? {},
    json: flags.json ?? false,
    repeats: flags.repeats ?? config.repeats ?? null,
    config,
  };
}
