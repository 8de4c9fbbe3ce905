/**
 * @module app/settings
 * What holds for every command that asks models: what its arguments say, else what is usual.
 */
import { dollars } from '../text/figures.ts';
import type { Config } from './config.ts';
import type { Invocation } from './context.ts';
import { DEFAULT_LEDGER } from './ledgers.ts';

/** Enough for a long answer; a model that thinks at length needs more, and the report counts what was cut short. */
export const DEFAULT_MAX_TOKENS = 4_096;

/** How often a scenario may be asked in a sequential plan where nobody says; more of the same tell little of others. */
export const DEFAULT_CEILING = 200;

/** Where models are asked, and within which bounds. */
export interface Settings {
  concurrency: 'auto' | number;
  /** US dollars. */
  budget: number | null;
  ledger: string;
  prices: NonNullable<Config['prices']>;
}

/** The settings that these arguments and a configuration come to. */
export function settle(
  { concurrency = 'auto', budget = null, ledger = DEFAULT_LEDGER }: Partial<Settings>,
  { prices = {} }: Config,
): Settings {
  return { concurrency, budget, ledger, prices };
}

/** Those of the arguments that were given; the others are the configuration's. */
export function givenAmong<Args extends object>(
  args: Args,
  { given }: Pick<Invocation, 'given'>,
): Partial<Args> {
  const entries = Object.entries(args).filter(([key]) => given.has(key));
  return Object.fromEntries(entries) as Partial<Args>;
}

/** ` (stops at $5.00)`, or nothing where there is no budget. */
export function ceilingText({ budget }: Pick<Settings, 'budget'>): string {
  return budget === null ? '' : ` (stops at ${dollars(budget)})`;
}
