/** @module cli/lsp `tenet lsp`: a language server for editors. */
import * as z from 'zod';
import { flag } from '../app/arguments.ts';
import { defineCommand } from '../app/command.ts';
import { problem } from './messages.ts';

/** Serves the editor that started this process; it ends with the editor. */
export const lsp = defineCommand({
  args: z.object({
    stdio: flag(null, z.boolean().optional(), 'the only way it speaks; editors say it'),
  }),
  prints: [],
  run: async () => {
    if (process.stdin.isTTY === true) throw problem('not-an-editor', {});
    const { serve } = await import('../lsp/server.ts');
    serve(process.stdin, process.stdout);
    return {};
  },
});
