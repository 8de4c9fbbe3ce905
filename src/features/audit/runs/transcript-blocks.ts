/**
 * @module features/audit/runs/transcript-blocks
 * One transcript with its verdicts, the cited words marked where they stand.
 */
import type { SampleRecord, VerdictRecord } from '../../../ledger/records.ts';
import type { RunRecord } from '../../../ledger/runs.ts';
import { finishOf, type TranscriptMessage } from '../../../ledger/transcript.ts';
import { totalSpending } from '../../../run/counts.ts';
import { toolCallText } from '../../../run/judging/judge-prompt.ts';
import { judgeIds, nameAt, subjectIds } from '../../../run/names.ts';
import type { PanelRow } from '../../../run/panel/panel.ts';
import { judgesOf, type Plan, transcriptId } from '../../../run/plan.ts';
import type { Scenario } from '../../../run/suite/scenario.ts';
import { view } from '../../../run/transcript/view.ts';
import { specName } from '../../../spec/index.ts';
import { type Block, section, stamped } from '../../../text/blocks.ts';
import { usageText } from '../../../text/figures.ts';
import { count } from '../../../text/numbers.ts';
import type { Part, Tone } from '../../../text/words.ts';
import { CAUSES, OUTCOMES, PANEL_CAUSES } from './messages.ts';

/** A transcript, and everything that is said of it. */
export interface TranscriptPage {
  run: Pick<RunRecord, 'id' | 'simulated'>;
  plan: Plan;
  scenario: Scenario;
  sample: SampleRecord;
  verdicts: readonly VerdictRecord[];
  /** What several judges come to, by clause; none where one judged. */
  panel?: readonly PanelRow[];
}

/** Columns before words that are quoted. */
const INDENT = 2;
/** Before a tool call. */
const ARROW = '→ ';

/** The transcript as it is shown. All of its text is hostile; renderers make it harmless. */
export function transcriptBlocks(shown: TranscriptPage): Block[] {
  const { run, plan, sample, verdicts, panel = [] } = shown;
  const { messages } = view(sample.transcript, { reader: 'judge' });
  const title = `${transcriptId(sample.index)} · run ${run.id} · ${specName(plan.spec)}`;
  return stamped(run.simulated, [
    { type: 'heading', level: 1, text: title },
    headBlock(shown),
    ...messages.map((message) => messageBlock(message, verdicts)),
    ...(verdicts.length === 0
      ? [section({ type: 'paragraph', text: 'No verdicts: there was no reply to judge.' })]
      : verdicts.map((verdict) => verdictBlock(verdict, plan))),
    section(panel.map((row): Block => ({ type: 'paragraph', text: panelText(row, plan) }))),
    section(usedTexts(shown).map((text): Block => ({ type: 'paragraph', tone: 'dim', text }))),
  ]);
}

function headBlock({ plan, scenario, sample }: TranscriptPage): Block {
  const { kind, reference, line: place } = scenario.source;
  const source = { example: 'example', eval: 'eval prompts', file: 'file' }[kind];
  const repeat = plan.repeats > 1 ? `, repeat ${sample.repeat + 1} of ${plan.repeats}` : '';
  const title = scenario.title === '' ? '' : `: ${scenario.title}`;
  return section({
    type: 'keyValues',
    keyWidth: 10,
    rows: [
      { key: 'Scenario', value: `${scenario.id}${title}` },
      { key: 'Source', value: `${source} ${reference}, line ${place}` },
      { key: 'Subject', value: [{ model: nameAt(subjectIds(plan), sample.subject) }, repeat] },
      { key: 'Outcome', value: outcomeText(sample) },
    ],
  });
}

function outcomeText({ outcome, reason, transcript }: SampleRecord): string {
  const cutShort = finishOf(transcript) === 'length' ? ', cut short by the token limit' : '';
  return `${OUTCOMES[outcome]}${cutShort}${reason === null ? '' : ` (${reason})`}`;
}

function messageBlock(
  { id, role, source, name, recipient, content, toolCalls = [] }: TranscriptMessage,
  verdicts: readonly VerdictRecord[],
): Block {
  const to = recipient === undefined ? '' : ` to ${recipient}`;
  const called = name === undefined ? '' : ` (${name})`;
  const cited = verdicts.flatMap(({ citations }) => citations.filter((one) => one.message === id));
  const quote = (text: string, toolCall?: number, shift = 0): Block => ({
    type: 'quote',
    indent: INDENT,
    text,
    marks: cited.flatMap(({ span, toolCall: of }) =>
      span === null || of !== toolCall
        ? []
        : [{ start: span.start + shift, end: span.end + shift }],
    ),
  });
  return section(
    {
      type: 'heading',
      level: 2,
      tone: source === 'subject' ? 'accent' : 'strong',
      text: `${id} ${role}${called}${to} · ${source}`,
    },
    quote(content),
    toolCalls.map((call, place) =>
      quote(ARROW + toolCallText(call).replaceAll('\n', ' '), place, ARROW.length),
    ),
  );
}

const OUTCOME_TONES: Readonly<Record<VerdictRecord['outcome'], Tone>> = {
  adheres: 'good',
  violates: 'bad',
  not_applicable: 'dim',
  cannot_judge: 'warning',
  unsupported: 'warning',
};

function verdictBlock(verdict: VerdictRecord, plan: Plan): Block {
  const { clause, outcome, severity, cause, reason, citations, judge } = verdict;
  const degree = [
    ...(severity === null ? [] : [severity]),
    ...(cause === null ? [] : [CAUSES[cause]]),
  ].join(', ');
  const said = `${outcome.replaceAll('_', ' ')}${degree === '' ? '' : ` (${degree})`}`;
  const who: Part[] =
    plan.judges.length > 1 ? [' · ', { model: nameAt(judgeIds(plan), judge) }] : [];
  return section(
    {
      type: 'paragraph',
      fit: 'cut',
      text: [{ clause }, ': ', { text: said, tone: OUTCOME_TONES[outcome] }, ...who],
    },
    { type: 'paragraph', indent: INDENT, text: reason },
    {
      type: 'list',
      indent: INDENT,
      items: citations.map(({ message, quote, span }) => ({
        text: `${message} “${quote}”${span === null ? ': not found in the transcript' : ''}`,
      })),
    },
  );
}

/** `Panel on #be_honest, by majority: violates (major), as 2 of 3 judges say`. */
function panelText({ clause, outcome, severity, cause, by }: PanelRow, plan: Plan): Part[] {
  const why = cause === null ? severity : PANEL_CAUSES[cause];
  const said = `${outcome.replaceAll('_', ' ')}${why === null ? '' : ` (${why})`}`;
  const asked = judgesOf(plan, clause).length;
  const shared = by.length === 0 ? '' : `, as ${by.length} of ${count(asked, 'judge')} say`;
  return ['Panel on ', { clause }, `, by ${plan.consensus ?? 'majority'}: ${said}${shared}`];
}

function usedTexts({ sample, verdicts }: TranscriptPage): string[] {
  const judged = verdicts.map(({ usage, cost }) => ({ ...usage, cost }));
  return [
    `subject ${usageText({ ...sample.usage, cost: sample.cost })}`,
    ...(judged.length === 0 ? [] : [`judge ${usageText(totalSpending(judged))}`]),
  ];
}
