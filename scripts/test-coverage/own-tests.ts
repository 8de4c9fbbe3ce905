/** @module scripts/test-coverage/own-tests Runs the tests beside a room's code, and says which of its lines they run. */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productFiles, roomOf } from '../house/rooms.ts';
import { type FileCoverage, mergeCoverage } from './merge.ts';

/** A room, its product files and its tests; paths relative to `src/`. */
export interface RoomFiles {
  name: string;
  files: string[];
  tests: string[];
}

/** The rooms of a checkout with the tests that stand in them. */
export function roomsWithTests(checkout: string): RoomFiles[] {
  const tests = Map.groupBy(
    globSync('**/*.test.ts', { cwd: join(checkout, 'src') }).sort(),
    // `index.test.ts` stands beside `index.ts`.
    (path) => roomOf(path).replace(/\.test\.ts$/, '.ts'),
  );
  return [...Map.groupBy(productFiles(checkout), roomOf)].map(([name, files]) => ({
    name,
    files,
    tests: tests.get(name) ?? [],
  }));
}

/**
 * Which lines of a room its own tests run, in whatever processes they start.
 * @throws Error with what was printed, where a test fails: figures of a broken run say nothing
 */
export function coverRoom(checkout: string, room: RoomFiles): FileCoverage[] {
  const folder = mkdtempSync(join(tmpdir(), 'tenet-coverage-'));
  try {
    if (room.tests.length > 0) runTests(checkout, room, folder);
    return mergeCoverage(
      folder,
      room.files.map((path) => join(checkout, 'src', path)),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runTests(checkout: string, { name, tests }: RoomFiles, folder: string): void {
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--test', '--test-timeout=900000', ...tests.map((path) => join('src', path))],
    {
      cwd: checkout,
      // Node hands this variable on to every process that a test starts, whatever environment it is given.
      env: { ...environment, NODE_V8_COVERAGE: folder },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  if (status !== 0) throw new Error(`${name}: its tests fail.\n${stdout}${stderr}`);
}
