/**
 * @module scripts/house/rooms
 * The rooms of the house: which one a source file stands in, and how large each is.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeLines } from './code-lines.ts';

/** What stands in one room, of product files alone. */
export interface Room {
  /** The folder in `src/`, `features/GROUP/NAME`, or the name of a file that lies in `src/` itself. */
  name: string;
  files: number;
  /** All lines, and those that are neither blank nor comment. */
  lines: number;
  code: number;
  /** Lines per file: half of the files, and nine in ten of them, have at most so many. */
  median: number;
  p90: number;
  /** How often `?? ''`, `?? 0` and `?? []` stand in its code. */
  silentDefaults: number;
}

const SILENT_DEFAULT = /\?\? (?:''|0(?![\d.])|\[\])/g;

/** The product's source files in a checkout: no tests, fixtures or data; paths relative to `src/`, in order. */
export function productFiles(checkout: string): string[] {
  return globSync('**/*.ts', { cwd: join(checkout, 'src') })
    .filter((path) => !/\.(test|fixture|d)\.ts$/.test(path))
    .sort();
}

/** The room that a path below `src/` stands in. A capability is `features/GROUP/NAME`, or `features/NAME` for one without a group. */
export function roomOf(path: string): string {
  const [first = '', group, name, ...rest] = path.split('/');
  if (first !== 'features' || group === undefined || name === undefined) return first;
  return rest.length === 0 ? `${first}/${group}` : `${first}/${group}/${name}`;
}

/** The rooms of a checkout with their sizes, by name. */
export function measureRooms(checkout: string): Room[] {
  const byRoom = Map.groupBy(productFiles(checkout), roomOf);
  return [...byRoom]
    .map(([name, paths]) =>
      measureRoom(
        name,
        paths.map((path) => readFileSync(join(checkout, 'src', path), 'utf8')),
      ),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function measureRoom(name: string, sources: readonly string[]): Room {
  const lengths = sources.map(lineCount).sort((a, b) => a - b);
  const code = sources.map((source) => codeLines(source).map(({ text }) => text));
  return {
    name,
    files: sources.length,
    lines: lengths.reduce((sum, length) => sum + length, 0),
    code: code.reduce((sum, lines) => sum + lines.length, 0),
    median: quantile(lengths, 0.5),
    p90: quantile(lengths, 0.9),
    silentDefaults: code.flat().join('\n').match(SILENT_DEFAULT)?.length ?? 0,
  };
}

function lineCount(source: string): number {
  return source.split('\n').length - (source.endsWith('\n') ? 1 : 0);
}

/** The smallest of sorted values that at least this share of them does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
