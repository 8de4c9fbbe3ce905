/**
 * @module run/suite/files
 * Suites as files: our own JSON lines, and the prompts that people have, as JSON lines, JSON or CSV with a
 * clause column. Whatever is wrong with a row is said with its line; a file is taken whole or not at all.
 */
import { scenarioOfRow } from './row.ts';
import { readCsvRows, readJsonRows } from './rows.ts';
import { type Scenario, type Suite, suiteOf } from './scenario.ts';

/** What is wrong with a suite file, a line each: `file:line: what, and what to do`. */
export interface SuiteProblems {
  problems: string[];
}

const MOST_PROBLEMS = 10;

/** A suite as JSON lines, as `readSuite` reads it. */
export function writeSuite(suite: Suite): string {
  return suite.scenarios.map((scenario) => `${JSON.stringify(scenario)}\n`).join('');
}

/**
 * The suite in a file's text. `.csv` is read as CSV; everything else as JSON lines or a JSON array. A row is
 * a scenario as `writeSuite` writes it, or has a prompt (`prompt`, `input` or `messages`) and its clauses
 * (`clause` or `clauses`, as a list or separated by `;` or `,`), and may have `id`, `title`, `system`, `tools`,
 * `maxTokens`, `cluster`. `clauses` says whether the spec has a clause of this id, and which ids are near.
 */
export function readSuite(
  file: string,
  text: string,
  clauses: { has(id: string): boolean; near(id: string): string[] },
): Suite | SuiteProblems {
  const problems: string[] = [];
  let more = 0;
  const problem = (place: string, what: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push(`${file}:${place}: ${what}`);
    else more++;
  };
  const scenarios: Scenario[] = [];
  const placeOfId = new Map<string, string>();
  const sink = {
    problem,
    row: (row: Parameters<typeof scenarioOfRow>[1]): void => {
      const scenario = scenarioOfRow(file, row);
      if (typeof scenario === 'string') {
        problem(row.place, scenario);
        return;
      }
      for (const id of scenario.clauses) {
        if (clauses.has(id)) continue;
        const near = clauses.near(id).map((known) => `#${known}`);
        const hint = near.length > 0 ? ` Is it ${near.join(' or ')}?` : '';
        problem(row.place, `the spec has no clause #${id}.${hint}`);
      }
      const earlier = placeOfId.get(scenario.id);
      if (earlier !== undefined) {
        problem(row.place, `the id '${scenario.id}' stands at ${earlier} too.`);
      }
      placeOfId.set(scenario.id, row.place);
      scenarios.push(scenario);
    },
  };
  let unusedColumns: string[] = [];
  if (/\.csv$/i.test(file)) unusedColumns = readCsvRows(text, sink);
  else readJsonRows(text, sink);
  if (more > 0) return { problems: [...problems, `… and ${more} more.`] };
  if (problems.length > 0) return { problems };
  if (scenarios.length === 0) {
    return {
      problems: [`${file}: no scenario in it. Each row needs a 'clause' and a 'prompt'.`],
    };
  }
  const suite = suiteOf(scenarios);
  return unusedColumns.length === 0 ? suite : { ...suite, unusedColumns };
}
