/** Cases, labels and queues for tests, as short as they can be written. */
import type { LabelQueue } from '../../../ledger/labels.ts';
import type { LabelRecord, VerdictOutcome } from '../../../ledger/records.ts';
import type { LabelCase } from './cases.ts';

/** A case of clause `c0`, `c1`, …. */
export function madeUpCase(
  sample: number,
  place: number,
  outcome: VerdictOutcome | null,
  more: Partial<LabelCase> = {},
): LabelCase {
  return {
    sample,
    subject: 0,
    clause: `c${place}`,
    place,
    level: null,
    cluster: sample,
    outcome,
    dispute: 0,
    ...more,
  };
}

/** A label that was given in the terminal, of an item that was drawn. */
export function madeUpLabel(
  { sample, clause }: { sample: number; clause: string },
  person: string,
  outcome: LabelRecord['outcome'],
  more: Partial<LabelRecord> = {},
): LabelRecord {
  return {
    run: 1,
    sample,
    clause,
    clauseHash: '',
    person,
    outcome,
    severity: null,
    note: '',
    inclusion: 0.5,
    source: 'terminal',
    time: 0,
    ...more,
  };
}

/** What to ask `drawQueue` for. */
export function madeUpRequest(person: string, seed = 0) {
  return { run: 1, person, text: '', seed, clauses: null, now: 0 } satisfies Partial<LabelQueue> & {
    seed: number;
    text: string;
    now: number;
  };
}
