/** @module features/spec/diff/render/markdown Two versions of a spec compared, as a document to hand on. */

import { capital } from '../../../../text/capital.ts';
import { markdownTable } from '../../../../text/markdown-table.ts';
import { count, grouped } from '../../../../text/numbers.ts';
import { markdownCode, markdownText, safeText } from '../../../../text/safe-text.ts';
import type { SentenceChange, SpecChange, SpecDiff } from '../index.ts';
import {
  CLASSES,
  changesIn,
  countsText,
  evalRows,
  headline,
  lineText,
  markRows,
  type OutlineRow,
  outline,
} from './outline.ts';
import { type RunOutlook, STANDING_TEXTS } from './runs.ts';

/** What changed, as Markdown. Text from the specs is escaped: it is shown, never obeyed. */
export function renderSpecDiffMarkdown(diff: SpecDiff, runs?: readonly RunOutlook[]): string {
  const blocks = [`# ${markdownText(headline(diff))}`, markdownText(countsText(diff))];
  for (const { heading, rows } of outline(diff)) {
    blocks.push(`## ${heading}`, rowList(rows));
  }
  for (const { name, heading, meaning } of CLASSES) {
    const changes = changesIn(diff, name);
    if (changes.length === 0) continue;
    blocks.push(`## ${heading}`, `${count(changes.length, 'change')}: ${meaning}.`);
    blocks.push(
      name === 'editorial' ? editorialTable(changes) : changes.map(changeBlock).join('\n\n'),
    );
  }
  const marks = markRows(diff).flatMap(({ id, title, marks: changed }) =>
    changed.map(({ from, to, reply }) => [
      markdownCode(`#${id}`),
      markdownText(title),
      `${from ?? 'none'} → ${to ?? 'none'}`,
      markdownText(reply),
    ]),
  );
  if (marks.length > 0) {
    blocks.push('## Marks', markdownTable(['Clause', 'Example', 'Mark', 'Reply'], marks, 4));
  }
  const evals = evalRows(diff);
  if (evals.length > 0) blocks.push('## Eval tags and prompts', rowList(evals));
  if (diff.evalPrompts === null) {
    blocks.push('Eval prompts were not compared: one version came without `examples/` beside it.');
  }
  if (runs !== undefined) blocks.push(...runBlocks(runs));
  return `${blocks.join('\n\n')}\n`;
}

function rowList(rows: readonly OutlineRow[]): string {
  return rows
    .map(({ id, text }) => `- ${markdownCode(id)} ${markdownText(text)}`.trimEnd())
    .join('\n');
}

function changeBlock(change: SpecChange): string {
  const name = change.id === null ? 'The document' : markdownCode(`#${change.id}`);
  const where = lineText(change);
  const head = `### ${name} ${change.kind}${where === '' ? '' : ` (${where})`}`;
  const edits = (change.edits ?? []).filter((edit) => edit.class !== 'editorial');
  return [head, sentence(change.reason), ...edits.map(editBlock)].join('\n\n');
}

/** Both versions of a sentence as lines of a list; words that went are struck, words that came are bold. */
function editBlock({ words, before, after, reason, class: weight, type }: SentenceChange): string {
  const about = `*${weight}, ${markdownText(reason)}*`;
  if (words === undefined) {
    const sign = type === 'removed' ? '−' : '+';
    return `- ${about}<br>${sign} ${markdownText(before ?? after ?? '')}`;
  }
  const pieces = words.map(([sign, text]) => {
    const [, lead = '', inner = '', tail = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
    if (inner === '') return ' ';
    const shown = markdownText(inner);
    const marked =
      sign === '=' ? shown : sign === '-' ? `<del>${shown}</del>` : `<ins>${shown}</ins>`;
    return `${lead === '' ? '' : ' '}${marked}${tail === '' ? '' : ' '}`;
  });
  return `- ${about}<br>${pieces.join('')}`;
}

function sentence(reason: string): string {
  const text = markdownText(reason);
  return `${capital(text)}.`;
}

function editorialTable(changes: readonly SpecChange[]): string {
  const rows = changes.map(({ id, kind, reason }) => [
    id === null ? 'the document' : markdownCode(`#${id}`),
    kind,
    markdownText(reason),
  ]);
  return markdownTable(['Where', 'What', 'Why'], rows, 3);
}

function runBlocks(runs: readonly RunOutlook[]): string[] {
  const blocks = ['## Past runs'];
  if (runs.length === 0) blocks.push('The ledger has no run of this spec.');
  for (const { run, simulated, verdicts, standing, stale, byStanding, command, again } of runs) {
    const rows = Object.entries(byStanding)
      .filter(([, number]) => number > 0)
      .map(([name, number]) => [
        grouped(number),
        STANDING_TEXTS[name as keyof typeof STANDING_TEXTS],
      ]);
    blocks.push(
      `### ${simulated ? '**SIMULATED** ' : ''}${markdownCode(run)}`,
      `${grouped(standing)} of ${count(verdicts, 'verdict')} still stand, ${grouped(stale)} are stale.`,
      markdownTable(['Verdicts', 'Which'], rows, 2),
    );
    if (command !== null) {
      const what = `${count(again.scenarios.length, 'scenario')}, ${count(again.samples, 'sample')}`;
      // Four spaces make code of it, which nothing in the command can end.
      const code = safeText(command)
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n');
      blocks.push(`To run again (${what}):`, code);
    }
  }
  return blocks;
}
