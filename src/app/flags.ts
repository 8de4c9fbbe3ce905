/**
 * @module app/flags
 * What the values of flags must be, and flags that several commands share.
 */
import { InvalidArgumentError, Option } from 'commander';

/** Where the ledger is, for commands that look into one. */
export function ledgerOption(): Option {
  return new Option('--ledger <file>', 'where everything is kept (default: .tenet/ledger.db)');
}

/** A flag that may be given again. */
export function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

function number(value: string, accepts: (number: number) => boolean, what: string): number {
  const parsed = value.trim() === '' ? Number.NaN : Number(value);
  if (!accepts(parsed)) throw new InvalidArgumentError(`It must be ${what}.`);
  return parsed;
}

/** Any whole number. */
export function integer(value: string): number {
  return number(value, Number.isSafeInteger, 'a whole number');
}

/** What is known of a run's judge, where the ledger does not know it. */
export function certificateOption(): Option {
  return new Option(
    '--certificate <file>',
    'what is known of the judge (default: the newest in the ledger)',
  ).argParser(collect);
}
