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
export async function labelledRuns(
  ledger: Ledger,
  { runs, files, simulated, rubrics }: LabelSources,
): Promise<LabelledItems[]> {
  const found = new Map<number, Labelled>();
  const open = async (id: string, withStored: boolean): Promise<Labelled> => {
    const run = await storedRun(ledger, id);
    const known = found.get(run.ordinal);
    if (known !== undefined) return known;
    const document = await planDocument(ledger, run);
    if (document.plan.subjects.some((subject) => subject.simulated) !== simulated) {
      throw problem('mixed-measurement', { run: run.id, isJudgeSimulated: simulated });
    }
    const labels = withStored ? await ledger.labels.ofRun(run.ordinal) : [];
    const labelled = { run, document, labels };
    found.set(run.ordinal, labelled);
    return labelled;
  };
  for (const id of runs) await open(id, true);
  for (const file of files) await addFile(ledger, file, runs, open);
  for (const { run, labels } of found.values()) {
    if (labels.length === 0) throw problem('nobody-labelled', { run: run.id });
  }
  const items: LabelledItems[] = [];
  for (const { run, document, labels } of found.values()) {
    items.push(await labelledItems(ledger, run, document, labels, rubrics));
  }
  return items;
}

/** Adds a file's labels to those of the runs they are about; a file's word takes the place of the ledger's. */
async function addFile(
  ledger: Ledger,
  { file, bytes }: LabelFile,
  runs: readonly string[],
  open: (id: string, withStored: boolean) => Promise<Labelled>,
): Promise<void> {
  const read = readLabels(bytes);
  if ('issues' in read) throw problem('label-issues', { issues: issueLines(file, read) });
  const only = runs.length === 1 ? runs[0] : undefined;
  const byRun = Map.groupBy(read.rows, ({ run, line }) => {
    const id = run ?? only;
    if (id === undefined) throw problem('label-without-run', { file: safeLine(file), line });
    return id;
  });
  for (const [id, rows] of byRun) {
    const labelled = await open(id, false);
    labelled.labels = joined(labelled, await recordsOf(ledger, labelled, file, rows));
  }
}

async function recordsOf(
  ledger: Ledger,
  { run, document: { plan } }: Labelled,
  file: string,
  rows: readonly LabelRow[],
): Promise<LabelRecord[]> {
  const imported = importLabels(
    {
      run,
      plan,
      cases: await readCases(ledger, run, plan),
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
