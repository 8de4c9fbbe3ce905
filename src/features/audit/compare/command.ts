/** @module features/audit/compare/command `tenet compare`: two runs, clause by clause. */
import * as z from 'zod';
import { argument, flag, format, shared } from '../../../app/arguments.ts';
import { chosenClauses } from '../../../app/choose-clauses.ts';
import { defineCommand } from '../../../app/command.ts';
import { storedRun } from '../../../app/stored.ts';
import { withLedger } from '../../../app/with-ledger.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { planDocument, specOf } from '../../../run/run.ts';
import { comparisonBlocks } from './blocks.ts';
import { compareRuns, type StoredRun } from './compare-runs.ts';
import { problem } from './messages.ts';

const text = z.string();

export const compare = defineCommand({
  args: z.object({
    first: argument('<first>', text, "a run's id, or how it begins", 'run'),
    second: argument('<second>', text, "another's", 'run'),
    paired: flag(
      null,
      z.boolean().optional(),
      'only what both runs asked; an error where they have nothing in common',
    ),
    subject: flag(
      '<name>',
      z.array(text).optional(),
      'which subject, of each run that has several',
      'model',
    ),
    clauses: flag('<query>', text.optional(), 'only these clauses', 'clause'),
    format: format(['text', 'markdown', 'html', 'json']),
    all: flag(null, z.boolean().optional(), 'every clause, also those without a difference'),
    ledger: shared.ledger,
  }),
  prints: ['tenet.comparison/1'],
  run: async (args, context) => {
    return withLedger(context, args.ledger, async (ledger) => {
      const first = await readRun(ledger, args.first);
      const second = await readRun(ledger, args.second);
      if (first.document.plan.simulated !== second.document.plan.simulated) {
        throw problem('simulated-and-real', { first: args.first, second: args.second });
      }
      const comparisons = await compareRuns(ledger, first, second, {
        pairing: args.paired === true ? 'paired' : 'best',
        subjects: args.subject,
        only:
          args.clauses === undefined
            ? undefined
            : chosenClauses(specOf(first.document), args.clauses),
      });
      const simulated = comparisons.some((comparison) => comparison.simulated);
      return {
        document: { schema: 'tenet.comparison/1', simulated, comparisons },
        blocks: (detail) => comparisons.flatMap((one) => comparisonBlocks(one, detail)),
      };
    });
  },
});

async function readRun(ledger: Ledger, id: string): Promise<StoredRun> {
  const run = await storedRun(ledger, id);
  return { run, document: await planDocument(ledger, run) };
}
