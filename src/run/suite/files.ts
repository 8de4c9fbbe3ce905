/**
 * @module run/suite/files
 * Suites as files: our own JSON lines, and the prompts that people have, as JSON lines, JSON or CSV with a
 * clause column. Whatever is wrong with a row is said with its line; a file is taken whole or not at all.
 */
import { type RowProblem, rowProblem } from './messages.ts';
import { scenarioOfRow } from './row.ts';
import { readCsvRows, readJsonRows } from './rows.ts';
import { makeSuite, type Suite } from './suite.ts';

/** Something that is wrong with a suite file. */
export interface SuiteIssue extends Omit<RowProblem, 'message'> {
  /** Where it stands, as a person finds it: `12`, or `item 12` of a JSON array; null: in no one row. */
  place: string | null;
}

/** What is wrong with a suite file, the first of it where there is much. */
export interface SuiteProblems {
  issues: SuiteIssue[];
  /** In words, a line each: `file:line: what, and what to do`. */
  problems: string[];
}

const MOST_PROBLEMS = 10;

/** A suite as JSON lines, as `readSuite` reads it. */
export function writeSuite(suite: Suite): string {
  return Array.from(suite.scenarios, (scenario) => `${JSON.stringify(scenario)}\n`).join('');
}

/**
 * The suite in a file's text, or in its bytes, which are UTF-8. `.csv` is read as CSV; everything else as JSON lines or a JSON array. A row is
 * a scenario as `writeSuite` writes it, or has a prompt (`prompt`, `input` or `messages`) and its clauses
 * (`clause` or `clauses`, as a list or separated by `;` or `,`), and may have `id`, `title`, `system`, `tools`,
 * `maxTokens`, `cluster`. `clauses` says whether the spec has a clause of this id, and which ids are near.
 */
export function readSuite(
  file: string,
  text: string | Uint8Array,
  clauses: { has(id: string): boolean; near(id: string): string[] },
): Suite | SuiteProblems {
  const found: SuiteProblems = { issues: [], problems: [] };
  let more = 0;
  const problem = (place: string | null, { message, ...what }: RowProblem): void => {
    if (found.issues.length === MOST_PROBLEMS) {
      more++;
      return;
    }
    found.issues.push({ place: place?.trim() ?? null, ...what });
    found.problems.push(`${file}:${place === null ? '' : `${place}:`} ${message}`);
  };
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const making = makeSuite();
  let count = 0;
  const placeOfId = new Map<string, string>();
  const sink = {
    problem,
    row: (row: Parameters<typeof scenarioOfRow>[1]): void => {
      const scenario = scenarioOfRow(file, row);
      if ('code' in scenario) {
        problem(row.place, scenario);
        return;
      }
      for (const id of scenario.clauses) {
        if (clauses.has(id)) continue;
        const near = clauses.near(id);
        problem(row.place, rowProblem('unknown-clause', { clause: id, near }));
      }
      const earlier = placeOfId.get(scenario.id);
      if (earlier !== undefined) {
        problem(row.place, rowProblem('id-twice', { id: scenario.id, earlier }));
      }
      placeOfId.set(scenario.id, row.place);
      making.add(scenario);
      count++;
    },
  };
  let unusedColumns: string[] = [];
  if (/\.csv$/i.test(file)) unusedColumns = readCsvRows(bytes, sink);
  else readJsonRows(bytes, sink);
  if (found.issues.length === 0 && count === 0) {
    problem(null, rowProblem('no-scenario', {}));
  }
  if (more > 0) found.problems.push(`… and ${more} more.`);
  if (found.issues.length > 0) return found;
  const suite = making.done();
  return unusedColumns.length === 0 ? suite : { ...suite, unusedColumns };
}
