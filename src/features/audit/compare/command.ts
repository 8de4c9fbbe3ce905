/** @module features/audit/compare/command `tenet compare`: two runs, clause by clause. */

import { chosenClauses } from '../../../app/choose-clauses.ts';
import { Problem } from '../../../app/problem.ts';
import { openStored, storedRun } from '../../../app/stored.ts';
import { screen } from '../../../cli/terminal.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { keptCertificates } from '../../../report/certificate/keep.ts';
import { matchCertificate } from '../../../report/certificate/match.ts';
import { planDocument, specOf } from '../../../run/run.ts';
import { printJson } from '../../../text/json.ts';
import {
  type ComparedSide,
  type ComparisonDocument,
  comparedSide,
  comparisonDocument,
  jsonDocument,
} from './comparison.ts';
import { renderComparisonMarkdown } from './comparison-markdown.ts';
import { renderComparison } from './comparison-text.ts';
import { otherDifferences, pairSubjects, type SubjectPair } from './sides.ts';
import { compareStored, type StoredRun } from './stored.ts';

export interface CompareFlags {
  paired?: boolean;
  subject?: string[];
  clauses?: string;
  format: 'text' | 'markdown' | 'json';
  all?: boolean;
  ledger?: string;
}

/** Prints what sets two runs apart, for every subject that they share. */
export function compare(first: string, second: string, flags: CompareFlags): void {
  const ledger = openStored(flags.ledger);
  try {
    const stored = [first, second].map((id) => readRun(ledger, id)) as [StoredRun, StoredRun];
    const [one, other] = stored;
    if (one.document.plan.simulated !== other.document.plan.simulated) {
      throw new Problem(
        `${first}, ${second}: one run is simulated and the other is not. They can't be compared.`,
      );
    }
    const pairs = pairSubjects(one.document.plan, other.document.plan, flags.subject);
    if ('reason' in pairs) throw new Problem(`--subject: ${pairs.reason}`);
    const documents = pairs.map((pair) => documentOf(ledger, stored, pair, flags));
    process.stdout.write(rendered(documents, flags));
  } finally {
    ledger.close();
  }
}

function readRun(ledger: Ledger, id: string): StoredRun {
  const run = storedRun(ledger, id);
  return { run, document: planDocument(ledger, run) };
}

function documentOf(
  ledger: Ledger,
  [first, second]: readonly [StoredRun, StoredRun],
  pair: SubjectPair,
  flags: CompareFlags,
): ComparisonDocument {
  const only =
    flags.clauses === undefined ? undefined : chosenClauses(specOf(first.document), flags.clauses);
  const comparison = compareStored(
    ledger,
    { ...first, subject: pair.first },
    { ...second, subject: pair.second },
    { pairing: flags.paired === true ? 'paired' : 'best', only },
  );
  if ('reason' in comparison) throw new Problem(`${comparison.reason}.`);
  return comparisonDocument(
    comparison,
    {
      first: sideOf(ledger, first, pair.first),
      second: sideOf(ledger, second, pair.second),
    },
    otherDifferences(first.document.plan, second.document.plan, pair),
  );
}

function sideOf(ledger: Ledger, { run, document }: StoredRun, subject: number): ComparedSide {
  const { plan } = document;
  const match = matchCertificate(plan, keptCertificates(ledger).certificates);
  return comparedSide(run.id, plan, subject, match.type === 'found' ? 'measured' : 'unmeasured');
}

function rendered(documents: readonly ComparisonDocument[], flags: CompareFlags): string {
  switch (flags.format) {
    case 'json':
      return printJson(jsonDocument(documents));
    case 'markdown':
      return documents.map(renderComparisonMarkdown).join('\n');
    default: {
      const settings = { ...screen(process.stdout), all: flags.all === true };
      return documents.map((document) => renderComparison(document, settings)).join('\n\n');
    }
  }
}
