/** @module features/judge/labels/take-labels The labels of a file for a run: all of them, or none. */
import { readLabels } from './formats/read.ts';
import { type ImportedLabels, type ImportTarget, importLabels } from './import.ts';
import { problem } from './messages.ts';

/**
 * What a file's labels come to in a run; nothing is written.
 * @param path what the file is called where it can't be read
 * @throws TenetError `file-refused` with everything that is wrong, where anything is
 */
export function takeLabels(bytes: Uint8Array, path: string, target: ImportTarget): ImportedLabels {
  const read = readLabels(bytes);
  if ('issues' in read) throw problem('file-refused', { file: path, ...read });
  const imported = importLabels(target, read.rows);
  if ('issues' in imported) throw problem('file-refused', { file: target.file, ...imported });
  return imported;
}
