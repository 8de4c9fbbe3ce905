/** @module app/lent What capabilities lend to one another, gathered from the list. */
import type { ReportSection } from '../report/section.ts';
import type { Capability } from './capability.ts';

/** The sections of a run's report that capabilities bring, in their order. */
export async function sectionsOf(capabilities: readonly Capability[]): Promise<ReportSection[]> {
  const entries = capabilities.flatMap(({ sections = [] }) => sections);
  const sections = await Promise.all(entries.map(({ load }) => load()));
  return sections.toSorted((one, other) => one.order - other.order);
}
