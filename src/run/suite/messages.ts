/** @module run/suite/messages What is wrong with a row of a suite file, as data and in words. */

interface Because {
  reason: string;
}
type Nothing = Record<string, never>;

const PROBLEMS = {
  'no-csv': ({ reason }: Because) => `this is no CSV: ${reason}`,
  'no-json': ({ reason }: Because) => `this is no JSON: ${reason}`,
  'no-json-line': ({ reason }: Because) => `this line is no JSON: ${reason}`,
  'column-twice': ({ name }: { name: string }) => `the column '${name}' stands twice: rename one.`,
  'no-such-field': (data: { field: string; near: string | null; fields: readonly string[] }) =>
    `there is no field '${data.field}'. ${
      data.near === null ? `A row may have ${data.fields.join(', ')}.` : `Is it '${data.near}'?`
    }`,
  'row-not-readable': ({ reason }: Because) => `this row can't be read: ${reason}`,
  'no-clause': (_: Nothing) => "no clause: give its id in a column or field named 'clause'.",
  'unknown-clause': ({ clause, near }: { clause: string; near: readonly string[] }) => {
    const hint = near.length > 0 ? ` Is it ${near.map((id) => `#${id}`).join(' or ')}?` : '';
    return `the spec has no clause #${clause}.${hint}`;
  },
  'two-conversations': ({ fields }: { fields: readonly [string, string] }) =>
    `'${fields[0]}' and '${fields[1]}' are both given: keep the one that is to be sent.`,
  'no-messages': (_: Nothing) => "no messages: give 'messages', or a 'prompt' that the user sends.",
  'wrong-messages': ({ reason }: Because) => `messages: ${reason}`,
  'id-twice': ({ id, earlier }: { id: string; earlier: string }) =>
    `the id '${id}' stands at ${earlier} too.`,
  'no-scenario': (_: Nothing) => "no scenario in it. Each row needs a 'clause' and a 'prompt'.",
} as const;

type Problems = typeof PROBLEMS;

/** What is wrong, wherever it stands. */
export interface RowProblem {
  code: keyof Problems;
  data: Readonly<Record<string, unknown>>;
  message: string;
}

/** A problem in both forms. */
export function rowProblem<Code extends keyof Problems>(
  code: Code,
  data: Parameters<Problems[Code]>[0],
): RowProblem {
  const say = PROBLEMS[code] as (data: unknown) => string;
  return { code, data: data as RowProblem['data'], message: say(data) };
}
