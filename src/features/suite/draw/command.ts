/** @module features/suite/draw/command `tenet suite`: scenarios as a file. */

import { chooseSuite, type SuiteChoice } from '../../../app/choose-suite.ts';
import { loadSpec } from '../../../app/files.ts';
import { say } from '../../../cli/terminal.ts';
import { writeSuite } from '../../../run/suite/files.ts';

/** Prints the scenarios that a spec holds, and says on stderr what was left out. */
export function draw(
  file: string,
  { dialect, ...choice }: Omit<SuiteChoice, 'suite'> & { dialect?: string },
): void {
  const suite = chooseSuite(loadSpec(file, dialect), choice);
  process.stdout.write(writeSuite(suite));
  const left =
    suite.excluded.length === 0
      ? ''
      : `; ${suite.excluded.length} left out (elided, under no clause, or the same question again)`;
  say(`${suite.scenarios.length} scenarios${left}`);
}
