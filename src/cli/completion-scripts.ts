/**
 * @module cli/completion-scripts
 * Scripts that let a shell ask `tenet complete` what fits. The line goes there as one argument and is never evaluated,
 * so that pressing the tab key runs nothing of what was typed.
 */

/** Shells that have a script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** Stands alone on a line of `tenet complete` where files fit as well. */
export const FILES = ':files';

/** The script of a shell, to be evaluated or sourced. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}

const SCRIPTS: Readonly<Record<Shell, string>> = {
  // Bash takes a colon or an equals sign for the end of a word: what stands before the last is cut from the answers.
  bash: `# tenet completion for bash: eval "$(tenet completion bash)"
_tenet() {
  local line=\${COMP_LINE:0:COMP_POINT} word found before
  word=\${line##*[[:space:]]}
  before=\${word%"\${word##*[:=]}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r found _; do
    [ "$found" = "${FILES}" ] || COMPREPLY+=("\${found#"$before"}")
  done < <(tenet complete --line "$line" 2>/dev/null)
}
complete -o default -o nosort -F _tenet tenet
`,
  zsh: `#compdef tenet
# tenet completion for zsh: eval "$(tenet completion zsh)"
_tenet() {
  local -a found
  local line value description
  # The words of this command alone, as they were typed up to the cursor.
  local typed="\${(j: :)words[1,CURRENT-1]} \${PREFIX}"
  for line in "\${(@f)$(tenet complete --line "$typed" 2>/dev/null)}"; do
    if [[ $line == "${FILES}" ]]; then
      compset -P '--*='
      _files
    elif [[ -n $line ]]; then
      value=\${line%%$'\\t'*}
      description=\${line#*$'\\t'}
      found+=("\${value//:/\\\\:}:$description")
    fi
  done
  (( \${#found} )) && _describe tenet found
}
compdef _tenet tenet
`,
  fish: `# tenet completion for fish: tenet completion fish | source
function __tenet
  for found in (tenet complete --line (commandline -cp | string collect) 2>/dev/null)
    if test "$found" = "${FILES}"
      __fish_complete_path (commandline -ct)
    else
      printf '%s\\n' $found
    end
  end
end
complete -c tenet -f -a '(__tenet)'
`,
};
