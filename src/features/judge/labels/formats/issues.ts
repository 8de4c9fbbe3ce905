/**
 * @module features/judge/labels/formats/issues
 * What can be wrong in a file of labels: a code, the place, and the data that its sentence is made from.
 */

/** What there is to say of each thing that makes a file unreadable. */
export interface ReadingIssues {
  'no-utf8': object;
  'no-label': object;
  'no-csv': { reason: string };
  'no-columns': object;
  'column-twice': { field: string; name: string };
  'no-json': { reason: string };
  'no-json-line': { reason: string };
  'no-object': object;
  'no-text': { key: string; found: 'list' | 'object' };
  'field-twice': { field: string };
  'no-task': { path: string; reason: string };
  choices: { choices: readonly string[] };
  'foreign-id': { id: string };
  /** Null: it is missing. */
  'no-item': { transcript: string | null; clause: string | null };
  'no-outcome': object;
  /** `near` is the outcome that it was probably meant to be. */
  'unknown-outcome': { word: string; near: string | null; outcomes: readonly string[] };
  'unknown-severity': { word: string; severities: readonly string[] };
  'severity-without-violation': { outcome: string };
  'no-chance': { word: string };
}

/** A place in a file, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Something that is wrong in a file of labels. */
export interface LabelIssue<Code extends string = string> extends Place {
  code: Code;
  data: object;
}

/** Everything that is wrong with a file of labels, and how much more there is that is not told. */
export interface LabelIssues<Code extends string = string> {
  issues: readonly LabelIssue<Code>[];
  more: number;
}

/** Says what is wrong, and where it stands. */
export type Complain = <Code extends keyof ReadingIssues>(
  place: Place,
  code: Code,
  data: ReadingIssues[Code],
) => void;
