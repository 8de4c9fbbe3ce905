/** @module features/spec/diff/command `tenet spec diff`: two versions compared, and what is left of past runs. */
import * as z from 'zod';
import { argument, flag, format, shared } from '../../../app/arguments.ts';
import { defineCommand } from '../../../app/command.ts';
import type { Context } from '../../../app/context.ts';
import { loadSpec } from '../../../app/files.ts';
import { withLedger } from '../../../app/with-ledger.ts';
import type { Spec } from '../../../spec/index.ts';
import { toMarkdown } from '../../../text/blocks-markdown.ts';
import { diffSpecs } from './diff.ts';
import { problem } from './messages.ts';
import { type OutlookInput, outlooksOf } from './outlook.ts';
import { changelogBlocks } from './render/changelog-blocks.ts';
import { comparisonBlocks } from './render/comparison-blocks.ts';
import { outlookBlocks } from './render/outlook-blocks.ts';
import type { RunOutlook } from './schema.ts';

const text = z.string();
const isOn = z.boolean().optional();

export const diff = defineCommand({
  args: z.object({
    old: argument('<old>', text, 'the older version', 'file'),
    new: argument('<new>', text, 'the newer version', 'file'),
    format: format(['text', 'markdown', 'json', 'html']),
    runs: flag(null, isOn, 'which verdicts in the ledger still stand, and what to run again'),
    changelog: flag(null, isOn, 'print a draft of a changelog instead'),
    ledger: shared.ledger,
    dialect: shared.dialect,
  }),
  prints: ['tenet.spec-diff/1'],
  run: async (args, context) => {
    const { changelog, ledger: ledgerFile, dialect } = args;
    const isText = args.format === 'text' || args.format === 'markdown';
    if (changelog === true && (context.settings.json || !isText)) {
      const given = isText ? '--json' : `--format ${args.format}`;
      throw problem('changelog-is-markdown', { given });
    }
    const [older, newer] = namedAlike(loadSpec(args.old, dialect), loadSpec(args.new, dialect));
    const found = diffSpecs(older, newer);
    const input: OutlookInput = { older, newer, diff: found, file: args.new, ledgerFile };
    const runs = args.runs === true ? await outlooks(context, input) : undefined;
    if (changelog === true) return { text: toMarkdown(changelogBlocks(found, newer)) };
    return {
      document: runs === undefined ? found : { ...found, runs },
      blocks: (detail) => [
        ...comparisonBlocks(found, detail),
        ...(runs === undefined ? [] : [outlookBlocks(runs)]),
      ],
    };
  },
});

/** A pipe (`<(git show …)`) has no name of its own: it is the other one's spec. */
function namedAlike(older: Spec, newer: Spec): [Spec, Spec] {
  const isPipe = ({ file }: Spec): boolean => /^\/(?:dev|proc)\//.test(file);
  if (isPipe(older) && !isPipe(newer)) return [{ ...older, id: newer.id }, newer];
  if (isPipe(newer) && !isPipe(older)) return [older, { ...newer, id: older.id }];
  return [older, newer];
}

function outlooks(context: Context, input: OutlookInput): Promise<RunOutlook[]> {
  return withLedger(context, input.ledgerFile, (ledger) => outlooksOf(ledger, input));
}
