/**
 * @module features/spec/fetch/spec-pin
 * The file beside a fetched spec that says which version it is, where it came from, and what its bytes are.
 */

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { messageOf, Problem } from '../../../app/problem.ts';
import { printJson } from '../../../text/json.ts';

const PIN_FILE = 'tenet-pin.json';

const pinSchema = z.object({
  schema: z.literal('tenet.pin/1'),
  name: z.string(),
  version: z.string(),
  title: z.string(),
  licence: z.string(),
  address: z.string(),
  document: z.string(),
  sha256: z.string(),
  fetchedAt: z.string(),
  /** sha256 of every file, the document among them, by its path from here. */
  files: z.record(z.string(), z.string()),
  /** Eval tags of the document for which there is no file. */
  tagsWithoutFile: z.array(z.string()),
});

export type Pin = z.infer<typeof pinSchema>;

/** The pin in a folder; null if there is none. */
export function readPin(folder: string): Pin | null {
  const path = join(folder, PIN_FILE);
  if (!existsSync(path)) return null;
  try {
    return pinSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Problem(
      `${path}: this is no pin that Tenet wrote. Move it away, or fetch into another folder with --out.`,
    );
  }
}

/** The sha256 of a file; null if there is no such file. */
export function hashOfFile(path: string): string | null {
  try {
    return sha256(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Problem(`${path}: can't be read: ${messageOf(error)}`);
  }
}

/** sha256, in hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Puts files into a folder, all of them or none: they are written beside it first. A folder that is there
 * already keeps what else it holds; the pin comes last, so that a pin never speaks of files that are not there.
 */
export function placeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>, pin: Pin): void {
  const parent = dirname(folder);
  let staging: string | null = null;
  try {
    mkdirSync(parent, { recursive: true });
    staging = mkdtempSync(join(parent, `.${basename(folder)}-`));
    const contents = new Map<string, Uint8Array | string>([...files, [PIN_FILE, printJson(pin)]]);
    for (const [name, bytes] of contents) {
      mkdirSync(dirname(join(staging, name)), { recursive: true });
      writeFileSync(join(staging, name), bytes, { flush: true });
    }
    if (!existsSync(folder)) {
      renameSync(staging, folder);
      staging = null;
      return;
    }
    for (const name of contents.keys()) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      renameSync(join(staging, name), join(folder, name));
    }
  } catch (error) {
    throw new Problem(`${folder}: can't be written: ${messageOf(error)}`);
  } finally {
    if (staging !== null) rmSync(staging, { recursive: true, force: true });
  }
}
