/** @module features/spec/inspect/command `tenet spec`: look into a specification. */

import { loadSpec } from '../../../app/files.ts';
import { Problem } from '../../../app/problem.ts';
import { screen } from '../../../cli/terminal.ts';
import { clauseText, findSection, specStats, suggestIds } from '../../../spec/index.ts';
import { printDocument, printJson } from '../../../text/json.ts';
import { renderClause, renderOutline, renderSpecStats } from './spec-text.ts';

interface Flags {
  json?: boolean;
  dialect?: string;
}

/** Prints what a spec holds. */
export function stats(file: string, flags: Flags): void {
  const spec = loadSpec(file, flags.dialect);
  const counted = specStats(spec);
  process.stdout.write(
    flags.json === true
      ? printJson(counted)
      : renderSpecStats(counted, spec, screen(process.stdout)),
  );
}

/** Prints a spec's outline, or one of its clauses. */
export function show(file: string, clause: string | undefined, flags: Flags): void {
  const spec = loadSpec(file, flags.dialect);
  if (clause === undefined) {
    process.stdout.write(
      flags.json === true
        ? printDocument('tenet.spec', 1, { ...spec, text: undefined })
        : renderOutline(spec, screen(process.stdout)),
    );
    return;
  }
  const id = clause.replace(/^#/, '');
  const section = findSection(spec, id);
  if (section === undefined) {
    const near = suggestIds(spec, id).slice(0, 3);
    const hint =
      near.length > 0
        ? ` Is it ${near.map((known) => `#${known}`).join(' or ')}?`
        : ` 'tenet spec show ${file}' lists them.`;
    throw new Problem(`${file}: there is no clause #${id}.${hint}`);
  }
  process.stdout.write(
    flags.json === true
      ? printDocument('tenet.clause', 1, { ...section, brief: clauseText(spec, section) })
      : renderClause(spec, section, screen(process.stdout)),
  );
}
