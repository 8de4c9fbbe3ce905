/**
 * @module cli/program-judge
 * The commands that measure judges, let people label, and say what runs come to.
 */
import { type Command, Option } from 'commander';
import {
  collect,
  concurrency,
  integer,
  ledgerOption,
  nonNegative,
  positiveInteger,
} from '../app/flags.ts';

/** `tenet judge …`. */
export function addJudge(program: Command): void {
  const judge = program.command('judge').description('Measure judges, attack them, judge anew');
  addCalibrate(judge);
  addAttack(judge);
  judge
    .command('rubric')
    .description('Draft a rubric of a clause, to edit and to give to --rubric')
    .argument('<file>', 'the specification')
    .argument('<clause>', "the clause's id, with or without #")
    .option(
      '--judge <model>',
      'a model that drafts; without one the draft is made of the spec alone',
    )
    .option('--out <file>', 'write it there instead of printing it')
    .addOption(dialectOption())
    .action(async (file, clause, flags) =>
      (await import('../features/judge/rubrics/command.ts')).rubric(file, clause, flags),
    );
  judge
    .command('list')
    .description('List the certificates in the ledger')
    .addOption(ledgerOption())
    .option('--json', 'print JSON')
    .action(async (flags) =>
      (await import('../features/judge/calibration/list-command.ts')).list(flags),
    );
}

function addCalibrate(judge: Command): void {
  judge
    .command('calibrate')
    .description("Score judges on the spec's marked replies and on people's labels")
    .requiredOption('--judge <model>', 'a judge to measure; give it again for more', collect)
    .option('--spec <file>', 'the specification (default: the starter spec that comes along)')
    .addOption(dialectOption())
    .option('--clauses <query>', 'only replies marked under these clauses')
    .option('--labels <file>', "people's labels: CSV, JSON lines, Label Studio or Scout", collect)
    .option('--run <run>', "the labels that people gave this run's transcripts", collect)
    .option('--earlier <file>', 'an earlier release of the spec, to date the examples', collect)
    .option('--cutoff <version>', 'tell examples of later releases apart, such as 2025-09-01')
    .option('--rubric <file>', 'judge by rubrics: files or folders', collect)
    .option(
      '--limit <n>',
      'at most so many marked replies, spread over the clauses',
      positiveInteger,
    )
    .option('--retest <n>', 'ask so many a second time (default: 40; 0: none)', nonNegative)
    .option('--no-pairs', 'do not ask which of two marked replies is the better one')
    .option(
      '--batch <n>',
      'also ask about each among other clauses, so many in one call',
      positiveInteger,
    )
    .addOption(consensusOption())
    .option('--certificate <file>', 'also write the certificate to this file')
    .option('--concurrency <auto|n>', 'calls in flight per account (default: auto)', concurrency)
    .option('--budget <usd>', 'stop before more than this is spent', nonNegative)
    .option('--seed <n>', 'another seed asks everything anew', integer)
    .addOption(ledgerOption())
    .option('--dry-run', 'print what would be asked, and what it may cost')
    .option('--offline', 'repeat from the record alone; no call is made')
    .option('--json', 'print the certificate as JSON')
    .action(async (flags) =>
      (await import('../features/judge/calibration/command.ts')).calibrate(flags),
    );
}

function addAttack(judge: Command): void {
  judge
    .command('attack')
    .description('Try to mislead a judge with the standing suite of attacks')
    .option('--judge <model>', 'a judge to attack; give it again for more', collect)
    .option('--spec <file>', 'the specification (default: the starter spec that comes along)')
    .addOption(dialectOption())
    .option('--clauses <query>', 'only replies marked under these clauses')
    .option('--attack <name>', 'only this attack; give it again for more', collect)
    .option('--limit <n>', 'marked replies to attack with each (default: 12)', positiveInteger)
    .option('--concurrency <auto|n>', 'calls in flight per account (default: auto)', concurrency)
    .option('--budget <usd>', 'stop before more than this is spent', nonNegative)
    .option('--seed <n>', 'another seed asks everything anew', integer)
    .addOption(ledgerOption())
    .option('--list', 'print what the attacks are, and ask nobody')
    .option('--dry-run', 'print what would be asked, and what it may cost')
    .option('--offline', 'repeat from the record alone; no call is made')
    .option('--json', 'print JSON')
    .action(async (flags) => (await import('../features/judge/attacks/command.ts')).attack(flags));
}

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

/** How several judges' verdicts become one. */
export function consensusOption(): Option {
  return new Option(
    '--consensus <rule>',
    'how several judges come to one verdict (default: majority)',
  ).choices(['majority', 'unanimity', 'latent']);
}

function dialectOption(): Option {
  return new Option('--dialect <name>', 'how the spec is written (default: recognised)');
}
