/** @module report/sections/panel/panel Several judges: their votes, how far they agree, what people should decide. */

import type { Chance } from '../../../run/panel/latent.ts';
import { at } from '../../../text/at.ts';
import { type Block, columnsOf, details, type ListItem, section } from '../../../text/blocks.ts';
import { coefficientText, NOTHING, reasonsOf } from '../../../text/figures.ts';
import { widthOf } from '../../../text/layout.ts';
import { count, grouped, percent } from '../../../text/numbers.ts';
import { ownParts } from '../../schema.ts';
import type { Detail, ReportSection } from '../../section.ts';
import { panelOf } from './data.ts';
import type { ReportAgreement, ReportPanel } from './schema.ts';

/** So many clauses and transcripts are told, and so many where all are asked for: JSON has more. */
const SHOWN = { glance: 3, all: 20 };

/** None where one judge judged. */
export const panelSection: ReportSection<ReportPanel> = {
  key: 'panel',
  order: 85,
  part: { order: 50, schema: ownParts.panel, build: panelOf },
  render: (panel, { run }, detail) => panelBlocks(panel, run.id, detail),
};

function panelBlocks(panel: ReportPanel, run: string, detail: Detail): Block[] {
  const unfitted = panel.fallback === undefined ? [] : [panel.fallback];
  return [
    section(
      { type: 'heading', level: 2, text: `Panel: ${consensusText(panel)}` },
      unfitted.map((why) =>
        paragraph(`The latent-class model could not be fitted, and the majority decides: ${why}.`),
      ),
      votesTable(panel),
      {
        type: 'keyValues',
        indent: 2,
        keyWidth: 22,
        rows: errorTexts(panel).map((value, place) => ({
          key: place === 0 ? 'By the votes alone' : '',
          value,
        })),
      },
      paragraph(decidedText(panel)),
      agreementBlocks(panel),
      disputeBlocks(panel, run, detail),
    ),
    ...(detail === 'all' ? [standsOnBlock(panel)] : []),
  ];
}

function paragraph(text: string): Block {
  return { type: 'paragraph', indent: 2, text };
}

/** The rule in words. */
function consensusText({ consensus, fallback, judges }: ReportPanel): string {
  const all = count(judges.length, 'judge');
  if (consensus === 'majority' || fallback !== undefined) return `the majority of ${all}`;
  return consensus === 'unanimity' ? `${all} of one mind` : `the likeliest verdict of ${all}`;
}

/** What became of the cases. */
function decidedText({ cases, unanimous, split, ownFamily }: ReportPanel): string {
  const sure = `${grouped(unanimous)} of ${count(cases, 'case')} with two votes or more are of one mind.`;
  const parts = [
    ...(split > 0 ? [`${grouped(split)} with the judges divided`] : []),
    ...(ownFamily > 0
      ? [`${grouped(ownFamily)} with only the subject’s own family for the verdict`]
      : []),
  ];
  return parts.length === 0 ? sure : `${sure} Not judged: ${parts.join(', ')}.`;
}

const VOTES = ['Adheres', 'Violates', 'Not appl.', 'No vote', 'Dissents'];
const LEAST_NAME = 12;

function votesTable({ judges }: ReportPanel): Block {
  const figures = judges.map(({ votes, without, dissents }) =>
    [votes.adheres, votes.violates, votes.not_applicable, without, dissents].map(grouped),
  );
  const names = judges.map(({ id }, place) => `${place + 1} ${id}`);
  const columns = VOTES.map((head, column) =>
    Math.max(head.length, ...figures.map((row) => at(row, column).length)),
  );
  const room = columns.reduce((sum, width) => sum + 2 + width, 2);
  const isNamed = Math.max(...names.map(widthOf)) >= LEAST_NAME;
  return {
    type: 'table',
    indent: 2,
    heads: 'plain',
    stackedBelow: isNamed ? room + LEAST_NAME : Number.POSITIVE_INFINITY,
    columns: [
      { head: '', cut: 'middle', least: LEAST_NAME },
      ...VOTES.map((head) => ({ head, align: 'right' as const })),
    ],
    rows: judges.map(({ id }, place) => ({
      key: String(place + 1),
      cells: [[`${place + 1} `, { model: id }], ...at(figures, place)],
    })),
  };
}

/** The judges' errors as the votes alone tell them; none where the model was not asked for or not fitted. */
function errorTexts({ judges }: ReportPanel): string[] {
  return judges.flatMap(({ sensitivity, specificity }, place) =>
    sensitivity === undefined || specificity === undefined
      ? []
      : [
          `${place + 1}: sensitivity ${chanceText(sensitivity)}, specificity ${chanceText(specificity)}`,
        ],
  );
}

/** `92 ± 6 %`; `99.7 ± 0.4 %` where whole percentages would show no error at all. */
function chanceText({ estimate, standardError }: Chance): string {
  if (standardError === null) return percent(estimate);
  const [value, error] = [100 * estimate, 100 * standardError];
  if (error >= 0.5) return `${Math.round(value)} ± ${Math.round(error)} %`;
  return `${value.toFixed(1)} ± ${error < 0.05 ? '<0.1' : error.toFixed(1)} %`;
}

/** The coefficients with their names, the whole panel first; judges by their numbers. */
function coefficients(panel: ReportPanel): { name: string; of: ReportAgreement }[] {
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

function agreementBlocks(panel: ReportPanel): Block[] {
  const all = coefficients(panel);
  return [
    paragraph('Agreement beyond chance (1: always, 0: as by chance):'),
    {
      type: 'table',
      indent: 4,
      heads: 'none',
      columns: [{ head: 'Judges' }, { head: 'Coefficient' }],
      rows: all.map(({ name, of }) => {
        const raw = of.observed === null ? '' : `  agree on ${percent(of.observed)}`;
        return { cells: [name, `${coefficientText(of)}${raw}`] };
      }),
    },
    ...reasonsOf(all.map(({ of }) => of)).map(
      (text): Block => ({ type: 'paragraph', marker: `    ${NOTHING} `, text }),
    ),
  ];
}

function disputeBlocks(panel: ReportPanel, run: string, detail: Detail): Block[] {
  const { clauses, disagreements } = panel;
  const shown = SHOWN[detail];
  const left = disagreements.length - shown;
  const [first] = disagreements;
  if (first === undefined) return [];
  return [
    paragraph('Most disputed clauses:'),
    lines(
      clauses.slice(0, shown).map(({ id, cases, disagreements: of, alpha }) => ({
        text: [
          { clause: id },
          `  ${grouped(of)} of ${count(cases, 'case')}, alpha ${coefficientText(alpha)}`,
        ],
      })),
    ),
    paragraph('For people to decide, the most divided first:'),
    lines([
      ...disagreements.slice(0, shown).map(({ transcript, clause, outcomes }) => ({
        text: [{ transcript }, '  ', { clause }, `: ${outcomesText(outcomes)}`],
      })),
      ...(left > 0 ? [{ text: `and ${count(left, 'more case')}` }] : []),
    ]),
    {
      type: 'paragraph',
      marker: '  → ',
      text: [
        { code: `tenet show ${run} ${first.transcript}` },
        ', or label them: ',
        { code: `tenet label ${run} --sample disagreements:20` },
      ],
    },
  ];
}

function lines(items: readonly ListItem[]): Block {
  return { type: 'list', indent: 4, marker: '', fit: 'cut', items };
}

/** `1 adheres, 2 violates`: what each judge says of a case, by number. */
function outcomesText(outcomes: ReportPanel['disagreements'][number]['outcomes']): string {
  return outcomes
    .flatMap((outcome, place) =>
      outcome === null ? [] : [`${place + 1} ${outcome.replaceAll('_', ' ')}`],
    )
    .join(', ');
}

/** In documents: how many cases each coefficient stands on, and why those of single clauses are missing. */
function standsOnBlock(panel: ReportPanel): Block {
  const reasons = reasonsOf(panel.clauses.slice(0, SHOWN.all).map(({ alpha }) => alpha));
  const rows = coefficients(panel).map(({ name, of }) => ({
    cells: [name, grouped(of.items), grouped(of.clusters)],
  }));
  const told = [
    ...reasons.map((reason) => `${NOTHING} or no interval means: ${reason}.`),
    'Errors by the votes alone take for granted that judges err independently. Judges of one make agree more than they should.',
  ];
  return details(
    'What agreement stands on',
    { type: 'table', columns: columnsOf(['Judges'], ['Cases', 'Seeds']), rows },
    ...told.map((text): Block => ({ type: 'paragraph', text })),
  );
}
