/** @module features/audit/health/command `tenet health`: what the evidence says of the spec itself. */

import { existsSync } from 'node:fs';
import { chosenClauses } from '../../../app/choose-clauses.ts';
import { loadSpec } from '../../../app/files.ts';
import { DEFAULT_LEDGER } from '../../../app/ledgers.ts';
import { quoted } from '../../../app/shell-words.ts';
import { openStored } from '../../../app/stored.ts';
import { screen } from '../../../cli/terminal.ts';
import type { Spec } from '../../../spec/index.ts';
import { printJson } from '../../../text/json.ts';
import { type HealthEvidence, noEvidence, readEvidence } from './evidence.ts';
import { healthOf } from './health.ts';
import { healthDocument } from './health-document.ts';
import { renderHealthMarkdown } from './health-markdown.ts';
import { renderHealth } from './health-text.ts';

export interface HealthFlags {
  dialect?: string;
  clauses?: string;
  format: 'text' | 'markdown' | 'json';
  all?: boolean;
  ledger?: string;
}

/** Prints the health of the spec in a file, from all runs of it in the ledger. */
export function health(file: string, flags: HealthFlags): void {
  const spec = loadSpec(file, flags.dialect);
  const evidence = evidenceOf(spec, flags.ledger);
  const document = healthDocument(evidence, healthOf(evidence), {
    names: { file, dialect: flags.dialect, ledger: flags.ledger },
    only: flags.clauses === undefined ? undefined : chosenClauses(spec, flags.clauses),
    shell: (words) => words.map(quoted).join(' '),
  });
  switch (flags.format) {
    case 'json':
      process.stdout.write(printJson(document));
      break;
    case 'markdown':
      process.stdout.write(renderHealthMarkdown(document));
      break;
    default:
      process.stdout.write(
        renderHealth(document, { ...screen(process.stdout), all: flags.all === true }),
      );
  }
}

/** A folder without a ledger is one without evidence; a ledger that was named must be there. */
function evidenceOf(spec: Spec, path: string | undefined): HealthEvidence {
  if (path === undefined && !existsSync(DEFAULT_LEDGER)) return noEvidence(spec);
  const ledger = openStored(path);
  try {
    return readEvidence(ledger, spec);
  } finally {
    ledger.close();
  }
}
