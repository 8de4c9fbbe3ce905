/** @module features/audit/health/command `tenet health`: what the evidence says of the spec itself. */
import * as z from 'zod';
import { flag, format, shared } from '../../../app/arguments.ts';
import { chosenClauses } from '../../../app/choose-clauses.ts';
import { defineCommand } from '../../../app/command.ts';
import type { Context } from '../../../app/context.ts';
import { loadSpec } from '../../../app/files.ts';
import { DEFAULT_LEDGER, mayBeLedger } from '../../../app/ledgers.ts';
import { withLedger } from '../../../app/with-ledger.ts';
import type { Spec } from '../../../spec/index.ts';
import { healthBlocks } from './blocks.ts';
import { healthDocument } from './document.ts';
import { type HealthEvidence, noEvidence, readEvidence } from './evidence.ts';
import { healthOf } from './health.ts';

const text = z.string();

export const health = defineCommand({
  args: z.object({
    file: shared.specFile,
    dialect: shared.dialect,
    clauses: flag('<query>', text.optional(), 'only these clauses', 'clause'),
    format: format(['text', 'markdown', 'html', 'json']),
    all: flag(null, z.boolean().optional(), 'every clause, also those with nothing to say'),
    ledger: shared.ledger,
  }),
  prints: ['tenet.health/1'],
  run: async (args, context) => {
    const { file, dialect, clauses, ledger } = args;
    const spec = loadSpec(file, dialect);
    const evidence = await evidenceOf(spec, ledger, context);
    const document = healthDocument(evidence, healthOf(evidence), {
      names: { file, dialect, ledger },
      only: clauses === undefined ? undefined : chosenClauses(spec, clauses),
    });
    return { document, blocks: (detail) => healthBlocks(document, detail) };
  },
});

/** A folder without a ledger is one without evidence; a ledger that was named must be there. */
async function evidenceOf(
  spec: Spec,
  path: string | undefined,
  context: Context,
): Promise<HealthEvidence> {
  const { folder, given } = context.settings;
  if (!given.has('ledger') && !mayBeLedger(path ?? DEFAULT_LEDGER, folder)) {
    return noEvidence(spec);
  }
  return withLedger(context, path, (ledger) => readEvidence(ledger, spec));
}
