/** @module features/audit/health/health-markdown A spec's health as Markdown, every clause of it. */

import { estimateText, intervalText } from '../../../report/figures.ts';
import { specName } from '../../../spec/index.ts';
import { markdownTable } from '../../../text/markdown-table.ts';
import { list } from '../../../text/numbers.ts';
import { markdownCode, markdownText } from '../../../text/safe-text.ts';
import { SIMULATED_NOTE } from '../../../text/stamp.ts';
import type { HealthDocument } from './health-schema.ts';
import {
  byNeed,
  dropText,
  evidenceText,
  faultText,
  picture,
  statusText,
  summaryText,
  unmeasuredText,
} from './health-text.ts';
import { SIGNALS } from './signal.ts';

/** The document as Markdown. */
export function renderHealthMarkdown(document: HealthDocument): string {
  const stamp = document.simulated ? [`**${SIMULATED_NOTE}**`] : [];
  const rows = byNeed(document.clauses).map((clause) => [
    markdownCode(`#${clause.id}`),
    picture(clause).trimEnd(),
    markdownText(statusText(clause)),
    `${estimateText(clause.rate)} ${intervalText(clause.rate)}`,
    String(clause.adheres + clause.violates),
    String(clause.subjects),
    String(clause.judges),
    String(clause.seeds),
    dropText(clause),
    `${clause.compared.divided} of ${clause.compared.cases}`,
  ]);
  const heads = [
    'clause',
    '█ kept ▒ broken · open',
    '',
    'kept',
    'n',
    'subjects',
    'judges',
    'seeds',
    'drop',
    'judges divided',
  ];
  return `${[
    `# Health of ${markdownText(specName(document.spec))}`,
    ...stamp,
    evidenceText(document)
      .map((text) => `- ${markdownText(text)}`)
      .join('\n'),
    '## What the evidence says',
    markdownText(summaryText(document)),
    ...document.diagnoses.map(diagnosisText),
    '## How each clause is tested',
    markdownTable(heads, rows, 3),
    ...[unmeasuredText(document.clauses).trim()].filter(Boolean),
    ...(document.next.length === 0
      ? []
      : ['## What would let more be told', document.next.map(stepText).join('\n')]),
    ...stamp,
  ].join('\n\n')}\n`;
}

function diagnosisText(told: HealthDocument['diagnoses'][number]): string {
  const names = [told.clause, ...(told.partner === null ? [] : [told.partner])];
  return [
    `### ${names.map((id) => markdownCode(`#${id}`)).join(' and ')}: ${faultText(told.faults)}`,
    '',
    `- because ${markdownText(told.because)}`,
    `- rule ${markdownCode(told.rule)}`,
    ...(told.evidence.length === 0
      ? []
      : [
          `- read ${told.evidence.map(({ run, transcript }) => markdownCode(`tenet show ${run} ${transcript}`)).join(', ')}`,
        ]),
    ...(told.also.length === 0 ? [] : [`- also: ${list(told.also.map((code) => SIGNALS[code]))}`]),
    stepText(told.settle),
  ].join('\n');
}

function stepText({ text, command }: HealthDocument['next'][number]): string {
  return `- ${markdownText(text)}${command === null ? '' : ` ${markdownCode(command)}`}`;
}
