/**
 * @module report/markdown
 * The report as a document to hand on: all tables, the worst transcripts with their quotes, how to read it and
 * how to repeat it.
 */

import { againSection } from '../features/audit/rejudge/again.ts';
import { instrumentSection } from '../features/judge/correction/instrument-markdown.ts';
import { specName } from '../spec/index.ts';
import { sum } from '../stats/index.ts';
import { markdownTable } from '../text/markdown-table.ts';
import { count, grouped } from '../text/numbers.ts';
import { markdownCode, markdownText } from '../text/safe-text.ts';
import {
  cautionsOf,
  differenceText,
  estimateText,
  intervalText,
  NOTHING,
  rangeText,
  reasonsOf,
  usageText,
} from './figures.ts';
import { DOORS } from './findings/findings.ts';
import { worstSection } from './markdown-worst.ts';
import type { Report, ReportMeasure, ReportSubject } from './schema.ts';
import { consistencySection } from './sections/consistency/consistency-markdown.ts';
import { panelSection } from './sections/panel/panel-markdown.ts';
import { spendingSection } from './sections/spending/spending.ts';
import { DOOR_NAMES, pairsText, samplesText, verdictsText } from './text-blocks.ts';

/** The whole report as Markdown. Text from models, specs and files is escaped: it is shown, never obeyed. */
export function renderMarkdown(report: Report): string {
  const several = report.subjects.length > 1;
  const blocks = [
    ...heading(report),
    ...summary(report),
    ...comparisons(report),
    ...findings(report),
    ...againSection(report),
    ...instrumentSection(report),
    ...panelSection(report),
    ...report.subjects.flatMap((subject) => ratesOf(subject, several)),
    ...report.subjects.flatMap((subject) => consistencySection(subject, several)),
    ...report.subjects.flatMap((subject) => worstSection(subject, several)),
    ...untested(report),
    ...accounting(report),
    ...spendingSection(report),
    ...howToRead(report),
    ...howToRepeat(report),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function heading({ run, notes }: Report): string[] {
  const spec = run.specs[0];
  const name = spec === undefined ? 'a specification' : markdownText(specName(spec));
  return [`# Adherence to ${name}`, notes.map((note) => `> ${emphasised(note)}`).join('\n>\n')];
}

function emphasised(note: string): string {
  const stamp = /^(SIMULATED): (.*)$/.exec(note);
  return stamp === null ? markdownText(note) : `**${stamp[1]}:** ${markdownText(stamp[2] ?? '')}`;
}

function summary({ run, subjects, spending }: Report): string[] {
  const confidence = `${Math.round(run.confidence * 100)} %`;
  const rows = subjects.map(({ id, overall, selfJudged }) => [
    `${markdownCode(id)}${selfJudged ? ' (self-judged)' : ''}`,
    ...rateCells(overall),
    rangeText(overall.worstCase),
    severityCell(overall),
  ]);
  const judges = run.judges.map(({ id }) => markdownCode(id)).join(', ');
  return [
    '## Summary',
    markdownTable(
      ['Subject', 'Adherence', `${confidence} interval`, 'Cases', 'Worst case', 'Violations'],
      rows,
    ),
    ...missingFigures(subjects.map(({ overall }) => overall)),
    `Judged by ${judges || 'nobody'}; ${count(run.suite.scenarios, 'scenario')}, ${spending === undefined ? '' : 'up to '}${count(run.repeats, 'repeat')}.`,
  ];
}

function rateCells({ rate }: ReportMeasure): string[] {
  return [estimateText(rate), intervalText(rate), grouped(rate.trials)];
}

function severityCell({ counts, severity }: ReportMeasure): string {
  const kinds = (['critical', 'major', 'minor'] as const)
    .filter((kind) => severity[kind] > 0)
    .map((kind) => `${grouped(severity[kind])} ${kind}`);
  return kinds.length === 0 ? grouped(counts.violates) : kinds.join(', ');
}

function missingFigures(measures: readonly ReportMeasure[]): string[] {
  return reasonsOf(measures.map(({ rate }) => rate)).map(
    (reason) => `${NOTHING} means: ${markdownText(reason)}.`,
  );
}

function comparisons({ comparisons: pairs }: Report): string[] {
  if (pairs.length === 0) return [];
  const rows = pairs.flatMap(({ first, second, overall, levels }) => {
    const pair = `${markdownCode(first)} − ${markdownCode(second)}`;
    return [
      [pair, 'overall', differenceText(overall), pairsText(overall)],
      ...levels.map(({ level, difference }) => [
        '',
        markdownText(level),
        differenceText(difference),
        pairsText(difference),
      ]),
    ];
  });
  return [
    '## Differences',
    'First minus second in percentage points, on the same scenarios and clauses.',
    markdownTable(['Subjects', 'Level', 'Difference', 'Stands on'], rows, 2),
  ];
}

function findings({ findings: all }: Report): string[] {
  if (all.length === 0) return [];
  const blocks = ['## Findings'];
  for (const door of DOORS) {
    const own = all.filter((finding) => finding.door === door);
    if (own.length === 0) continue;
    const items = own.map(({ severity, text, evidence, next }) => {
      const see = evidence.length === 0 ? '' : ` See ${evidence.map(markdownCode).join(', ')}.`;
      return `- **${severity}**: ${markdownText(text)}${see} *${markdownText(next)}*`;
    });
    blocks.push(`### ${DOOR_NAMES[door]}`, items.join('\n'));
  }
  return blocks;
}

const MEASURE_HEADS = [
  'Adherence',
  'Interval',
  'Cases',
  'Adheres',
  'Violates',
  'Not applicable',
  'Cannot judge',
  'Unsupported',
  'Missing',
  'Worst case',
];

function measureCells(measure: ReportMeasure): string[] {
  const { adheres, violates, not_applicable, cannot_judge, unsupported, missing } = measure.counts;
  const without = sum(Object.values(missing));
  return [
    ...rateCells(measure),
    ...[adheres, violates, not_applicable, cannot_judge, unsupported, without].map(grouped),
    rangeText(measure.worstCase),
  ];
}

function ratesOf(
  { id, overall, levels, kinds, clauses }: ReportSubject,
  several: boolean,
): string[] {
  const of = several ? ` of ${markdownCode(id)}` : '';
  const groups = [
    ['overall', ...measureCells(overall)],
    ...levels.map(({ level, ...measure }) => [markdownText(level), ...measureCells(measure)]),
  ];
  const byKind = kinds.map(({ kind, ...measure }) => [
    markdownText(kind),
    ...measureCells(measure),
  ]);
  const byClause = clauses.map((clause) => [
    `${markdownCode(`#${clause.id}`)}${clause.standsOut ? ' ▼' : ''}`,
    markdownText(clause.title),
    markdownText(clause.level ?? NOTHING),
    ...measureCells(clause),
    clause.atMost === undefined ? '' : estimateText({ ...clause.rate, estimate: clause.atMost }),
  ]);
  return [
    `## Rates${of}`,
    markdownTable(['Level', ...MEASURE_HEADS], groups, 1),
    ...(byKind.length > 1 ? [markdownTable(['Kind', ...MEASURE_HEADS], byKind, 1)] : []),
    ...(byClause.length > 0
      ? [markdownTable(['Clause', 'Title', 'Level', ...MEASURE_HEADS, 'At most'], byClause, 3)]
      : []),
    ...missingFigures([overall, ...levels, ...kinds, ...clauses]),
    ...(clauses.some(({ standsOut }) => standsOut)
      ? ['▼ is lower than chance explains, among all clauses of this subject.']
      : []),
  ];
}

function untested({ untested: ids }: Report): string[] {
  if (ids.length === 0) return [];
  return [
    '## Clauses that nothing tested',
    `${ids.map((id) => markdownCode(`#${id}`)).join(', ')}.`,
  ];
}

function accounting(report: Report): string[] {
  const { samples, truncated, usage, subjects, judges } = report.accounting;
  const lines = [
    `- Samples: ${samplesText(samples)}.`,
    `- Verdicts: ${verdictsText(report)}.`,
    ...(truncated === 0
      ? []
      : [
          `- ${count(truncated, 'reply', 'replies')} cut short by the token limit, judged as they stand.`,
        ]),
    ...[...subjects, ...judges].map(
      (model) => `- ${markdownCode(model.id)}: ${usageText(model.usage)}.`,
    ),
    `- All: ${usageText(usage)}.`,
  ];
  return ['## What was counted', lines.join('\n')];
}

function howToRead({ run, subjects }: Report): string[] {
  const confidence = Math.round(run.confidence * 100);
  const lines = [
    '- Adherence is *adheres / (adheres + violates)*. *Cases* is that denominator. Everything else stands beside it: *not applicable* (the judge held that the clause has no bearing), *cannot judge*, *unsupported* (a violation was claimed, and no words of the subject that are there show it), *missing* (no reply to judge).',
    `- The interval is Wilson’s at ${confidence} %, widened where scenarios share a seed. It shows sampling error alone.`,
    `- *At most* is how large the share of violations may still be where none was seen, one-sided at ${confidence} %.`,
    '- The worst case is where the rate of these samples would lie had all that is undecided or missing gone one way or the other.',
    '- Rates are not corrected for the judge’s errors, which were not measured.',
    ...cautionsOf(subjects.map(({ overall }) => overall.rate)).map(
      (caution) => `- The intervals take something for granted: ${markdownText(caution)}.`,
    ),
    '- Among many clauses some rates are low by chance. Read one clause’s rate together with its interval and its transcripts.',
  ];
  return ['## How to read this', lines.join('\n')];
}

function howToRepeat({ run }: Report): string[] {
  const parameters = (values: Record<string, unknown>): string =>
    Object.keys(values).length === 0 ? '' : `, ${markdownCode(JSON.stringify(values))}`;
  const lines = [
    ...run.specs.map(
      (spec) => `- Spec ${markdownCode(specName(spec))}, sha256 ${markdownCode(spec.sha256)}`,
    ),
    `- Suite ${markdownCode(run.suite.hash)}`,
    ...run.subjects.map(
      ({ label, parameters: values, system }) =>
        `- Subject ${markdownCode(label)}${parameters(values)}${system === null ? '' : `, system prompt with sha256 ${markdownCode(system)}`}`,
    ),
    ...run.judges.map(
      ({ label, parameters: values, prompt }) =>
        `- Judge ${markdownCode(label)}${parameters(values)}, asked with the prompt ${markdownCode(prompt)}`,
    ),
    ...(run.rubrics ?? []).map(
      ({ clause, name, hash, byCode }) =>
        `- Rubric ${markdownCode(name)} of ${markdownText(`#${clause}`)}${byCode ? ', judged by code' : ''}, sha256 ${markdownCode(hash)}`,
    ),
    `- Plan ${markdownCode(run.plan)}, run ${markdownCode(run.id)}${run.seed === null ? '' : `, seed ${run.seed}`}`,
  ];
  return ['## To repeat it', lines.join('\n')];
}
