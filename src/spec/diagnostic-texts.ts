/** @module spec/diagnostic-texts The sentences of what the reader remarks, by code. Free text in them is shortened already. */
import type { Mark } from './types.ts';

/** What a sentence without anything of its own to name is made from. */
type Nothing = Record<string, never>;
interface OfTag {
  tag: string;
}
interface OfKey {
  key: string;
}

type HeaderProblem =
  | { problem: 'never-closed' | 'nameless-level' }
  | { problem: 'no-value' | 'unknown-key'; key: string }
  | { problem: 'unknown-priority'; value: string }
  | { problem: 'repeated-level'; level: string };

function headerText(data: HeaderProblem): string {
  switch (data.problem) {
    case 'never-closed':
      return 'The opening comment is never closed with -->.';
    case 'no-value':
      return `"${data.key}" has no value; write key=value.`;
    case 'unknown-key':
      return `"${data.key}" is none of id, version, title, levels, priority, order, lab, licence, source and scope.`;
    case 'unknown-priority':
      return `"${data.value}" is no priority; write strict or holistic.`;
    case 'nameless-level':
      return 'A level has no name; write levels=highest>next>lowest.';
    case 'repeated-level':
      return `The level "${data.level}" is listed twice; only its first place counts.`;
  }
}

type AttributesProblem =
  | { problem: 'not-at-end'; heading: string }
  | { problem: 'second-id'; written: string; id: string }
  | { problem: 'neither-id-nor-attribute'; written: string };

function attributesText(data: AttributesProblem): string {
  switch (data.problem) {
    case 'not-at-end':
      return `The braces in "${data.heading}" do not end the line or are too long, so they are read as part of the title.`;
    case 'second-id':
      return `A second id, ${data.written}, is left aside; the section is #${data.id}.`;
    case 'neither-id-nor-attribute':
      return `"${data.written}" is neither an id (#id) nor an attribute (key=value).`;
  }
}

type RecordProblem =
  | { problem: 'no-trait' }
  | { problem: 'syntax'; reason: string }
  /** `path` is empty where the record as a whole is meant. */
  | { problem: 'form'; path: string; reason: string };

function recordText(data: RecordProblem): string {
  switch (data.problem) {
    case 'no-trait':
      return 'This record has no trait: a text in the field "trait".';
    case 'syntax':
      return data.reason;
    case 'form':
      return `${data.path === '' ? 'This record' : `"${data.path}"`}: ${data.reason}.`;
  }
}

type TagProblem =
  | { problem: 'untrusted-outside' | 'settings-outside' | 'marked-reply-outside' }
  | { problem: 'closes-nothing'; name: string }
  | { problem: 'closes-another'; name: string; open: string; line: number };

function tagText(data: TagProblem): string {
  switch (data.problem) {
    case 'untrusted-outside':
      return 'This <untrusted> stands outside every message; its text is no part of the conversation.';
    case 'settings-outside':
      return 'These settings stand outside every message; they are taken as those of the conversation.';
    case 'marked-reply-outside':
      return 'A marked reply stands outside a comparison; one was assumed. Is <comparison> missing before it?';
    case 'closes-nothing':
      return `</${data.name}> closes nothing.`;
    case 'closes-another':
      return `</${data.name}> closes the <${data.open}> of line ${data.line}.`;
  }
}

const KEPT_AS_TEXT = {
  image: 'An image is kept as plain text.',
  indented: 'Indented text that belongs to no list item is kept as a paragraph.',
  html: 'HTML is kept as plain text.',
  quotation: 'A quotation is kept as plain text.',
  table: 'A table is kept as plain text.',
  rule: 'A rule is kept as plain text.',
  'underlined-heading': 'An underlined heading (write # instead) is kept as plain text.',
} as const;

const further = (more: boolean): string => (more ? ', and in further lines' : '');

/** A sentence for each code, from what it names. */
export const DIAGNOSTIC_TEXTS = {
  'invalid-utf8': ({ more }: { more: boolean }) =>
    `Bytes here are no UTF-8; they were replaced with U+FFFD${further(more)}. Save the file as UTF-8.`,
  'nul-character': ({ more }: { more: boolean }) =>
    `There is a NUL character here${further(more)}. Is this a text file?`,
  'invalid-header': headerText,
  'unknown-dialect': (data: { dialect: string; dialects: readonly string[] }) =>
    `"${data.dialect}" is no dialect; it was recognised instead. There are ${data.dialects.join(', ')}.`,
  'no-clauses': (_: Nothing) =>
    'This document has no clauses: no heading with a level ({#id authority=root}), no example with marked replies, no eval tag.',
  'text-before-first-heading': (_: Nothing) =>
    'This text stands before the first heading and belongs to no section.',
  'heading-without-id': ({ title, id }: { title: string; id: string }) =>
    `"${title}" has no id; #${id} was made from its title. Add {#${id}} so that it survives a new title.`,
  'duplicate-id': (data: { id: string; line: number | null; readAs: string }) =>
    `#${data.id} is the id of ${data.line === null ? 'an earlier section' : `the heading in line ${data.line}`} already; this one is read as #${data.readAs}.`,
  'unusual-id': ({ id }: { id: string }) =>
    `#${id} is not made of lower-case letters, digits and underscores only; other tools may not take it.`,
  'malformed-attributes': attributesText,
  'unknown-attribute': ({ key, element }: OfKey & { element: string | null }) =>
    element === null
      ? `"${key}" is no attribute of the format; it is kept.`
      : `<${element}> has no attribute "${key}" in the format; it is kept.`,
  'duplicate-attribute': ({ key }: OfKey) => `"${key}" is given twice; the last one counts.`,
  'unknown-level': ({ level }: { level: string }) =>
    `"${level}" is no level that this document declares or the format knows; it is ranked below the others.`,
  'unknown-kind': ({ kind }: { kind: string }) =>
    `"${kind}" is no kind; write objective, rule, default or definition.`,
  'unknown-value': ({ key, value, expected }: OfKey & { value: string; expected: string }) =>
    `"${value}" is no value of ${key}; write ${expected}.`,
  'made-up-ids': ({ headings, first }: { headings: number; first: string }) =>
    `The ${headings} headings have no ids, so ids were made from their titles, such as #${first}; a new title makes a new id. 'tenet spec convert --to tenet' writes them down.`,
  navigation: ({ links }: { links: number }) =>
    `These ${links} links lead into the document itself: a table of contents, which directs nothing.`,
  'curly-quote-in-address': ({ target }: { target: string }) =>
    `#${target} holds typographic quotes, which no id has; it is read without them.`,
  'private-address': ({ address }: { address: string }) =>
    `${address} is open to its owner's guests only; link to something public or leave it out.`,
  'trailing-white-space': ({ lines }: { lines: number }) =>
    `${lines === 1 ? 'This line ends' : `This line and ${lines - 1} more end`} in white space.`,
  'invalid-record': recordText,
  'unclosed-fence': ({ hasLanguage }: { hasLanguage: boolean }) =>
    hasLanguage
      ? 'This fence is never closed; add a line of the same marks after its last line.'
      : 'This fence is never closed, so its marks are left aside and the text after it is read as usual. Was its opening or closing line lost?',
  'heading-in-fence': (_: Nothing) =>
    'This looks like a heading with an id, but stands within a fence and is not read as one.',
  'unsupported-markdown': ({ what }: { what: keyof typeof KEPT_AS_TEXT }) => KEPT_AS_TEXT[what],
  'skipped-comment': (_: Nothing) => 'This comment is left out of the text.',
  'line-too-long': ({ characters, most }: { characters: number; most: number }) =>
    `This paragraph has ${characters} characters; above ${most} it is kept as one piece. Break it into several.`,
  'nested-too-deeply': ({ most }: { most: number }) =>
    `Lists and commentary are nested more than ${most} deep here; this is kept as text.`,
  'unknown-admonition': ({ kind }: { kind: string }) =>
    `An admonition of kind "${kind}" is read as commentary, which does not direct behaviour.`,
  'malformed-admonition': ({ text }: { text: string }) =>
    `"${text}" is no admonition; write !!! meta "Commentary" and indent its text by 4 spaces.`,
  'empty-commentary': (_: Nothing) => 'This commentary has no text; indent its lines by 4 spaces.',
  'example-without-conversation': (_: Nothing) =>
    'This example has no conversation; put it below the title, between ~~~xml and ~~~.',
  'untitled-example': (_: Nothing) =>
    'This conversation has no title; write **Example**: and a title above it.',
  'unexpected-fence-language': ({ language }: { language: string }) =>
    `The conversation of an example is fenced as xml, not as "${language}"; it is read all the same.`,
  'empty-example': (_: Nothing) => 'This example holds no message.',
  'stray-around-tag': ({ before }: { before: string }) =>
    `This tag has ${before === '' ? 'white space around it' : `"${before}" before it`}, which is left out.`,
  'elided-turns': ({ words }: { words: string }) =>
    `"${words}" stands for turns that were left out of this conversation.`,
  'text-outside-tags': ({ words }: { words: string }) =>
    `"${words}" stands outside every message, so it is no part of the conversation. Is a tag missing?`,
  'unclosed-tag': ({ name, line }: { name: string; line: number | null }) =>
    `<${name}> is never closed; it was ended before ${line === null ? 'the end of the fence' : `line ${line}`}. Add </${name}>.`,
  'unexpected-tag': tagText,
  'unknown-element': ({ name, closes }: { name: string; closes: boolean }) =>
    `<${closes ? '/' : ''}${name}> is no element of a conversation; it is kept as text.`,
  'malformed-tag': ({ text }: { text: string }) =>
    `"${text}" begins like a tag, but a tag stands alone on its line; it is kept as text.`,
  'tag-outside-example': (_: Nothing) =>
    'A conversation tag stands outside every fence; is ~~~xml missing above it?',
  'malformed-setting': ({ text }: { text: string }) => `"${text}" is no setting; write key: value.`,
  'unexpected-comment': ({ comment, after }: { comment: string; after: string | null }) =>
    after === null
      ? noMark(comment)
      : `A comment after <${after}> says nothing here: "${comment}".`,
  'mark-form': ({ comment, mark }: { comment: string; mark: Mark }) =>
    `"${comment}" is read as ${mark.toUpperCase()}.`,
  'unreadable-mark': ({ comment }: { comment: string }) => noMark(comment),
  'unmarked-reply': (_: Nothing) =>
    'A reply in a comparison has no mark; write <assistant> <!-- GOOD -->, OK or BAD.',
  'dangling-reference': ({ target }: { target: string }) => `There is no section #${target}.`,
  'eval-tag-used-twice': ({ tag, line, section }: OfTag & { line: number; section: string }) =>
    `[^${tag}] stands in line ${line} already, in #${section}.`,
  'footnote-definition': (_: Nothing) =>
    'A footnote definition is kept as plain text; prompts for an eval tag go into examples/<tag>.md.',
  'no-eval-files': ({ tags }: { tags: number }) =>
    `There are ${tags} eval tags and no eval-prompt files; they are looked for in examples/ beside the document.`,
  'tag-without-file': ({ tag }: OfTag) => `There is no file of prompts for [^${tag}].`,
  'file-without-tag': ({ tag }: OfTag) =>
    `No section has [^${tag}], so these prompts belong to no clause.`,
  'duplicate-eval-file': ({ tag, earlier }: OfTag & { earlier: string }) =>
    `${earlier} is for [^${tag}] already; the prompts of both are kept.`,
  'malformed-eval-header': ({ tag }: OfTag) =>
    `The first line of an eval file is "Examples for [^${tag}] in Title:".`,
  'eval-tag-mismatch': ({ tag, written }: OfTag & { written: string }) =>
    `The file is for [^${written}] by its first line and for [^${tag}] by its name; the name counts.`,
  'stale-eval-title': ({ tag, title, written }: OfTag & { title: string; written: string }) =>
    `The section that has [^${tag}] is called "${title}" now, not "${written}".`,
  'eval-file-without-prompts': (_: Nothing) =>
    'This file holds no prompt; a prompt is **Example**: with a title, and a ~~~xml fence.',
  'text-in-eval-file': (_: Nothing) => 'This text is no part of any prompt.',
  'comparison-in-eval-file': (_: Nothing) =>
    'An eval prompt holds messages only; its marked replies are no part of the prompt.',
} as const;

function noMark(comment: string): string {
  return `"${comment}" is no mark; write GOOD, OK or BAD, then ": " and a note if you like.`;
}
