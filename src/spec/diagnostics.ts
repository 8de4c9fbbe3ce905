/**
 * @module spec/diagnostics
 * Every remark the reader can make about a document, and the list it collects them in.
 */

import { DIAGNOSTIC_TEXTS } from './diagnostic-texts.ts';
import type { SourceText } from './source-text.ts';
import type { Diagnostic, Span } from './types.ts';

/** What a diagnostic code means and how grave it is. */
export interface DiagnosticKind {
  severity: Diagnostic['severity'];
  /** One line for a list of all codes. */
  explanation: string;
}

const error = (explanation: string): DiagnosticKind => ({ severity: 'error', explanation });
const warning = (explanation: string): DiagnosticKind => ({ severity: 'warning', explanation });
const information = (explanation: string): DiagnosticKind => ({
  severity: 'information',
  explanation,
});

/** All codes, in the order in which reading meets them. */
export const DIAGNOSTICS = {
  'invalid-utf8': warning('Bytes that are no UTF-8 were replaced with U+FFFD.'),
  'nul-character': warning('The text holds NUL characters, as binary files do.'),
  'invalid-header': warning('The opening comment for Tenet could not be understood in full.'),
  'unknown-dialect': warning('The dialect asked for is none that Tenet reads.'),
  'no-clauses': error(
    'Nothing in the document directs behaviour: no level, marked example or eval tag.',
  ),
  'text-before-first-heading': warning('Text before the first heading belongs to no section.'),
  'heading-without-id': warning('A heading has no {#id}; one was made from its title.'),
  'duplicate-id': error('Two headings have the same id; the later one was given a suffix.'),
  'unusual-id': information(
    'An id is not made of lower-case letters, digits and underscores only.',
  ),
  'malformed-attributes': warning('The braces after a heading could not be understood in full.'),
  'unknown-attribute': warning('An attribute has a name that the format does not have.'),
  'duplicate-attribute': warning('An attribute is given twice; the last one counts.'),
  'unknown-level': warning('A level of authority is not one the document or the format declares.'),
  'unknown-kind': warning(
    'The kind of a clause is none of objective, rule, default and definition.',
  ),
  'unknown-value': warning('An attribute has a value that it cannot have.'),
  'made-up-ids': information('The headings have no ids; ids were made from their titles.'),
  navigation: information('A list of links into the document itself is navigation, no clause.'),
  'curly-quote-in-address': warning(
    'An address holds typographic quotes; it was read without them.',
  ),
  'private-address': warning('A link leads to a place that the public cannot open.'),
  'trailing-white-space': information('Lines end in white space that nobody sees.'),
  'invalid-record': error('A record of a JSON, JSON lines or YAML document could not be read.'),
  'unclosed-fence': error('A fence is never closed; it was ended where other text begins.'),
  'heading-in-fence': information(
    'A line within a fence looks like a heading with an id; it is not read as one.',
  ),
  'unsupported-markdown': information(
    'A construct is kept as plain text, because the format has no use for it.',
  ),
  'skipped-comment': information('An HTML comment is not part of the text.'),
  'line-too-long': warning('A paragraph is too long to be searched for sentences and references.'),
  'nested-too-deeply': warning(
    'Lists or commentary are nested so deeply that the innermost are kept as text.',
  ),
  'unknown-admonition': information(
    'An admonition is of a kind other than meta; it is read as commentary.',
  ),
  'malformed-admonition': warning('A line starts like an admonition but cannot be read as one.'),
  'empty-commentary': warning('Commentary has no indented body.'),
  'example-without-conversation': warning(
    'An example has a title but no fenced conversation after it.',
  ),
  'untitled-example': warning('A fenced conversation has no title before it.'),
  'unexpected-fence-language': information(
    'The conversation of an example is fenced as something other than xml.',
  ),
  'empty-example': warning('The fence of an example holds no message.'),
  'stray-around-tag': information('A conversation tag has stray characters before or after it.'),
  'elided-turns': information('Turns were left out of a conversation: [...] between messages.'),
  'text-outside-tags': warning('Text between messages is no part of the conversation.'),
  'unclosed-tag': error(
    'A conversation tag is never closed; it was ended where the next one begins.',
  ),
  'unexpected-tag': error('A conversation tag stands where it cannot stand.'),
  'unknown-element': information(
    'A tag on a line of its own is not one the format has; it is kept as text.',
  ),
  'malformed-tag': warning(
    'A line starts like a conversation tag but cannot be read as one; it is kept as text.',
  ),
  'tag-outside-example': warning(
    'A conversation tag stands outside every fence; it is kept as text.',
  ),
  'malformed-setting': warning('A line of settings is not of the form key: value.'),
  'unexpected-comment': warning('A comment after a tag is no mark of a reply.'),
  'mark-form': information('A mark is written in an unusual way.'),
  'unreadable-mark': warning('A comment on a reply is no mark that the format has.'),
  'unmarked-reply': warning('A reply in a comparison has no mark.'),
  'dangling-reference': error('A reference points to an id that no section has.'),
  'eval-tag-used-twice': warning('An eval tag is used more than once.'),
  'footnote-definition': information(
    'A footnote is defined, which eval tags are not; it is kept as text.',
  ),
  'no-eval-files': information(
    'The document has eval tags, and no eval-prompt files came with it.',
  ),
  'tag-without-file': warning('An eval tag has no file of prompts.'),
  'file-without-tag': warning('A file of eval prompts belongs to no tag in the document.'),
  'duplicate-eval-file': warning('Two files of eval prompts are for the same tag.'),
  'malformed-eval-header': warning(
    'The first line of an eval file is not "Examples for [^tag] in Title:".',
  ),
  'eval-tag-mismatch': warning(
    'The tag in the first line of an eval file is not the one in its file name.',
  ),
  'stale-eval-title': information(
    'The title in an eval file is not the title of the section that has its tag.',
  ),
  'eval-file-without-prompts': warning('A file of eval prompts holds no conversation.'),
  'text-in-eval-file': information('An eval file holds text besides its conversations.'),
  'comparison-in-eval-file': warning('A file of eval prompts holds marked replies.'),
} as const satisfies Record<string, DiagnosticKind>;

/** The name of a diagnostic. */
export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** What the sentence of a diagnostic is made from. */
export type DiagnosticData<Code extends DiagnosticCode> = Parameters<
  (typeof DIAGNOSTIC_TEXTS)[Code]
>[0];

/** Collects what there is to say about a document and the files beside it. */
export class DiagnosticList {
  readonly #found: Diagnostic[] = [];

  /** Adds a diagnostic for the text from `start` to `end` (offsets). */
  add<Code extends DiagnosticCode>(
    source: SourceText,
    code: Code,
    start: number,
    end: number,
    data: DiagnosticData<Code>,
  ): void {
    this.addAt(source.file, code, source.span(start, end), data);
  }

  /** Adds a diagnostic for a line (from 0), from its first to its last visible character. */
  addLine<Code extends DiagnosticCode>(
    source: SourceText,
    code: Code,
    line: number,
    data: DiagnosticData<Code>,
  ): void {
    this.add(source, code, source.first(line), source.end(line), data);
  }

  /** Adds a diagnostic whose span is known already. */
  addAt<Code extends DiagnosticCode>(
    file: string,
    code: Code,
    span: Span,
    data: DiagnosticData<Code>,
  ): void {
    const { severity } = DIAGNOSTICS[code];
    const say = DIAGNOSTIC_TEXTS[code] as (data: unknown) => string;
    this.#found.push({ code, severity, message: say(data), data: { ...data }, file, span });
  }

  /** Takes back what was said of a place, by a reader that knows more than the one before it. */
  forget(code: DiagnosticCode, offset: number): void {
    const index = this.#found.findLastIndex(
      (found) => found.code === code && found.span.start.offset === offset,
    );
    if (index !== -1) this.#found.splice(index, 1);
  }

  /** All of them: the document's first, then those of the other files, each in reading order. */
  sorted(document: string): Diagnostic[] {
    return this.#found.toSorted(
      (a, b) =>
        Number(a.file !== document) - Number(b.file !== document) ||
        compare(a.file, b.file) ||
        a.span.start.offset - b.span.start.offset,
    );
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Shortens text for use in a message. */
export function shortened(text: string, length = 60): string {
  const line = text.length > length * 4 ? text.slice(0, length * 4) : text;
  const flat = line.replaceAll(/\s+/g, ' ').trim();
  return flat.length > length ? `${flat.slice(0, length - 1)}…` : flat;
}
