/**
 * @module scripts/house
 * The rooms of the house, their sizes, the arrows between them and the circles between folders:
 * `npm run house`, as data `npm run house -- --json`, of another commit `npm run house -- --commit REV`.
 */
import { join } from 'node:path';
import { checkOut } from './check-out.ts';
import { givenArguments } from './given-arguments.ts';
import { ALLOWED, type Allowed } from './house/allowed.ts';
import { type Arrow, drawArrows } from './house/arrows.ts';
import { measureRooms, type Room } from './house/rooms.ts';

/** What the house looks like; `silentDefaults` is the sum over its rooms. */
export interface House {
  rooms: Room[];
  arrows: Arrow[];
  /** Folders that import one another in a circle, such as `['src/run', 'src/spec']`. */
  folderCycles: string[][];
  allowed: readonly Allowed[];
  silentDefaults: number;
}

/** More than these say no more to a reader than that there are many. */
const MOST_CIRCLES = 20;

/** Looks over the sources in a checkout. */
export async function lookOver(checkout: string): Promise<House> {
  const rooms = measureRooms(checkout);
  return {
    rooms,
    ...(await drawArrows(checkout)),
    allowed: ALLOWED,
    silentDefaults: total(rooms, 'silentDefaults'),
  };
}

function total(
  rooms: readonly Room[],
  what: 'files' | 'lines' | 'code' | 'silentDefaults',
): number {
  return rooms.reduce((sum, room) => sum + room[what], 0);
}

function print({ rooms, arrows, folderCycles, allowed, silentDefaults }: House): string {
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const usedBy = (name: string): string =>
    arrows
      .filter(({ from }) => from === name)
      .map(({ to, imports }) => `${to} ${imports}`)
      .join(', ');
  const head = ['room', 'files', 'lines', 'code', 'median', 'p90', 'silent defaults', 'imports'];
  const sums = (['files', 'lines', 'code'] as const).map((what) => total(rooms, what));
  return [
    row(head),
    row(head.map((_, column) => (column === 0 || column === 7 ? '---' : '--:'))),
    ...rooms.map(({ name, files, lines, code, median, p90, silentDefaults: silent }) =>
      row([name, files, lines, code, median, p90, silent, usedBy(name)]),
    ),
    row(['all', ...sums, '', '', silentDefaults, '']),
    '',
    `${folderCycles.length} circles between folders${folderCycles.length === 0 ? '.' : ':'}`,
    ...folderCycles
      .slice(0, MOST_CIRCLES)
      .map((circle) => `- ${[...circle, circle[0]].join(' → ')}`),
    ...(folderCycles.length > MOST_CIRCLES ? ['- and more, all of them with --json'] : []),
    '',
    `${allowed.length} capabilities may import another one${allowed.length === 0 ? '.' : ':'}`,
    ...allowed.map(({ from, to, why }) => `- ${from} → ${to}: ${why}`),
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const { values } = givenArguments({
    options: { json: { type: 'boolean', default: false }, commit: { type: 'string' } },
  });
  using checkout = values.commit === undefined ? null : checkOut(values.commit);
  const house = await lookOver(checkout?.folder ?? join(import.meta.dirname, '..'));
  process.stdout.write(values.json ? `${JSON.stringify(house, null, 2)}\n` : print(house));
}
