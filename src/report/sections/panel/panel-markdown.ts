/** @module report/sections/panel/panel-markdown Several judges in the Markdown report. */

import { markdownTable } from '../../../text/markdown-table.ts';
import { count, grouped, percent } from '../../../text/numbers.ts';
import { markdownCode, markdownText } from '../../../text/safe-text.ts';
import { coefficientText, NOTHING, reasonsOf } from '../../figures.ts';
import type { Report } from '../../schema.ts';
import {
  coefficients,
  consensusText,
  decidedText,
  errorTexts,
  fallbackText,
  outcomesText,
  voteCells,
} from './panel-text.ts';

/** Beyond these the JSON report has them all. */
const SHOWN = 20;

/** A section; none where one judge judged. */
export function panelSection({ panel }: Report): string[] {
  if (panel === undefined) return [];
  const { heads, rows } = voteCells(panel);
  const all = coefficients(panel);
  const errors = errorTexts(panel);
  const fallback =
    panel.fallback === undefined ? [] : [`${markdownText(fallbackText(panel.fallback))}.`];
  return [
    '## Judges',
    `A case counts by ${consensusText(panel)}. ${markdownText(decidedText(panel))}`,
    ...fallback,
    markdownTable(
      ['', 'Judge', ...heads],
      panel.judges.map(({ id }, place) => [
        String(place + 1),
        markdownCode(id),
        ...(rows[place] ?? []),
      ]),
      2,
    ),
    ...(errors.length === 0
      ? []
      : [
          'The judges’ errors by the votes alone, with standard errors. This takes for granted that they err independently:',
          errors.map((text) => `- ${markdownText(text)}`).join('\n'),
        ]),
    'Agreement beyond chance: 1 is always, 0 is as often as by chance. Judges of one make agree more than they should.',
    markdownTable(
      ['Judges', 'Coefficient and interval', 'Agree on', 'Cases', 'Seeds'],
      all.map(({ name, of }) => [
        markdownText(name),
        coefficientText(of),
        of.observed === null ? NOTHING : percent(of.observed),
        grouped(of.items),
        grouped(of.clusters),
      ]),
    ),
    ...reasonsOf(all.map(({ of }) => of)).map(
      (reason) => `${NOTHING} or no interval means: ${markdownText(reason)}.`,
    ),
    ...disputes(panel),
  ];
}

function disputes({ clauses, disagreements }: NonNullable<Report['panel']>): string[] {
  if (disagreements.length === 0) return [];
  const left = disagreements.length - SHOWN;
  return [
    '### Where judges disagree',
    markdownTable(
      ['Clause', 'Cases', 'Disputed', 'Alpha'],
      clauses
        .slice(0, SHOWN)
        .map(({ id, cases, disagreements: of, alpha }) => [
          markdownCode(`#${id}`),
          grouped(cases),
          grouped(of),
          coefficientText(alpha),
        ]),
    ),
    ...reasonsOf(clauses.slice(0, SHOWN).map(({ alpha }) => alpha)).map(
      (reason) => `${NOTHING} or no interval means: ${markdownText(reason)}.`,
    ),
    disagreements
      .slice(0, SHOWN)
      .map(
        ({ transcript, clause, outcomes }) =>
          `- ${markdownCode(transcript)}, ${markdownCode(`#${clause}`)}: ${outcomesText(outcomes)}`,
      )
      .join('\n'),
    ...(left > 0 ? [`And ${count(left, 'more case')} in the JSON report.`] : []),
  ];
}
