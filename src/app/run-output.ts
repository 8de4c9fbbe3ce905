/**
 * @module app/run-output
 * What a command that carries out a run comes to: the report, its files beside the ledger, and what one can do next.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Ledger } from '../ledger/ledger.ts';
import { shownAddress } from '../ledger/postgres/address.ts';
import type { RunRecord } from '../ledger/runs.ts';
import { reportBlocks } from '../report/report.ts';
import type { Report } from '../report/schema.ts';
import type { ExecutionEnd } from '../run/execute.ts';
import { modelJudgesOf, type Plan, sampleCount } from '../run/plan.ts';
import { toMarkdown } from '../text/blocks-markdown.ts';
import { toTerminal } from '../text/blocks-terminal.ts';
import { dollars } from '../text/figures.ts';
import { printJson } from '../text/json.ts';
import type { Result } from './command.ts';
import type { Context } from './context.ts';
import { messageOf } from './errors.ts';
import type { RunInHand } from './execute-run.ts';
import { DEFAULT_LEDGER, folderBeside } from './ledgers.ts';
import { problem } from './messages.ts';
import { reportOfRun } from './report-of-run.ts';
import type { Settings } from './settings.ts';

/** The report of a run as a command's result, without the files. */
export async function resultOfReport(
  report: Report,
  { lent }: Pick<Context, 'lent'>,
): Promise<Result> {
  const sections = await lent.sections();
  return {
    document: report,
    blocks: (detail) => reportBlocks(report, sections, detail),
    ...failureOf(report),
  };
}

/** The report of a run, its files beside the ledger, and what one can do next. */
export async function resultOfRun(
  context: Context,
  ledger: Ledger,
  run: RunRecord,
  plan: Plan,
  settings: Settings,
): Promise<Result> {
  const sections = await context.lent.sections();
  const found = await ledger.runs.find(run.id);
  const current = 'run' in found ? found.run : run;
  const document = await reportOfRun({ ledger, run: current, plan, sections });
  const text = toTerminal(reportBlocks(document, sections, 'glance'), context.output);
  const base = join(folderBeside(settings.ledger), 'reports', run.id);
  try {
    mkdirSync(dirname(base), { recursive: true });
    writeFileSync(`${base}.md`, toMarkdown(reportBlocks(document, sections, 'all')));
    writeFileSync(`${base}.json`, printJson(document));
  } catch (error) {
    context.log.say(`The report could not be written to ${dirname(base)}: ${messageOf(error)}`);
    return { document, text, ...failureOf(document) };
  }
  const lines = [
    `Report: ${relative('.', `${base}.md`)} (and .json)`,
    'Next:',
    ...nextSteps(document, settings),
  ];
  return { document, text: `${text}\n${lines.join('\n')}\n`, ...failureOf(document) };
}

/** Where no subject gave a reply, or no judge a verdict, there is a report that says nothing of any clause. */
function failureOf({ run, accounting: { samples }, findings }: Report): Pick<Result, 'failure'> {
  if (samples.replied === 0) {
    return { failure: problem('nothing-answered', { run: run.id, samples }) };
  }
  const isJudged = !findings.some(({ code }) => code === 'nothing-judged');
  return isJudged ? {} : { failure: problem('nothing-judged', { run: run.id }) };
}

function nextSteps({ run, subjects }: Report, { ledger }: Settings): string[] {
  const flag = ledger === DEFAULT_LEDGER ? '' : ` --ledger ${shownAddress(ledger)}`;
  const worst = subjects.flatMap(({ clauses }) => clauses.flatMap((clause) => clause.worst))[0];
  return [
    ...(worst === undefined ? [] : [`  tenet show ${run.id} ${worst.transcript}${flag}`]),
    `  tenet report ${run.id} --all${flag}`,
    ...(run.simulated
      ? ['  tenet audit --subject openai:gpt-5 --judge anthropic:claude-opus-4-5 --dry-run']
      : []),
  ];
}

/** What a command says of a run that has ended, however it ended. `command` goes on with it. */
export async function resultOfEnd(
  context: Context,
  { ledger, run, prepared, callers }: Pick<RunInHand, 'ledger' | 'run' | 'prepared' | 'callers'>,
  end: ExecutionEnd,
  settings: Settings,
  command: string,
): Promise<Result> {
  const { plan } = prepared.document;
  const { say } = context.log;
  if (end.type === 'finished') {
    const { calls, spent } = callers.counters;
    const asksModels = plan.transcriptsOf === undefined || modelJudgesOf(plan).length > 0;
    const asksFunctions = plan.judges.some(({ by }) => by === 'function');
    if (calls === 0 && asksModels && !asksFunctions && sampleCount(plan) > 0) {
      say(
        'Every call was on record already; nobody was asked. Another --seed asks everything anew.',
      );
    }
    if (spent > 0) say(`${calls} calls were made now, for ${dollars(spent)}.`);
    return resultOfRun(context, ledger, run, plan, settings);
  }
  const { kind, message: reason } = end.reason;
  if (kind === 'interrupted') {
    say(`Stopped. What is finished is kept. Go on with: ${command}`);
    return { exit: 130 };
  }
  const soFar = (await anyReplied(ledger, run))
    ? await resultOfRun(context, ledger, run, plan, settings)
    : {};
  return { ...soFar, failure: problem('run-unfinished', { run: run.id, reason, kind, command }) };
}

async function anyReplied(ledger: Ledger, run: RunRecord): Promise<boolean> {
  for await (const page of ledger.runs.samples(run.ordinal)) {
    if (page.some(({ outcome }) => outcome === 'replied')) return true;
  }
  return false;
}
