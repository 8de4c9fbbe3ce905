/**
 * @module spec/types
 * What a behaviour specification is once it has been read: sections in document order, each with its
 * blocks, and everything in them with its place in the text.
 */

/**
 * A place in the text: line and column count from 1, offset from 0, all in UTF-16 units of the decoded
 * text (`decodeText`), which has no byte-order mark.
 */
export interface Position {
  line: number;
  column: number;
  offset: number;
}

/** From the first character to just after the last one. */
export interface Span {
  start: Position;
  end: Position;
}

/** Replaces what stands in a span of `Spec.text`; an empty span inserts. */
export interface TextEdit {
  span: Span;
  text: string;
}

/** Something the reader wants a person to know about a place in the text. It never stops the reading. */
export interface Diagnostic {
  /** Stable, kebab-case: `duplicate-id`, `unclosed-fence`, … (all of them: `diagnostics.ts`). */
  code: string;
  severity: 'error' | 'warning' | 'information';
  message: string;
  /** What the message was made from. */
  data: Readonly<Record<string, unknown>>;
  /** The file the span is in: the document's name, or that of an eval-prompt file. */
  file: string;
  span: Span;
}

/** One step of authority, in the order the spec ranks them; rank 0 is the highest. */
export interface Level {
  name: string;
  rank: number;
  /** May a deployer or a user change a clause of this level? Decides rule or default. */
  overridable: boolean;
}

/** What a clause is. */
export type Kind = 'objective' | 'rule' | 'default' | 'definition';

/** A heading and its text. `isClause` if it directs behaviour: it has a level, marked examples or eval tags. */
export interface Section {
  /** Unique in the spec: a repeated id has `~2`, a heading without one gets an id from its title. */
  id: string;
  title: string;
  depth: number;
  parent: string | null;
  level: string | null;
  /**
   * As written, or as the level implies; `definition` also for sections that only define terms. Null for
   * other sections that are no clause, and for clauses that state neither a kind nor a level.
   */
  kind: Kind | null;
  isClause: boolean;
  tags: string[];
  /** Every attribute as written, known or not, in order. */
  attributes: Attribute[];
  heading: Span;
  /** Heading and body up to the next heading of any depth, blank lines before it included. */
  span: Span;
  /** Other ids by which it was or is known (`aliases=old_id`). */
  aliases?: string[];
  /** What the document says of who may change it, where it says so beside the level. */
  override?: Override;
  /** As written; otherwise it follows from the words. */
  form?: Form;
  /** Whom it is about or who must keep it, where the document says so (`principals=operator,user`). */
  principals?: string[];
  /** Files or folders it holds for, as a path or pattern; absent where it holds everywhere. */
  scope?: string;
  /** The file of a set of files that it stands in. */
  file?: string;
  /** Where its words come from and who stands behind them, as written (`origin=…`, `support=…`). */
  provenance?: Record<string, string>;
  /** A table of contents or a like list of links: nothing that directs. */
  isNavigation?: boolean;
  /**
   * sha256 (hex, UTF-8) of the section's own source text, heading line included, with line ends as `\n`
   * and without white space after its last line: it does not change when the next section does. Computed
   * when it is first read.
   */
  readonly textHash: string;
  blocks: Block[];
}

/** How a clause judges: a reply by itself, one reply against another, or an order of things. */
export type Form = 'absolute' | 'comparative' | 'ranking';

/** Who may change a clause, and how plainly they must say so. */
export interface Override {
  how: 'never' | 'explicit' | 'implicit';
  /** Levels or principals. */
  by: string[];
  /** Whether the behaviour is there until somebody changes it, where the document says so. */
  default: 'on' | 'off' | null;
}

/** What decides where clauses pull apart. */
export interface Priority {
  /** `strict`: the higher one wins. `holistic`: it weighs more, and judgement decides. */
  mode: 'strict' | 'holistic';
  /** Highest first. */
  order: string[];
}

/** A setting in a heading's braces (`key=value`). */
export interface Attribute {
  key: string;
  value: string;
  span: Span;
}

/** What the body of a section is made of. */
export type Block = Paragraph | List | Commentary | Example | Code;

/** Running text, split into sentences. `term` is set where it opens a definition (`**Term**: …`). */
export interface Paragraph {
  type: 'paragraph';
  span: Span;
  /** As written, without the indentation of its lines. */
  text: string;
  sentences: Sentence[];
  inlines: Inline[];
  term?: string;
  /** The ranked things, best first, where the paragraph is a ranking `a > b > c`. */
  ranking?: string[];
}

/** A sentence, with its lines joined as a person reads them. */
export interface Sentence {
  text: string;
  span: Span;
}

/** A list: items with one kind of marker. */
export interface List {
  type: 'list';
  span: Span;
  ordered: boolean;
  items: ListItem[];
}

/** An item's blocks: its paragraphs and the lists nested in it. */
export interface ListItem {
  span: Span;
  marker: string;
  blocks: Block[];
}

/** Explanation that does not direct behaviour (`!!! meta "Commentary"`). */
export interface Commentary {
  type: 'commentary';
  span: Span;
  kind: string;
  title: string;
  blocks: Block[];
}

/** A fence that is no example. */
export interface Code {
  type: 'code';
  span: Span;
  language: string;
  text: string;
}

/** What running text holds beside words. */
export type Inline = Reference | EvalTag;

/** `auto`: `[?](#id)`, shown with the target's title; `internal`: `[text](#id)`; `external`: a web address. */
export interface Reference {
  type: 'reference';
  form: 'auto' | 'internal' | 'external';
  /** The id without `#`, or the address. */
  target: string;
  /** The id as written, where it was read as another one. */
  written?: string;
  text: string;
  span: Span;
}

/** `[^abcd]`: prompts for evaluation exist for the phrase before it. */
export interface EvalTag {
  type: 'eval-tag';
  tag: string;
  span: Span;
  /** The sentence, or the part of it since the tag before, that the tag is bound to; without the tag. */
  phrase: { text: string; span: Span };
}

/** A conversation printed in the spec. `turns` keeps messages and comparisons in order. */
export interface Example {
  type: 'example';
  span: Span;
  title: string;
  /** References inside the title. */
  inlines: Inline[];
  /** Which section it stands in, and its number there from 1: `id#1` names the example. */
  section: string;
  ordinal: number;
  turns: Turn[];
  /** Settings of the conversation: `under_18: true`, `max_tokens: 1024`. */
  settings: Record<string, string>;
  /** Turns have been left out of the conversation, or lost (there is text outside every message). */
  elided: boolean;
}

/** A step of an example: a message, or replies to compare. */
export type Turn = ExampleMessage | Comparison;

/** Who speaks in an example. */
export type ExampleRole = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

/** A message of an example. */
export interface ExampleMessage {
  type: 'message';
  role: ExampleRole;
  /** Entities decoded, blank lines at either end left out; quoted parts are inside, without their tags. */
  content: string;
  /** Where the content holds quoted, untrusted text: character ranges of `content`. */
  untrusted: { start: number; end: number }[];
  attributes: Record<string, string>;
  /** `[...]` stands for words that were left out. */
  elided: boolean;
  span: Span;
}

/** Replies to one and the same conversation, each with a mark. */
export interface Comparison {
  type: 'comparison';
  span: Span;
  replies: MarkedReply[];
}

/** What the spec says of a reply that it prints. */
export type Mark = 'good' | 'ok' | 'bad';

/** A reply in a comparison, with its mark. */
export interface MarkedReply extends Omit<ExampleMessage, 'type'> {
  type: 'reply';
  mark: Mark | null;
  note: string | null;
  /** The clause a bad reply conflicts with, where the mark points to one (`BAD[#id]`). */
  violates: string | null;
  /** References inside the note. */
  inlines: Inline[];
}

/** A file of eval prompts: `Examples for [^tag] in Title:` and conversations without replies. */
export interface EvalFile {
  tag: string;
  file: string;
  /** The clause title in its first line, which may be out of date. */
  sectionTitle: string;
  prompts: Example[];
  /** Where that title stands in the file. */
  titleSpan?: Span;
}

/** What decoding the document's bytes left out or replaced; with the text it gives the bytes again. */
export interface Encoding {
  byteOrderMark: boolean;
  /** Bytes that are no UTF-8, and the offset of the U+FFFD that stands for them in the text. */
  replaced: { offset: number; bytes: number[] }[];
}

/** A specification: its sections in document order, and all that is known of the document. */
export interface Spec {
  id: string;
  version: string | null;
  title: string;
  dialect: string;
  file: string;
  /** sha256 (hex) of the document's bytes; computed when it is first read. */
  readonly sha256: string;
  /** The decoded text that all offsets refer to; a byte-order mark is not part of it. */
  text: string;
  levels: Level[];
  sections: Section[];
  evalFiles: EvalFile[];
  diagnostics: Diagnostic[];
  /** Absent where the text is all there is to the bytes. */
  encoding?: Encoding;
  /** What decides between clauses, where the document says so beside the levels. */
  priority?: Priority;
  /** Who publishes it, under which licence, and where. */
  lab?: string;
  licence?: string;
  sourceUrl?: string;
  /** What it is for and not for, in the document's own words. */
  scope?: string;
}

/** What `readSpec` takes. The reading itself touches no file: whoever calls brings the bytes. */
export interface SpecSource {
  /** Shown in messages and kept in spans; need not exist. */
  file: string;
  bytes: Uint8Array;
  /** Eval-prompt files that belong to the document, as found beside it. */
  evalFiles?: { file: string; bytes: Uint8Array }[];
  /** The spec's id and version, where the caller knows them; otherwise taken from the file's name and folder. */
  id?: string;
  version?: string;
  /** How it is written (`DIALECTS`); recognised where absent. */
  dialect?: string;
}
