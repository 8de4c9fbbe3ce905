/** @module features/audit/runs/command `tenet runs`, `tenet report` and `tenet show`: what a ledger holds. */
import * as z from 'zod';
import { argument, flag, format, shared } from '../../../app/arguments.ts';
import { defineCommand } from '../../../app/command.ts';
import { givenCertificates } from '../../../app/given-certificates.ts';
import { DEFAULT_LEDGER, mayBeLedger } from '../../../app/ledgers.ts';
import { reportOfRun } from '../../../app/report-of-run.ts';
import { planOf, storedRun } from '../../../app/stored.ts';
import { withLedger } from '../../../app/with-ledger.ts';
import { reportBlocks } from '../../../report/report.ts';
import { listRuns, runsDocument } from './list-runs.ts';
import { NO_RUNS } from './messages.ts';
import { readTranscript, transcriptDocument } from './read-transcript.ts';
import { runsBlocks } from './runs-blocks.ts';
import { transcriptBlocks } from './transcript-blocks.ts';

const text = z.string();

export const runs = defineCommand({
  args: z.object({ ledger: shared.ledger }),
  prints: ['tenet.runs/1'],
  run: async (args, context) => {
    // Whoever named no ledger need not have one.
    const { given, json } = context.settings;
    if (!given.has('ledger') && !mayBeLedger(args.ledger ?? DEFAULT_LEDGER)) {
      if (!json) context.log.say(NO_RUNS);
      return { document: runsDocument([]) };
    }
    return withLedger(context, args.ledger, async (ledger) => {
      const listed = await listRuns(ledger);
      return { document: runsDocument(listed), blocks: () => runsBlocks(listed) };
    });
  },
});

export const report = defineCommand({
  args: z.object({
    run: argument('[run]', text.optional(), 'its id, or how it begins', 'run'),
    format: format(['text', 'json', 'markdown', 'html']),
    all: flag(null, z.boolean().optional(), 'every clause, also those without a violation'),
    certificate: shared.certificate,
    ledger: shared.ledger,
  }),
  prints: ['tenet.report/1'],
  run: async (args, context) => {
    const sections = await context.lent.sections();
    return withLedger(context, args.ledger, async (ledger) => {
      const run = await storedRun(ledger, args.run);
      const plan = await planOf(ledger, run);
      const certificates = givenCertificates(args.certificate, plan);
      const document = await reportOfRun({ ledger, run, plan, sections, certificates });
      return { document, blocks: (detail) => reportBlocks(document, sections, detail) };
    });
  },
});

export const show = defineCommand({
  args: z.object({
    run: shared.run,
    transcript: argument('<transcript>', text, 'its name in the report, such as t17', 'transcript'),
    ledger: shared.ledger,
  }),
  prints: ['tenet.transcript/1'],
  run: async (args, context) => {
    return withLedger(context, args.ledger, async (ledger) => {
      const run = await storedRun(ledger, args.run);
      const view = await readTranscript(ledger, run, args.transcript);
      return { document: transcriptDocument(view), blocks: () => transcriptBlocks(view) };
    });
  },
});
