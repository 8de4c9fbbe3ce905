/** @module cli/messages The sentences of what can go wrong on the command line itself. */
import { problemsOf } from '../app/errors.ts';
import { SHELLS } from './completion-scripts.ts';

export const problem = problemsOf({
  'no-such-shell': ({ shell }: { shell: string }) => ({
    where: { file: 'completion' },
    what: `'${shell}' is not one of ${SHELLS.slice(0, -1).join(', ')} and ${SHELLS.at(-1)}.`,
  }),
  'no-such-schema': ({ name, names }: { name: string; names: string[] }) => ({
    where: { file: 'schema' },
    what: `there is no document "${name}".`,
    remedy: `There are ${names.join(', ')}.`,
  }),
  'not-an-editor': (_: object) => ({
    what: "'tenet lsp' speaks with an editor, not with a person.",
    remedy: 'Let the editor start it; docs/editor.md says how for VS Code, Neovim and Helix.',
  }),
});
