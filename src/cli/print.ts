/**
 * @module cli/print
 * A command's result on its way out: as JSON, as text of another format, or as blocks for the terminal.
 */
import type * as z from 'zod';
import type { Result } from '../app/command.ts';
import type { Screen } from '../app/context.ts';
import { messageOf, TenetError } from '../app/errors.ts';
import { toHtml } from '../text/blocks-html.ts';
import { toMarkdown } from '../text/blocks-markdown.ts';
import { toTerminal } from '../text/blocks-terminal.ts';
import { printJson } from '../text/json.ts';
import type { errorSchema } from './schema.ts';

/** How a result is to be printed. */
export interface Form {
  json: boolean;
  /** What `--format` says, where the command has it. */
  format?: string;
  /** Everything, also what is left out at a glance. */
  all: boolean;
}

/** The text of a result. Empty where there is nothing to print. */
export function printed(
  result: Result,
  { json, format = 'text', all }: Form,
  screen: Screen,
): string {
  const { document, blocks, formats = {}, text } = result;
  if (json && document !== undefined) return printJson(document);
  const special = formats[format];
  if (special !== undefined) return special();
  if (text !== undefined) return text;
  if (blocks === undefined) return '';
  if (format === 'markdown') return toMarkdown(blocks('all'));
  if (format === 'html') return toHtml(blocks('all'));
  return toTerminal(blocks(all ? 'all' : 'glance'), screen);
}

/** An error as the document that `--json` prints where there is no result. */
export function errorDocument(error: unknown): z.infer<typeof errorSchema> {
  const { code, where, remedy, data } = TenetError.is(error)
    ? error
    : { code: 'internal', where: null, remedy: null, data: {} };
  return {
    schema: 'tenet.error/1',
    code,
    message: messageOf(error),
    where: where ?? null,
    remedy: remedy ?? null,
    data,
  };
}
