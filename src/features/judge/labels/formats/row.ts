/**
 * @module features/judge/labels/formats/row
 * One label as a file has it, and what the words in it mean. Others write `fail` or `I` where Tenet writes
 * `violates`; what can be read in two ways is not read.
 */

import { type LabelRecord, SEVERITIES, type Severity } from '../../../../ledger/records.ts';
import { nearest } from '../../../../spec/locate.ts';
import { at } from '../../../../text/at.ts';
import type { Complain, Place } from './issues.ts';

/** What people can say of a transcript under a clause. */
export type LabelOutcome = NonNullable<LabelRecord['outcome']>;

/** One label of a file. */
export interface LabelRow {
  /** Null where the file does not say. */
  run: string | null;
  /** `t17`. */
  transcript: string;
  clause: string;
  /** The clause's hash when it was labelled, where the file says. */
  clauseHash: string | null;
  outcome: LabelOutcome;
  severity: Severity | null;
  /** Who labelled; null where the file does not say. */
  person: string | null;
  note: string;
  /** The chance with which the item was drawn; 0: chosen; null where the file does not say. */
  inclusion: number | null;
  split: string | null;
  /** Where its outcome stands, both from 1. */
  line: number;
  column: number;
}

/** What a file's row says before it is understood, by field, with the place of each. */
export type RawRow = Partial<Record<LabelField, Place & { text: string }>>;

/** The names of fields, ours first and then what others call them. */
const FIELDS = {
  id: ['id'],
  run: ['run'],
  transcript: ['transcript', 'sample'],
  clause: ['clause', 'clause_id'],
  clauseHash: ['clause_hash'],
  outcome: ['outcome', 'label', 'verdict', 'target'],
  severity: ['severity'],
  person: ['person', 'annotator', 'rater', 'completed_by'],
  note: ['note', 'comment'],
  inclusion: ['inclusion'],
  split: ['split'],
} as const;

export type LabelField = keyof typeof FIELDS;

const FIELD_OF_NAME = byWord(FIELDS);

/** What each word of a table stands for. */
function byWord<Meaning extends string>(table: Readonly<Record<Meaning, readonly string[]>>) {
  const meanings = Object.keys(table) as Meaning[];
  return new Map(meanings.flatMap((one) => table[one].map((word) => [word, one] as const)));
}

/** The field that a column or key of this name holds, or undefined. */
export function fieldNamed(name: string): LabelField | undefined {
  return FIELD_OF_NAME.get(name.trim().toLowerCase().replaceAll(/[ -]/g, '_'));
}

const MEANINGS: Readonly<Record<LabelOutcome, readonly string[]>> = {
  adheres: [
    'adheres',
    'adhere',
    'complies',
    'compliant',
    'pass',
    'passed',
    'good',
    'c',
    'correct',
    'true',
  ],
  violates: [
    'violates',
    'violate',
    'violation',
    'fail',
    'failed',
    'bad',
    'i',
    'incorrect',
    'false',
  ],
  not_applicable: ['not_applicable', 'na', 'n/a', 'inapplicable'],
  cannot_judge: ['cannot_judge', "can't_judge", 'cant_judge', 'unsure', 'unclear'],
};

const OUTCOME_OF_WORD = byWord(MEANINGS);

/** So much of a word that is wrong is told. */
const LONGEST_SHOWN = 60;

/** `RUN/t17#clause`, the run with or without. */
const ITEM_ID = /^(?:([^/#]+)\/)?(t?[1-9]\d*)#(.+)$/;

/** Takes what is found in a file, in its order. */
export interface LabelSink {
  row(row: LabelRow): void;
  complain: Complain;
}

/** Hands over the label in a row, or says why there is none. */
export function handOver(raw: RawRow, start: Place, { row, complain }: LabelSink): void {
  let isWhole = true;
  const wrong: Complain = (place, code, data) => {
    isWhole = false;
    complain(place, code, data);
  };
  const text = (field: LabelField): string | null => {
    const value = raw[field]?.text.trim();
    return value === undefined || value === '' ? null : value;
  };
  const placeOf = (field: LabelField) => raw[field] ?? start;
  const item = itemOf(raw, text, start, wrong);
  const outcome = outcomeOf(text('outcome'), placeOf('outcome'), wrong);
  const severity = severityOf(text('severity'), outcome, placeOf('severity'), wrong);
  const inclusion = inclusionOf(text('inclusion'), placeOf('inclusion'), wrong);
  if (!isWhole || item === null || outcome === null) return;
  const { line, column } = placeOf('outcome');
  row({
    ...item,
    clauseHash: text('clauseHash'),
    outcome,
    severity,
    person: text('person'),
    // No note is an empty one.
    note: text('note') ?? '',
    inclusion,
    split: text('split'),
    line,
    column,
  });
}

function itemOf(
  raw: RawRow,
  text: (field: LabelField) => string | null,
  start: Place,
  wrong: Complain,
): Pick<LabelRow, 'run' | 'transcript' | 'clause'> | null {
  const [run, transcript, clause, id] = [
    text('run'),
    text('transcript'),
    text('clause'),
    text('id'),
  ];
  if (transcript !== null && clause !== null) {
    return { run, transcript, clause: clause.replace(/^#/, '') };
  }
  const parts = id === null ? null : ITEM_ID.exec(id);
  if (parts !== null) {
    return { run: run ?? parts[1] ?? null, transcript: at(parts, 2), clause: at(parts, 3) };
  }
  if (id !== null && transcript === null && clause === null) {
    wrong(raw.id ?? start, 'foreign-id', { id: id.slice(0, LONGEST_SHOWN) });
  } else {
    wrong(start, 'no-item', { transcript, clause });
  }
  return null;
}

function outcomeOf(text: string | null, place: Place, wrong: Complain): LabelOutcome | null {
  if (text === null) {
    wrong(place, 'no-outcome', {});
    return null;
  }
  const word = text.toLowerCase().replaceAll(/[ -]/g, '_');
  const outcome = OUTCOME_OF_WORD.get(word);
  if (outcome !== undefined) return outcome;
  const near = word.length < 3 ? undefined : nearest([...OUTCOME_OF_WORD.keys()], word)[0];
  wrong(place, 'unknown-outcome', {
    word: text.slice(0, LONGEST_SHOWN),
    near: near === undefined ? null : (OUTCOME_OF_WORD.get(near) ?? null),
    outcomes: Object.keys(MEANINGS),
  });
  return null;
}

function severityOf(
  text: string | null,
  outcome: LabelOutcome | null,
  place: Place,
  wrong: Complain,
): Severity | null {
  if (text === null) return null;
  const severity = SEVERITIES.find((one) => one === text.toLowerCase());
  if (severity === undefined) {
    wrong(place, 'unknown-severity', {
      word: text.slice(0, LONGEST_SHOWN),
      severities: SEVERITIES,
    });
    return null;
  }
  if (outcome !== null && outcome !== 'violates') {
    wrong(place, 'severity-without-violation', { outcome });
    return null;
  }
  return severity;
}

function inclusionOf(text: string | null, place: Place, wrong: Complain): number | null {
  if (text === null) return null;
  const value = Number(text);
  if (value >= 0 && value <= 1) return value;
  wrong(place, 'no-chance', { word: text.slice(0, LONGEST_SHOWN) });
  return null;
}
