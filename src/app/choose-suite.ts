/**
 * @module app/choose-suite
 * Which scenarios: all that a spec holds or a file gives, those of some clauses, so many of them.
 */

import { drawSuite } from '../run/suite/draw.ts';
import { limitScenarios, onlyClauses } from '../run/suite/select.ts';
import type { Suite } from '../run/suite/suite.ts';
import type { Spec } from '../spec/index.ts';
import { safeLine } from '../text/safe-text.ts';
import { chosenClauses } from './choose-clauses.ts';
import type { Log } from './context.ts';
import { loadSuite } from './files.ts';
import { problem } from './messages.ts';

export interface SuiteChoice {
  /** A suite, or the file of one; the spec's own scenarios where absent. */
  suite?: string | Suite;
  clauses?: string;
  limit?: number;
  seed?: number;
}

/** The scenarios that the flags choose. Throws where they leave none; says which columns were not used. */
export function chooseSuite(spec: Spec, choice: SuiteChoice, log: Pick<Log, 'say'>): Suite {
  const { suite: file, clauses: query, limit, seed } = choice;
  let suite = typeof file === 'string' ? loadSuite(file, spec) : (file ?? drawSuite(spec));
  if (suite.unusedColumns !== undefined) {
    const names = suite.unusedColumns.map((name) => `'${safeLine(name)}'`).join(', ');
    log.say(`${typeof file === 'string' ? file : 'suite'}: columns that were not used: ${names}`);
  }
  if (query !== undefined) {
    const ids = chosenClauses(spec, query);
    suite = onlyClauses(suite, ids);
    if (suite.scenarios.length === 0) {
      throw problem('no-scenario-for-clauses', { clauses: [...ids] });
    }
  }
  if (suite.scenarios.length === 0) {
    throw problem('nothing-to-draw', { file: spec.file });
  }
  // Without a seed everybody draws the same.
  return limit === undefined ? suite : limitScenarios(suite, limit, seed ?? 0);
}
