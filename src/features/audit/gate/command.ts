/** @module features/audit/gate/command `tenet gate`: a run held to a policy. */
import * as z from 'zod';
import { argument, flag, format, shared } from '../../../app/arguments.ts';
import { defineCommand } from '../../../app/command.ts';
import { loadText } from '../../../app/files.ts';
import { givenCertificates } from '../../../app/given-certificates.ts';
import { reportOfRun } from '../../../app/report-of-run.ts';
import { planOf, storedRun } from '../../../app/stored.ts';
import { withLedger } from '../../../app/with-ledger.ts';
import { gateAnnotations } from './annotations.ts';
import { gateBlocks } from './blocks.ts';
import { baselineName, gateRun } from './gate-run.ts';
import { gateJunit } from './junit.ts';
import { readPolicy } from './read-policy.ts';

const text = z.string();

export const gate = defineCommand({
  args: z.object({
    run: argument(
      '[run]',
      text.optional(),
      'its id, or how it begins (default: the newest)',
      'run',
    ),
    policy: flag('<file>', text, 'what the run is held to (YAML)', 'file'),
    baseline: flag(
      '<run>',
      text.optional(),
      "the run that 'drop' is measured against, where the policy names none",
      'run',
    ),
    format: format(['text', 'markdown', 'html', 'json', 'junit', 'github']),
    out: flag('<file>', text.optional(), 'write it there instead of printing it', 'file'),
    certificate: shared.certificate,
    ledger: shared.ledger,
  }),
  prints: ['tenet.gate/1'],
  exit: { 0: 'every gate passed', 1: 'a gate failed', 2: 'could not do it' },
  help: 'Exit codes: 0 every gate passed, 1 a gate failed, 2 could not do it.',
  run: async (args, context) => {
    const policy = readPolicy(loadText(args.policy, 'a policy'), args.policy);
    return withLedger(context, args.ledger, async (ledger) => {
      const run = await storedRun(ledger, args.run);
      const plan = await planOf(ledger, run);
      const certificates = givenCertificates(args.certificate, plan);
      const sections = await context.lent.sections();
      const report = await reportOfRun({ ledger, run, plan, certificates, sections });
      const name = baselineName(policy, args.policy, args.baseline);
      const baseline = name === null ? null : { name, run: await storedRun(ledger, name) };
      const result = await gateRun(ledger, { policy, file: args.policy, run, report, baseline });
      return {
        exit: result.passed ? 0 : 1,
        document: result,
        blocks: () => gateBlocks(result),
        formats: {
          junit: () => gateJunit(result),
          github: () => gateAnnotations(result, args.policy),
        },
        ...(args.out === undefined ? {} : { out: args.out }),
      };
    });
  },
});
