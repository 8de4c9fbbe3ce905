/** @module app/schemas The documents that capabilities print and read, and their published JSON Schemas. */
import * as z from 'zod';
import type { ReportSection } from '../report/section.ts';
import type { Capability, DocumentEntry } from './capability.ts';

/** The documents of all capabilities, by name. */
export function documentsOf(capabilities: readonly Capability[]): DocumentEntry[] {
  return capabilities
    .flatMap(({ documents = [] }) => documents)
    .toSorted((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1));
}

/** `docs/schemas/report-1.json`: where the schema of a document is published, from the package's root. */
export function schemaFile({ name, version }: Pick<DocumentEntry, 'name' | 'version'>): string {
  return `docs/schemas/${name.replace(/^tenet\./, '')}-${version}.json`;
}

/**
 * A document's JSON Schema (2020-12).
 *
 * @param sections those of a report that capabilities lend
 */
export async function jsonSchemaOf(
  document: DocumentEntry,
  sections: readonly ReportSection[] = [],
): Promise<Record<string, unknown>> {
  const declared = await document.load(sections);
  const schema = z.toJSONSchema(declared, {
    target: 'draft-2020-12',
    io: document.io ?? 'output',
  });
  // A schema with an id of its own stands among the definitions, and its title with it.
  const title = declared.meta()?.title ?? `${document.name}, version ${document.version}`;
  return { ...schema, title };
}
