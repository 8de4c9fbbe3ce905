/**
 * @module app/settings
 * What holds for every command that asks models: a flag, else the configuration, else what is usual.
 */
import { dollars } from '../text/figures.ts';
import type { Config } from './config.ts';
import { DEFAULT_LEDGER } from './ledgers.ts';

/** Enough for a long answer; a model that thinks at length needs more, and the report counts what was cut short. */
export const DEFAULT_MAX_TOKENS = 4_096;

/** How often a scenario may be asked in a sequential plan where nobody says; more of the same tell little of others. */
export const DEFAULT_CEILING = 200;

/** Flags and configuration together. */
export interface Settings {
  concurrency: 'auto' | number;
  /** US dollars. */
  budget: number | null;
  ledger: string;
  prices: NonNullable<Config['prices']>;
  json: boolean;
  /** Null where nobody says. */
  repeats: number | null;
  config: Config;
}

/** What may be said on the command line of these. */
export interface SettingFlags {
  concurrency?: 'auto' | number;
  budget?: number;
  ledger?: string;
  json?: boolean;
  repeats?: number;
}

/** The settings of a command: a flag wins over the configuration. */
export function settle(flags: SettingFlags, config: Config): Settings {
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

/** ` (stops at $5.00)`, or nothing where there is no budget. */
export function ceilingText({ budget }: Pick<Settings, 'budget'>): string {
  return budget === null ? '' : ` (stops at ${dollars(budget)})`;
}
