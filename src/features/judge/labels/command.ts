/** @module features/judge/labels/command `tenet label`: people's labels, given in the terminal or taken from files. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { DEFAULT_LEDGER } from '../../../app/ledgers.ts';
import { Exit, Problem } from '../../../app/problem.ts';
import { openStored } from '../../../app/stored.ts';
import { type Ledger, openLedger } from '../../../ledger/ledger.ts';
import type { LabelFlags } from './terminal/label-flags.ts';

/** What can be asked of it; only one of these at a time. */
const MODES = ['import', 'export', 'progress'] as const;
/** Flags that only labelling itself takes. */
const DRAWING = ['sample', 'clauses', 'showVerdicts', 'seed'] as const;
const LONGEST_NAME = 60;

/** Lets a person label a run, takes or gives labels as a file, or says how far people are. */
export async function label(id: string, flags: LabelFlags): Promise<void> {
  const modes = MODES.filter((mode) => flags[mode] !== undefined);
  const [mode] = modes;
  if (modes.length > 1) {
    throw new Problem(`--${modes[0]} and --${modes[1]} are two commands: give one.`);
  }
  const unused = mode === undefined ? undefined : DRAWING.find((flag) => flags[flag] !== undefined);
  if (unused !== undefined) {
    const name = unused === 'showVerdicts' ? 'show-verdicts' : unused;
    throw new Problem(`--${name} says nothing where --${mode} is given. Leave one out.`);
  }
  if (flags.json === true && mode !== 'progress') throw new Problem('--json goes with --progress.');
  if (mode === 'progress') {
    const { printProgress } = await import('./progress-command.ts');
    printProgress(id, flags);
  } else if (mode === 'export') {
    const { exportLabels } = await import('./terminal/label-files.ts');
    exportLabels(id, flags.export ?? '', flags.ledger);
  } else if (mode === 'import') {
    const { importFile } = await import('./terminal/label-files.ts');
    const person = flags.as === undefined ? null : personOf(flags.as);
    await withLedger(flags.ledger, 'tenet label --import', (ledger) =>
      importFile(ledger, id, flags.import ?? '', person),
    );
  } else {
    const { labelInTerminal } = await import('./terminal/label-session.ts');
    const person = personOf(flags.as);
    const end = await withLedger(flags.ledger, `tenet label --as ${person}`, (ledger) =>
      labelInTerminal(ledger, id, person, flags),
    );
    if (end === 'interrupted') throw new Exit(130);
  }
}

/** The ledger at a path, which must be there, to write. */
async function withLedger<Result>(
  path: string = DEFAULT_LEDGER,
  purpose: string,
  work: (ledger: Ledger) => Result | Promise<Result>,
): Promise<Result> {
  // Says what is wrong where there is none: opening it to write would make one.
  if (!existsSync(path)) openStored(path).close();
  const opened = openLedger(path, { write: true, purpose });
  if (!opened.ok) throw new Problem(opened.message);
  try {
    return await work(opened.ledger);
  } finally {
    opened.ledger.close();
  }
}

/** Who labels: as the flag says, or by the name of the account. */
function personOf(name: string | undefined): string {
  const given = (name ?? accountName()).trim();
  if (given === '' || given.length > LONGEST_NAME || /[\p{Cc}\p{Cf}]/u.test(given)) {
    throw new Problem(
      name === undefined
        ? 'This account has no name to label by. Say who labels with --as NAME.'
        : `--as: a name has 1 to ${LONGEST_NAME} characters, on one line.`,
    );
  }
  return given;
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name, as containers have them.
    return '';
  }
}
