/** @module report/markdown-worst The worst transcripts of each clause, with the words that show it. */
import { cut } from '../text/layout.ts';
import { markdownCode, markdownText, safeLine } from '../text/safe-text.ts';
import type { ReportSubject, ReportWorst } from './schema.ts';

const QUOTES = 2;
const QUOTE_LENGTH = 300;
const REASON_LENGTH = 600;

/** A section with every clause that has violations. */
export function worstSection({ id, clauses }: ReportSubject, several: boolean): string[] {
  const violated = clauses.filter(({ worst }) => worst.length > 0);
  if (violated.length === 0) return [];
  return [
    `## Worst transcripts${several ? ` of ${markdownCode(id)}` : ''}`,
    ...violated.flatMap((clause) => [
      `### ${markdownText(clause.title)} (${markdownCode(`#${clause.id}`)})`,
      clause.worst.map(item).join('\n'),
    ]),
  ];
}

function item({ transcript, scenario, severity, reason, quotes }: ReportWorst): string {
  const lines = [
    `- ${markdownCode(transcript)}, ${severity}, scenario ${markdownCode(scenario)}: ${markdownText(cut(safeLine(reason), REASON_LENGTH))}`,
    ...quotes
      .slice(0, QUOTES)
      .map(
        ({ message, quote }) =>
          `  - ${markdownCode(message)}: “${markdownText(cut(safeLine(quote), QUOTE_LENGTH))}”`,
      ),
  ];
  return lines.join('\n');
}
