/**
 * @module features/judge/calibration/judge-labels
 * The labelled transcripts that `--run` and `--labels` name.
 */
import { basename, extname } from 'node:path';
import type { Config } from '../../../app/config.ts';
import { readBytes } from '../../../app/files.ts';
import { DEFAULT_LEDGER } from '../../../app/ledgers.ts';
import { Problem } from '../../../app/problem.ts';
import { openStored, storedRun } from '../../../app/stored.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { LabelRecord } from '../../../ledger/records.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import type { PlannedRubric } from '../../../run/plan.ts';
import { type PlanDocument, planDocument } from '../../../run/run.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { readCases } from '../labels/cases.ts';
import { importLabels } from '../labels/import.ts';
import { readLabels } from '../labels/read.ts';
import type { LabelRow } from '../labels/row.ts';
import { type LabelledItems, labelledItems } from './labelled.ts';

/** A run with the labels of its transcripts. */
interface Labelled {
  run: RunRecord;
  document: PlanDocument;
  labels: LabelRecord[];
}

/**
 * What people said of transcripts, with the transcripts: of the runs that `--run` names what the ledger has, and what
 * the files of `--labels` say of any run. A file is taken as a whole or, where anything is wrong with it, not at all;
 * nothing of it goes into the ledger.
 */
export function labelledBy(
  {
    run: runs = [],
    labels: files = [],
    ledger: path,
  }: { run?: string[]; labels?: string[]; ledger?: string },
  config: Config,
  simulated: boolean,
  rubrics: readonly PlannedRubric[],
): LabelledItems[] {
  if (runs.length + files.length === 0) return [];
  const ledger = openStored(path ?? config.ledger ?? DEFAULT_LEDGER);
  try {
    const found = new Map<number, Labelled>();
    const open = (id: string, withStored: boolean): Labelled => {
      const run = storedRun(ledger, id);
      const known = found.get(run.ordinal);
      if (known !== undefined) return known;
      const document = planDocument(ledger, run);
      if (document.plan.subjects.some((subject) => subject.simulated) !== simulated) {
        throw new Problem(
          `run ${run.id}: its subjects are ${simulated ? 'real and the judge is simulated' : 'simulated and the judge is real'}. The two can't be in one measurement.`,
        );
      }
      const labels = withStored ? ledger.labels.ofRun(run.ordinal) : [];
      const labelled = { run, document, labels };
      found.set(run.ordinal, labelled);
      return labelled;
    };
    for (const id of runs) open(id, true);
    for (const file of files) addFile(ledger, file, runs, open);
    for (const { run, labels } of found.values()) {
      if (labels.length > 0) continue;
      throw new Problem(
        `--run ${run.id}: nobody has labelled a transcript of this run. 'tenet label ${run.id}' lets people do it.`,
      );
    }
    return [...found.values()].map(({ run, document, labels }) =>
      labelledItems(ledger, run, document, labels, rubrics),
    );
  } finally {
    ledger.close();
  }
}

/** Adds a file's labels to those of the runs they are about; a file's word takes the place of the ledger's. */
function addFile(
  ledger: Ledger,
  file: string,
  runs: readonly string[],
  open: (id: string, withStored: boolean) => Labelled,
): void {
  const read = readLabels(readBytes(file, 'labels'), safeLine(file));
  if ('problems' in read) throw refusal(read.problems);
  const [only] = runs;
  const silent = read.rows.find(({ run }) => run === null);
  if (silent !== undefined && (only === undefined || runs.length > 1)) {
    throw new Problem(
      `${safeLine(file)}:${silent.line}: this label does not say of which run it is. Name the run with --run, once, or in a column 'run'.`,
    );
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
  if ('problems' in imported) throw refusal(imported.problems);
  return imported.records;
}

function joined({ labels }: Labelled, added: readonly LabelRecord[]): LabelRecord[] {
  const keyOf = ({ sample, clause, person }: LabelRecord): string =>
    JSON.stringify([sample, clause, person]);
  return [...new Map([...labels, ...added].map((label) => [keyOf(label), label])).values()];
}

function refusal(problems: readonly string[]): Problem {
  return new Problem(
    `--labels: nothing was taken from this file, since not all of it is right.\n${problems.map(safeLine).join('\n')}`,
  );
}
