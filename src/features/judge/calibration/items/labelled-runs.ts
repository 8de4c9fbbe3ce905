/**
 * @module features/judge/calibration/items/labelled-runs
 * The labelled transcripts of stored runs: what the ledger has of them, and what files say.
 */
import { basename, extname } from 'node:path';
import { storedRun } from '../../../../app/stored.ts';
import type { Ledger } from '../../../../ledger/ledger.ts';
import type { LabelRecord } from '../../../../ledger/records.ts';
import type { RunRecord } from '../../../../ledger/runs.ts';
import type { PlannedRubric } from '../../../../run/plan.ts';
import { type PlanDocument, planDocument } from '../../../../run/run.ts';
import { safeLine } from '../../../../text/safe-text.ts';
import {
  importLabels,
  issueLines,
  type LabelRow,
  readCases,
  readLabels,
} from '../../labels/index.ts';
import { problem } from '../messages.ts';
import { type LabelledItems, labelledItems } from './labelled.ts';

/** A file of labels. */
export interface LabelFile {
  file: string;
  bytes: Uint8Array;
}

/** Whose labels are wanted. */
export interface LabelSources {
  /** Ids of runs, or how they begin; their labels are the ledger's. */
  runs: readonly string[];
  files: readonly LabelFile[];
  /** Whether the judge is simulated: then the runs' subjects must be too. */
  simulated: boolean;
  rubrics: readonly PlannedRubric[];
}

/** A run with the labels of its transcripts. */
interface Labelled {
  run: RunRecord;
  document: PlanDocument;
  labels: LabelRecord[];
}

/**
 * What people said of transcripts, with the transcripts: of these runs what the ledger has, and what the files say of
 * any run. A file is taken as a whole or, where anything is wrong with it, not at all; nothing of it goes into the
 * ledger. Throws where a run is unknown, has no label, or is simulated where the judge is not.
 */
export function labelledRuns(
  ledger: Ledger,
  { runs, files, simulated, rubrics }: LabelSources,
): LabelledItems[] {
  const found = new Map<number, Labelled>();
  const open = (id: string, withStored: boolean): Labelled => {
    const run = storedRun(ledger, id);
    const known = found.get(run.ordinal);
    if (known !== undefined) return known;
    const document = planDocument(ledger, run);
    if (document.plan.subjects.some((subject) => subject.simulated) !== simulated) {
      throw problem('mixed-measurement', { run: run.id, isJudgeSimulated: simulated });
    }
    const labels = withStored ? ledger.labels.ofRun(run.ordinal) : [];
    const labelled = { run, document, labels };
    found.set(run.ordinal, labelled);
    return labelled;
  };
  for (const id of runs) open(id, true);
  for (const file of files) addFile(ledger, file, runs, open);
  for (const { run, labels } of found.values()) {
    if (labels.length === 0) throw problem('nobody-labelled', { run: run.id });
  }
  return [...found.values()].map(({ run, document, labels }) =>
    labelledItems(ledger, run, document, labels, rubrics),
  );
}

/** Adds a file's labels to those of the runs they are about; a file's word takes the place of the ledger's. */
function addFile(
  ledger: Ledger,
  { file, bytes }: LabelFile,
  runs: readonly string[],
  open: (id: string, withStored: boolean) => Labelled,
): void {
  const read = readLabels(bytes);
  if ('issues' in read) throw problem('label-issues', { issues: issueLines(file, read) });
  const [only] = runs;
  const silent = read.rows.find(({ run }) => run === null);
  if (silent !== undefined && (only === undefined || runs.length > 1)) {
    throw problem('label-without-run', { file: safeLine(file), line: silent.line });
  }
  const byRun = Map.groupBy(read.rows, ({ run }): string => run ?? only ?? '');
  for (const [id, rows] of byRun) {
    const labelled = open(id, false);
    labelled.labels = joined(labelled, recordsOf(ledger, labelled, file, rows));
  }
}

function recordsOf(
  ledger: Ledger,
  { run, document: { plan } }: Labelled,
  file: string,
  rows: readonly LabelRow[],
): LabelRecord[] {
  const imported = importLabels(
    {
      run,
      plan,
      cases: readCases(ledger, run, plan),
      labels: [],
      file: safeLine(file),
      person: basename(file, extname(file)),
      now: 0,
    },
    rows,
  );
  if ('issues' in imported) throw problem('label-issues', { issues: issueLines(file, imported) });
  return imported.records;
}

function joined({ labels }: Labelled, added: readonly LabelRecord[]): LabelRecord[] {
  const keyOf = ({ sample, clause, person }: LabelRecord): string =>
    JSON.stringify([sample, clause, person]);
  return [...new Map([...labels, ...added].map((label) => [keyOf(label), label])).values()];
}
