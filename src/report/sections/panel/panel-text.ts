/**
 * @module report/sections/panel/panel-text
 * Several judges in the terminal: their votes, how far they agree, what people should decide.
 */

import type { PanelCause } from '../../../run/panel/consensus.ts';
import type { PanelRow } from '../../../run/panel/panel.ts';
import { judgesOf, type Plan } from '../../../run/plan.ts';
import { cut, cutMiddle, hanging, pad, widthOf } from '../../../text/layout.ts';
import { count, grouped, percent } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { coefficientText, NOTHING, reasonsOf } from '../../figures.ts';
import type { Sheet } from '../../sheet.ts';
import type { ReportAgreement, ReportPanel } from './panel-schema.ts';

/** So many clauses and transcripts are told, and so many where all are asked for: the other formats have more. */
const SHOWN = { some: 3, all: 20 };

const CAUSES: Record<PanelCause, string> = {
  judge: 'no judge could tell',
  malformed: 'the judges’ answers fit no form',
  refused: 'the judges’ providers refused',
  filtered: 'the judges’ providers filtered it',
  unsupported: 'the judges’ providers have no form for the question',
  failed: 'the calls failed',
  split: 'the judges are divided',
  own_family: 'only judges of the subject’s own family say so',
};

/** `Panel on #be_honest, by majority: violates (major), as 2 of 3 judges say`. */
export function panelVerdictLine(
  { clause, outcome, severity, cause, by }: PanelRow,
  plan: Plan,
): string {
  const why = cause === null ? severity : CAUSES[cause];
  const words = `${outcome.replaceAll('_', ' ')}${why === null ? '' : ` (${why})`}`;
  const asked = judgesOf(plan, clause).length;
  const said = by.length === 0 ? '' : `, as ${by.length} of ${count(asked, 'judge')} say`;
  return safeLine(`Panel on #${clause}, by ${plan.consensus ?? 'majority'}: ${words}${said}`);
}

/** The block of the terminal report; none where one judge judged. */
export function panelLines(sheet: Sheet): string[] {
  const { report, width, paint } = sheet;
  const { panel } = report;
  if (panel === undefined) return [];
  return [
    paint('bold', cut(`Panel: ${consensusText(panel)}`, width)),
    ...(panel.fallback === undefined
      ? []
      : hanging('  ', `${fallbackText(panel.fallback)}.`, width)),
    ...voteLines(panel, width),
    ...errorTexts(panel).flatMap((text, place) =>
      hanging(place === 0 ? '  By the votes alone  ' : ' '.repeat(22), text, width),
    ),
    ...hanging('  ', decidedText(panel), width),
    ...agreementLines(panel, width),
    ...disputeLines(sheet, panel),
  ];
}

/** The rule in words. */
export function consensusText({ consensus, fallback, judges }: ReportPanel): string {
  const all = count(judges.length, 'judge');
  if (consensus === 'majority' || fallback !== undefined) return `the majority of ${all}`;
  return consensus === 'unanimity' ? `${all} of one mind` : `the likeliest verdict of ${all}`;
}

/** Why the rule that was asked for could not be kept. */
export function fallbackText(reason: string): string {
  return `The latent-class model could not be fitted, and the majority decides: ${safeLine(reason)}`;
}

/** What became of the cases. */
export function decidedText({ cases, unanimous, split, ownFamily }: ReportPanel): string {
  const sure = `${grouped(unanimous)} of ${count(cases, 'case')} with two votes or more are of one mind.`;
  const parts = [
    ...(split > 0 ? [`${grouped(split)} with the judges divided`] : []),
    ...(ownFamily > 0
      ? [`${grouped(ownFamily)} with only the subject’s own family for the verdict`]
      : []),
  ];
  return parts.length === 0 ? sure : `${sure} Not judged: ${parts.join(', ')}.`;
}

/** The columns of the votes' table, by judge. */
export function voteCells(panel: ReportPanel): { heads: string[]; rows: string[][] } {
  return {
    heads: ['Adheres', 'Violates', 'Not appl.', 'No vote', 'Dissents'],
    rows: panel.judges.map(({ votes, without, dissents }) =>
      [votes.adheres, votes.violates, votes.not_applicable, without, dissents].map(grouped),
    ),
  };
}

/** The judges' errors as the votes alone tell them; none where the model was not asked for or not fitted. */
export function errorTexts({ judges }: ReportPanel): string[] {
  return judges.flatMap(({ sensitivity, specificity }, place) =>
    sensitivity === undefined || specificity === undefined
      ? []
      : [
          `${place + 1}: sensitivity ${chanceText(sensitivity)}, specificity ${chanceText(specificity)}`,
        ],
  );
}

/** `92 ± 6 %`; `99.7 ± 0.4 %` where whole percentages would show no error at all. */
function chanceText({
  estimate,
  standardError,
}: {
  estimate: number;
  standardError: number | null;
}): string {
  if (standardError === null) return percent(estimate);
  const [value, error] = [100 * estimate, 100 * standardError];
  if (error >= 0.5) return `${Math.round(value)} ± ${Math.round(error)} %`;
  return `${value.toFixed(1)} ± ${error < 0.05 ? '<0.1' : error.toFixed(1)} %`;
}

/** The coefficients with their names, the whole panel first; judges by their numbers. */
export function coefficients(panel: ReportPanel): { name: string; of: ReportAgreement }[] {
  const { alpha, fleiss, severity, pairs } = panel.agreement;
  const numberOf = (id: string): number => panel.judges.findIndex((judge) => judge.id === id) + 1;
  return [
    { name: 'all, Krippendorff’s alpha', of: alpha },
    ...(fleiss === null ? [] : [{ name: 'all, Fleiss’ kappa', of: fleiss }]),
    { name: 'all on severity, ordinal alpha', of: severity },
    ...pairs.map(({ first, second, kappa }) => ({
      name: `${numberOf(first)} and ${numberOf(second)}, Cohen’s kappa`,
      of: kappa,
    })),
  ];
}

/** `1 adheres, 2 violates`: what each judge says of a case, by number. */
export function outcomesText(outcomes: ReportPanel['disagreements'][number]['outcomes']): string {
  return outcomes
    .flatMap((outcome, place) =>
      outcome === null ? [] : [`${place + 1} ${outcome.replaceAll('_', ' ')}`],
    )
    .join(', ');
}

function voteLines(panel: ReportPanel, width: number): string[] {
  const { heads, rows } = voteCells(panel);
  const widths = heads.map((head, column) =>
    Math.max(widthOf(head), ...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  const figures = widths.reduce((sum, column) => sum + column + 2, 0);
  const names = panel.judges.map(({ id }, place) => `${place + 1} ${safeLine(id)}`);
  const room = Math.min(Math.max(...names.map(widthOf)), width - figures - 2);
  if (room < 12) {
    return panel.judges.flatMap((_, place) =>
      hanging(
        `  ${place + 1} `,
        (rows[place] ?? [])
          .map((cell, column) => `${heads[column]?.toLowerCase()} ${cell}`)
          .join(', '),
        width,
      ),
    );
  }
  const line = (name: string, cells: readonly string[]): string =>
    `  ${pad(cutMiddle(name, room), room)}${cells.map((cell, column) => `  ${pad(cell, widths[column] ?? 0, 'right')}`).join('')}`;
  return [line('', heads), ...rows.map((cells, place) => line(names[place] ?? '', cells))];
}

function agreementLines(panel: ReportPanel, width: number): string[] {
  const all = coefficients(panel);
  const room = Math.max(...all.map(({ name }) => widthOf(name)));
  return [
    ...hanging('  ', 'Agreement beyond chance (1: always, 0: as by chance):', width),
    ...all.map(({ name, of }) => {
      const raw = of.observed === null ? '' : `  agree on ${percent(of.observed)}`;
      return cut(`    ${pad(name, room)}  ${coefficientText(of)}${raw}`, width);
    }),
    ...reasonsOf(all.map(({ of }) => of)).flatMap((reason) =>
      hanging(`    ${NOTHING} `, safeLine(reason), width),
    ),
  ];
}

function disputeLines({ report, width, all }: Sheet, panel: ReportPanel): string[] {
  const { clauses, disagreements } = panel;
  const shown = all ? SHOWN.all : SHOWN.some;
  const left = disagreements.length - shown;
  if (disagreements.length === 0) return [];
  return [
    ...hanging('  ', 'Most disputed clauses:', width),
    ...clauses
      .slice(0, shown)
      .map(({ id, cases, disagreements: of, alpha }) =>
        cut(
          `    #${safeLine(id)}  ${grouped(of)} of ${count(cases, 'case')}, alpha ${coefficientText(alpha)}`,
          width,
        ),
      ),
    ...hanging('  ', 'For people to decide, the most divided first:', width),
    ...disagreements
      .slice(0, shown)
      .map(({ transcript, clause, outcomes }) =>
        cut(`    ${transcript}  #${safeLine(clause)}: ${outcomesText(outcomes)}`, width),
      ),
    ...(left > 0 ? [cut(`    and ${count(left, 'more case')}`, width)] : []),
    ...hanging(
      '  → ',
      `tenet show ${safeLine(report.run.id)} ${disagreements[0]?.transcript}, or label them: tenet label ${safeLine(report.run.id)} --sample disagreements:20`,
      width,
    ),
  ];
}
