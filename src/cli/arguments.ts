/**
 * @module cli/arguments
 * From a command's zod object to flags of the command line: their names, their help, and how words become values.
 */
import { InvalidArgumentError, Option, type Command as Program } from 'commander';
import type { z } from 'zod';
import { type Completed, demandOf, factsOf } from '../app/arguments.ts';
import type { Command } from '../app/command.ts';

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
    return {
      key,
      flag: positional === true ? null : flagOf(key, bare, fallback),
      value: value ?? null,
      description,
      required: isRequired,
      repeatable,
      fallback: fallback === undefined ? null : fallback,
      choices: choicesOf(repeatable ? elementOf(bare) : bare),
      completes: completes ?? null,
    };
  });
}

/** Adds a command's arguments to the command line's. */
export function addArguments(program: Program, command: Command): void {
  for (const declared of declaredBy(command)) {
    const { schema } = unwrapped(command.args.shape[declared.key] as z.ZodType);
    if (declared.flag === null)
      program.argument(declared.value ?? declared.key, declared.description);
    else program.addOption(optionOf(declared, declared.flag, schema));
  }
}

/** What the parsed words come to: the arguments under their keys. Absent ones are left out. */
export function valuesOf(
  command: Command,
  positional: readonly unknown[],
  flags: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const places = declaredBy(command).filter(({ flag }) => flag === null);
  const named = places.map(({ key }, place) => [key, positional[place]]);
  const known = Object.entries({ ...flags, ...Object.fromEntries(named) });
  return command.args.parse(
    Object.fromEntries(
      known.filter(([key, value]) => key in command.args.shape && value !== undefined),
    ),
  );
}

function optionOf(
  { flag, value, description, required, repeatable, fallback, choices }: Declared,
  name: string,
  schema: z.ZodType,
): Option {
  const option = new Option(value === null ? name : `${name} ${value}`, description);
  if (required) option.makeOptionMandatory();
  if (choices !== null) option.choices([...choices]);
  if (fallback !== null && flag !== null && !flag.startsWith('--no-')) option.default(fallback);
  const reader = readerOf(repeatable ? elementOf(schema) : schema);
  if (repeatable) {
    option.argParser((word: string, earlier: unknown) => [
      ...(Array.isArray(earlier) ? earlier : []),
      reader(word),
    ]);
  } else if (value !== null && choices === null) option.argParser(reader);
  return option;
}

/** Turns a word into the value that the schema wants, or says what it must be. */
function readerOf(schema: z.ZodType): (word: string) => unknown {
  const must = demandOf(schema);
  if (must === undefined) return (word) => word;
  return (word) => {
    const number = word.trim() === '' ? Number.NaN : Number(word);
    const read = schema.safeParse(Number.isNaN(number) ? word : number);
    if (!read.success) throw new InvalidArgumentError(`It must be ${must}.`);
    return read.data;
  };
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
