/** @module features/suite/draw/schema What drawing a suite prints with `--json`. */
import * as z from 'zod';
import { scenarioSchema } from '../../../run/suite/scenario.ts';

const count = z.int().nonnegative();

/** `tenet suite draw --json`. */
export const suiteDrawSchema = z
  .object({
    schema: z.literal('tenet.suite-draw/1'),
    spec: z.object({ id: z.string(), version: z.string().nullable(), sha256: z.string() }),
    hash: z.string().describe('sha256 over the scenarios, in their order'),
    count,
    clauses: z
      .array(z.object({ id: z.string(), scenarios: count }))
      .describe('Every clause that a scenario tests, in the order of the spec'),
    excluded: z
      .array(
        z.object({
          reason: z.enum(['elided', 'no_clause', 'no_messages', 'duplicate']),
          id: z.string(),
          clause: z.string().nullable(),
          line: count,
        }),
      )
      .describe('What the spec holds and the suite does not'),
    scenarios: z.array(scenarioSchema).describe('The lines of the file that --suite takes'),
  })
  .meta({ title: 'A suite drawn from a spec' });
