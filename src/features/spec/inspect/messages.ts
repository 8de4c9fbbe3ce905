/** @module features/spec/inspect/messages The sentences of what can go wrong when a spec is looked into. */
import { problemsOf } from '../../../app/errors.ts';
import type { LossCode } from '../../../spec/index.ts';
import { widthOf } from '../../../text/layout.ts';
import { safeLine } from '../../../text/safe-text.ts';

/** How much of a query is shown on either side of the place where it is wrong. */
const AROUND = 30;

export const problem = problemsOf({
  'no-such-clause': ({ file, id, near }: { file: string; id: string; near: string[] }) => ({
    where: { file },
    what: `there is no clause #${id}.`,
    remedy:
      near.length > 0
        ? `Is it ${near.map((known) => `#${known}`).join(' or ')}?`
        : `'tenet spec show ${file}' lists them.`,
  }),
  'wrong-query': ({
    query,
    offset,
    reason,
  }: {
    query: string;
    offset: number;
    reason: string;
  }) => ({
    where: { file: '<query>', line: 1, column: offset + 1 },
    what: `${safeLine(reason)}\n${excerpt(query, offset)}`,
  }),
  'files-there': ({ folder, files, more }: { folder: string; files: string[]; more: number }) => ({
    where: { file: folder },
    what: `these files are there already: ${files.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    remedy: 'Name another folder, or write over them with --force.',
  }),
  'not-writable': ({ folder, reason }: { folder: string; reason: string }) => ({
    where: { file: folder },
    what: `can't be written to: ${reason}`,
  }),
  'no-spec-id': ({ name, id }: { name: string; id: string }) => ({
    where: { flag: '--name' },
    what: `"${name}" is no id of a spec: small letters, digits, dots and hyphens.`,
    ...(id === '' ? {} : { remedy: `"${id}" would be one.` }),
  }),
});

/** The words around the place where a query is wrong, however long the query is, with a caret below the place. */
function excerpt(query: string, offset: number): string {
  const from = Math.max(0, offset - AROUND);
  const to = Math.min(query.length, offset + AROUND);
  const before = `${from > 0 ? '…' : ''}${safeLine(query.slice(from, offset))}`;
  const after = `${safeLine(query.slice(offset, to))}${to < query.length ? '…' : ''}`;
  return `  ${before}${after}\n  ${' '.repeat(widthOf(before))}^`;
}

/** What a form has no place for: one of it, several, and why it stays behind or where it is still to be had. */
export const LOSSES: Readonly<Record<LossCode, [one: string, many: string, note: string]>> = {
  'text-before-first-heading': [
    'stretch of text before the first heading',
    'stretches of text before the first heading',
    'it belongs to no section',
  ],
  comment: ['comment', 'comments', 'comments are no part of the spec'],
  'eval-prompt': [
    'eval prompt',
    'eval prompts',
    'they stay in their files; keep examples/ beside the new file',
  ],
  'eval-prompt-of-several-messages': [
    'eval prompt of several messages',
    'eval prompts of several messages',
    'an evals fence holds one message per line; --to json keeps them',
  ],
  'deep-heading': [
    'heading deeper than 6',
    'headings deeper than 6',
    'Markdown has six depths; they stand at the sixth',
  ],
  'section-without-clause': [
    'section that is no clause',
    'sections that are no clauses',
    'statements name their two highest sections only',
  ],
  commentary: ['piece of commentary', 'pieces of commentary', 'statements have no place for it'],
  'eval-tag': ['eval tag', 'eval tags', 'statements have no place for it'],
  'clause-tag': ['tag of a clause', 'tags of clauses', 'statements have no place for it'],
  example: ['example', 'examples', 'more than a question with a good and a bad reply'],
  'reply-or-note': [
    'reply or note',
    'replies and notes',
    'one good and one bad reply are kept of each example, without notes',
  ],
};
