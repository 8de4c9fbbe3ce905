/** @module cli/lsp `tenet lsp`: a language server for editors. */
import { Problem } from '../app/problem.ts';

/** Serves the editor that started this process; it ends with the editor. */
export async function lsp(): Promise<void> {
  if (process.stdin.isTTY === true) {
    throw new Problem(
      "'tenet lsp' speaks with an editor, not with a person. Let the editor start it; docs/editor.md says how for VS Code, Neovim and Helix.",
    );
  }
  const { serve } = await import('../lsp/server.ts');
  serve(process.stdin, process.stdout);
}
