/**
 * @module cli/complete
 * What may stand where somebody pressed the tab key: commands, flags, and values of both kinds of arguments.
 */
import type { Completed } from '../app/arguments.ts';
import type { CommandEntry } from '../app/capability.ts';
import { safeLine } from '../text/safe-text.ts';
import { type Declared, givenTo } from './arguments.ts';
import { commandNamed } from './program.ts';

/** A word that fits, with what it is. */
export interface Completion {
  value: string;
  description: string;
}

export interface Completions {
  found: Completion[];
  /** Whether files fit as well. */
  files: boolean;
}

/** Gives the values of a kind: runs of the ledger, clauses of a spec, …  */
export type ValuesOf = (kind: Completed) => Promise<Completion[]>;

/** Flags that every command has. */
const COMMON: readonly Completion[] = [
  { value: '--debug', description: 'show where an error came from' },
  { value: '--help', description: 'display help for command' },
];

/** The completions of the last of these words, which may be empty. */
export async function completionsOf(
  entries: readonly CommandEntry[],
  words: readonly string[],
  valuesOf: ValuesOf,
): Promise<Completions> {
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const entry = commandNamed(entries, before);
  const command = await entry?.load();
  const declared = command === undefined ? [] : givenTo(command);
  const withValue = (flag: string | undefined): Declared | undefined =>
    declared.find((one) => one.flag === flag && one.flag !== null && one.value !== null);
  const asked = withValue(before.at(-1));
  if (asked !== undefined) return valueCompletions(asked, last, valuesOf);
  const [, joined, begun = ''] = /^(--[\w-]+)=(.*)$/s.exec(last) ?? [];
  const named = withValue(joined);
  if (named !== undefined) {
    const { found, files } = await valueCompletions(named, begun, valuesOf);
    return { found: found.map((one) => ({ ...one, value: `${joined}=${one.value}` })), files };
  }
  if (last.startsWith('-')) {
    const flags = declared.flatMap(({ flag, description }) =>
      flag === null ? [] : [{ value: flag, description }],
    );
    return fitting([...flags, ...COMMON], last);
  }
  const given = positionalWords(declared, before);
  const next = nextWords(entries, given);
  if (next.length > 0) return fitting(next, last);
  const places = declared.filter(({ flag }) => flag === null);
  const at = given.length - (entry?.path.split(' ').length ?? 0);
  const place = places[at] ?? places.findLast(({ repeatable }) => repeatable);
  if (place === undefined) return { found: [], files: false };
  if (place.completes === 'command') {
    return fitting(nextWords(entries, given.slice(given.length - at)), last);
  }
  return valueCompletions(place, last, valuesOf);
}

async function valueCompletions(
  { choices, completes }: Declared,
  last: string,
  valuesOf: ValuesOf,
): Promise<Completions> {
  if (choices !== null) {
    return fitting(
      choices.map((value) => ({ value, description: '' })),
      last,
    );
  }
  if (completes === 'file' || completes === 'folder') return { found: [], files: true };
  return completes === null
    ? { found: [], files: false }
    : fitting(await valuesOf(completes), last);
}

/** A shell would make something else of other signs than these, and a spec or a ledger may be a stranger's. */
const PLAIN = /^[\p{L}\p{M}\p{N}_.:@%+,=/-]+$/u;

function fitting(all: readonly Completion[], last: string): Completions {
  const found = all.filter(({ value }) => value.startsWith(last) && PLAIN.test(value));
  return {
    found: found.map(({ value, description }) => ({ value, description: safeLine(description) })),
    files: false,
  };
}

/** Words that go on from these towards a command. */
function nextWords(entries: readonly CommandEntry[], before: readonly string[]): Completion[] {
  const depth = before.length;
  const found = new Map<string, string>();
  for (const { path, summary, hidden } of entries) {
    if (hidden === true) continue;
    const parts = path.split(' ');
    const word = parts[depth];
    if (word === undefined || !before.every((given, place) => given === parts[place])) continue;
    if (!found.has(word)) found.set(word, parts.length === depth + 1 ? summary : '');
  }
  return [...found].map(([value, description]) => ({ value, description }));
}

/** The words that are neither flags nor their values. */
function positionalWords(declared: readonly Declared[], words: readonly string[]): string[] {
  const withValue = new Set(declared.flatMap(({ flag, value }) => (value === null ? [] : [flag])));
  return words.filter(
    (word, place) => !word.startsWith('-') && !withValue.has(words[place - 1] ?? ''),
  );
}
