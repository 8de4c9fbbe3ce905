/**
 * @module cli/program-judge
 * The command that lets people label.
 */
import type { Command } from 'commander';
import { integer, ledgerOption } from '../app/flags.ts';

/** `tenet label`. */
export function addLabel(program: Command): void {
  program
    .command('label')
    .description('Label transcripts in the terminal, with keys alone')
    .argument('<run>', "the run's id, or how it begins")
    .option('--as <name>', 'who labels (default: the name of your account)')
    .option(
      '--sample <design:n>',
      'stratified:200, random:200, disagreements:50 or narrowing:50 (default: stratified:100)',
    )
    .option('--clauses <query>', 'only under these clauses')
    .option('--import <file>', 'take labels from a file: CSV, JSON lines, Label Studio or Scout')
    .option('--export <file>', 'write all labels of the run to a CSV or JSON lines file')
    .option('--progress', 'print how far everybody is, and what labels say of the judge')
    .option('--show-verdicts', "show the judges' verdicts, which bends people's own")
    .option('--seed <n>', 'draws another sample', integer)
    .addOption(ledgerOption())
    .option('--json', 'with --progress, print JSON')
    .action(async (run, flags) =>
      (await import('../features/judge/labels/command.ts')).label(run, flags),
    );
}
