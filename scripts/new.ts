/**
 * `npm run new -- GROUP/NAME` lays out an empty capability that works: its folder, a page, README's row, its schema, its
 * line in the list, and its line in the test that runs every command. Nothing else has to know it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as listed from '../src/capabilities.ts';
import { ownCapability } from '../src/cli/capability.ts';
import { commandsOf } from '../src/cli/program.ts';
import { documentsTestWith, layout, listWith, namesOf, readmeWith } from './new/layout.ts';

const root = join(import.meta.dirname, '..');

const NAME = /^[a-z]+(?:-[a-z]+)*\/[a-z]+(?:-[a-z]+)*$/;

/** The words of its command, and where they stand in the help: behind those of its group. */
function commandOf(capability: string): { command: string; order: number } {
  const all = commandsOf([...Object.values(listed), ownCapability(() => [])]);
  const [group = '', name = ''] = capability.split('/');
  const word = name.replaceAll('-', '');
  // A command that has words of its own can't be a group.
  const command = all.some(({ path }) => path === group) ? word : `${group} ${word}`;
  if (all.some(({ path }) => path === command || path.startsWith(`${command} `))) {
    throw new Error(`There is a command 'tenet ${command}' already.`);
  }
  const ofGroup = all.filter(({ path }) => path.startsWith(`${group} `));
  const orders = new Set(all.map(({ order }) => order));
  let order = Math.max(...(ofGroup.length > 0 ? ofGroup : all.filter(isShown)).map(orderOf)) + 1;
  while (orders.has(order)) order++;
  return { command, order };
}

const isShown = ({ hidden }: { hidden?: boolean }): boolean => hidden !== true;
const orderOf = ({ order }: { order: number }): number => order;

const LIST = 'src/capabilities.ts';
const COMMANDS_TEST = 'test/documents.test.ts';
const EDITED = [LIST, COMMANDS_TEST];

function run(script: string, ...words: string[]): void {
  execFileSync(process.execPath, [join(root, script), ...words], { cwd: root, stdio: 'pipe' });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(join(root, file), 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${file}: there is no place for it.`);
  write(file, after);
}

/** Lays out the capability of this name. Throws where it is none, or is there. */
function create(capability: string): void {
  if (!NAME.test(capability)) {
    throw new Error(
      `'${capability}' is no GROUP/NAME of small letters and hyphens, such as spec/lint.`,
    );
  }
  const { command, order } = commandOf(capability);
  const names = namesOf(capability, command, order);
  const files = layout(names);
  const there = Object.keys(files).find((file) => existsSync(join(root, file)));
  if (there !== undefined) throw new Error(`${there} is there already.`);
  for (const [file, text] of Object.entries(files)) write(file, text);
  edit(LIST, (list) => listWith(list, names));
  edit(COMMANDS_TEST, (test) => documentsTestWith(test, names));
  edit('README.md', (readme) => readmeWith(readme, names));
  // Long names break lines elsewhere.
  const written = [...Object.keys(files).filter((file) => file.endsWith('.ts')), ...EDITED];
  run('node_modules/@biomejs/biome/bin/biome', 'check', '--write', ...written);
  // In a process of its own: this one has read the list without the new line.
  run('scripts/schemas.ts');
  process.stdout.write(
    [
      ...Object.keys(files),
      `docs/schemas/${names.name}-1.json`,
      `Try: npx tenet ${command} 'Hello'`,
    ]
      .join('\n')
      .concat('\n'),
  );
}

try {
  create(process.argv[2] ?? '');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
