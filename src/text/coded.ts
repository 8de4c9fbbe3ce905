/** @module text/coded Facts as a code with data, and the table that has the words for each code. */

/** Words by code. Each takes the data of its code. */
type Table = Record<string, (data: never) => string>;

/** A code of a table with its data. */
export type Coded<Words extends Table> = {
  [Code in keyof Words & string]: { code: Code; data: Parameters<Words[Code]>[0] };
}[keyof Words & string];

/** What a table says of a fact. */
export function textOf<Words extends Table>(table: Words, { code, data }: Coded<Words>): string {
  return (table[code] as unknown as (known: unknown) => string)(data);
}
