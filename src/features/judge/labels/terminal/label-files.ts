/**
 * @module features/judge/labels/terminal/label-files
 * Labels from a file into the ledger, and from the ledger into a file.
 */
import { basename, extname } from 'node:path';
import { readBytes, writeNamed } from '../../../../app/files.ts';
import { Problem } from '../../../../app/problem.ts';
import { openStored, planOf, storedRun } from '../../../../app/stored.ts';
import { say } from '../../../../cli/terminal.ts';
import type { Ledger } from '../../../../ledger/ledger.ts';
import type { LabelRecord } from '../../../../ledger/records.ts';
import { transcriptId } from '../../../../run/plan.ts';
import { count, list } from '../../../../text/numbers.ts';
import { safeLine } from '../../../../text/safe-text.ts';
import { readCases } from '../cases.ts';
import { labelsAs } from '../export.ts';
import { readLabels } from '../formats/read.ts';
import { importLabels } from '../import.ts';

/** Takes the labels of a file, or says everything that is wrong with it. */
export function importFile(ledger: Ledger, id: string, file: string, person: string | null): void {
  const run = storedRun(ledger, id);
  const plan = planOf(ledger, run);
  const read = readLabels(readBytes(file, 'labels'), safeLine(file));
  if ('problems' in read) throw refusal(read.problems);
  const imported = importLabels(
    {
      run,
      plan,
      cases: readCases(ledger, run, plan),
      labels: ledger.labels.ofRun(run.ordinal),
      file: basename(file),
      person: person ?? basename(file, extname(file)),
      now: Date.now(),
    },
    read.rows,
  );
  if ('problems' in imported) throw refusal(imported.problems);
  const { records, known, repeated, changed } = imported;
  ledger.labels.add(records);
  const also = [
    ...(changed.length > 0 ? [changedText(changed)] : []),
    ...(known > 0 ? [`${count(known, 'label')} known already`] : []),
    ...(repeated > 0 ? [`${count(repeated, 'row')} repeated`] : []),
  ];
  say(
    [
      `${count(records.length, 'label')} added to run ${run.id}${records.length === 0 ? '' : `: ${outcomesOf(records)}`}`,
      ...also,
    ].join('; '),
  );
  const unknown = records.filter(({ inclusion }) => inclusion === null).length;
  if (unknown > 0) {
    say(
      'Nobody says how these cases were drawn: they are taken as drawn by chance among those of the same verdict. If they were picked otherwise, give a column inclusion (0: picked).',
    );
  }
  say(`What they come to: tenet label ${run.id} --progress`);
}

const NAMED = 5;

/** Which labels were changed, and what they said: nobody should find out later that an import took theirs. */
function changedText(changed: readonly LabelRecord[]): string {
  const named = changed
    .slice(0, NAMED)
    .map(
      ({ sample, clause, person, outcome }) =>
        `${transcriptId(sample)} #${clause}, ${safeLine(person)} said ${(outcome ?? '').replaceAll('_', ' ')} before`,
    );
  const rest = changed.length - named.length;
  const more = rest > 0 ? `; and ${rest} more` : '';
  return `${count(changed.length, 'earlier label')} changed (${named.join('; ')}${more})`;
}

function outcomesOf(records: readonly LabelRecord[]): string {
  const counts = Map.groupBy(records, ({ outcome }) => outcome ?? '');
  return list([...counts].map(([outcome, of]) => `${of.length} ${outcome.replaceAll('_', ' ')}`));
}

function refusal(problems: readonly string[]): Problem {
  return new Problem(
    `nothing was taken from this file, since not all of it is right.\n${problems.map(safeLine).join('\n')}`,
  );
}

/** Writes all labels of a run that count. */
export function exportLabels(id: string, file: string, path: string | undefined): void {
  const format = { '.csv': 'csv', '.jsonl': 'jsonl' }[extname(file).toLowerCase()];
  if (format !== 'csv' && format !== 'jsonl') {
    throw new Problem(`--export: '${safeLine(file)}' must end in .csv or .jsonl.`);
  }
  const ledger = openStored(path);
  try {
    const run = storedRun(ledger, id);
    const labels = ledger.labels.ofRun(run.ordinal);
    if (labels.length === 0) {
      throw new Problem(`run ${run.id} has no labels yet. Label it with: tenet label ${run.id}`);
    }
    writeNamed('--export', file, labelsAs(format, run.id, labels));
    say(`${count(labels.length, 'label')} of run ${run.id} written to ${file}`);
  } finally {
    ledger.close();
  }
}
