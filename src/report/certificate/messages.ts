/** @module report/certificate/messages The sentences of what a certificate may be used for, and why a figure in one is missing. */
import { type Caution, type Missing, toldCautions } from '../../stats/index.ts';

/** Why a plan's judge has no certificate that may be used. */
export type MatchReason =
  | { code: 'no-model' }
  | { code: 'no-certificate'; data: { isPanel: boolean } }
  /** `asked` is the wording of the plan; where it is out of use, the run has to be judged again. */
  | {
      code: 'other-wording';
      data: { isPanel: boolean; measured: string; asked: string; isOutOfUse: boolean };
    }
  | { code: 'errors-unknown'; data: { isPanel: boolean } };

/** What a reader must know of the certificate of a plan's judge. */
export type MatchNote =
  | { code: 'other-text'; data: { measured: string } }
  | { code: 'other-version' | 'other-spec'; data: { measured: string; asked: string } }
  | { code: 'one-clause-a-call'; data: { size: number } };

function who({ isPanel }: { isPanel: boolean }): string {
  return isPanel ? 'this panel' : 'this judge';
}

/** The reason in words, as the end of a sentence. */
export function matchReasonText(reason: MatchReason): string {
  switch (reason.code) {
    case 'no-model':
      return 'no model judges in this run';
    case 'no-certificate':
      return `there is no certificate of ${who(reason.data)}`;
    case 'other-wording': {
      const { measured, asked, isOutOfUse } = reason.data;
      const known = `the certificate of ${who(reason.data)} was measured with another wording of the question (${measured})`;
      return isOutOfUse
        ? `${known} than this run was judged with (${asked}); judge the run again`
        : `${known}; calibrate it again`;
    }
    case 'errors-unknown':
      return `the certificate of ${who(reason.data)} has verdicts on fewer than two examples with a reply that violates, or with one that adheres, so its errors are not known; calibrate it on more`;
  }
}

/** The notes in words, as one text; null where there are none. */
export function matchNotesText(notes: readonly MatchNote[]): string | null {
  return notes.length === 0 ? null : notes.map(matchNoteText).join('; ');
}

function matchNoteText(note: MatchNote): string {
  switch (note.code) {
    case 'other-text':
      return `measured on ${note.data.measured} when its text was another`;
    case 'other-version':
      return `measured on another version of the spec: ${note.data.measured}, not ${note.data.asked}`;
    case 'other-spec':
      return `measured on another spec: ${note.data.measured}, not ${note.data.asked}`;
    case 'one-clause-a-call':
      return `measured one clause a call; here up to ${note.data.size} were asked about in one`;
  }
}

/** Right verdicts that batches may cost, on one side. Shares are −1 to 1. */
export interface BatchLoss {
  side: 'violations' | 'adherence';
  estimate: number | null;
  low: number | null;
  high: number | null;
  /** Why there is no interval. */
  reason?: string;
  /** Items that it was measured on, and how many would tell; null where more would not; absent where nobody knows. */
  trials: number;
  needed?: number | null;
}

/** Why judges are not asked about several clauses at once. */
export type BatchReason =
  | { code: 'never-measured'; data: { size: number } }
  | { code: 'may-lose'; data: { margin: number; losses: BatchLoss[] } };

/** The reason in words, as the end of a sentence. */
export function batchReasonText(reason: BatchReason): string {
  if (reason.code === 'never-measured') {
    return `it was never measured in batches of ${reason.data.size} in the wording of today`;
  }
  const { margin, losses } = reason.data;
  return `the interval of the difference must lie above −${margin * 100} points, and it is ${losses.map(lossText).join('; and it is ')}`;
}

function lossText({ side, estimate, low, high, reason, trials, needed }: BatchLoss): string {
  if (estimate === null || low === null || high === null) {
    return `not known of ${side} (${reason ?? 'no data'})`;
  }
  const remedy =
    needed === null
      ? 'that is a loss by itself, and more items would not change it'
      : `about ${needed} items would tell, where there are ${trials}`;
  return `${points(estimate)} points [${points(low)}, ${points(high)}] of ${side} called so, against one clause a call; ${remedy}`;
}

function points(share: number): string {
  const rounded = Math.round(share * 1000) / 10;
  return rounded > 0 ? `+${rounded}` : `${rounded}`.replace('-', '−');
}

/** Reasons of figures whose clusters are the examples of a spec; others read the same whatever a cluster is. */
const OF_EXAMPLES: Partial<Record<Missing, string>> = {
  'one-cluster': 'a single example cannot show how examples differ',
  'items-of-one-cluster':
    'all replies are of one example, so how far others would differ is not known',
  'differs-in-one-cluster':
    'all that differs from the most frequent category stands in one example',
};

/** A figure of `stats/`, as far as it has words. */
interface Worded {
  reason?: string;
  missing?: Missing;
  cautions?: readonly Caution[];
}

/** A figure on marked replies as documents hold it: its words speak of examples, where others speak of seeds. */
export function inWordsOfExamples<Figure extends Worded>({ cautions, ...figure }: Figure) {
  const { missing } = figure;
  const reason = missing === undefined ? undefined : OF_EXAMPLES[missing];
  return {
    ...figure,
    ...(reason === undefined ? {} : { reason }),
    ...toldCautions(cautions, 'replies of one example'),
  };
}
