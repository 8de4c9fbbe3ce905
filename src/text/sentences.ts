/**
 * @module text/sentences
 * What is said, kept as a code and its data until somebody reads it: a capability's sentences stand in one table.
 */
import type { Words } from './words.ts';

/** Sentences by code. Each takes the data that it is made from. */
export type Sentences = Record<string, (data: never) => Words>;

/** One sentence of a table, as data. */
export type Coded<Table extends Sentences> = {
  [Code in keyof Table & string]: { code: Code; data: DataOf<Table[Code]> };
}[keyof Table & string];

/** What a sentence is made from; nothing where it is always the same. */
type DataOf<Sentence extends (data: never) => Words> =
  Parameters<Sentence> extends [infer Data] ? Data : Record<string, never>;

/**
 * The sentence of a code and its data; these may come from a document, where their type is forgotten.
 *
 * @example
 * const NOTES = { 'judges-differ': ({ judges }: { judges: string[] }) => `Judges: ${judges.join(', ')}.` };
 * sentence(NOTES, { code: 'judges-differ', data: { judges: ['a', 'b'] } });
 */
export function sentence<Table extends Sentences>(
  table: Table,
  { code, data }: { code: keyof Table; data: object },
): ReturnType<Table[keyof Table]> {
  const say = table[code] as unknown as (data: object) => ReturnType<Table[keyof Table]>;
  return say(data);
}
