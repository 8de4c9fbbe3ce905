/** @module cli/messages The sentences of what can go wrong on the command line itself. */
import { problemsOf } from '../app/errors.ts';

export const problem = problemsOf({
  'wrong-argument': ({ flag, reason }: { flag: string; reason: string }) => ({
    where: { flag },
    what: `${reason}.`,
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
