/** @module features/spec/inspect/messages The sentences of what can go wrong when a spec is looked into. */
import { problemsOf } from '../../../app/errors.ts';
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
  'no-such-form': ({ form, forms }: { form: string; forms: readonly string[] }) => ({
    where: { flag: '--to' },
    what: `there is no form "${form}".`,
    remedy: `Choose one of ${forms.join(', ')}.`,
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
