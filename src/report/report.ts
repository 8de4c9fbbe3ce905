/**
 * @module report/report
 * A run's report from its sections, report's own and those that capabilities lend: the document, its schema, and its
 * page. One list; nothing else names them all.
 */
import * as z from 'zod';
import { type Block, stamped } from '../text/blocks.ts';
import type { RunView } from './run-view.ts';
import { type ownParts, type Report, SCHEMA_NAME } from './schema.ts';
import type { Detail, ReportSection } from './section.ts';
import { consistencySection } from './sections/consistency/consistency.ts';
import { countedSection } from './sections/counted/counted.ts';
import { differencesSection } from './sections/differences/differences.ts';
import { findingsSection } from './sections/findings.ts';
import { panelSection } from './sections/panel/panel.ts';
import { ratesSection } from './sections/rates/rates.ts';
import { worstSection } from './sections/rates/worst.ts';
import { howToReadSection, howToRepeatSection } from './sections/reading.ts';
import { noteDataSection, notesSection } from './sections/run/notes.ts';
import { runSection } from './sections/run/run.ts';
import { spendingSection } from './sections/spending/spending.ts';
import { untestedSection } from './sections/untested.ts';

/** Report's own sections with a part in the document: one for each of its keys. */
const OWN: { [Key in keyof typeof ownParts]: ReportSection<NonNullable<Report[Key]>> } = {
  run: runSection,
  notes: notesSection,
  noteData: noteDataSection,
  accounting: countedSection,
  panel: panelSection,
  subjects: ratesSection,
  comparisons: differencesSection,
  spending: spendingSection,
  untested: untestedSection,
  findings: findingsSection,
};

/** Sections that tell what other parts hold. */
const TELLING = [consistencySection, worstSection, howToReadSection, howToRepeatSection];

function sectionsWith(lent: readonly ReportSection[]): ReportSection[] {
  return [...Object.values(OWN), ...TELLING, ...lent] as ReportSection[];
}

/** The parts of the document, in the order of their keys. */
function partsWith(lent: readonly ReportSection[]) {
  return sectionsWith(lent)
    .flatMap(({ key, part }) => (part === undefined ? [] : [{ key, ...part }]))
    .toSorted((a, b) => a.order - b.order);
}

/**
 * The report of a run, finished or not: a pure function of what the ledger holds of it. Nothing in it depends on the
 * time at which it is made.
 *
 * @param lent the sections that capabilities lend
 */
export async function buildReport(
  view: RunView,
  lent: readonly ReportSection[] = [],
): Promise<Report> {
  const parts: Record<string, unknown> = {};
  for (const { key, build } of partsWith(lent)) {
    const data = await build(view);
    if (data !== undefined) parts[key] = data;
  }
  return { schema: SCHEMA_NAME.value, ...parts } as Report;
}

/** The schema of `tenet.report/1` with these sections. */
export function reportSchema(lent: readonly ReportSection[] = []): z.ZodType<Report> {
  const parts = partsWith(lent).map(({ key, schema }) => [key, schema]);
  return z
    .strictObject({ schema: SCHEMA_NAME, ...Object.fromEntries(parts) })
    .meta({ title: 'Tenet report, version 1' }) as unknown as z.ZodType<Report>;
}

/** The page of a report. Text in it that came from a model, a spec or a file is hostile; renderers make it harmless. */
export function reportBlocks(
  report: Report,
  lent: readonly ReportSection[],
  detail: Detail,
): Block[] {
  const held: Readonly<Record<string, unknown>> = report;
  const blocks = sectionsWith(lent)
    .toSorted((a, b) => a.order - b.order)
    .flatMap(({ key, part, render }) => {
      if (part !== undefined && held[key] === undefined) return [];
      return render(held[key], report, detail);
    });
  return stamped(report.run.simulated, blocks);
}

/** What a section holds in a report; undefined where it has nothing to say. */
export function partOf<Data>(report: Report, { key }: ReportSection<Data>): Data | undefined {
  const held: Readonly<Record<string, unknown>> = report;
  return held[key] as Data | undefined;
}
