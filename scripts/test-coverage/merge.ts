/**
 * @module scripts/test-coverage/merge
 * What V8 counted in each process of a test run (`NODE_V8_COVERAGE`), merged into lines of source. Node strips
 * types in place, so that V8's offsets are those of the file, and no source map is needed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CodeLine, codeLines } from '../house/code-lines.ts';

/** A source file's lines that can be run, by number from 1, and those of them that were not run. */
export interface FileCoverage {
  path: string;
  lines: number[];
  missed: number[];
}

/** What V8 says of one function: its own range first, then the blocks in it that were run another number of times. */
interface FunctionCoverage {
  ranges: { startOffset: number; endOffset: number; count: number }[];
}

interface ProcessCoverage {
  result: { url: string; functions: FunctionCoverage[] }[];
}

/**
 * Which lines of the given sources ran in at least one of the processes that wrote into a folder. A line is one
 * with code in it once types are gone; it ran where any of that code did, as in Node's own reports.
 * @param paths sources, absolute; one that no process loaded has none of its lines run
 */
export function mergeCoverage(folder: string, paths: readonly string[]): FileCoverage[] {
  const sources = new Map(
    paths.map((path) => {
      const code = stripTypeScriptTypes(readFileSync(path, 'utf8'));
      return [
        pathToFileURL(path).href,
        { path, code, lines: codeLines(code), ran: new Set<CodeLine>() },
      ];
    }),
  );
  for (const name of readdirSync(folder)) {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as ProcessCoverage;
    for (const { url, functions } of result) {
      const source = sources.get(url);
      if (source === undefined) continue;
      const hasRun = offsetsThatRan(source.code.length, functions);
      for (const line of source.lines) {
        if (!source.ran.has(line) && anyRan(line, hasRun)) source.ran.add(line);
      }
    }
  }
  return [...sources.values()].map(({ path, lines, ran }) => ({
    path,
    lines: lines.map(({ index }) => index + 1),
    missed: lines.filter((line) => !ran.has(line)).map(({ index }) => index + 1),
  }));
}

/** For each offset 1 where the innermost range around it was run. */
function offsetsThatRan(length: number, functions: readonly FunctionCoverage[]): Uint8Array {
  const ran = new Uint8Array(length);
  const ranges = functions.flatMap((one) => one.ranges);
  // Ranges lie in one another or apart, so that what comes later is further inside.
  ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { startOffset, endOffset, count } of ranges) {
    ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  }
  return ran;
}

function anyRan({ start, text }: CodeLine, ran: Uint8Array): boolean {
  for (let place = 0; place < text.length; place++) {
    if (ran[start + place] === 1 && text[place]?.trim() !== '') return true;
  }
  return false;
}
