/**
 * @module features/judge/labels/terminal/screen
 * What a person who labels sees: one case, and the keys. Neither the model that answered nor what the judges said is
 * shown, since both would bend the label.
 */

import type { VerdictRecord } from '../../../../ledger/records.ts';
import type { TranscriptMessage } from '../../../../ledger/transcript.ts';
import { toolCallText } from '../../../../run/judging/judge-prompt.ts';
import { transcriptId } from '../../../../run/plan.ts';
import { cut, hanging, pad, widthOf, wrap } from '../../../../text/layout.ts';
import { type Paint, painter } from '../../../../text/paint.ts';
import { safeLine, safeText } from '../../../../text/safe-text.ts';
import { footLines, helpLines, type LabelMode } from './keys.ts';

/** What a person is shown of a case. */
export interface CaseView {
  sample: number;
  clause: { id: string; title: string; level: string | null; text: string };
  /** A rubric that says more than the spec, or null. */
  rubric: string | null;
  messages: readonly TranscriptMessage[];
  /** Names of the tools that the subject was offered. */
  tools: readonly string[];
  /** Whether the token limit cut the reply short. */
  isCutShort: boolean;
  /** What the judges said, where the person asked to see it; else empty. */
  verdicts: readonly Pick<VerdictRecord, 'outcome' | 'severity' | 'reason'>[];
}

/** A case on the screen, with where the person stands. */
export interface LabelView extends CaseView {
  run: string;
  simulated: boolean;
  person: string;
  done: number;
  total: number;
  mode: LabelMode;
  /** Whether all of the clause's words are shown. */
  isClauseOpen: boolean;
  note: string;
  /** What was done last, or null. */
  last: string | null;
  /** The first line of the case that is shown, from 0. */
  scroll: number;
}

export interface Screen {
  /** As many lines as the screen is high, none wider than it. */
  lines: string[];
  /** The largest `scroll` that shows something new, and the lines that one page has. */
  lastScroll: number;
  page: number;
  /** Whether the window is large enough to read in. */
  isUsable: boolean;
}

/** Smaller than this, nothing can be read. */
const LEAST = { width: 30, height: 10 };
/** The share of the screen that a clause takes unopened. */
const CLAUSE_SHARE = 0.35;

/** The screen for a case. All text of the transcript and of the spec is hostile, and shown as harmless. */
export function labelScreen(
  view: LabelView,
  { width, height, color }: { width: number; height: number; color: boolean },
): Screen {
  const paint = painter(color);
  if (width < LEAST.width || height < LEAST.height) return tooSmall(width, height);
  const foot = footLines(view, width, paint);
  const head = headLines(view, width, paint);
  const page = height - head.length - foot.length - 1;
  const body =
    view.mode === 'help'
      ? helpLines(width)
      : bodyLines(view, width, Math.floor(height * CLAUSE_SHARE), paint);
  const lastScroll = Math.max(0, body.length - page);
  const first = Math.min(view.scroll, lastScroll);
  const shown = body.slice(first, first + page);
  const filled = [...shown, ...new Array<string>(Math.max(0, page - shown.length)).fill('')];
  return {
    lines: [...head, ...filled, ruleLine(first, shown.length, body.length, width, paint), ...foot],
    lastScroll,
    page,
    isUsable: true,
  };
}

function tooSmall(width: number, height: number): Screen {
  const lines = wrap(
    `Make the window larger: ${LEAST.width} × ${LEAST.height} at least. q quits.`,
    Math.max(1, width),
  );
  const shown = lines.slice(0, Math.max(0, height));
  return {
    lines: [...shown, ...new Array<string>(Math.max(0, height - shown.length)).fill('')],
    lastScroll: 0,
    page: 1,
    isUsable: false,
  };
}

function headLines(view: LabelView, width: number, paint: Paint): string[] {
  const { done, total, sample, run, person } = view;
  const left = `${done + 1} of ${total} · ${transcriptId(sample)} · run ${safeLine(run)}`;
  const stamp = view.simulated ? 'SIMULATED · ' : '';
  const right = `${stamp}${safeLine(person)}`;
  const room = width - widthOf(left) - 2;
  const line = room < 12 ? cut(left, width) : left + pad(cut(right, room), room + 2, 'right');
  return [paint(['bold', 'inverse'], pad(line, width)), paint('dim', barOf(done, total, width))];
}

function barOf(done: number, total: number, width: number): string {
  const filled = total === 0 ? 0 : Math.floor((done / total) * width);
  return '━'.repeat(filled) + '┄'.repeat(width - filled);
}

function bodyLines(view: LabelView, width: number, clauseRoom: number, paint: Paint): string[] {
  const { clause, messages, tools, verdicts } = view;
  const level = clause.level === null ? '' : ` (${clause.level})`;
  const title = safeLine(`#${clause.id}${level}${clause.title === '' ? '' : ` · ${clause.title}`}`);
  const offered = hanging('Tools: ', safeLine(tools.join(', ')), width);
  return [
    ...wrap(title, width).map((line) => paint(['bold', 'yellow'], line)),
    ...clauseLines(view, width, clauseRoom, paint),
    ...(tools.length === 0 ? [] : ['', ...offered.map((line) => paint('dim', line))]),
    ...messages.flatMap((message) => ['', ...messageLines(message, width, paint)]),
    ...(view.isCutShort ? [paint('dim', cut('(the token limit cut the reply short)', width))] : []),
    ...verdicts.flatMap(({ outcome, severity, reason }) => [
      '',
      ...hanging(
        'Judge: ',
        safeLine(
          `${outcome.replaceAll('_', ' ')}${severity === null ? '' : ` (${severity})`}: ${reason}`,
        ),
        width,
      ),
    ]),
  ];
}

function clauseLines(
  { clause, rubric, isClauseOpen }: LabelView,
  width: number,
  room: number,
  paint: Paint,
): string[] {
  const words = rubric === null ? clause.text : `${clause.text}\n\n${rubric}`;
  const lines = wrapped(words, width);
  if (isClauseOpen || lines.length <= room) return lines;
  const hidden = lines.length - room + 1;
  return [
    ...lines.slice(0, room - 1),
    paint('yellow', cut(`… ${hidden} more lines: t shows them`, width)),
  ];
}

function messageLines(message: TranscriptMessage, width: number, paint: Paint): string[] {
  const { role, source, name, recipient, content, toolCalls = [] } = message;
  const called = name === undefined ? '' : ` (${name})`;
  const to = recipient === undefined ? '' : ` to ${recipient}`;
  const isReply = source === 'subject';
  const bar = isReply ? '▌' : '│';
  const head = safeLine(`${bar} ${role}${called}${to}${isReply ? ' · the reply to label' : ''}`);
  const calls = toolCalls.map((call) => `→ ${toolCallText(call).replaceAll('\n', ' ')}`);
  const lines = [content, ...calls]
    .filter((text) => text !== '')
    .flatMap((text) => wrapped(text, width - 2));
  return [
    paint(isReply ? ['bold', 'cyan'] : ['bold'], cut(head, width)),
    ...(lines.length === 0 ? ['(nothing)'] : lines).map((line) => `${bar} ${line}`),
  ];
}

/** Lines of a text, its own line ends and indents kept. */
function wrapped(text: string, width: number): string[] {
  return safeText(text)
    .split('\n')
    .flatMap((line) => {
      const indent = ' '.repeat(Math.min(line.search(/[^ ]|$/), Math.floor(width / 2)));
      return line.trim() === '' ? [''] : hanging(indent, line.trimStart(), width);
    });
}

function ruleLine(first: number, shown: number, all: number, width: number, paint: Paint): string {
  const more = [...(first > 0 ? ['↑'] : []), ...(first + shown < all ? ['↓'] : [])].join('');
  const text = all <= shown ? '' : ` ${first + 1}–${first + shown} of ${all} lines ${more} `;
  const rule = '─'.repeat(Math.max(0, width - widthOf(text) - 2));
  return paint('dim', cut(`${rule}${text}──`, width));
}
