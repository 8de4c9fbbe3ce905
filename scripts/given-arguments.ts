/** @module scripts/given-arguments The arguments of a script. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What a script was given. Where that is wrong, says so in a line and ends the process with 2. */
export function givenArguments<const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
