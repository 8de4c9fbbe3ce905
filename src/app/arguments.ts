/**
 * @module app/arguments
 * What a command takes, declared once as a zod object: the command line's flags and help, completion, and what a
 * server would accept follow from it.
 */
import * as z from 'zod';

/** What the command line needs to know of an argument beyond its schema. */
export interface ArgumentFacts {
  description: string;
  /** What stands for the value in the help, such as `<file>`; in square brackets it may be left out. */
  value?: string;
  /** Given by its place, not by a flag. */
  positional?: boolean;
  /** What kind of value completes it in a shell. */
  completes?: Completed;
}

/** Kinds of values that a shell can complete; those of an enumeration complete themselves. */
export type Completed =
  | 'file'
  | 'folder'
  | 'model'
  | 'run'
  | 'transcript'
  | 'clause'
  | 'dialect'
  | 'command'
  | 'document';

const facts = z.registry<ArgumentFacts>();
const demands = z.registry<{ must: string }>();

/** An argument that is given by its place. `value` is how the help writes it: `<file>`, `[clause]`, `[file...]`. */
export function argument<Schema extends z.ZodType>(
  value: string,
  schema: Schema,
  description: string,
  completes?: Completed,
): Schema {
  return declared(schema, { description, value, positional: true }, completes);
}

/**
 * A flag; its name is the key in kebab case, and `noPairs` is `--no-pairs` for `pairs: false`.
 * @param value how the help writes its value, such as `<n>`; null for a switch
 */
export function flag<Schema extends z.ZodType>(
  value: string | null,
  schema: Schema,
  description: string,
  completes?: Completed,
): Schema {
  return declared(schema, { description, ...(value === null ? {} : { value }) }, completes);
}

function declared<Schema extends z.ZodType>(
  schema: Schema,
  known: ArgumentFacts,
  completes: Completed | undefined,
): Schema {
  // A copy: several arguments may be of one schema.
  const own = schema.clone() as Schema;
  facts.add(own, { ...known, ...(completes === undefined ? {} : { completes }) } as never);
  return own;
}

/** What was declared of an argument. Throws a `TypeError` for a schema that was not declared as one. */
export function factsOf(key: string, schema: z.ZodType): ArgumentFacts {
  const found = facts.get(schema);
  if (found === undefined) throw new TypeError(`the argument ${key} was not declared as one`);
  return found;
}

/** What a value must be, in words, where its schema says so: `a whole number above 0`. */
export function demandOf(schema: z.ZodType): string | undefined {
  return demands.get(schema)?.must;
}

/** `must`: what a value must be, which the schema says too wherever a value is wrong. */
function demanding<Schema extends z.ZodType>(
  must: string,
  make: (wrong: string) => Schema,
): Schema {
  const schema = make(`must be ${must}`);
  demands.add(schema, { must } as never);
  return schema;
}

/** 1, 2, … */
export const positiveInteger = demanding('a whole number above 0', (wrong) =>
  z.int(wrong).positive(wrong),
);

/** Any whole number. */
export const integer = demanding('a whole number', (wrong) => z.int(wrong));

/** 0 or more. */
export const nonNegative = demanding('a number that is not negative', (wrong) =>
  z.number(wrong).nonnegative(wrong),
);

/** A share strictly between 0 and 1. */
export const share = demanding('a number between 0 and 1', (wrong) =>
  z.number(wrong).gt(0, wrong).lt(1, wrong),
);

/** How many calls at once, or whatever the account bears. */
const concurrency = demanding("'auto' or a whole number above 0", (wrong) =>
  z.union([z.literal('auto'), z.int().positive()], wrong),
);

const text = z.string();

/** Flags that several commands share, so that they mean the same and say so in the same words. */
export const shared = {
  ledger: flag(
    '<file>',
    text.optional(),
    'where everything is kept: a file, or postgres:… (default: .tenet/ledger.db)',
    'file',
  ),
  spec: flag(
    '<file>',
    text.optional(),
    'the specification (default: the starter spec that comes along)',
    'file',
  ),
  specFile: argument('<file>', text, 'the specification', 'file'),
  dialect: flag(
    '<name>',
    text.optional(),
    'how the spec is written (default: recognised)',
    'dialect',
  ),
  run: argument('<run>', text, "the run's id, or how it begins", 'run'),
  certificate: flag(
    '<file>',
    z.array(text).optional(),
    'what is known of the judge (default: the newest in the ledger)',
    'file',
  ),
  rubric: flag('<file>', z.array(text).optional(), 'judge by rubrics: files or folders', 'file'),
  consensus: flag(
    '<rule>',
    z.enum(['majority', 'unanimity', 'latent']).optional(),
    'how several judges come to one verdict (default: majority)',
  ),
  concurrency: flag(
    '<auto|n>',
    concurrency.optional(),
    'calls in flight per account (default: auto)',
  ),
  budget: flag('<usd>', nonNegative.optional(), 'stop before more than this is spent'),
  selfJudged: flag(
    null,
    z.boolean().optional(),
    "let judges of the subjects' own family judge alone",
  ),
  offline: flag(null, z.boolean().optional(), 'repeat from the record alone; no call is made'),
};

/** `--format`, with the forms that a command can print; the first is the usual one. */
export function format<const Forms extends readonly [string, ...string[]]>(forms: Forms) {
  return flag('<format>', z.enum(forms).default(forms[0] as never), 'how to print it');
}
