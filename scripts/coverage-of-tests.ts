/**
 * @module scripts/coverage-of-tests
 * How much of each room is run by its own tests, those that stand beside its code; what tests in `test/` run as
 * well does not count. `npm run coverage [-- --json] [-- ROOM…]`; named rooms are shown with the lines they miss.
 * Exits with 1 where a capability's own tests run less than 80 % of it, and with 2 where a test fails.
 */
import { join, relative } from 'node:path';
import { givenArguments } from './given-arguments.ts';
import type { FileCoverage } from './test-coverage/merge.ts';
import { coverRoom, type RoomFiles, roomsWithTests } from './test-coverage/own-tests.ts';

const DEMANDED = 0.8;
const ROOT = join(import.meta.dirname, '..');

/** A room's lines that can be run, and how many of them its own tests run. */
interface RoomCoverage {
  name: string;
  lines: number;
  covered: number;
}

function choose(rooms: readonly RoomFiles[], asked: readonly string[]): RoomFiles[] {
  if (asked.length === 0) return [...rooms];
  return asked.map((name) => {
    const room = rooms.find((one) => one.name === name || one.name.endsWith(`/${name}`));
    if (room !== undefined) return room;
    throw new Error(`there is no room '${name}': ${rooms.map((one) => one.name).join(', ')}`);
  });
}

function sum(name: string, files: readonly FileCoverage[]): RoomCoverage {
  const lines = files.reduce((total, file) => total + file.lines.length, 0);
  const missed = files.reduce((total, file) => total + file.missed.length, 0);
  return { name, lines, covered: lines - missed };
}

function isTooLow({ name, lines, covered }: RoomCoverage): boolean {
  return name.startsWith('features/') && covered < DEMANDED * lines;
}

function table(rooms: readonly RoomCoverage[]): string {
  const rows = rooms.map((room) => {
    const { name, lines, covered } = room;
    const percent = lines === 0 ? '' : ((100 * covered) / lines).toFixed(1);
    return `| ${name} | ${lines} | ${covered} | ${percent} | ${isTooLow(room) ? 'too low' : ''} |`;
  });
  return `${['| room | lines | run | % | |', '| --- | --: | --: | --: | --- |', ...rows].join('\n')}\n`;
}

/** Lines as ranges, across those between them that hold no code: 3–9, 14. */
function ranges({ lines, missed }: FileCoverage): string {
  const isMissed = new Set(missed);
  const parts: [number, number][] = [];
  let open: [number, number] | null = null;
  for (const line of lines) {
    if (!isMissed.has(line)) {
      open = null;
    } else if (open === null) {
      open = [line, line];
      parts.push(open);
    } else {
      open[1] = line;
    }
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

const { values, positionals } = givenArguments({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const rooms: RoomCoverage[] = [];
try {
  for (const room of choose(roomsWithTests(ROOT), positionals)) {
    process.stderr.write(`${room.name} …\n`);
    const files = coverRoom(ROOT, room);
    rooms.push(sum(room.name, files));
    if (values.json || positionals.length === 0) continue;
    for (const file of files.filter(({ missed }) => missed.length > 0)) {
      process.stdout.write(`${relative(ROOT, file.path)}: ${ranges(file)}\n`);
    }
  }
  process.stdout.write(values.json ? `${JSON.stringify({ rooms }, null, 2)}\n` : table(rooms));
  process.exitCode = rooms.some(isTooLow) ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}
