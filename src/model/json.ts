/** @module model/json JSON that strangers wrote, and objects that become JSON. */
import type * as z from 'zod';

/** The value of JSON text; undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Is this a JSON object? */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first thing that is wrong with a value: `place: what`. */
export function issueText({ issues: [issue] }: z.ZodError, otherwise = 'unknown form'): string {
  const place = issue?.path.join('.') ?? '';
  return `${place === '' ? '' : `${place}: `}${issue?.message ?? otherwise}`;
}

/** The object without the keys that hold undefined, as JSON would have it. */
export function withoutUndefined<Value extends object>(value: Value): Value {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries) as Value;
}
