/** The kept ledger: a file that an earlier commit wrote, and the commands whose documents of it are kept beside it. */
import { join } from 'node:path';

export const KEPT = join(import.meta.dirname, 'kept-ledger');
export const LEDGER = 'ledger.db';
/** The same, compressed by zstd. */
export const PACKED = 'ledger.db.zst';
export const OUTPUTS = 'documents';

/** Who was asked in the panel's run, and how often. */
export const SUBJECTS_AND_JUDGES = [
  ...['--subject', 'sim:subject', '--subject', 'sim:subject?violates=0.3&seed=2'],
  ...['--judge', 'sim:judge?sensitivity=0.9'],
  ...['--judge', 'sim:judge?seed=2&specificity=0.9'],
  ...['--judge', 'sim:judge?seed=3&abstain=0.1'],
  ...['--repeats', '2', '--limit', '16'],
];

/** The ids of its runs. */
export interface KeptRuns {
  /** Two subjects, three judges, two repeats; labelled by people. */
  panel: string;
  /** The same on another version of the spec. */
  newer: string;
  sequential: string;
  /** Calls that fail, answers that fit no schema. */
  failures: string;
  /** Another judge on the panel's transcripts. */
  again: string;
}

/** What is asked of it, by the name of the file that holds the answer. */
export function commandsOf({ panel, newer, sequential, failures, again }: KeptRuns) {
  return {
    runs: ['runs', '--json'],
    'report-panel': ['report', panel, '--json'],
    'report-newer': ['report', newer, '--json'],
    'report-sequential': ['report', sequential, '--json'],
    'report-failures': ['report', failures, '--json'],
    'report-again': ['report', again, '--json'],
    show: ['show', panel, 't1', '--json'],
    compare: ['compare', panel, newer, '--json'],
    gate: ['gate', newer, '--policy', 'policy.yaml', '--baseline', panel, '--json'],
    health: ['health', 'old.md', '--json'],
    'label-progress': ['label', panel, '--progress', '--json'],
    'judge-list': ['judge', 'list', '--json'],
  } satisfies Record<string, string[]>;
}
