/**
 * @module cli/program-spec
 * The commands that treat a specification as source code.
 */
import { type Command, Option } from 'commander';

/** `tenet spec …`. */
export function addSpec(program: Command): void {
  const spec = program.command('spec').description('Look into, check and compare specifications');
  spec
    .command('resolve')
    .description('Which clauses and instructions are in force in a conversation, and why')
    .argument('<file>', 'the specification')
    .requiredOption('--conversation <file>', 'the messages, as JSON or JSON lines')
    .option('--profile <file>', 'a deployment profile')
    .option('--explain', 'the whole trace')
    .option('--judge <model>', 'a model for questions of meaning; undetermined without one')
    .addOption(dialectOption())
    .option('--json', 'print JSON')
    .action(async (file, flags) =>
      (await import('../features/spec/resolve/command.ts')).resolve(file, flags),
    );
  spec
    .command('effective')
    .description('The spec that applies under a deployment profile')
    .argument('<file>', 'the specification')
    .requiredOption('--profile <file>', 'a deployment profile')
    .option('--against <file>', 'another profile: print what differs instead')
    .addOption(
      new Option('--as <form>', 'what to print')
        .choices(['prompt', 'markdown', 'json'])
        .default('markdown'),
    )
    .option('--tokens <n>', 'at most so many tokens of prompt', Number)
    .addOption(dialectOption())
    .action(async (file, flags) =>
      (await import('../features/spec/resolve/profile/command.ts')).effective(file, flags),
    );
  spec
    .command('align')
    .description('The clauses of two specs side by side')
    .argument('<first>', 'a specification')
    .argument('<second>', 'another one')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'markdown', 'csv', 'json'])
        .default('text'),
    )
    .option('--judge <model>', 'a model that decides what words alone leave open')
    .action(async (first, second, flags) =>
      (await import('../features/spec/align/command.ts')).align(first, second, flags),
    );
  spec
    .command('fetch')
    .description('Fetch a published spec and pin its version and hash')
    .argument('[name]', 'such as openai or openai@2025-12-18; lists them where absent')
    .option('--out <folder>', 'where to (default: specs/NAME/VERSION)')
    .action(async (name, flags) =>
      (await import('../features/spec/fetch/command.ts')).fetchSpec(name, flags),
    );
}

function dialectOption(): Option {
  return new Option('--dialect <name>', 'how it is written (default: recognised)');
}
