/**
 * @module text/blocks
 * What is said, as data: each kind of block is rendered once for the terminal, once as Markdown, once as HTML. All
 * text in it may be hostile; the renderers make it harmless.
 */
import type { RateFigure } from './figures.ts';
import type { Tone, Tones, Words } from './words.ts';

/** One block, or a section of several. */
export type Block =
  | Heading
  | Paragraph
  | List
  | KeyValues
  | Table
  | Bars
  | Callout
  | Quote
  | Command
  | Code
  | Section
  | Details;

/** Blocks that belong together. In a terminal an empty line stands before and after, and none between them. */
export interface Section {
  type: 'section';
  blocks: readonly Block[];
}

/** More than a glance needs: folded in HTML, written out in Markdown, left out in a terminal. */
export interface Details {
  type: 'details';
  summary: Words;
  /** Unfolded from the start. */
  open?: boolean;
  blocks: readonly Block[];
}

/** 1 is the whole, 2 a part of it, 3 a part of that. A line of its own. */
export interface Heading {
  type: 'heading';
  level: 1 | 2 | 3;
  text: Words;
  /** `strong` unless said. */
  tone?: Tones;
  /** In a terminal where it does not fit: `cut` unless said. */
  fit?: 'wrap' | 'cut';
  /** Columns before it in a terminal. */
  indent?: number;
  /** What it means: dim in the same line of a terminal, elsewhere below it. */
  aside?: string;
}

export interface Paragraph {
  type: 'paragraph';
  text: Words;
  /** Stands before the first line; the others are indented as far. Markers such as `→ `, `! `, `  ✗ `. */
  marker?: string;
  markerTone?: Tones;
  /** Columns before it in a terminal. */
  indent?: number;
  tone?: Tones;
  /** Of the first line alone. */
  firstTone?: Tone;
  /** `cut`: one line, cut where it does not fit. `wrap` unless said. */
  fit?: 'wrap' | 'cut';
}

export interface List {
  type: 'list';
  items: readonly ListItem[];
  /** Before each item in a terminal: `- ` unless said. */
  marker?: string;
  indent?: number;
  /** `cut`: each item's text in one line of a terminal, cut where it does not fit. */
  fit?: 'wrap' | 'cut';
}

export interface ListItem {
  text: Words;
  /** In place of the list's; it says something, so documents show it too. */
  marker?: string;
  markerTone?: Tone;
  tone?: Tone;
  /** Texts that belong to it; tables and bars have no room there. */
  blocks?: readonly Block[];
}

/** Names with what they stand for. An empty value is left out. */
export interface KeyValues {
  type: 'keyValues';
  rows: readonly KeyValue[];
  /** Columns of the keys in a terminal, with the indent; as wide as the widest and two more unless said. */
  keyWidth?: number;
  /** Keys are cut to so many columns in a terminal. */
  mostKey?: number;
  indent?: number;
}

export interface KeyValue {
  key: string;
  value: Words;
  /** Stands before the value: a letter or a number that stands for it elsewhere on the page. */
  mark?: string;
  tone?: Tone;
  /** Stands before the key, such as `+`. */
  marker?: string;
  markerTone?: Tone;
}

export interface Table {
  type: 'table';
  columns: readonly Column[];
  rows: readonly TableRow[];
  indent?: number;
  /** Columns between columns in a terminal; 2 unless said. */
  gap?: number;
  /** How the heads are shown in a terminal: `strong` unless said, without any tone, or not at all. */
  heads?: Tone | 'plain' | 'none';
  /** In a terminal narrower than this the rows stand below each other as `head cell, head cell`. */
  stackedBelow?: number;
  /** Stacked rows read `cell head, cell head`: numbers of what the heads name. */
  cellFirst?: boolean;
}

export interface Column {
  head: string;
  align?: 'left' | 'right';
  /** Exactly so wide in a terminal; as wide as its widest cell unless said. */
  width?: number;
  /** No wider than this in a terminal; `half` of what columns of a given width leave. */
  most?: number | 'half';
  /** Gives way where the table is too wide for a terminal, and is cut there; at least one column should. */
  cut?: 'end' | 'middle';
  /** The least that `cut` leaves; 8 unless said. */
  least?: number;
  /** Takes all the room that other columns leave. */
  fills?: boolean;
  /** Is set in the room that other columns leave, and left out where that is less than so many columns. */
  rest?: number;
  /** More than a glance needs: only documents have it. */
  details?: boolean;
  /** Of its cells in a terminal. */
  tone?: Tone;
}

export type TableRow =
  /** Stands across the columns; dim in a terminal unless `tone` says otherwise, plain with none. */
  | { heading: Words; tone?: Tones }
  /** More on the row above, across all columns. */
  | ({ note: Words } & Omit<Paragraph, 'type' | 'text'>)
  | {
      cells: readonly Words[];
      tone?: Tone;
      indent?: number;
      /** Stands for the row where there is no room for columns, and the first cell is left out. */
      key?: string;
    };

/** Rates of several subjects side by side, with their intervals drawn where there is room. */
export interface Bars {
  type: 'bars';
  /**
   * `figures`: rates of several measures, not drawn; their columns are as wide in every such table of a terminal, and
   * beside each other in Markdown. `drawn` unless said.
   */
  form?: 'drawn' | 'figures';
  title: string;
  /** `key` is the letter that stands for the subject; empty where there is only one. */
  subjects: readonly { key: string; id: string }[];
  rows: readonly BarsRow[];
  /** Rows of tables that stand above or below, so that all have their columns in the same places. */
  beside: readonly BarsRow[];
}

/** A row of rates, one for each subject, or a heading between rows. */
export type BarsRow =
  | { heading: string }
  | {
      label: Words;
      /** Null where a subject has no such row. */
      rates: readonly (RateFigure | null)[];
      indent?: number;
      /** For each subject whether it stands out. */
      marked?: readonly boolean[];
      /** Only the numbers of cases matter: several clauses in one row. */
      casesOnly?: boolean;
      /** For each subject what stands before the number of cases, where only that matters. */
      notes?: readonly string[];
      strong?: boolean;
    };

/** What must not be missed. `simulated` stands across the whole width. */
export interface Callout {
  type: 'callout';
  tone: 'simulated' | 'toy' | 'warning';
  text: Words;
}

/** Somebody's words, of several lines, with passages marked in it by character offsets. */
export interface Quote {
  type: 'quote';
  text: string;
  marks?: readonly { start: number; end: number }[];
  indent?: number;
  /** Where the words stand. */
  source?: string;
}

/** A command line to be copied; in a terminal on as many lines as it needs, which a shell takes for one. */
export interface Command {
  type: 'command';
  /** Quoted already where a shell would take them for something else. */
  words: readonly string[];
  indent?: number;
}

/** Text that is written exactly so, line by line: a sample, a command of several lines. */
export interface Code {
  type: 'code';
  text: string;
  indent?: number;
  /** `wrap`: long lines are broken in a terminal. They run on unless said, so that they can be copied. */
  fit?: 'wrap';
}

/** The section of these blocks. Without blocks it says nothing, and leaves no room. */
export function section(...blocks: readonly (Block | readonly Block[])[]): Section {
  return { type: 'section', blocks: blocks.flat() as Block[] };
}

/** Blocks that a reader unfolds, under their summary. */
export function details(summary: Words, ...blocks: readonly Block[]): Details {
  return { type: 'details', summary, blocks };
}

/** Columns of texts, then columns of numbers, by their heads. */
export function columnsOf(texts: readonly string[], numbers: readonly string[]): Column[] {
  return [
    ...texts.map((head): Column => ({ head })),
    ...numbers.map((head): Column => ({ head, align: 'right' })),
  ];
}

/** All rates in rows of bars. */
export function ratesIn(rows: readonly BarsRow[]): RateFigure[] {
  return rows.flatMap((row) => ('heading' in row ? [] : row.rates.filter((rate) => rate !== null)));
}

/** One way to show each kind of block. */
export type Renderers<Shown, Settings extends unknown[] = []> = {
  [Type in Block['type']]: (block: Extract<Block, { type: Type }>, ...settings: Settings) => Shown;
};

/** A block, shown in the way of its kind. */
export function rendered<Shown, Settings extends unknown[]>(
  renderers: Renderers<Shown, Settings>,
  block: Block,
  ...settings: Settings
): Shown {
  const own = renderers[block.type] as (block: Block, ...settings: Settings) => Shown;
  return own(block, ...settings);
}

/** Stands beside a rate that is lower than chance explains; seen without colour too. */
export const MARK = '▼';

/** What stands above and below everything that a simulated model had a hand in. */
export const SIMULATED: Callout = {
  type: 'callout',
  tone: 'simulated',
  text: [
    { text: 'SIMULATED:', tone: 'strong' },
    ' planted models answered here. No number is about a real model.',
  ],
};

/** The blocks of what a simulated model had a hand in, stamped before and after; of others as they are. */
export function stamped(simulated: boolean, blocks: readonly Block[]): Block[] {
  return simulated ? [SIMULATED, ...blocks, section(SIMULATED)] : [...blocks];
}
