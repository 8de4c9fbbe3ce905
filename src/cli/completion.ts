/**
 * @module cli/completion
 * Scripts that complete commands and flags in a shell, made from the commands themselves.
 */
import type { Command } from 'commander';
import { Problem } from '../app/problem.ts';

/** Prints the completion script for a shell. */
export function completion(program: Command, shell: string): void {
  const scripts: Record<string, (words: Words[]) => string> = { bash, zsh, fish };
  const script = scripts[shell];
  if (script === undefined) {
    throw new Problem(`completion: '${shell}' is not one of bash, zsh and fish.`);
  }
  process.stdout.write(script(wordsOf(program, [])));
}

/** What may follow a chain of commands. */
interface Words {
  path: string[];
  commands: { name: string; description: string }[];
  flags: { name: string; description: string }[];
}

function wordsOf(command: Command, path: string[]): Words[] {
  const here: Words = {
    path,
    commands: command.commands.map((sub) => ({ name: sub.name(), description: sub.description() })),
    flags: command.options.flatMap(({ long, description }) =>
      long ? [{ name: long, description }] : [],
    ),
  };
  return [here, ...command.commands.flatMap((sub) => wordsOf(sub, [...path, sub.name()]))];
}

function bash(words: Words[]): string {
  const cases = words.map(({ path, commands, flags }) => {
    const all = [...commands, ...flags].map(({ name }) => name).join(' ');
    return `    "${path.join(' ')}") words="${all}" ;;`;
  });
  return `# tenet completion for bash: eval "$(tenet completion bash)"
_tenet() {
  local words path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) break ;; *) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
    *) words="" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _tenet tenet
`;
}

function zsh(words: Words[]): string {
  return `#compdef tenet
# tenet completion for zsh: eval "$(tenet completion zsh)"
autoload -U +X bashcompinit && bashcompinit
${bash(words)}`;
}

function fish(words: Words[]): string {
  const lines = words.flatMap(({ path, commands, flags }) => {
    const condition =
      path.length === 0
        ? '__fish_use_subcommand'
        : path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    return [
      ...commands.map(
        ({ name, description }) =>
          `complete -c tenet -n '${condition}' -a '${name}' -d '${quoted(description)}'`,
      ),
      ...flags.map(
        ({ name, description }) =>
          `complete -c tenet -n '${condition}' -l '${name.slice(2)}' -d '${quoted(description)}'`,
      ),
    ];
  });
  return `# tenet completion for fish: tenet completion fish | source\n${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return text.replaceAll("'", "\\'");
}
