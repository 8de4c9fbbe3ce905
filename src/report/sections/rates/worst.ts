/** @module report/sections/rates/worst The worst transcripts of a clause, with the words that show it. */
import type { Citation, VerdictRecord } from '../../../ledger/records.ts';
import type { Worst } from '../../../run/count-rows.ts';
import { citedText } from '../../../run/judging/verdict.ts';
import { transcriptId } from '../../../run/plan.ts';
import { view } from '../../../run/transcript/view.ts';
import { type Block, details, section } from '../../../text/blocks.ts';
import { cut } from '../../../text/layout.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { RunView } from '../../run-view.ts';
import type { ReportSection } from '../../section.ts';
import type { ReportSubject, ReportWorst } from './schema.ts';

/** A transcript with its quotes; null where the ledger has it no more. */
export function worstOf(run: RunView, clause: string, worst: Worst): ReportWorst | null {
  const found = run.sample(worst.sample);
  if (found === null) return null;
  const verdicts = found.verdicts.filter(
    (one) => one.clause === clause && one.outcome === 'violates',
  );
  // Of a panel the judge that holds it as grave as the panel does speaks for all.
  const verdict = verdicts.find(({ severity }) => severity === worst.severity) ?? verdicts[0];
  if (verdict === undefined) return null;
  const transcript = view(found.sample.transcript, { reader: 'judge' });
  return {
    transcript: transcriptId(worst.sample),
    scenario: found.sample.scenario,
    severity: worst.severity,
    reason: verdict.reason,
    // The transcript's own words: a judge may have changed white space or quotation marks in copying.
    quotes: distinctCitations(verdicts).flatMap((citation) => {
      const { message, span, toolCall } = citation;
      const text = citedText(transcript, citation);
      if (span === null || text === null) return [];
      const place = toolCall === undefined ? span : { ...span, toolCall };
      return [{ message, quote: text.slice(span.start, span.end), ...place }];
    }),
  };
}

/** Of several judges, every place that one of them cites. */
function distinctCitations(verdicts: readonly VerdictRecord[]): Citation[] {
  const byPlace = new Map<string, Citation>();
  for (const citation of verdicts.flatMap(({ citations }) => citations)) {
    const { message, span, toolCall } = citation;
    const place = JSON.stringify([message, span, toolCall]);
    if (!byPlace.has(place)) byPlace.set(place, citation);
  }
  return [...byPlace.values()];
}

const QUOTES = 2;
const QUOTE_LENGTH = 300;
const REASON_LENGTH = 600;

/** In documents: every clause that has violations, with its worst transcripts. */
export const worstSection: ReportSection = {
  key: 'worst',
  order: 110,
  render: (_data, { subjects }, detail) =>
    detail === 'glance'
      ? []
      : subjects.flatMap((subject) => worstBlocks(subject, subjects.length > 1)),
};

function worstBlocks({ id, clauses }: ReportSubject, several: boolean): Block[] {
  const violated = clauses.filter(({ worst }) => worst.length > 0);
  if (violated.length === 0) return [];
  return [
    details(
      several ? ['Worst transcripts of ', { model: id }] : 'Worst transcripts',
      ...violated.map(({ id: clause, title, worst }) =>
        section(
          { type: 'heading', level: 3, text: [`${title} (`, { clause }, ')'] },
          { type: 'list', items: worst.map(itemOf) },
        ),
      ),
    ),
  ];
}

function itemOf({ transcript, scenario, severity, reason, quotes }: ReportWorst) {
  return {
    text: [
      { transcript },
      `, ${severity}, scenario `,
      { code: scenario },
      `: ${cut(safeLine(reason), REASON_LENGTH)}`,
    ],
    blocks: quotes.slice(0, QUOTES).map(
      ({ message, quote }): Block => ({
        type: 'quote',
        text: cut(safeLine(quote), QUOTE_LENGTH),
        source: message,
      }),
    ),
  };
}
