/**
 * Writes the published JSON Schemas, docs/schemas/, of all documents that capabilities declare. `--check` writes
 * nothing: it says what differs, and exits with 1 where something does.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Capability } from '../src/app/capability.ts';
import { sectionsOf } from '../src/app/lent.ts';
import { documentsOf, jsonSchemaOf, schemaFile } from '../src/app/schemas.ts';
import * as listed from '../src/capabilities.ts';
import { ownCapability } from '../src/cli/capability.ts';
import { printJson } from '../src/text/json.ts';

const root = join(import.meta.dirname, '..');

/** What a published schema would have to become: text to write, or null to delete the file. */
export interface Stale {
  /** From the root of the checkout. */
  file: string;
  text: string | null;
}

/** The published schemas that are missing, differ from what is declared, or are declared no more. */
export async function staleSchemas(): Promise<Stale[]> {
  const capabilities: Capability[] = [...Object.values(listed), ownCapability(() => capabilities)];
  const declared = new Map<string, string>();
  const sections = await sectionsOf(capabilities);
  for (const document of documentsOf(capabilities)) {
    declared.set(schemaFile(document), printJson(await jsonSchemaOf(document, sections)));
  }
  const published = new Map(
    globSync('docs/schemas/*.json', { cwd: root }).map((file) => [
      file,
      readFileSync(join(root, file), 'utf8'),
    ]),
  );
  const files = [...new Set([...declared.keys(), ...published.keys()])].sort();
  return files
    .filter((file) => declared.get(file) !== published.get(file))
    .map((file) => ({ file, text: declared.get(file) ?? null }));
}

if (process.argv[1] === import.meta.filename) {
  const isCheck = process.argv.includes('--check');
  const stale = await staleSchemas();
  for (const { file, text } of stale) {
    process.stdout.write(`${file}${text === null ? ': of no document' : ''}\n`);
    const path = join(root, file);
    if (isCheck) continue;
    if (text === null) rmSync(path);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  if (isCheck && stale.length > 0) process.exitCode = 1;
}
