/**
 * @module features/spec/fetch/check-folder
 * What a folder holds before a published spec comes into it. What a person has changed stays as it is.
 */
import { join } from 'node:path';
import { problem } from './messages.ts';
import type { PublishedSpec } from './published.ts';
import type { Pin } from './schema.ts';

/** A folder as it is found. */
export interface Holding {
  folder: string;
  /** Its pin; null where it has none. */
  pin: Pin | null;
  /** The sha256 of a file in it; null where there is no such file. */
  hashOf(file: string): string | null;
}

/**
 * The pin of a folder that has all of this spec already; null where it is to be fetched. Throws a `TenetError` for a
 * folder that holds another version, or files of it that were changed.
 */
export function checkFolder(holding: Holding, spec: PublishedSpec): Pin | null {
  const { folder, pin, hashOf } = holding;
  if (pin !== null && (pin.name !== spec.name || pin.version !== spec.version)) {
    throw problem('other-version-there', { folder, name: pin.name, version: pin.version });
  }
  const wanted = pin?.files ?? (spec.sha256 === null ? {} : { [spec.document]: spec.sha256 });
  refuseOverwriting(holding, { ...spec, files: wanted });
  if (pin === null || (spec.sha256 !== null && pin.sha256 !== spec.sha256)) return null;
  return Object.keys(pin.files).every((file) => hashOf(file) !== null) ? pin : null;
}

/** Throws a `TenetError` where a file is there that differs from the one of these hashes. */
export function refuseOverwriting(
  { folder, hashOf }: Holding,
  { name, version, files }: Pick<Pin, 'name' | 'version' | 'files'>,
): void {
  for (const [file, hash] of Object.entries(files)) {
    const own = hashOf(file);
    if (own === null || own === hash) continue;
    throw problem('file-changed', { path: join(folder, file), name, version });
  }
}
