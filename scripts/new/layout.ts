/** @module scripts/new/layout The files of an empty capability, with one command that works. */

/** What a new capability is called in each place that knows it. */
export interface Names {
  /** Its folder below features/: `evidence/verify-bundle`. */
  capability: string;
  /** `verify-bundle`. */
  name: string;
  /** `verifyBundle`. */
  camel: string;
  /** The key in the list: `evidenceVerifyBundle`. */
  key: string;
  /** The words of its command: `evidence verify`. */
  command: string;
  /** Where that stands in the help. */
  order: number;
  /** `docs/verify-bundle.md`. */
  page: string;
}

const inCamel = (words: string): string =>
  words.replace(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase());

/** The names that follow from a folder and the words of a command. */
export function namesOf(capability: string, command: string, order: number): Names {
  const name = capability.slice(capability.indexOf('/') + 1);
  const page = `docs/${name}.md`;
  return { capability, name, camel: inCamel(name), key: inCamel(capability), command, order, page };
}

/** The files of the capability and its page by their paths from the root. */
export function layout(names: Names): Record<string, string> {
  const folder = `src/features/${names.capability}`;
  return {
    [`${folder}/capability.ts`]: capabilityFile(names),
    [`${folder}/command.ts`]: commandFile(names),
    [`${folder}/command.test.ts`]: testFile(names),
    [`${folder}/index.ts`]: indexFile(names),
    [`${folder}/messages.ts`]: messagesFile(names),
    [`${folder}/schema.ts`]: schemaFile(names),
    [`${folder}/${names.name}.ts`]: useCaseFile(names),
    [`${folder}/${names.name}-blocks.ts`]: blocksFile(names),
    [names.page]: page(names),
  };
}

function capabilityFile({ capability, name, camel, command, order }: Names): string {
  return `/** @module features/${capability}/capability Counts the words of a text. */
import type { Capability } from '../../../app/capability.ts';

export const capability: Capability = {
  name: '${capability}',
  summary: 'Counts the words of a text',
  docs: { want: 'count words with ${command}', page: '${name}.md' },
  commands: [
    {
      path: '${command}',
      summary: 'Count the words of a text',
      order: ${order},
      load: async () => (await import('./command.ts')).${camel},
    },
  ],
  documents: [
    {
      name: 'tenet.${name}',
      version: 1,
      load: async () => (await import('./schema.ts')).${camel}Schema,
    },
  ],
};
`;
}

function commandFile({ capability, name, camel, command }: Names): string {
  const function_ = `${camel}Document`;
  return `/** @module features/${capability}/command \`tenet ${command}\`: how many words a text has. */
import * as z from 'zod';
import { argument } from '../../../app/arguments.ts';
import { defineCommand } from '../../../app/command.ts';
import { ${function_} } from './${name}.ts';
import { ${camel}Blocks } from './${name}-blocks.ts';

export const ${camel} = defineCommand({
  args: z.object({ text: argument('<text>', z.string(), 'the text') }),
  prints: ['tenet.${name}/1'],
  run: ({ text }) => {
    const document = ${function_}(text);
    return { document, blocks: () => ${camel}Blocks(document) };
  },
});
`;
}

function useCaseFile({ capability, name, camel }: Names): string {
  return `/** @module features/${capability}/${name} How many words a text has. */
import { problem } from './messages.ts';
import type { ${inTitle(camel)}Document } from './schema.ts';

/** Counts words. Throws a \`TenetError\` for a text without any. */
export function ${camel}Document(text: string): ${inTitle(camel)}Document {
  const words = text.match(/[\\p{L}\\p{N}]+/gu) ?? [];
  if (words.length === 0) throw problem('no-words', { length: text.length });
  return { schema: 'tenet.${name}/1', text, words: words.length };
}
`;
}

function blocksFile({ capability, name, camel }: Names): string {
  return `/** @module features/${capability}/${name}-blocks What people are shown. */
import type { Block } from '../../../text/blocks.ts';
import type { ${inTitle(camel)}Document } from './schema.ts';

/** One line of keys and values. */
export function ${camel}Blocks({ text, words }: ${inTitle(camel)}Document): Block[] {
  const rows = [
    { key: 'Text', value: text },
    { key: 'Words', value: String(words) },
  ];
  return [{ type: 'keyValues', rows }];
}
`;
}

function messagesFile({ capability }: Names): string {
  return `/** @module features/${capability}/messages The sentences of what can go wrong. */
import { problemsOf } from '../../../app/errors.ts';

export const problem = problemsOf({
  'no-words': ({ length }: { length: number }) => ({
    where: { flag: '<text>' },
    what: \`there is no word in these \${length} characters.\`,
    remedy: 'Give a text.',
  }),
});
`;
}

function schemaFile({ capability, name, camel, command }: Names): string {
  return `/** @module features/${capability}/schema What \`tenet ${command} --json\` prints. */
import * as z from 'zod';

export const ${camel}Schema = z
  .object({
    schema: z.literal('tenet.${name}/1'),
    text: z.string(),
    words: z.int().positive(),
  })
  .meta({ title: 'The words of a text' });

export type ${inTitle(camel)}Document = z.infer<typeof ${camel}Schema>;
`;
}

function indexFile({ capability, name, camel }: Names): string {
  return `/** @module features/${capability} What others may use of it. */
export { ${camel}Document } from './${name}.ts';
`;
}

function testFile({ name, camel }: Names): string {
  return `import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TenetError } from '../../../app/errors.ts';
import { toTerminal } from '../../../text/blocks-terminal.ts';
import { ${camel}Document } from './index.ts';
import { ${camel}Schema } from './schema.ts';
import { ${camel}Blocks } from './${name}-blocks.ts';

describe('${camel}Document', () => {
  it('should be of its schema, and say what people are shown', () => {
    const document = ${camel}Schema.parse(${camel}Document('Say little, and well.'));
    assert.equal(document.words, 4);
    assert.match(
      toTerminal(${camel}Blocks(document), { width: 80, color: false }),
      /^Words +4$/m,
    );
  });

  it('should refuse a text without words', () => {
    assert.throws(
      () => ${camel}Document('…'),
      (error) => TenetError.is(error) && error.code === 'no-words',
    );
  });
});
`;
}

function page({ name, command }: Names): string {
  return `# ${inTitle(name).replaceAll('-', ' ')}

\`tenet ${command} TEXT\` counts the words of a text.

\`\`\`console
$ npx tenet ${command} 'Say little, and well.'
Text   Say little, and well.
Words  4
\`\`\`
`;
}

function inTitle(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

/** The list with a line for the capability, in the order of names. */
export function listWith(list: string, { capability, key }: Names): string {
  const line = `export { capability as ${key} } from './features/${capability}/capability.ts';`;
  const lines = list.split('\n');
  const first = lines.findIndex((one) => one.startsWith('export {'));
  const entries = lines.filter((one) => one.startsWith('export {'));
  const all = [...entries, line].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  return [...lines.slice(0, first), ...all, ...lines.slice(first + entries.length)].join('\n');
}

const placeOf = (line: string): string => /features\/([\w/-]+)\/capability/.exec(line)?.[1] ?? '';

/** README with a row for its page, before the last of its table. */
export function readmeWith(readme: string, { command, page: path }: Names): string {
  const row = `| count words with ${command} | [${path}](${path}) |`;
  return readme.replace(/^\| change Tenet \|/m, (last) => `${row}\n${last}`);
}

/** The test that runs each command, with what this one is given. */
export function documentsTestWith(test: string, { command, name }: Names): string {
  const key = /^\w+$/.test(command) ? command : `'${command}'`;
  return test
    .replace(/^ {2}schema: \{ 'tenet\.schemas\/1'/m, (next) => {
      return `  ${key}: { 'tenet.${name}/1': ['Say little, and well.'] },\n${next}`;
    })
    .replace(/^ {2}schema: \['--no-such-flag'\]/m, (next) => `  ${key}: ['…'],\n${next}`);
}
