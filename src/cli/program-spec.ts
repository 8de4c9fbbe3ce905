/**
 * @module cli/program-spec
 * The commands that treat a specification as source code.
 */
import { type Command, Option } from 'commander';

/** `tenet spec …`. */
export function addSpec(program: Command): void {
  const spec = program.command('spec').description('Look into, check and compare specifications');
  spec
    .command('lint')
    .description('Check specifications as a linter checks code')
    .argument('[file...]', 'the specifications')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'sarif', 'github', 'json'])
        .default('text'),
    )
    .option('--fix', 'put right what can be put right safely, in the files')
    .option('--baseline <file>', 'findings to overlook; made where there is none')
    .addOption(
      new Option('--profile <profile>', 'which rules').choices([
        'openai',
        'constitution',
        'strict',
        'eu-gpai',
      ]),
    )
    .option('--rule <id=setting>', 'off, information, warning or error for one rule', collect)
    .option('--all', 'also the remarks for information that repeat')
    .option('--explain <rule>', 'why a rule is there, with a good and a bad sample')
    .addOption(dialectOption())
    .action(async (files, flags) =>
      (await import('../features/spec/lint/command.ts')).lint(files, flags),
    );
  spec
    .command('diff')
    .description('Compare two versions by clause, and say which results it makes stale')
    .argument('<old>', 'the older version')
    .argument('<new>', 'the newer version')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'markdown', 'json', 'html'])
        .default('text'),
    )
    .option('--runs', 'which verdicts in the ledger still stand, and what to run again')
    .option('--changelog', 'print a draft of a changelog instead')
    .option('--ledger <file>', 'the ledger for --runs (default: .tenet/ledger.db)')
    .addOption(dialectOption())
    .action(async (older, newer, flags) =>
      (await import('../features/spec/diff/command.ts')).diff(older, newer, flags),
    );
}

function dialectOption(): Option {
  return new Option('--dialect <name>', 'how it is written (default: recognised)');
}

function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}
