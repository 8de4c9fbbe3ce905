/**
 * Every way in which our reader of Markdown is known to differ from CommonMark (as mdast-util-from-markdown reads it),
 * each with its reason. Whatever differs in any other way fails a test.
 */

import type { Disagreement, Outlined } from './markdown-outlines.fixture.ts';

/** A difference that is there on purpose, or that nobody has mended yet. */
export interface KnownDifference {
  name: string;
  reason: string;
  /** Short documents in which the readers differ so, and not otherwise. */
  examples: readonly string[];
  explains(disagreement: Disagreement): boolean;
}

const NO_USE = 'The format has no use for it: it is kept as text, and a diagnostic says so.';

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    name: 'attributes of headings',
    reason: 'Our dialect: `{#id key=value}` at the end of a heading is no part of its title.',
    examples: ['# A {#a}\n', '## Be kind {#kind authority=root tags=a,b}\n', '# {level=root}\n'],
    explains: ({ ours, theirs }) => {
      const [own, other] = [only(ours, 'heading'), only(theirs, 'heading')];
      if (own === null || other === null) return false;
      const title = other.title?.replace(/\s*\{[^{}]*[#=][^{}]*\}$/, '');
      return title !== other.title && own.title === title && own.depth === other.depth;
    },
  },
  {
    name: 'text before the first heading',
    reason:
      'It belongs to no section; a diagnostic says so, unless it is the comment that opens a spec.',
    examples: ['Hello.\n\n# A\n', '<!-- tenet: id=a -->\n\n# A\n', '- a\n\nTitle\n===\n\n# A\n'],
    explains: ({ ours, isBeforeFirstHeading }) => ours.length === 0 && isBeforeFirstHeading,
  },
  {
    name: 'commentary',
    reason:
      'Our dialect: `!!! meta "Commentary"` and what is indented below it. Its inside is compared by itself.',
    examples: [
      '# A\n\n!!! meta "Commentary"\n    Why.\n\n    - so\n\n    And so.\n',
      '# A\n\n!!! meta "Commentary"\n\n    Why.\n\nText.\n',
    ],
    explains: ({ ours, theirs, lines }) =>
      only(ours, 'commentary') !== null &&
      /^ {0,3}!!! /.test(lines[0] ?? '') &&
      theirs[0]?.kind === 'paragraph' &&
      areAll(theirs, 'paragraph', 'indented code'),
  },
  {
    name: 'titles of examples',
    reason: 'Our dialect: `**Example**: …` belongs to the conversation in the fence below it.',
    examples: ['# A\n\n**Example**: a\n\n~~~xml\n<user>\nb\n</user>\n~~~\n'],
    explains: ({ ours, theirs, to, lines }) => {
      const fence = theirs.at(-1);
      return (
        only(ours, 'example')?.to === to &&
        /^ *\*\*Example(?:\*\*:|:\*\*)/.test(lines[0] ?? '') &&
        kindsOf(theirs) === 'paragraph fence' &&
        fence?.language === 'xml' &&
        fence.to === to
      );
    },
  },
  {
    name: 'conversations',
    reason: 'Our dialect: a fence of `xml` is an example.',
    examples: [
      '# A\n\n~~~xml\n<user>\nb\n</user>\n~~~\n',
      '# A\n\n- a\n\n  ```xml\n  <user>\n  b\n  </user>\n  ```\n',
    ],
    explains: ({ ours, theirs }) => {
      const [own, other] = [only(ours, 'example'), only(theirs, 'fence')];
      return other?.language === 'xml' && hasLinesOf(own, other);
    },
  },
  {
    name: 'rankings',
    reason:
      'Our dialect: an indented line `a > b` below text is a ranking, and a paragraph of its own.',
    examples: ['# A\n\nThe order is:\n    right > silent > wrong\n'],
    explains: ({ ours, theirs, lines, from }) =>
      ours.length > 1 &&
      areAll(ours, 'paragraph') &&
      only(theirs, 'paragraph') !== null &&
      ours.slice(1).every((block) => / > /.test(lines[block.from - from] ?? '')),
  },
  {
    name: 'comments',
    reason: 'A comment on lines of its own is left out; a diagnostic says so.',
    examples: ['# A\n\n<!-- a -->\n', '# A\n\n<!-- a\n\nb -->\n\nText.\n'],
    explains: ({ ours, theirs, lines }) =>
      ours.length === 0 &&
      only(theirs, 'html') !== null &&
      /^\s*<!--[\s\S]*-->\s*$/.test(lines.join('\n')),
  },
  {
    name: 'languages in lower case',
    reason:
      'The language of a fence is compared without case everywhere, so it is kept in lower case.',
    examples: ['# A\n\n~~~JSON\n{}\n~~~\n'],
    explains: ({ ours, theirs }) => {
      const [own, other] = [only(ours, 'fence'), only(theirs, 'fence')];
      return (
        other !== null &&
        own?.language === other.language?.toLowerCase() &&
        own?.text === other.text &&
        hasLinesOf(own, other)
      );
    },
  },
  {
    name: 'quotations',
    reason: NO_USE,
    examples: ['# A\n\n> a\n> b\n', '# A\n\n- a\n\n  > b\n'],
    explains: (disagreement) => isKeptAsText(disagreement, 'quotation'),
  },
  {
    name: 'thematic breaks',
    reason: NO_USE,
    examples: [
      '# A\n\n---\n',
      '# A\n\n* * *\n\nText.\n',
      '# A\n\n***\nText.\n',
      '# A\n\n- a\n\n  ---\n',
    ],
    explains: (disagreement) => isKeptAsText(disagreement, 'thematic break'),
  },
  {
    name: 'html',
    reason: NO_USE,
    examples: ['# A\n\n<div>\na\n</div>\n', '# A\n\n<script>\n\na\n</script>\n'],
    explains: (disagreement) => isKeptAsText(disagreement, 'html'),
  },
  {
    name: 'definitions of links',
    reason: NO_USE,
    examples: ['# A\n\n[a]: https://a.b "c"\n', '# A\n\n[^ab12]: note\n'],
    explains: (disagreement) => isKeptAsText(disagreement, 'definition'),
  },
  {
    name: 'indented code',
    reason: `${NO_USE} Nobody who indents a paragraph of a spec means code.`,
    examples: ['# A\n\n    a\n    b\n', '# A\n\n    a\n\n    b\n'],
    explains: (disagreement) => isKeptAsText(disagreement, 'indented code'),
  },
  {
    name: 'underlined headings',
    reason: `${NO_USE} Sections begin with \`#\`, which can carry an id.`,
    examples: ['# A\n\nTitle\n===\n', '# A\n\nTitle\n---\n', '# A\n\n- Title\n  ---\n'],
    explains: ({ ours, theirs, lines }) =>
      hasLinesOf(only(ours, 'paragraph'), only(theirs, 'heading')) &&
      /^\s*(?:=+|-+)\s*$/.test(lines.at(-1) ?? ''),
  },
  {
    name: 'headings within items',
    reason:
      'A heading begins a section wherever it stands, as long as it is not indented by four columns.',
    examples: ['# A\n\n- a\n\n  # B\n', '# A\n\n- a\n  # B\n  b\n'],
    explains: ({ ours, theirs }) =>
      kindsOf(ours).startsWith('list heading') &&
      only(theirs, 'list')?.items?.some(({ blocks }) => blocks.some(isHeading)) === true,
  },
  {
    name: 'numbers right below text',
    reason:
      'Below text without a blank line CommonMark begins a list at 1 only; here it is any number of one digit.',
    examples: ['# A\n\nText:\n2. a\n3. b\n'],
    explains: ({ ours, theirs, lines, from }) => {
      const list = ours.find(({ kind }) => kind === 'list');
      return (
        kindsOf(ours) === 'paragraph list' &&
        only(theirs, 'paragraph') !== null &&
        /^\s*\d+[.)]\s/.test(lines[(list?.from ?? 0) - from] ?? '')
      );
    },
  },
  {
    name: 'lists below indented code',
    reason:
      "The other reader's fault: below indented code it takes a list that begins at another number than 1 for text, also after a blank line.",
    examples: ['# A\n\n    a\n\n3. b\n'],
    explains: ({ ours, theirs, lines }) =>
      hasLinesOf(only(ours, 'list'), only(theirs, 'paragraph')) &&
      /^ {0,3}(?!1[.)])\d+[.)] /.test(lines[0] ?? ''),
  },
  {
    name: 'nested by two columns',
    reason: 'Items are often nested by two columns only, also below a wider marker such as "10. ".',
    examples: ['# A\n\n10. a\n  - b\n'],
    explains: ({ ours, theirs, lines, from }) => {
      const item = only(ours, 'list')?.items?.find(({ blocks }) => blocks.at(-1)?.kind === 'list');
      const outer = /^\s*\S+\s+/.exec(lines[(item?.from ?? 0) - from] ?? '')?.[0] ?? '';
      const nested = lines[(item?.blocks.at(-1)?.from ?? 0) - from] ?? '';
      return kindsOf(theirs) === 'list list' && nested.search(/\S/) < outer.length;
    },
  },
  {
    name: 'fences that are never closed',
    reason:
      'A closing line that somebody forgot must not swallow the rest of a spec; a diagnostic says so.',
    examples: ['# A\n\n~~~\na\n', '# A\n\n~~~js\na\n\n# B {#b}\n', '# A\n\n~~~js\na\n\n'],
    explains: ({ ours, theirs, lines, from }) => {
      const fence = theirs.at(-1);
      const last = lines[(fence?.to ?? 0) - from] ?? '';
      return ours[0]?.kind === 'fence' && fence?.kind === 'fence' && !/^\s*(?:~~~|```)/.test(last);
    },
  },
  {
    name: 'addresses that link to themselves',
    reason:
      'A bare address says nothing of its own and is no reference: `<https://a.b>` is kept as text.',
    examples: ['# A\n\nSee <https://a.b> and [this](#c).\n'],
    explains: ({ ours, theirs, lines }) =>
      haveLinks(ours, theirs, (links) =>
        links.filter((link) => !lines.join('\n').includes(`<${link}>`)),
      ),
  },
  {
    name: 'escapes and entities in addresses',
    reason: 'Addresses are kept as they are written, so that they can be found in the text again.',
    examples: ['# A\n\n[a](b?c=d&amp;e) [f](g\\_h)\n'],
    explains: ({ ours, theirs }) => {
      const own = only(ours, 'paragraph')?.links?.map((link) =>
        link.replaceAll('&amp;', '&').replaceAll(/\\(?=[!-/:-@[-`{-~])/g, ''),
      );
      return haveLinks([{ ...(ours[0] as Outlined), links: own }], theirs, (links) => links);
    },
  },
  {
    name: 'white space before an address',
    reason: 'A published release has such text, which nobody meant as a link.',
    examples: ['# A\n\n[a]( #b )\n'],
    explains: ({ ours, theirs, lines }) =>
      haveLinks(ours, theirs, (links) =>
        links.filter((link) => !lines.join('\n').includes(`]( ${link}`)),
      ),
  },
  {
    name: 'what stands on the first line of an item',
    reason:
      "Reader's fault, not mended: after a marker only text is read, so a list, fence or heading on the same line is text. Lines are measured once for the whole document, and the rest of one is none.",
    examples: ['# A\n\n- - a\n', '# A\n\n- # a\n'],
    explains: ({ ours, theirs, lines }) =>
      only(ours, 'paragraph') !== null &&
      theirs.length === 1 &&
      /^\s*(?:[-*+]|\d+[.)])\s+(?:[-*+]|\d+[.)]|#{1,6})\s/.test(lines[0] ?? ''),
  },
  {
    name: 'brackets in titles of links',
    reason:
      'Reader\'s fault, not mended: `[a](b "[c]")` is read as text. A bracket ends the search for an address, which keeps it linear in the length of a text.',
    examples: ['# A\n\n[a](b "c [d]")\n'],
    explains: ({ ours, theirs, lines }) =>
      haveLinks(ours, theirs, (links) =>
        links.filter(
          (link) => !new RegExp(`\\(${RegExp.escape(link)} "[^"]*\\[`).test(lines.join('\n')),
        ),
      ),
  },
  {
    name: 'eval tags before parentheses',
    reason: 'Our dialect: `[^ab12]` is an eval tag whatever comes after it.',
    examples: ['# A\n\nBe kind[^ab12](always).\n'],
    explains: ({ ours, theirs, lines }) =>
      haveLinks(ours, theirs, (links) =>
        links.filter(
          (link) => !new RegExp(`\\[\\^\\w+\\]\\(${RegExp.escape(link)}\\)`).test(lines.join('\n')),
        ),
      ),
  },
  {
    name: 'links within tags',
    reason: NO_USE,
    examples: ['# A\n\nBe <b title="[a](b)">kind</b>.\n'],
    explains: ({ ours, theirs, lines }) =>
      haveLinks(theirs, ours, (links) =>
        links.filter(
          (link) => !new RegExp(`<[^>]*\\(${RegExp.escape(link)}\\)`).test(lines.join('\n')),
        ),
      ),
  },
];

/** The known difference that a disagreement is an instance of, if any. */
export function explanationOf(disagreement: Disagreement): KnownDifference | undefined {
  return KNOWN_DIFFERENCES.find((known) => known.explains(disagreement));
}

function only(blocks: readonly Outlined[], kind: Outlined['kind']): Outlined | null {
  const [block] = blocks;
  return blocks.length === 1 && block?.kind === kind ? block : null;
}

function areAll(blocks: readonly Outlined[], ...kinds: Outlined['kind'][]): boolean {
  return blocks.length > 0 && blocks.every(({ kind }) => kinds.includes(kind));
}

function isHeading({ kind }: Outlined): boolean {
  return kind === 'heading';
}

function kindsOf(blocks: readonly Outlined[]): string {
  return blocks.map(({ kind }) => kind).join(' ');
}

function hasLinesOf(own: Outlined | null, other: Outlined | null): boolean {
  return own !== null && own.from === other?.from && own.to === other.to;
}

/** Whether ours are paragraphs that cover all lines but blank ones at the end, and theirs are of that kind. */
function isKeptAsText(
  { ours, theirs, lines, from }: Disagreement,
  kind: Outlined['kind'],
): boolean {
  const after = lines.slice((ours.at(-1)?.to ?? 0) - from + 1);
  return (
    areAll(ours, 'paragraph') &&
    ours[0]?.from === from &&
    after.every((line) => line.trim() === '') &&
    areAll(theirs, kind)
  );
}

/** Whether both are one paragraph of the same lines, and their links are ours once some are left out. */
function haveLinks(
  ours: readonly Outlined[],
  theirs: readonly Outlined[],
  without: (links: string[]) => string[],
): boolean {
  const [own, other] = [only(ours, 'paragraph'), only(theirs, 'paragraph')];
  return (
    hasLinesOf(own, other) &&
    JSON.stringify(own?.links) === JSON.stringify(without(other?.links ?? []))
  );
}
