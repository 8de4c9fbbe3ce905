/**
 * @module scripts/house/arrows
 * Who imports whom in a checkout, between rooms and in circles of folders, as dependency-cruiser sees it.
 */
import { join } from 'node:path';
import { cruise, type IFolder, type IModule } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { roomOf } from './rooms.ts';

/** How many files of one room are imported by files of another; two imports of one file from one other count once. */
export interface Arrow {
  from: string;
  to: string;
  imports: number;
}

const ROOT = join(import.meta.dirname, '../..');

/**
 * The arrows between the rooms of a checkout, and the circles between its folders, each written once.
 * Types count like values; tests and fixtures do not count.
 */
export async function drawArrows(
  checkout: string,
): Promise<{ arrows: Arrow[]; folderCycles: string[][] }> {
  const options = await extractOptions(join(ROOT, '.dependency-cruiser.mjs'));
  const { output } = await cruise(
    ['src'],
    { ...options, validate: false, metrics: true, baseDir: checkout },
    // The types of the two options differ in what neither of them has here.
    options.enhancedResolveOptions as Parameters<typeof cruise>[2],
  );
  if (typeof output === 'string')
    throw new Error('dependency-cruiser gave text where data was asked for');
  return { arrows: arrowsOf(output.modules), folderCycles: circlesOf(output.folders ?? []) };
}

function arrowsOf(modules: readonly IModule[]): Arrow[] {
  const counts = new Map<string, Arrow>();
  for (const { source, dependencies } of modules) {
    const from = roomOfSource(source);
    for (const { resolved } of dependencies) {
      const to = roomOfSource(resolved);
      if (from === null || to === null || from === to) continue;
      const arrow = counts.get(`${from} ${to}`) ?? { from, to, imports: 0 };
      counts.set(`${from} ${to}`, { ...arrow, imports: arrow.imports + 1 });
    }
  }
  return [...counts.values()].sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
}

function roomOfSource(path: string): string | null {
  return path.startsWith('src/') ? roomOf(path.slice('src/'.length)) : null;
}

/** The circles that folders close, short ones first, each once and from the first of its names on. */
function circlesOf(folders: readonly IFolder[]): string[][] {
  const circles = folders.flatMap(({ dependencies = [] }) =>
    dependencies
      .filter(({ circular }) => circular)
      .map(({ cycle = [] }) => fromFirst(cycle.map(({ name }) => name))),
  );
  const once = new Map(circles.map((circle) => [circle.join(' '), circle]));
  return [...once.values()].sort(
    (a, b) => a.length - b.length || (a.join(' ') < b.join(' ') ? -1 : 1),
  );
}

function fromFirst(circle: readonly string[]): string[] {
  const first = circle.indexOf(circle.toSorted()[0] ?? '');
  return [...circle.slice(first), ...circle.slice(0, first)];
}
