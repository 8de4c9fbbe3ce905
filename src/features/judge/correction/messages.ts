/** @module features/judge/correction/messages What a reader must know of a certificate and of corrected rates, in words. */
import { type MatchNote, matchNotesText } from '../../../report/certificate/messages.ts';
import { count } from '../../../text/numbers.ts';

/** What a reader must know of the certificate of a run's judge. */
export type CertificateNote =
  | MatchNote
  /** The judge was measured under some of the run's clauses alone. */
  | { code: 'some-clauses'; data: { measured: number; tested: number } };

/** A note in words, as a part of a sentence. */
export function noteText(note: CertificateNote): string {
  // Only of no notes there is no text.
  if (note.code !== 'some-clauses') return matchNotesText([note]) ?? '';
  const { measured, tested } = note.data;
  return `measured under ${measured} of the ${count(tested, 'clause')} tested here`;
}

/** Why nothing is corrected by labels where nobody gave any. */
export const NOBODY_LABELLED = {
  reason: 'nobody labelled transcripts of this run',
  because: { code: 'nobody-labelled', data: {} },
};
