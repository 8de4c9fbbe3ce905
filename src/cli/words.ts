/**
 * @module cli/words
 * The words of the command line, read by commander. What it would say of wrong ones is said here: as an error with a
 * code and data. The methods below are those that commander calls where it finds a word that it can't take.
 */
import { Command, type Option } from 'commander';
import type { TenetError } from '../app/errors.ts';
import { nearest } from '../spec/locate.ts';
import { problem } from './messages.ts';

/** A command, or a group of commands, that throws a `TenetError` for words that it can't take. */
export class Words extends Command {
  override createCommand(name?: string): Words {
    return new Words(name);
  }

  unknownCommand(): never {
    const [word = ''] = this.args;
    const known = this.commands.map((command) => command.name());
    throw unknownCommand(word, known, pathOf(this));
  }

  unknownOption(flag: string): never {
    const names = [this, ...ancestorsOf(this)].flatMap(({ options }) =>
      options.flatMap(({ long }) => long ?? []),
    );
    const known = [...names, '--help'].map(bare);
    const near = flag.startsWith('--') ? nearestOf(known, bare(flag)) : null;
    throw problem('unknown-flag', {
      flag,
      near: near === null ? null : `--${near}`,
      command: pathOf(this),
    });
  }

  missingArgument(name: string): never {
    throw problem('missing-argument', { argument: name, command: pathOf(this) });
  }

  missingMandatoryOptionValue({ flags, long }: Option): never {
    throw problem('missing-flag', { flag: long ?? flags, written: flags, command: pathOf(this) });
  }

  optionMissingArgument({ flags, long }: Option): never {
    throw problem('missing-value', { flag: long ?? flags, written: flags, command: pathOf(this) });
  }

  _excessArguments(given: readonly string[]): never {
    const expected = this.registeredArguments.length;
    throw problem('too-many-arguments', { expected, given: [...given], command: pathOf(this) });
  }
}

/** Says that none of the commands under these words is called so. */
export function unknownCommand(word: string, known: readonly string[], under: string): TenetError {
  return problem('unknown-command', { word, near: nearestOf(known, word), under });
}

function ancestorsOf({ parent }: Command): Command[] {
  return parent === null ? [] : [parent, ...ancestorsOf(parent)];
}

/** `spec lint`; empty for the whole program. */
function pathOf(command: Command): string {
  const line = [command, ...ancestorsOf(command)].toReversed();
  return line
    .slice(1)
    .map((one) => one.name())
    .join(' ');
}

function bare(flag: string): string {
  return flag.replace(/^-+/, '');
}

/** Two letters are near to any others. */
function nearestOf(known: readonly string[], word: string): string | null {
  return word.length < 3 ? null : (nearest(known, word)[0] ?? null);
}
