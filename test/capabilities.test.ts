// What holds for every capability in the list: nothing is declared twice, nothing that is printed is without a schema,
// nothing that is offered without a page, and nothing below the shells touches the process.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as z from 'zod';
import { codeLines } from '../scripts/house/code-lines.ts';
import type { Capability } from '../src/app/capability.ts';
import { configKeys } from '../src/app/config.ts';
import { sectionsOf } from '../src/app/lent.ts';
import { documentsOf, jsonSchemaOf, schemaFile } from '../src/app/schemas.ts';
import * as listed from '../src/capabilities.ts';
import { ownCapability } from '../src/cli/capability.ts';
import { commandsOf } from '../src/cli/program.ts';

const root = join(import.meta.dirname, '..');
const features = Object.values(listed);
const capabilities: Capability[] = [...features, ownCapability(() => capabilities)];
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What stands there more than once. */
const repeated = <Value>(values: readonly Value[]): Value[] =>
  values.filter((value, place) => values.indexOf(value) !== place);

describe('the list of capabilities', () => {
  it('should have each folder that is one, under its name', () => {
    const folders = globSync('src/features/*/*/capability.ts', { cwd: root });
    const names = folders.map((file) =>
      file.replace(/^src\/features\/(.*)\/capability\.ts$/, '$1'),
    );
    assert.ok(names.length > 15);
    assert.deepEqual(features.map(({ name }) => name).sort(), names.sort());
    for (const [key, { name }] of Object.entries(listed)) {
      const words = name.split(/[/-]/);
      const camel = words.map((word, at) =>
        at === 0 ? word : word[0]?.toUpperCase() + word.slice(1),
      );
      assert.equal(key, camel.join(''));
    }
  });

  it('should load no zod, and nothing else that is heavy', () => {
    const watch = `data:text/javascript,${encodeURIComponent(`
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({
        load: (url, context, next) => { loaded.push(url); return next(url, context); },
      });
      process.on('exit', () => process.stdout.write(JSON.stringify(loaded)));
    `)}`;
    const list = new URL('../src/capabilities.ts', import.meta.url).href;
    const loadedBy = (module: string): string[] => {
      const child = spawnSync(
        process.execPath,
        ['--import', watch, '--input-type=module', '-e', `import ${JSON.stringify(module)};`],
        { encoding: 'utf8', env: { PATH: process.env.PATH } },
      );
      assert.equal(child.status, 0, child.stderr);
      const loaded: string[] = JSON.parse(child.stdout);
      return loaded.filter((url) => url.startsWith('file:'));
    };
    const loaded = loadedBy(list);
    const source = new URL('../src/', import.meta.url).href;
    assert.deepEqual(
      loaded.map((url) => url.replace(source, '')).sort(),
      ['capabilities.ts', ...features.map(({ name }) => `features/${name}/capability.ts`)].sort(),
    );
    // The net would catch it.
    const schema = new URL('../src/cli/schema.ts', import.meta.url).href;
    assert.ok(loadedBy(schema).some((url) => url.includes('/node_modules/zod/')));
  });

  it('should be all that the command line is made from', () => {
    const own = globSync('src/cli/*.ts', { cwd: root }).map(text).join('\n');
    assert.doesNotMatch(own, /from '\.\.\/features\//);
  });
});

describe('each capability', () => {
  it('should have a summary, a page, and a line in the table of README', () => {
    const rows = [...text('README.md').matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)];
    for (const { name, summary, docs } of capabilities) {
      assert.match(summary, /^[A-Z].*[^.]$/, name);
      assert.ok(existsSync(join(root, 'docs', docs.page)), `${name}: docs/${docs.page}`);
      const [, , links] = rows.find(([, want]) => want === docs.want) ?? [];
      assert.ok(links !== undefined, `${name}: README has no line "${docs.want}"`);
      assert.ok(links.includes(`](docs/${docs.page})`), `${name}: ${links}`);
    }
  });

  it('should have each of its commands in the documentation', () => {
    const pages = ['README.md', ...globSync('docs/*.md', { cwd: root })].map(text).join('\n');
    for (const { commands = [] } of capabilities) {
      for (const { path, hidden, summary } of commands) {
        assert.match(summary, /^[A-Z].*[^.]$/, path);
        if (hidden === true) continue;
        assert.ok(pages.includes(`tenet ${path}`), path);
      }
    }
  });

  it('should have a test beside its code', () => {
    for (const { name } of features) {
      const tests = globSync(`src/features/${name}/**/*.test.ts`, { cwd: root });
      assert.ok(tests.length > 0, name);
    }
    assert.ok(globSync('src/cli/*.test.ts', { cwd: root }).length > 0);
  });

  it('should let a project settle arguments of its commands, each in one meaning', async () => {
    const declared: [key: string, schema: z.ZodType][] = [];
    for (const { name, commands = [], config = [] } of capabilities) {
      assert.deepEqual(repeated(config), [], name);
      const taken = await Promise.all(commands.map(async ({ load }) => (await load()).args.shape));
      for (const key of config) {
        const schemas = taken.flatMap(({ [key]: schema }) => schema ?? []) as z.ZodType[];
        assert.ok(schemas.length > 0, `${name}: no command has --${key}`);
        for (const schema of schemas) declared.push([key, schema]);
      }
    }
    for (const [key, schema] of declared) {
      const [, first] = declared.find(([other]) => other === key) ?? [];
      assert.ok(first !== undefined);
      assert.deepEqual(z.toJSONSchema(schema), z.toJSONSchema(first), key);
      // What has a value where nobody says could never be settled.
      assert.deepEqual(schema.safeParse(undefined), { success: true, data: undefined }, key);
    }
  });

  it('should let a project settle the ledger, whatever the command', async () => {
    for (const { name, commands = [], config = [] } of capabilities) {
      for (const { path, load } of commands) {
        const { shape } = (await load()).args;
        if ('ledger' in shape) assert.ok(config.includes('ledger'), `${name}: tenet ${path}`);
      }
    }
  });

  it('should have each key of tenet.config.ts in the documentation, with the commands that take it', async () => {
    const rows = text('docs/command-line.md').matchAll(/^\| `(\w+)` \| .+ \| (.*) \|$/gm);
    const told = new Map([...rows].map(([, key = '', commands]) => [key, commands]));
    const taken = new Map<string, string[]>(configKeys([]).map((key) => [key, []]));
    for (const { path, load } of commandsOf(capabilities)) {
      const own = capabilities.find(({ commands }) => commands?.some((one) => one.path === path));
      const { shape } = (await load()).args;
      for (const key of own?.config?.filter((one) => one in shape) ?? []) {
        taken.set(key, [...(taken.get(key) ?? []), `\`${path}\``]);
      }
    }
    assert.deepEqual([...told.keys()].sort(), [...taken.keys()].sort());
    for (const [key, commands] of taken) {
      if (commands.length > 0) assert.equal(told.get(key), commands.join(', '), key);
    }
  });

  it('should lend sections of a report that can be told apart', async () => {
    const declared = capabilities.flatMap(({ sections = [] }) => sections.map(({ key }) => key));
    const sections = await sectionsOf(capabilities);
    assert.deepEqual(repeated(declared), []);
    assert.deepEqual(sections.map(({ key }) => key).sort(), [...declared].sort());
    const orders = sections.map(({ order }) => order);
    assert.deepEqual(
      orders,
      orders.toSorted((one, other) => one - other),
    );
  });
});

/** Documents that only the ledger holds. */
const KEPT = new Set(['tenet.plan/1']);

describe('each document', () => {
  it('should have a name and version of its own, and a schema that says them', async () => {
    const documents = documentsOf(capabilities);
    assert.deepEqual(repeated(documents.map(({ name, version }) => `${name}/${version}`)), []);
    const sections = await sectionsOf(capabilities);
    for (const document of documents) {
      const { name, version } = document;
      assert.match(name, /^tenet\.[a-z]+(-[a-z]+)*$/);
      const schema = JSON.stringify(await jsonSchemaOf(document, sections));
      // What people write may say it in other words: `rubric: 1`, `profile: …`.
      const says = schema.includes(`"const":"${name}/${version}"`) || document.io === 'input';
      assert.ok(says, `${name}/${version}`);
      assert.ok(existsSync(join(root, schemaFile(document))), schemaFile(document));
    }
  });

  it('should be declared where a command prints it', async () => {
    const declared = new Set(
      documentsOf(capabilities).map(({ name, version }) => `${name}/${version}`),
    );
    for (const { path, load } of capabilities.flatMap(({ commands = [] }) => commands)) {
      for (const printed of (await load()).prints) {
        assert.ok(declared.has(printed), `tenet ${path} prints ${printed}`);
      }
    }
  });

  it('should be declared where code writes or reads it', () => {
    const declared = new Set(
      documentsOf(capabilities).map(({ name, version }) => `${name}/${version}`),
    );
    const files = globSync('src/**/*.ts', { cwd: root }).filter(
      (file) => !/\.(test|fixture)\.ts$/.test(file),
    );
    let found = 0;
    for (const file of files) {
      const code = codeLines(text(file))
        .map((line) => line.text)
        .join('\n');
      const named = [
        ...[...code.matchAll(/['"`](tenet\.[a-z-]+\/\d+)['"`]/g)].map(([, name]) => name),
        ...[...code.matchAll(/printDocument\(\s*'([^']+)',\s*(\d+)/g)].map(
          ([, name, version]) => `${name}/${version}`,
        ),
      ];
      for (const name of named) {
        found++;
        assert.ok(declared.has(name ?? '') || KEPT.has(name ?? ''), `${file}: ${name}`);
      }
    }
    assert.ok(found > 60, `${found} names`);
  });
});

describe('use cases', () => {
  // Words in the code itself, without comments and without what stands in quotation marks.
  const FORBIDDEN =
    /\b(process|console|stdout|stderr|stdin)\b\s*[.[?(,;)]|node:(process|readline|tty)|globalThis/;
  const UPWARD = /from '(\.\.\/)+(cli|lsp|server|worker|mcp)\//;

  /** Lines of code that touch the process, with their places. */
  function touching(file: string, source: string): string[] {
    return codeLines(source).flatMap(({ index, text: line }) => {
      const bare = line.replace(/'(?:\\.|[^'\\])*'/g, (quoted) =>
        /^'(node:|\.)/.test(quoted) ? quoted : "''",
      );
      return FORBIDDEN.test(bare) || UPWARD.test(bare)
        ? [`${file}:${index + 1}: ${line.trim()}`]
        : [];
    });
  }

  it('should know neither the process nor its streams', () => {
    const files = globSync(['src/app/**/*.ts', 'src/features/**/*.ts'], { cwd: root }).filter(
      (file) => !/\.(test|fixture)\.ts$/.test(file),
    );
    assert.ok(files.length > 200);
    assert.deepEqual(
      files.flatMap((file) => touching(file, text(file))),
      [],
    );
  });

  it('should be held to that by a rule that finds what it looks for', () => {
    const source = [
      '/** process.exit(1) in a comment is nobody’s business. */',
      "const said = 'process.exit(1)';",
      'const processed = reprocess.all();',
      'process.exit(1);',
      'const { env } = process;',
      'console.log(1);',
      "import { stdout } from 'node:process';",
      'write(stdout, text);',
      "import { say } from '../../../cli/terminal.ts';",
      "globalThis['process'].exit(1);",
    ].join('\n');
    assert.deepEqual(
      touching('x.ts', source).map((line) => Number(/:(\d+):/.exec(line)?.[1])),
      [4, 5, 6, 7, 8, 9, 10],
    );
  });
});
