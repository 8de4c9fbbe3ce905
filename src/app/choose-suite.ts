/**
 * @module app/choose-suite
 * Which scenarios: all that a spec holds or a file gives, those of some clauses, so many of them.
 */

import { say } from '../cli/terminal.ts';
import { drawSuite } from '../run/suite/draw.ts';
import type { Suite } from '../run/suite/scenario.ts';
import { limitScenarios, onlyClauses } from '../run/suite/select.ts';
import type { Spec } from '../spec/index.ts';
import { safeLine } from '../text/safe-text.ts';
import { chosenClauses } from './choose-clauses.ts';
import { loadSuite } from './files.ts';
import { Problem } from './problem.ts';

export interface SuiteChoice {
  /** A suite file; the spec's own scenarios where absent. */
  suite?: string;
  clauses?: string;
  limit?: number;
  seed?: number;
}

/** The scenarios that the flags choose, or a `Problem` where they leave none. */
export function chooseSuite(spec: Spec, choice: SuiteChoice): Suite {
  const { suite: file, clauses: query, limit, seed } = choice;
  let suite = file === undefined ? drawSuite(spec) : loadSuite(file, spec);
  if (suite.unusedColumns !== undefined) {
    const names = suite.unusedColumns.map((name) => `'${safeLine(name)}'`).join(', ');
    say(`${file}: columns that were not used: ${names}`);
  }
  if (query !== undefined) {
    const ids = chosenClauses(spec, query);
    suite = onlyClauses(suite, ids);
    if (suite.scenarios.length === 0) {
      throw new Problem(
        `--clauses: no scenario tests ${[...ids].map((id) => `#${id}`).join(', ')}. Give your own with --suite.`,
      );
    }
  }
  if (suite.scenarios.length === 0) {
    throw new Problem(
      `${spec.file}: there is no example and no eval prompt to draw a scenario from. Give your own with --suite.`,
    );
  }
  return limit === undefined ? suite : limitScenarios(suite, limit, seed ?? 0);
}
