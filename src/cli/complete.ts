/**
 * @module cli/complete
 * What may stand where somebody pressed the tab key: commands, flags, and values of both kinds of arguments.
 */
import type { Completed } from '../app/arguments.ts';
import type { CommandEntry } from '../app/capability.ts';
import { type Declared, declaredBy } from './arguments.ts';
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

/** The completions of the last of these words, which may be empty. */
export async function completionsOf(
  entries: readonly CommandEntry[],
  words: readonly string[],
  valuesOf: ValuesOf,
): Promise<Completions> {
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const entry = commandNamed(entries, before);
  const declared = entry === null ? [] : declaredBy(await entry.load());
  const asked = declared.find(({ flag, value }) => flag === before.at(-1) && value !== null);
  if (asked !== undefined) return valueCompletions(asked, last, valuesOf);
  if (last.startsWith('-')) {
    const flags = declared.flatMap(({ flag, description }) =>
      flag === null ? [] : [{ value: flag, description }],
    );
    return fitting([...flags, { value: '--help', description: 'display help for command' }], last);
  }
  const next = nextWords(entries, before);
  if (next.length > 0) return fitting(next, last);
  const places = declared.filter(({ flag }) => flag === null);
  const given = positionalWords(declared, before).length - (entry?.path.split(' ').length ?? 0);
  const place = places[given] ?? places.findLast(({ repeatable }) => repeatable);
  if (place === undefined) return { found: [], files: false };
  return valueCompletions(place, last, valuesOf);
}

async function valueCompletions(
  { choices, completes, description }: Declared,
  last: string,
  valuesOf: ValuesOf,
): Promise<Completions> {
  if (choices !== null)
    return fitting(
      choices.map((value) => ({ value, description: '' })),
      last,
    );
  if (completes === 'file' || completes === 'folder') return { found: [], files: true };
  if (completes === null) return fitting([{ value: '', description }], last);
  return fitting(await valuesOf(completes), last);
}

function fitting(all: readonly Completion[], last: string): Completions {
  return { found: all.filter(({ value }) => value !== '' && value.startsWith(last)), files: false };
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
