/**
 * @module cli/program-old
 * The commands and their flags. What they do is imported when it is asked for, so that help comes at once.
 */
import { Command, Option } from 'commander';
import { certificateOption, ledgerOption } from '../app/flags.ts';

/** The whole command line. */
export function createOldProgram(version: string): Command {
  const program = new Command('tenet')
    .description('Holds an AI model to its written behaviour specification.')
    .version(version, '-V, --version')
    .option('--debug', 'show where an error came from')
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, 'tenet: ')),
    })
    .showSuggestionAfterError()
    .showHelpAfterError("('tenet --help' shows what there is)")
    .configureHelp({ sortSubcommands: false });
  addRuns(program);
  addReport(program);
  addShow(program);
  program.addHelpText(
    'after',
    `
Start here:
  $ tenet audit          (a rehearsal with simulated models: no key, no network)
  $ tenet audit --spec model_spec.md --subject openai:gpt-5 \\
      --judge anthropic:claude-sonnet-4-5 --dry-run
  $ tenet spec show model_spec.md`,
  );
  return program;
}

function addRuns(program: Command): void {
  program
    .command('runs')
    .description('List the runs in the ledger')
    .addOption(ledgerOption())
    .option('--json', 'print JSON')
    .action(async (flags) => (await import('../features/audit/runs/runs-command.ts')).runs(flags));
}

function addReport(program: Command): void {
  program
    .command('report')
    .description('Report on a run (the newest, where none is named)')
    .argument('[run]', 'its id, or how it begins')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .option('--all', 'every clause, also those without a violation')
    .addOption(certificateOption())
    .addOption(ledgerOption())
    .action(async (run, flags) =>
      (await import('../features/audit/runs/report-command.ts')).report(run, flags),
    );
}

function addShow(program: Command): void {
  program
    .command('show')
    .description('Show a transcript with its verdicts and the words they cite')
    .argument('<run>', "the run's id, or how it begins")
    .argument('<transcript>', 'its name in the report, such as t17')
    .addOption(ledgerOption())
    .option('--json', 'print JSON')
    .action(async (run, transcript, flags) =>
      (await import('../features/audit/runs/show-command.ts')).show(run, transcript, flags),
    );
}
