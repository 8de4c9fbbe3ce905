/**
 * @module run/judging/checks/explain
 * Says what is wrong with checks that fit no schema, where in them, and what could stand there.
 */
import type * as z from 'zod';
import { nearest } from '../../../spec/locate.ts';
import { JSON_SCHEMA_KEYWORDS } from './json-schema.ts';
import { CHECK_VALUES } from './schema.ts';

/** A fault at a path from the top of the checks. */
export interface CheckFault {
  path: (string | number)[];
  message: string;
  /** Whether the last part of the path is a key that should not be there. */
  isKey?: boolean;
}

const COMBINING = ['all', 'any', 'not'] as const;

/** The faults of checks as they are written; none where they are right. `keys` are the checks there may be. */
export function explainChecks(
  written: unknown,
  keys: readonly string[],
  path: (string | number)[] = [],
): CheckFault[] {
  if (Array.isArray(written)) return explainList(written, keys, path);
  if (typeof written !== 'object' || written === null) {
    return [{ path, message: `A check is a key with a value, such as 'contains: text'` }];
  }
  const [key, second] = Object.keys(written);
  if (key === undefined) return [{ path, message: 'There is no check in it' }];
  if (second !== undefined) {
    return [
      {
        path: [...path, second],
        message: `One check has one key; put each into a list item of its own, as '- ${key}: …' and '- ${second}: …'`,
        isKey: true,
      },
    ];
  }
  const value = (written as Record<string, unknown>)[key];
  const inner = [...path, key];
  if (key === 'not') return explainChecks(value, keys, inner);
  if (key === 'all' || key === 'any') {
    if (Array.isArray(value)) return explainList(value, keys, inner);
    return [{ path: inner, message: `${key} takes a list of checks` }];
  }
  if (!keys.includes(key)) {
    const hint = hintFor([...keys, ...COMBINING], key);
    return [{ path: inner, message: `There is no check "${key}" here. ${hint}`, isKey: true }];
  }
  return explainValue(key as keyof typeof CHECK_VALUES, value, inner);
}

/** Which of the known words may be meant, or which there are. */
export function hintFor(known: readonly string[], word: string): string {
  const [near] = nearest(known, word);
  return near === undefined ? `There are ${known.join(', ')}.` : `Is it ${near}?`;
}

function explainList(
  written: readonly unknown[],
  keys: readonly string[],
  path: (string | number)[],
): CheckFault[] {
  if (written.length === 0) return [{ path, message: 'There is no check in this list' }];
  return written.flatMap((one, place) => explainChecks(one, keys, [...path, place]));
}

function explainValue(
  key: keyof typeof CHECK_VALUES,
  value: unknown,
  path: (string | number)[],
): CheckFault[] {
  const parsed = CHECK_VALUES[key].safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap(plainIssues).map(({ path: parts, message, key: unknown }) => {
    const inner = [...path, ...parts];
    if (unknown === undefined) return { path: inner, message: `${key}: ${message}` };
    const hint =
      key === 'json_schema'
        ? ` Of JSON Schema these are checked: ${JSON_SCHEMA_KEYWORDS.join(', ')}.`
        : '';
    return {
      path: [...inner, unknown],
      message: `${key}: "${unknown}" is not known here.${hint}`,
      isKey: true,
    };
  });
}

interface PlainIssue {
  path: (string | number)[];
  message: string;
  /** A key that should not be there. */
  key?: string;
  /** It is something else altogether. */
  isOfOtherType?: boolean;
}

/** An issue without choices: of several forms that a value may have, the faults of the one that it nearly has. */
function plainIssues(issue: z.core.$ZodIssue): PlainIssue[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path, message: issue.message, key }));
  }
  if (issue.code !== 'invalid_union') {
    return [{ path, message: issue.message, isOfOtherType: issue.code === 'invalid_type' }];
  }
  const forms = issue.errors.map((issues) => issues.flatMap(plainIssues));
  // Where the form is wrong from the start, the fault lies at its top; otherwise deeper, or in a key.
  const depth = (faults: readonly PlainIssue[]): number =>
    Math.max(0, ...faults.map((fault) => fault.path.length + (fault.key === undefined ? 0 : 1)));
  const nearly = forms.reduce((a, b) => (depth(b) > depth(a) ? b : a), []);
  if (depth(nearly) === 0) {
    const top = forms.flat().find(({ isOfOtherType }) => isOfOtherType !== true);
    return [{ path, message: top?.message ?? 'this is nothing that can stand here' }];
  }
  return nearly.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
}
