/** @module features/suite/draw/command `tenet suite draw`: scenarios as a file. */
import { z } from 'zod';
import { flag, integer, positiveInteger, shared } from '../../../app/arguments.ts';
import { chooseSuite } from '../../../app/choose-suite.ts';
import { defineCommand } from '../../../app/command.ts';
import { loadSpec } from '../../../app/files.ts';
import { writeSuite } from '../../../run/suite/files.ts';

export const draw = defineCommand({
  args: z.object({
    file: shared.specFile,
    dialect: shared.dialect,
    clauses: flag('<query>', z.string().optional(), 'only those of these clauses', 'clause'),
    limit: flag('<n>', positiveInteger.optional(), 'at most so many, spread over the clauses'),
    seed: flag('<n>', integer.optional(), 'which ones, for --limit'),
  }),
  prints: [],
  run: ({ file, dialect, ...choice }, { log }) => {
    const suite = chooseSuite(loadSpec(file, dialect), choice, log);
    const left =
      suite.excluded.length === 0
        ? ''
        : `; ${suite.excluded.length} left out (elided, under no clause, or the same question again)`;
    log.say(`${suite.scenarios.length} scenarios${left}`);
    return { text: writeSuite(suite) };
  },
});
