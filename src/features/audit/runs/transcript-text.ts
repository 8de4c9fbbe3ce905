/**
 * @module features/audit/runs/transcript-text
 * One transcript with its verdicts, the cited words marked where they stand.
 */

import type { SampleRecord, TranscriptMessage, VerdictRecord } from '../../../ledger/records.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { usageText } from '../../../report/figures.ts';
import { panelVerdictLine } from '../../../report/sections/panel/panel-text.ts';
import { totalSpending } from '../../../run/counts.ts';
import { toolCallText } from '../../../run/judging/judge-prompt.ts';
import { judgeIds, subjectIds } from '../../../run/names.ts';
import type { PanelRow } from '../../../run/panel/panel.ts';
import { type Plan, transcriptId } from '../../../run/plan.ts';
import type { Scenario } from '../../../run/suite/scenario.ts';
import { specName } from '../../../spec/index.ts';
import { cut, hanging, wrap } from '../../../text/layout.ts';
import { markSpans } from '../../../text/mark-spans.ts';
import { type Paint, painter, type Style } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { stampLines } from '../../../text/stamp.ts';

export interface TranscriptView {
  run: Pick<RunRecord, 'id' | 'simulated'>;
  plan: Plan;
  scenario: Scenario;
  sample: SampleRecord;
  verdicts: readonly VerdictRecord[];
  /** What several judges come to, by clause; none where one judged. */
  panel?: readonly PanelRow[];
}

const LABEL = 10;
const INDENT = '  ';
/** Before a tool call. */
const ARROW = '→ ';

/** The transcript for a terminal. All of its text is hostile, and shown as harmless. */
export function renderTranscript(
  view: TranscriptView,
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const color = settings.color ?? false;
  const stamp = view.run.simulated ? stampLines(width, paint) : [];
  const messages = view.sample.transcript.messages.map((message) =>
    messageLines(message, view.verdicts, { width, paint, color }),
  );
  const verdicts = view.verdicts.map((verdict) => verdictLines(view, verdict, width, paint));
  const blocks = [
    [...stamp, ...headingLines(view, width, paint)],
    ...messages,
    ...(verdicts.length === 0 ? [['No verdicts: there was no reply to judge.']] : verdicts),
    (view.panel ?? []).flatMap((verdict) =>
      hanging('', panelVerdictLine(verdict, view.plan), width),
    ),
    usedLines(view, width, paint),
    stamp,
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headingLines(view: TranscriptView, width: number, paint: Paint): string[] {
  const { run, plan, scenario, sample } = view;
  const line = (label: string, text: string): string[] =>
    hanging(label.padEnd(LABEL), safeLine(text), width);
  const { kind, reference, line: place } = scenario.source;
  const source = { example: 'example', eval: 'eval prompts', file: 'file' }[kind];
  const repeat = plan.repeats > 1 ? `, repeat ${sample.repeat + 1} of ${plan.repeats}` : '';
  const title = `${transcriptId(sample.index)} · run ${safeLine(run.id)} · ${safeLine(specName(plan.spec))}`;
  return [
    paint('bold', cut(title, width)),
    '',
    ...line('Scenario', `${scenario.id}${scenario.title === '' ? '' : `: ${scenario.title}`}`),
    ...line('Source', `${source} ${reference}, line ${place}`),
    ...line('Subject', `${subjectIds(plan)[sample.subject] ?? ''}${repeat}`),
    ...line('Outcome', outcomeText(sample)),
  ];
}

const OUTCOMES: Record<SampleRecord['outcome'], string> = {
  replied: 'replied',
  refused: 'refused by the provider',
  filtered: 'filtered by the provider',
  unsupported: 'unsupported: the provider has no form for these roles',
  failed: 'failed',
};

function outcomeText({ outcome, reason, transcript }: SampleRecord): string {
  const cutShort = transcript.finish === 'length' ? ', cut short by the token limit' : '';
  return `${OUTCOMES[outcome]}${cutShort}${reason === null ? '' : ` (${reason})`}`;
}

function messageLines(
  message: TranscriptMessage,
  verdicts: readonly VerdictRecord[],
  { width, paint, color }: { width: number; paint: Paint; color: boolean },
): string[] {
  const { id, role, source, name, recipient, content, toolCalls } = message;
  const to = recipient === undefined ? '' : ` to ${recipient}`;
  const called = name === undefined ? '' : ` (${name})`;
  const head = safeLine(`${id} ${role}${called}${to} · ${source}`);
  const cited = verdicts.flatMap(({ citations }) => citations.filter((one) => one.message === id));
  const settings = { width: width - INDENT.length, paint, color };
  const marked = (text: string, toolCall?: number, shift = 0): string[] => {
    const spans = cited.flatMap(({ span, toolCall: of }) =>
      span === null || of !== toolCall
        ? []
        : [{ start: span.start + shift, end: span.end + shift }],
    );
    return markSpans(text, spans, settings);
  };
  const body = marked(content);
  const calls = (toolCalls ?? []).flatMap((call, index) =>
    marked(ARROW + toolCallText(call).replaceAll('\n', ' '), index, ARROW.length),
  );
  return [
    paint(source === 'subject' ? ['bold', 'cyan'] : ['bold'], cut(head, width)),
    ...[...body, ...calls].map((text) => (text === '' ? '' : INDENT + text)),
  ];
}

const OUTCOME_STYLES: Record<VerdictRecord['outcome'], Style> = {
  adheres: 'green',
  violates: 'red',
  not_applicable: 'dim',
  cannot_judge: 'yellow',
  unsupported: 'yellow',
};

const CAUSES: Record<NonNullable<VerdictRecord['cause']>, string> = {
  judge: 'by the judge’s own word',
  malformed: 'its answers fit no form',
  refused: 'the judge’s provider refused',
  filtered: 'the judge’s provider filtered it',
  unsupported: 'the judge’s provider has no form for the question',
  failed: 'the call failed',
};

function verdictLines(
  { plan }: TranscriptView,
  verdict: VerdictRecord,
  width: number,
  paint: Paint,
): string[] {
  const { clause, outcome, severity, cause, reason, citations, judge } = verdict;
  const degree = [
    ...(severity === null ? [] : [severity]),
    ...(cause === null ? [] : [CAUSES[cause]]),
  ].join(', ');
  const words = `${outcome.replaceAll('_', ' ')}${degree === '' ? '' : ` (${degree})`}`;
  const who = plan.judges.length > 1 ? ` · ${judgeIds(plan)[judge] ?? ''}` : '';
  const head = cut(safeLine(`#${clause}: ${words}${who}`), width);
  const at = head.indexOf(words);
  const painted =
    at < 0
      ? head
      : head.slice(0, at) + paint(OUTCOME_STYLES[outcome], words) + head.slice(at + words.length);
  return [
    painted,
    ...hanging(INDENT, safeLine(reason), width),
    ...citations.flatMap(({ message, quote, span }) => {
      const where = span === null ? ': not found in the transcript' : '';
      return hanging(`${INDENT}- `, safeLine(`${message} “${quote}”${where}`), width);
    }),
  ];
}

function usedLines({ sample, verdicts }: TranscriptView, width: number, paint: Paint): string[] {
  const judged = verdicts.map(({ usage, cost }) => ({ ...usage, cost }));
  const used = [
    `subject ${usageText({ ...sample.usage, cost: sample.cost })}`,
    ...(judged.length === 0 ? [] : [`judge ${usageText(totalSpending(judged))}`]),
  ];
  return used.flatMap((text) => wrap(text, width).map((line) => paint('dim', line)));
}
