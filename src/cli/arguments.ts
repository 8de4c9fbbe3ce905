/**
 * @module cli/arguments
 * From a command's zod object to flags of the command line: their names, their help, and how words become values.
 */
import { Argument, Option, type Command as Program } from 'commander';
import type * as z from 'zod';
import { type Completed, demandOf, factsOf } from '../app/arguments.ts';
import type { Command } from '../app/command.ts';
import { problem } from './messages.ts';

/** What a schema is below `optional` and `default`. */
interface Unwrapped {
  schema: z.ZodType;
  isRequired: boolean;
  /** The value where the flag is absent. */
  fallback: unknown;
}

/** One argument of a command, as help, completion and `help --json` need it. */
export interface Declared {
  key: string;
  /** `--max-tokens`, or null for one given by its place. */
  flag: string | null;
  value: string | null;
  description: string;
  required: boolean;
  repeatable: boolean;
  fallback: unknown;
  choices: string[] | null;
  completes: Completed | null;
}

/** The arguments of a command in the order of their declaration. */
export function declaredBy(command: Command): Declared[] {
  return Object.entries(command.args.shape).map(([key, schema]) => {
    const { description, value, positional, completes } = factsOf(key, schema as z.ZodType);
    const { schema: bare, isRequired, fallback } = unwrapped(schema as z.ZodType);
    const repeatable = typeOf(bare) === 'array';
    const isPositional = positional === true;
    return {
      key,
      flag: isPositional ? null : flagOf(key, bare, fallback),
      value: value ?? null,
      description,
      // Several words may be none, where the help writes them in square brackets.
      required: isRequired && !(isPositional && value?.startsWith('[') === true),
      repeatable,
      fallback: fallback === undefined ? null : fallback,
      choices: choicesOf(repeatable ? elementOf(bare) : bare),
      completes: completes ?? null,
    };
  });
}

/** Of every command that prints a document, unless it says itself in which cases it prints JSON. */
const JSON_FLAG: Declared = {
  key: 'json',
  flag: '--json',
  value: null,
  description: 'print JSON',
  required: false,
  repeatable: false,
  fallback: null,
  choices: null,
  completes: null,
};

/** What a command may be given: its arguments, and `--json` where it prints a document. */
export function givenTo(command: Command): Declared[] {
  const declared = declaredBy(command);
  const hasJson = command.prints.length > 0 && !declared.some(({ key }) => key === 'json');
  return hasJson ? [...declared, JSON_FLAG] : declared;
}

/** Adds what a command may be given to the command line. */
export function addArguments(program: Program, command: Command): void {
  for (const declared of givenTo(command)) {
    if (declared === JSON_FLAG) {
      program.option('--json', declared.description);
      continue;
    }
    const { schema } = unwrapped(command.args.shape[declared.key] as z.ZodType);
    const read = readerOf(declared.repeatable ? elementOf(schema) : schema, declared);
    if (declared.flag === null) program.addArgument(argumentOf(declared, read));
    else program.addOption(optionOf(declared, declared.flag, read));
  }
}

/**
 * What the parsed words come to: the arguments under their keys. Absent ones are left out. Throws a `TenetError` for
 * words that fit their arguments one by one and not together.
 */
export function valuesOf(
  command: Command,
  positional: readonly unknown[],
  flags: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const declared = declaredBy(command);
  const places = declared.filter(({ flag }) => flag === null);
  const named = places.map(({ key }, place) => [key, positional[place]]);
  const known = Object.entries({ ...flags, ...Object.fromEntries(named) });
  const read = command.args.safeParse(
    Object.fromEntries(
      known.filter(([key, value]) => key in command.args.shape && value !== undefined),
    ),
  );
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const wrong = declared.find(({ key }) => key === issue?.path[0]);
  throw problem('unfit-arguments', {
    argument: wrong === undefined ? 'the arguments' : nameOf(wrong),
    reason: issue?.message ?? 'has an unknown form',
  });
}

/** Turns a word into the value that an argument wants, or says what it must be. */
type Reader = (word: string) => unknown;

function argumentOf(
  { key, value, description, repeatable, choices }: Declared,
  read: Reader | null,
): Argument {
  const argument = new Argument(value ?? key, description);
  if (choices !== null) argument.choices(choices);
  if (read !== null) argument.argParser(repeatable ? gathering(read, null) : read);
  return argument;
}

function optionOf(
  { flag, value, description, required, repeatable, fallback, choices }: Declared,
  name: string,
  read: Reader | null,
): Option {
  const option = new Option(value === null ? name : `${name} ${value}`, description);
  if (required) option.makeOptionMandatory();
  if (choices !== null) option.choices(choices);
  if (fallback !== null && flag !== null && !flag.startsWith('--no-')) option.default(fallback);
  if (repeatable) option.argParser(gathering(read ?? ((word) => word), fallback));
  else if (value !== null && read !== null) option.argParser(read);
  return option;
}

/** Gathers what is given several times; the first time takes the place of what holds where nothing is given. */
function gathering(read: Reader, fallback: unknown): (word: string, earlier: unknown) => unknown[] {
  return (word, earlier) => [
    ...(Array.isArray(earlier) && earlier !== fallback ? earlier : []),
    read(word),
  ];
}

/** Null where any word will do. */
function readerOf(schema: z.ZodType, declared: Declared): Reader | null {
  const { choices } = declared;
  const wrong = (value: string, must: string | null): Error =>
    problem('wrong-argument', { argument: nameOf(declared), value, must, choices });
  if (choices !== null) {
    return (word) => {
      if (choices.includes(word)) return word;
      throw wrong(word, null);
    };
  }
  const must = demandOf(schema);
  if (must === undefined) return null;
  return (word) => {
    const number = word.trim() === '' ? Number.NaN : Number(word);
    const read = schema.safeParse(Number.isNaN(number) ? word : number);
    if (!read.success) throw wrong(word, must);
    return read.data;
  };
}

/** How an error names an argument: `--repeats`, or `<file>` for one given by its place. */
function nameOf({ flag, value, key }: Declared): string {
  return flag ?? value ?? key;
}

function flagOf(key: string, schema: z.ZodType, fallback: unknown): string {
  const words = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return typeOf(schema) === 'boolean' && fallback === true ? `--no-${words}` : `--${words}`;
}

interface Definition {
  type: string;
  innerType?: z.ZodType;
  element?: z.ZodType;
  entries?: Record<string, string>;
  defaultValue?: unknown;
}

function definitionOf(schema: z.ZodType): Definition {
  return schema.def as unknown as Definition;
}

function typeOf(schema: z.ZodType): string {
  return definitionOf(schema).type;
}

function unwrapped(schema: z.ZodType): Unwrapped {
  const { type, innerType, defaultValue } = definitionOf(schema);
  if (innerType === undefined || (type !== 'optional' && type !== 'default')) {
    return { schema, isRequired: true, fallback: undefined };
  }
  const inner = unwrapped(innerType);
  return {
    ...inner,
    isRequired: false,
    fallback: type === 'default' ? defaultValue : inner.fallback,
  };
}

function elementOf(schema: z.ZodType): z.ZodType {
  return definitionOf(schema).element ?? schema;
}

function choicesOf(schema: z.ZodType): string[] | null {
  const { entries } = definitionOf(schema);
  return entries === undefined ? null : Object.values(entries);
}
