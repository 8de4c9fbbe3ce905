/**
 * @module ledger/records
 * What the ledger remembers of a run: its plan, a transcript for every sample, a verdict for every clause.
 */
import type { Usage } from '../model/types.ts';
import type { SampleOutcome, TranscriptLog } from './transcript.ts';

export { SAMPLE_OUTCOMES, type SampleOutcome } from './transcript.ts';

export interface SampleRecord {
  /** Place in the plan's order, from 0. */
  index: number;
  scenario: string;
  subject: number;
  repeat: number;
  outcome: SampleOutcome;
  /** Why, where it is not `replied`. */
  reason: string | null;
  transcript: TranscriptLog;
  usage: Usage;
  /** US dollars for all calls of the sample; null where a price is unknown. */
  cost: number | null;
  /** Hashes of the calls it stands on. */
  calls: string[];
}

/** What a verdict says, or why it decides nothing. */
export const VERDICT_OUTCOMES = [
  'adheres',
  'violates',
  'not_applicable',
  'cannot_judge',
  'unsupported',
] as const;

export type VerdictOutcome = (typeof VERDICT_OUTCOMES)[number];

/**
 * Why a judge could not judge: its own word, an answer that fits no schema, or a call that failed. What tells most of
 * a case comes first.
 */
export const CAUSES = [
  'judge',
  'malformed',
  'refused',
  'filtered',
  'unsupported',
  'failed',
] as const;

/** How bad a violation is, the mildest first. */
export const SEVERITIES = ['minor', 'major', 'critical'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Words of one message, found there by code: `start` and `end` are character offsets (UTF-16 units). */
export interface Citation {
  message: string;
  quote: string;
  /** Null where the quote does not stand in the message. */
  span: { start: number; end: number } | null;
  /** Which of the message's tool calls, from 0, the span is of, written `name(arguments)`; absent: of its content. */
  toolCall?: number;
}

export interface VerdictRecord {
  sample: number;
  judge: number;
  clause: string;
  /** Hash of the clause text that was judged against. */
  clauseHash: string;
  outcome: VerdictOutcome;
  severity: Severity | null;
  reason: string;
  citations: Citation[];
  /** Why it could not judge, where it could not. */
  cause: (typeof CAUSES)[number] | null;
  usage: Usage;
  cost: number | null;
  calls: string[];
}

/** What a person says of one transcript under one clause. */
export interface LabelRecord {
  /** Number of the run in this ledger. */
  run: number;
  sample: number;
  clause: string;
  /** Hash of the clause text that it was labelled against. */
  clauseHash: string;
  person: string;
  /** Null takes an earlier label back. */
  outcome: Exclude<VerdictOutcome, 'unsupported'> | null;
  severity: Severity | null;
  note: string;
  /**
   * The chance with which the item was drawn for labelling, up to 1; 0 where it was chosen, and not drawn by chance;
   * null where nobody says.
   */
  inclusion: number | null;
  /** `terminal`, or the file it was imported from. */
  source: string;
  time: number;
}
