/**
 * @module cli/program-old
 * The commands and their flags. What they do is imported when it is asked for, so that help comes at once.
 */
import { Command } from 'commander';
import {
  certificateOption,
  collect,
  concurrency,
  integer,
  nonNegative,
  positiveInteger,
  share,
} from '../app/flags.ts';
import {
  addCompare,
  addGate,
  addHealth,
  addJudge,
  addLabel,
  consensusOption,
} from './program-judge.ts';
import { addEditor, addSpec } from './program-spec.ts';

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
  addAudit(program);
  addJudge(program);
  addLabel(program);
  addCompare(program);
  addHealth(program);
  addGate(program);
  addSpec(program);
  addSuite(program);
  addEditor(program);
  addCompletion(program);
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

function addAudit(program: Command): void {
  program
    .command('audit')
    .description('Put the scenarios of a spec to models, judge every reply, and report')
    .option('--spec <file>', 'the specification (default: the starter spec that comes along)')
    .option('--dialect <name>', 'how the spec is written (default: recognised)')
    .option('--subject <model>', 'a model to audit; give it again for more', collect)
    .option('--judge <model>', 'a model that judges; give it again for a panel', collect)
    .addOption(consensusOption())
    .option('--self-judged', "let judges of the subjects' own family judge alone")
    .option('--rubric <file>', 'judge by rubrics: files or folders', collect)
    .addOption(certificateOption())
    .option(
      '--batch <n>',
      'up to so many clauses in one call, where a certificate shows no loss (default: 1)',
      positiveInteger,
    )
    .option('--suite <file>', 'your own scenarios: JSON lines, JSON or CSV with a clause column')
    .option('--clauses <query>', "only these, such as 'level>=system and not has:example'")
    .option('--repeats <n>', 'ask every scenario so many times (default: 1)', positiveInteger)
    .option(
      '--precision <share>',
      'ask until every interval is so narrow, such as 0.05 for ±5 points; --repeats is the ceiling',
      share,
    )
    .option(
      '--bound <share>',
      'with --precision: also stop where it is clear on which side of it a rate lies',
      share,
    )
    .option('--limit <n>', 'at most so many scenarios, spread over the clauses', positiveInteger)
    .option('--concurrency <auto|n>', 'calls in flight per account (default: auto)', concurrency)
    .option('--budget <usd>', 'stop before more than this is spent', nonNegative)
    .option('--max-tokens <n>', 'ceiling of a reply (default: 4096)', positiveInteger)
    .option('--temperature <t>', "the subjects' temperature (default: the provider's)", nonNegative)
    .option('--system <file>', 'a system prompt for the subjects')
    .option('--seed <n>', 'another seed asks everything anew and picks other scenarios', integer)
    .option('--ledger <file>', 'where everything is kept (default: .tenet/ledger.db)')
    .option('--dry-run', 'print the plan: scenarios, calls, tokens, cost, expected intervals')
    .option('--offline', 'repeat from the record alone; no call is made')
    .option('--resume [run]', 'go on with the unfinished run of this plan, or start it')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Models are written provider:model[?key=value&…]: openai, anthropic, google,
mistral, ollama, vllm, compatible:NAME?base=http://…/v1, sim:subject and
sim:judge. Keys come from the environment.
Settings can also stand in tenet.config.ts; a flag wins.

Exit codes: 0 done, 2 could not do it, 130 interrupted.`,
    )
    .action(async (flags) => (await import('../features/audit/audit/command.ts')).audit(flags));
}

function addSuite(program: Command): void {
  program
    .command('suite')
    .description('Make a file of scenarios to edit and to give to --suite')
    .command('draw')
    .description("Print a spec's scenarios as JSON lines")
    .argument('<file>', 'the specification')
    .option('--dialect <name>', 'how it is written (default: recognised)')
    .option('--clauses <query>', 'only those of these clauses')
    .option('--limit <n>', 'at most so many, spread over the clauses', positiveInteger)
    .option('--seed <n>', 'which ones, for --limit', integer)
    .action(async (file, flags) =>
      (await import('../features/suite/draw/command.ts')).draw(file, flags),
    );
}

function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('Print a script that completes commands and flags in your shell')
    .argument('<shell>', 'bash, zsh or fish')
    .action(async (shell) => (await import('./completion.ts')).completion(program, shell));
}
