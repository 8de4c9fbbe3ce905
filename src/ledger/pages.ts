/**
 * @module ledger/pages
 * The rows of a run in pages: a window of its samples after the other, so that a run of a hundred thousand samples
 * takes the memory of a thousand.
 */
import { damaged } from './damage.ts';
import type { Queries, Row } from './database.ts';
import {
  checkWhole,
  SAMPLE,
  type SampleRow,
  sampleRow,
  VERDICT,
  type VerdictRow,
  verdictRow,
} from './rows.ts';

/** Samples in a page. */
const PAGE = 1_000;

/** Pages of something, in order. */
export type Pages<Item> = AsyncIterable<readonly Item[]>;

/** All items of some pages, for those who need them side by side. */
export async function collect<Item>(pages: Pages<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) for (const item of page) items.push(item);
  return items;
}

/** A window of samples: from this position to before that one. */
type Window = readonly [from: number, to: number];

/** The windows of a run. Throws where it has rows outside its plan. */
async function windowsOf({ all }: Pick<Queries, 'all'>, run: number): Promise<Window[]> {
  const [planned] = await all('SELECT samples FROM runs WHERE ordinal = ?', run);
  const samples = Number(planned?.samples);
  const ends = 'SELECT min(position) AS first, max(position) AS last FROM';
  for (const table of ['samples', 'verdicts']) {
    const [{ first, last } = {}] = await all(`${ends} ${table} WHERE run = ?`, run);
    for (const place of [first, last]) {
      if (place === null || place === undefined) continue;
      if (!(Number(place) >= 0 && Number(place) < samples)) {
        damaged(`transcript ${Number(place) + 1} of ${samples}`);
      }
    }
  }
  return Array.from({ length: Math.ceil(samples / PAGE) }, (_, page) => [
    page * PAGE,
    Math.min(samples, (page + 1) * PAGE),
  ]);
}

/** Finished samples in the plan's order. Of a sample asked again, the last attempt counts. */
export async function* samplePages(
  queries: Pick<Queries, 'all'>,
  run: number,
  signal?: AbortSignal,
): AsyncGenerator<SampleRow[]> {
  for (const window of await windowsOf(queries, run)) {
    signal?.throwIfAborted();
    const rows = latest(await sampleRows(queries, run, window));
    if (rows.length > 0) yield rows.map(sampleRow);
  }
}

/** The verdicts of these samples, in the plan's order, then by clause and judge. */
export async function* verdictPages(
  queries: Pick<Queries, 'all'>,
  run: number,
  signal?: AbortSignal,
): AsyncGenerator<VerdictRow[]> {
  for (const window of await windowsOf(queries, run)) {
    signal?.throwIfAborted();
    const samples = await sampleRows(queries, run, window);
    const rows = await queries.all(
      `SELECT ${VERDICT} FROM verdicts WHERE run = ? AND position >= ? AND position < ?
       ORDER BY position, attempt, clause, judge`,
      run,
      ...window,
    );
    const { found, strays } = latestVerdicts(samples, rows);
    await checkAdded(queries, run, strays);
    if (found.length > 0) yield found.map(verdictRow);
  }
}

/** All attempts, in their order. Throws where one is missing that another follows. */
async function sampleRows(
  { all }: Pick<Queries, 'all'>,
  run: number,
  window: Window,
): Promise<Row[]> {
  const rows = await all(
    `SELECT ${SAMPLE} FROM samples WHERE run = ? AND position >= ? AND position < ?
     ORDER BY position, attempt`,
    run,
    ...window,
  );
  for (const [place, row] of rows.entries()) {
    const before = rows[place - 1];
    if (before !== undefined && !isBefore(before, row)) damaged('samples that are out of order');
    const attempts = before?.position === row.position ? Number(before?.attempt) + 1 : 0;
    if (Number(row.attempt) !== attempts) {
      damaged(`transcript ${Number(row.position) + 1} without an earlier attempt at it`);
    }
  }
  return rows;
}

/** Of each sample the last attempt. */
function latest(samples: readonly Row[]): Row[] {
  return samples.filter((sample, place) => sample.position !== samples[place + 1]?.position);
}

/**
 * Those of the attempts that count, and those of which there is no sample. Throws where a sample has not those that it
 * was written with.
 */
function latestVerdicts(
  samples: readonly Row[],
  rows: readonly Row[],
): { found: Row[]; strays: Row[] } {
  const found: Row[] = [];
  const strays: Row[] = [];
  let next = 0;
  for (const [place, sample] of samples.entries()) {
    const counts = sample.position !== samples[place + 1]?.position;
    let own = 0;
    for (; next < rows.length; next++) {
      const row = rows[next] as Row;
      const isOwn = row.position === sample.position && row.attempt === sample.attempt;
      if (!isOwn && isBefore(sample, row)) break;
      const before = rows[next - 1];
      if (before !== undefined && !isBefore(before, row)) damaged('verdicts that are out of order');
      if (!isOwn) strays.push(row);
      else if (counts) found.push(row);
      if (isOwn) own++;
    }
    checkWhole(sample, own);
  }
  for (; next < rows.length; next++) strays.push(rows[next] as Row);
  return { found, strays };
}

/** Throws unless the samples of these verdicts came while the verdicts were read. */
async function checkAdded(
  { all }: Pick<Queries, 'all'>,
  run: number,
  strays: readonly Row[],
): Promise<void> {
  for (const { position, attempt } of strays) {
    const [sample] = await all(
      'SELECT position FROM samples WHERE run = ? AND position = ? AND attempt = ?',
      ...[run, Number(position), Number(attempt)],
    );
    if (sample === undefined) {
      damaged(`a verdict on transcript ${Number(position) + 1}, which is not there`);
    }
  }
}

/** In the order of position, attempt, clause and judge; what is the same twice is not. */
function isBefore(first: Row, second: Row): boolean {
  const position = Number(second.position) - Number(first.position);
  if (position !== 0) return position > 0;
  const attempt = Number(second.attempt) - Number(first.attempt);
  if (attempt !== 0) return attempt > 0;
  return first.clause !== second.clause || Number(first.judge) < Number(second.judge);
}
