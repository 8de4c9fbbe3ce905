/**
 * @module cli/program-judge
 * The commands that measure judges, let people label, and say what runs come to.
 */
import { type Command, Option } from 'commander';
import { certificateOption, collect, integer, ledgerOption } from '../app/flags.ts';

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

/** `tenet compare`. */
export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('Compare two runs, clause by clause')
    .argument('<first>', "a run's id, or how it begins")
    .argument('<second>', "another's")
    .option('--paired', 'only what both runs asked; an error where they have nothing in common')
    .option('--subject <name>', 'which subject, of each run that has several', collect)
    .option('--clauses <query>', 'only these clauses')
    .addOption(formatOption(['text', 'markdown', 'json']))
    .option('--all', 'every clause, also those without a difference')
    .addOption(ledgerOption())
    .action(async (first, second, flags) =>
      (await import('../features/audit/compare/command.ts')).compare(first, second, flags),
    );
}

/** `tenet health`. */
export function addHealth(program: Command): void {
  program
    .command('health')
    .description('What all runs of a spec say of the spec itself')
    .argument('<file>', 'the specification')
    .addOption(dialectOption())
    .option('--clauses <query>', 'only these clauses')
    .addOption(formatOption(['text', 'markdown', 'json']))
    .option('--all', 'every clause, also those with nothing to say')
    .addOption(ledgerOption())
    .action(async (file, flags) =>
      (await import('../features/audit/health/command.ts')).health(file, flags),
    );
}

/** `tenet gate`. */
export function addGate(program: Command): void {
  program
    .command('gate')
    .description('Hold a run to a policy; exit code 1 where it fails')
    .argument('[run]', 'its id, or how it begins (default: the newest)')
    .requiredOption('--policy <file>', 'what the run is held to (YAML)')
    .option(
      '--baseline <run>',
      "the run that 'drop' is measured against, where the policy names none",
    )
    .addOption(formatOption(['text', 'json', 'junit', 'github']))
    .option('--out <file>', 'write it there instead of printing it')
    .addOption(certificateOption())
    .addOption(ledgerOption())
    .addHelpText('after', '\nExit codes: 0 every gate passed, 1 a gate failed, 2 could not do it.')
    .action(async (run, flags) =>
      (await import('../features/audit/gate/command.ts')).gate(run, flags),
    );
}

function formatOption(choices: string[]): Option {
  return new Option('--format <format>', 'how to print it').choices(choices).default('text');
}

function dialectOption(): Option {
  return new Option('--dialect <name>', 'how the spec is written (default: recognised)');
}
