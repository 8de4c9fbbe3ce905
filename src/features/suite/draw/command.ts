/** @module features/suite/draw/command `tenet suite draw`: scenarios as a file. */
import * as z from 'zod';
import { flag, integer, positiveInteger, shared } from '../../../app/arguments.ts';
import { chooseSuite } from '../../../app/choose-suite.ts';
import { defineCommand } from '../../../app/command.ts';
import { loadSpec } from '../../../app/files.ts';
import { writeSuite } from '../../../run/suite/files.ts';
import type { Suite } from '../../../run/suite/suite.ts';
import type { Spec } from '../../../spec/index.ts';
import type { suiteDrawSchema } from './schema.ts';

export const draw = defineCommand({
  args: z.object({
    file: shared.specFile,
    dialect: shared.dialect,
    clauses: flag('<query>', z.string().optional(), 'only those of these clauses', 'clause'),
    limit: flag('<n>', positiveInteger.optional(), 'at most so many, spread over the clauses'),
    seed: flag('<n>', integer.optional(), 'which ones, for --limit'),
  }),
  prints: ['tenet.suite-draw/1'],
  run: ({ file, dialect, ...choice }, { log }) => {
    const spec = loadSpec(file, dialect);
    const suite = chooseSuite(spec, choice, log);
    const left =
      suite.excluded.length === 0
        ? ''
        : `; ${suite.excluded.length} left out (elided, under no clause, or the same question again)`;
    log.say(`${suite.scenarios.length} scenarios${left}`);
    return { document: documentOf(spec, suite), text: writeSuite(suite) };
  },
});

function documentOf(spec: Spec, suite: Suite): z.infer<typeof suiteDrawSchema> {
  const { id, version, sha256, sections } = spec;
  const { hash, excluded } = suite;
  const scenarios = [...suite.scenarios];
  const clauses = sections.map((section) => ({
    id: section.id,
    scenarios: scenarios.filter((scenario) => scenario.clauses.includes(section.id)).length,
  }));
  return {
    schema: 'tenet.suite-draw/1',
    spec: { id, version, sha256 },
    hash,
    count: scenarios.length,
    clauses: clauses.filter(({ scenarios: tested }) => tested > 0),
    excluded,
    scenarios,
  };
}
