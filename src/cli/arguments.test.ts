import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Command as Program } from 'commander';
import * as z from 'zod';
import {
  argument,
  demandOf,
  factsOf,
  flag,
  format,
  nonNegative,
  positiveInteger,
} from '../app/arguments.ts';
import type { Capability, CommandEntry } from '../app/capability.ts';
import { type Command, defineCommand } from '../app/command.ts';
import { TenetError } from '../app/errors.ts';
import * as listed from '../capabilities.ts';
import { addArguments, declaredBy, valuesOf } from './arguments.ts';
import { ownCapability } from './capability.ts';
import { commandList } from './command-list.ts';
import { completionsOf } from './complete.ts';
import { commandsBelow, commandsOf, createProgram } from './program.ts';
import { commandsSchema } from './schema.ts';
import { Words } from './words.ts';

const capabilities: Capability[] = [...Object.values(listed), ownCapability(() => capabilities)];
const entries = commandsOf(capabilities);
const commands = await Promise.all(
  entries.map(async (entry) => ({ entry, command: await entry.load() })),
);

/** What a command gets of these words. Throws what the command line says of wrong ones. */
function parsed(command: Command, words: string[]): Record<string, unknown> {
  const program = new Words('x').exitOverride();
  addArguments(program, command);
  let values: Record<string, unknown> | null = null;
  program.action((...given: unknown[]) => {
    const positional = given.slice(0, program.registeredArguments.length);
    values = valuesOf(command, positional, program.opts());
  });
  program.parse(words, { from: 'user' });
  assert.ok(values !== null);
  return values;
}

function complaint(command: Command, words: string[]): string {
  try {
    parsed(command, words);
  } catch (error) {
    assert.ok(TenetError.is(error), String(error));
    return error.message;
  }
  return assert.fail(`${words.join(' ')} was taken`);
}

const one = defineCommand({
  args: z
    .object({
      first: argument('<first>', z.string(), 'the first'),
      many: argument('[many...]', z.array(z.string()), 'the others'),
      size: flag('<n>', positiveInteger.optional(), 'how many'),
      share: flag('<share>', nonNegative.default(0.5), 'how much'),
      name: flag('<name>', z.array(z.string()).default(['a', 'b']), 'who'),
      level: flag('<level>', z.array(z.enum(['low', 'high'])).optional(), 'how high'),
      pairs: flag(null, z.boolean().default(true), 'no pairs'),
      dryRun: flag(null, z.boolean().optional(), 'nothing is done'),
      format: format(['text', 'json']),
    })
    .refine(({ size = 0 }) => size < 100, { path: ['size'], error: 'must be below 100' }),
  prints: ['tenet.x/1'],
  run: () => ({}),
});

describe('words as arguments', () => {
  it('should be what the schema says, with what holds where nothing is given', () => {
    assert.deepEqual(parsed(one, ['x']), {
      first: 'x',
      many: [],
      share: 0.5,
      name: ['a', 'b'],
      pairs: true,
      format: 'text',
    });
    const words = ['x', 'y', 'z', '--size', '7', '--share', '0', '--name', 'c', '--name', 'd'];
    assert.deepEqual(
      parsed(one, [...words, '--level', 'low', '--level', 'high', '--no-pairs', '--dry-run']),
      {
        first: 'x',
        many: ['y', 'z'],
        size: 7,
        share: 0,
        name: ['c', 'd'],
        level: ['low', 'high'],
        pairs: false,
        dryRun: true,
        format: 'text',
      },
    );
  });

  it('should be refused with what they must be', () => {
    const wrong: [string[], RegExp][] = [
      [[], /missing required argument 'first'/],
      [['x', '--size', '0'], /^--size: '0' is invalid\. It must be a whole number above 0\.$/],
      [['x', '--size', '1.5'], /a whole number above 0/],
      [['x', '--size', ' '], /a whole number above 0/],
      [['x', '--size', '1e999'], /a whole number above 0/],
      [['x', '--share', '-1'], /a number that is not negative/],
      [['x', '--share', 'NaN'], /a number that is not negative/],
      [
        ['x', '--level', 'low', '--level', 'mid'],
        /'mid' is invalid\. Allowed choices are low, high/,
      ],
      [['x', '--format', 'yaml'], /Allowed choices are text, json/],
      [['x', '--size'], /argument missing/],
      [['x', '--sizes', '3'], /unknown option '--sizes'\. Did you mean --size\?/],
      [['x', '--size', '100'], /^--size: must be below 100\.$/],
    ];
    for (const [words, message] of wrong) assert.match(complaint(one, words), message);
  });

  it('should be refused by a program error where they were not declared', () => {
    const undeclared = { ...one, args: z.object({ size: z.string() }) };
    assert.throws(() => declaredBy(undeclared), { name: 'TypeError', message: /size/ });
  });
});

/** What a schema is below `optional` and `default`, and in a list. */
function innermost(schema: z.ZodType): z.ZodType {
  const { innerType, element } = schema.def as { innerType?: z.ZodType; element?: z.ZodType };
  const inner = innerType ?? element;
  return inner === undefined ? schema : innermost(inner);
}

describe('the arguments of each command', () => {
  it('should say what a value must be, wherever not any word will do', () => {
    for (const { entry, command } of commands) {
      for (const { key, value } of declaredBy(command)) {
        const schema = innermost(command.args.shape[key] as z.ZodType);
        const { type } = schema.def;
        const isSaid = demandOf(schema) !== undefined;
        // A value that may be left out is a switch as well: `--resume [run]`.
        const isAnyWord = schema.safeParse('any word').success;
        const isPlain = type === 'enum' || (type === 'boolean' && value === null);
        assert.ok(isSaid || isAnyWord || isPlain, `${entry.path}: ${key} (${type})`);
      }
    }
  });

  it('should name a value wherever there is one, and none for a switch', () => {
    for (const { entry, command } of commands) {
      for (const { key, value, flag: name, required } of declaredBy(command)) {
        const { type } = innermost(command.args.shape[key] as z.ZodType).def;
        assert.equal(value === null, type === 'boolean', `${entry.path}: ${key}`);
        assert.match(value ?? '<a>', /^(<[\w|:=-]+(\.\.\.)?>|\[[\w|:=-]+(\.\.\.)?\])$/, key);
        assert.match(name ?? '--a', /^--[a-z][a-z-]*$/);
        const { description } = factsOf(key, command.args.shape[key] as z.ZodType);
        assert.doesNotMatch(description, /^[A-Z][a-z]|\.$/, `${entry.path} ${key}`);
        if (value?.startsWith('[') === true) assert.ok(!required, `${entry.path}: ${key}`);
      }
    }
  });

  it('should stand in its help, in completion and in the list of commands', async () => {
    const list = commandsSchema.parse(await commandList(commandsBelow(entries, []), capabilities));
    assert.deepEqual(
      list.commands.map(({ path }) => path),
      entries.filter(({ hidden }) => hidden !== true).map(({ path }) => path),
    );
    for (const { entry, command } of commands) {
      const words = entry.path.split(' ');
      const program = await createProgram(entries, '1', words, async () => {});
      const own = words.reduce<Program | undefined>(
        (at, word) => at?.commands.find((sub) => sub.name() === word),
        program,
      );
      assert.ok(own !== undefined, entry.path);
      const help = own.helpInformation();
      const told = list.commands.find(({ path }) => path === entry.path);
      const { found } = await completionsOf(entries, [...words, '--'], async () => []);
      const completed = found.map(({ value }) => value);
      for (const declared of declaredBy(command)) {
        const name = declared.flag ?? declared.value?.replace(/[<>[\].]/g, '') ?? '';
        assert.ok(help.includes(name), `${entry.path}: ${name} is not in its help`);
        if (declared.flag !== null) {
          assert.ok(completed.includes(declared.flag), `${entry.path}: ${name} is not completed`);
        }
        if (told === undefined) continue;
        const { flag: written, value, required, repeatable } = declared;
        assert.partialDeepStrictEqual(
          told.arguments.find((argument) => argument.name === declared.key),
          { flag: written, value, required, repeatable },
        );
      }
      assert.equal(told === undefined, entry.hidden === true, entry.path);
      const takesJson = command.prints.length > 0;
      assert.equal(/--json\b/.test(help) || /"json"/.test(help), takesJson, entry.path);
    }
  });

  it('should have words that are unique, and an order', () => {
    const unique = (values: unknown[]): void => {
      assert.deepEqual(
        values.filter((value, place) => values.indexOf(value) !== place),
        [],
      );
    };
    unique(entries.map(({ path }) => path));
    unique(entries.map(({ order }) => order));
    for (const { path } of entries) {
      assert.match(path, /^[a-z]+( [a-z]+)?$/);
      // `suite` alone could not be told from the group of `suite draw`.
      const isGroup = entries.some((other: CommandEntry) => other.path.startsWith(`${path} `));
      assert.ok(!isGroup, path);
    }
  });
});
