/**
 * @module app/run-output
 * The end of an audit: the report on the screen and in files, and what one can do next.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { say, screen } from '../cli/terminal.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { reportBlocks } from '../report/report.ts';
import type { Report } from '../report/schema.ts';
import type { Plan } from '../run/plan.ts';
import { toMarkdown } from '../text/blocks-markdown.ts';
import { toTerminal } from '../text/blocks-terminal.ts';
import { printJson } from '../text/json.ts';
import { DEFAULT_LEDGER } from './ledgers.ts';
import { messageOf } from './problem.ts';
import type { Settings } from './settings.ts';
import { LENT, reportOf } from './stored.ts';

/** Prints a report as the flags ask for it. */
export function show(report: Report, settings: Settings): void {
  process.stdout.write(
    settings.json
      ? printJson(report)
      : toTerminal(reportBlocks(report, LENT, 'glance'), screen(process.stdout)),
  );
}

/** Prints the report, keeps it as files beside the ledger, and says what one can do next. */
export function finish(ledger: Ledger, run: RunRecord, plan: Plan, settings: Settings): void {
  const current = ledger.runs.find(run.id);
  const report = reportOf(ledger, 'run' in current ? current.run : run, plan);
  show(report, settings);
  const folder = join(dirname(settings.ledger), 'reports');
  const base = join(folder, run.id);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${base}.md`, toMarkdown(reportBlocks(report, LENT, 'all')));
    writeFileSync(`${base}.json`, printJson(report));
  } catch (error) {
    say(`The report could not be written to ${folder}: ${messageOf(error)}`);
    return;
  }
  if (settings.json) return;
  const worst = report.subjects.flatMap(({ clauses }) =>
    clauses.flatMap((clause) => clause.worst),
  )[0];
  const flag = settings.ledger === DEFAULT_LEDGER ? '' : ` --ledger ${settings.ledger}`;
  const lines = [
    `Report: ${relative('.', `${base}.md`)} (and .json)`,
    'Next:',
    ...(worst === undefined ? [] : [`  tenet show ${run.id} ${worst.transcript}${flag}`]),
    `  tenet report ${run.id} --all${flag}`,
    ...(plan.simulated
      ? ['  tenet audit --subject openai:gpt-5 --judge anthropic:claude-opus-4-5 --dry-run']
      : []),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
}
