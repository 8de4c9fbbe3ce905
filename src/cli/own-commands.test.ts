import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Capability } from '../app/capability.ts';
import type { Result } from '../app/command.ts';
import { TenetError } from '../app/errors.ts';
import { documentsOf } from '../app/schemas.ts';
import * as listed from '../capabilities.ts';
import { toTerminal } from '../text/blocks-terminal.ts';
import { ownCapability } from './capability.ts';
import { SHELLS } from './completion-scripts.ts';
import { createContext } from './context.ts';
import { complete, completion, help, schema } from './own-commands.ts';
import { commandsSchema, schemasSchema } from './schema.ts';

const capabilities: Capability[] = [...Object.values(listed), ownCapability(() => capabilities)];
const context = createContext({ args: {}, json: false }, capabilities);

describe('tenet schema', () => {
  const printed = async (name?: string): Promise<Result> =>
    schema(capabilities).run(name === undefined ? {} : { name }, context);

  it('should list every document with the file of its schema', async () => {
    const { document, blocks } = await printed();
    const { schemas } = schemasSchema.parse(document);
    assert.deepEqual(
      schemas.map(({ name, version }) => [name, version]),
      documentsOf(capabilities).map(({ name, version }) => [name, version]),
    );
    const text = toTerminal(blocks?.('glance') ?? [], { width: 80, color: false });
    for (const { name, version } of schemas) assert.ok(text.includes(`${name}/${version}`), name);
  });

  it('should print one, by any of its names', async () => {
    const texts = await Promise.all(
      ['report', 'report/1', 'tenet.report', 'tenet.report/1'].map(async (name) => {
        const { text } = await printed(name);
        return text;
      }),
    );
    assert.equal(new Set(texts).size, 1);
    const report = JSON.parse(texts[0] ?? '');
    assert.equal(report.$schema, 'https://json-schema.org/draft/2020-12/schema');
    // With the parts that capabilities lend.
    assert.ok('instrument' in report.properties);
  });

  it('should say what there is where there is none of a name', async () => {
    for (const name of ['reports', 'report/2', '', '__proto__']) {
      await assert.rejects(printed(name), (error) => {
        assert.ok(TenetError.is(error) && error.code === 'no-such-schema');
        assert.match(error.message, /There are .*tenet\.report/);
        return true;
      });
    }
  });
});

describe('tenet help --json', () => {
  it('should tell every command with what it takes, prints and ends with', async () => {
    const { document } = await help(capabilities).run({ command: [] }, context);
    const { commands } = commandsSchema.parse(document);
    const audit = commands.find(({ path }) => path === 'audit');
    assert.equal(audit?.capability, 'audit/audit');
    assert.partialDeepStrictEqual(
      audit?.arguments.find(({ name }) => name === 'maxTokens'),
      {
        flag: '--max-tokens',
        value: '<n>',
        required: false,
        repeatable: false,
        default: null,
        choices: null,
      },
    );
    const lint = commands.find(({ path }) => path === 'spec lint');
    assert.partialDeepStrictEqual(lint, {
      capability: 'spec/lint',
      prints: ['tenet.lint/1', 'tenet.lint-rule/1', 'tenet.error/1'],
      exit: { 0: 'done', 1: 'there is an error in a specification', 130: 'interrupted' },
    });
    assert.equal(commands.find(({ path }) => path === 'schema')?.capability, 'cli');
    assert.ok(commands.some(({ path }) => path === 'help'));
    assert.ok(commands.every(({ path }) => path !== 'complete'));
    // What a command prints where there is no result is a document too.
    assert.ok(commands.every(({ prints }) => prints.at(-1) === 'tenet.error/1'));
  });

  it('should tell one command, or a group of them', async () => {
    const told = async (...command: string[]): Promise<string[]> => {
      const { document } = await help(capabilities).run({ command }, context);
      return commandsSchema.parse(document).commands.map(({ path }) => path);
    };
    assert.deepEqual(await told('audit'), ['audit']);
    assert.deepEqual(await told('suite', 'draw'), ['suite draw']);
    assert.ok((await told('judge')).every((path) => path.startsWith('judge ')));
    await assert.rejects(told('spec', 'lnit'), {
      code: 'unknown-command',
      data: { word: 'lnit', near: 'lint', under: 'spec' },
    });
    await assert.rejects(told('audit', 'more'), {
      code: 'unknown-command',
      data: { word: 'more', near: null, under: 'audit' },
    });
  });
});

describe('tenet completion', () => {
  it('should print a script for each shell that asks tenet complete, and evaluates nothing', async () => {
    for (const shell of SHELLS) {
      const { text = '' } = await completion.run({ shell }, context);
      assert.match(text, /tenet complete --line/);
      const run = text.replace(/^#.*$/gm, '');
      assert.doesNotMatch(run, /\beval\b/);
    }
  });
});

describe('tenet complete', () => {
  const lines = async (line: string): Promise<string[]> => {
    const { text = '' } = await complete(capabilities).run({ line }, context);
    return text.split('\n').slice(0, -1);
  };

  it('should offer models and dialects', async () => {
    const models = await lines('tenet audit --subject ');
    assert.ok(models.includes('sim:subject\tsimulated') && models.includes('openai:\t'));
    assert.deepEqual(await lines('tenet spec show x.md --dialect model'), ['model-spec\t']);
  });

  it('should offer commands that there is help on, and documents that have a schema', async () => {
    const values = async (line: string): Promise<(string | undefined)[]> =>
      (await lines(line)).map((one) => one.split('\t')[0]);
    assert.deepEqual(await values('tenet help spec li'), ['lint']);
    assert.ok((await values('tenet help ')).includes('audit'));
    assert.deepEqual(await values('tenet help suite draw '), []);
    assert.deepEqual(await values('tenet schema rep'), ['report']);
    assert.ok((await values('tenet schema ')).includes('error'));
  });

  it('should find words behind what else a shell may have before them', async () => {
    for (const before of ['tenet', './node_modules/.bin/tenet', 'A=1 tenet', 'sudo tenet']) {
      const [first] = await lines(`${before} suite dr`);
      assert.match(first ?? '', /^draw\t/, before);
    }
  });
});
