/**
 * @module spec/identity
 * What a document is called when nobody says: id and version from where it lies.
 */

import { capital } from '../text/capital.ts';

const DATE = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/;

/** Id and version as a path suggests them. */
export interface Identity {
  id: string;
  version: string | null;
}

/**
 * `…/2025-12-18/model_spec.md` is `model-spec`, version `2025-12-18`; so is `model_spec-2025-12-18.md`.
 * The version is the date in the file's name, or else in the nearest folder's; null without one.
 */
export function identityFromPath(path: string): Identity {
  const parts = path.split(/[/\\]/).filter((part) => part !== '');
  const name = (parts.at(-1) ?? '').replace(/\.[A-Za-z]{1,8}$/, '');
  let version: string | null = DATE.exec(name)?.[0] ?? null;
  for (let index = parts.length - 2; version === null && index >= 0; index--) {
    version = DATE.exec(parts[index] ?? '')?.[0] ?? null;
  }
  const words = name
    .replace(DATE, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}.]+/gu);
  return { id: words === null ? 'spec' : words.join('-'), version };
}

/** An id as a title, for a document that has none: `model-spec` is `Model spec`. */
export function titleFromId(id: string): string {
  const words = id.replaceAll(/[-_]+/g, ' ').trim();
  return capital(words);
}
