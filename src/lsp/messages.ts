/** @module lsp/messages Why something that an editor asked for cannot be done. */
import { problemsOf } from '../app/errors.ts';

export const problem = problemsOf({
  'tag-is-file-name': ({ tag }: { tag: string }) => ({
    what: `An eval tag is the name of its file: rename examples/${tag}.md and the tag together by hand.`,
  }),
  'no-such-section': ({ id }: { id: string }) => ({
    what: `There is no section #${id} to rename.`,
  }),
  'no-id-here': (_: Record<string, never>) => ({
    what: 'There is no id here.',
    remedy: 'Put the cursor on a heading or on #id.',
  }),
  'document-without-ids': (_: Record<string, never>) => ({
    what: 'There is no id here, and none elsewhere in this document: it is written without.',
  }),
  'unusable-id': ({ id }: { id: string }) => ({
    what: `"${id}" cannot be an id.`,
    remedy: 'Use lower-case letters, digits and underscores, such as be_honest.',
  }),
  'id-taken': ({ id, title, line }: { id: string; title: string; line: number }) => ({
    what: `#${id} is the id of "${title}" in line ${line} already.`,
    remedy: 'Choose another.',
  }),
});
