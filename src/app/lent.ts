/** @module app/lent What capabilities lend to one another, gathered from the list. */
import type { Migration } from '../ledger/migrations.ts';
import type { ReportSection } from '../report/section.ts';
import type { Capability } from './capability.ts';

/** The sections of a run's report that capabilities bring, in their order. */
export async function sectionsOf(capabilities: readonly Capability[]): Promise<ReportSection[]> {
  const entries = capabilities.flatMap(({ sections = [] }) => sections);
  const sections = await Promise.all(entries.map(({ load }) => load()));
  return sections.toSorted((one, other) => one.order - other.order);
}

/** The tables that capabilities bring to a ledger, in the order of the list. */
export async function tablesOf(capabilities: readonly Capability[]): Promise<Migration[]> {
  const tables = await Promise.all(capabilities.map((own) => own.tables?.()));
  // Most bring none.
  return tables.flatMap((own) => own ?? []);
}
