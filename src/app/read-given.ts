/**
 * @module app/read-given
 * Reads what a user's own program or configuration hands over. It is code that nobody has checked, so that reading it
 * may fail as well: a getter can throw.
 */
import type * as z from 'zod';
import { at } from '../text/at.ts';
import { messageOf } from './errors.ts';
import { demanded } from './read-given-messages.ts';

/** The first thing that is wrong, and where: keys from the outside in. */
export interface Wrong {
  place: PropertyKey[];
  reason: string;
  /** Keys that are none; `place` is the object that has them. */
  unknown: string[];
  /** What was thrown, where it could not be read. */
  cause?: unknown;
}

/** What is given in the schema's form, or what is wrong with it. */
export function readGiven<Data>(
  schema: z.ZodType<Data>,
  given: unknown,
): { data: Data } | { wrong: Wrong } {
  try {
    const read = schema.safeParse(given, { error: demanded });
    if (read.success) return { data: read.data };
    const issue = at(read.error.issues, 0);
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
    return { wrong: { place: issue.path, reason: issue.message, unknown } };
  } catch (cause) {
    const reason = `can't be read: ${messageOf(cause)}`;
    return { wrong: { place: placeThatThrows(given), reason, unknown: [], cause } };
  }
}

/** The key that throws when it is read; no place where it lies deeper, or where not even the keys can be read. */
function placeThatThrows(given: unknown): PropertyKey[] {
  let reading: string[] = [];
  try {
    for (const key of Object.keys(Object(given))) {
      reading = [key];
      Reflect.get(Object(given), key);
    }
  } catch {
    return reading;
  }
  return [];
}
