/** @module features/spec/resolve/resolve-text What is in force in a conversation, for a terminal. */

import { specName } from '../../../spec/index.ts';
import { cut, hanging } from '../../../text/layout.ts';
import { count, list } from '../../../text/numbers.ts';
import { type Paint, painter, type Style } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import {
  type Directive,
  type DirectiveState,
  type Question,
  type Resolution,
  RULES,
  type Step,
} from './index.ts';

interface Settings {
  width?: number;
  color?: boolean;
  /** Every step of the trace, and every clause by name. */
  explain?: boolean;
}

interface Sheet {
  width: number;
  paint: Paint;
  explain: boolean;
}

const HEADINGS: readonly (readonly [DirectiveState, string, Style])[] = [
  ['in_force', 'In force', 'green'],
  ['limited', 'In force but for a part', 'yellow'],
  ['weighed', 'In conflict, to be weighed', 'yellow'],
  ['undetermined', 'Undetermined: in force unless a question below says otherwise', 'yellow'],
  ['overridden', 'Overridden', 'red'],
  ['not_applicable', 'Does not apply', 'dim'],
  ['no_authority', 'Information only, without authority', 'dim'],
];

/** Longer texts are cut; the conversation's file has them. */
const QUOTE_LENGTH = 160;
const IDS_SHOWN = 4;

/** A resolution in words. */
export function renderResolution(resolution: Resolution, settings: Settings = {}): string {
  const { width = 80, color = false, explain = false } = settings;
  const sheet: Sheet = { width: Math.max(40, width), paint: painter(color), explain };
  const lines = [
    ...opening(resolution, sheet),
    ...HEADINGS.flatMap(([state, title, style]) => {
      const own = resolution.directives.filter((directive) => directive.state === state);
      return own.length === 0 ? [] : stateLines(resolution, own, title, style, sheet);
    }),
    ...inactionLines(resolution, sheet),
    ...questionLines(resolution.questions, sheet),
    ...(explain ? traceLines(resolution.trace, sheet) : refusalLines(resolution.trace, sheet)),
  ];
  return `${lines.join('\n')}\n`;
}

function opening(
  { spec, profile, conversation, authority }: Resolution,
  { width, paint }: Sheet,
): string[] {
  const name = specName(spec);
  const under = profile === null ? '' : ` under the profile ${profile}`;
  const order = authority.levels.map(({ name: level }) => level).join(' > ');
  const mode =
    authority.mode === 'holistic' ? 'weighed, the higher dominating: no level simply wins' : order;
  return [
    paint('bold', cut(safeLine(`${name}${under} · ${conversation}`), width)),
    ...hanging('Order    ', safeLine(mode), width),
  ];
}

function stateLines(
  { trace }: Resolution,
  own: readonly Directive[],
  title: string,
  style: Style,
  sheet: Sheet,
): string[] {
  const { width, paint, explain } = sheet;
  const lines = ['', paint([style, 'bold'], cut(title, width))];
  const isQuiet = (directive: Directive): boolean =>
    directive.type === 'clause' && !explain && decisive(trace, directive).length === 0;
  for (const directive of own.filter((one) => !isQuiet(one))) {
    const level = directive.level === null ? '' : ` (${directive.level})`;
    const text = directive.text.replaceAll(/\s+/g, ' ').slice(0, QUOTE_LENGTH);
    lines.push(...hanging('  ', safeLine(`${directive.id}${level} ${text}`), width));
    for (const step of decisive(trace, directive)) {
      lines.push(
        ...hanging('      ', safeLine(`${step.rule}, ${step.from}: ${step.reason}`), width),
      );
    }
    if (explain && directive.depends.length > 0) {
      lines.push(...hanging('      ', safeLine(`hangs on ${directive.depends.join(', ')}`), width));
    }
  }
  const quiet = Map.groupBy(own.filter(isQuiet), ({ level }) => level);
  for (const [level, clauses] of quiet) {
    const ids = list(
      clauses.map(({ id }) => id),
      IDS_SHOWN,
    );
    lines.push(...hanging('  ', safeLine(`${clausesOf(level, clauses.length)}: ${ids}`), width));
  }
  return lines;
}

function clausesOf(level: string | null, number: number): string {
  return level === null
    ? `${count(number, 'clause')} without a level`
    : count(number, `${level} clause`);
}

/** Rules that only say where a directive starts. */
const OPENING_RULES = new Set(['clause-level', 'role-level', 'no-authority']);

function decisive(trace: readonly Step[], { steps }: Directive): Step[] {
  return steps.flatMap((number) => {
    const step = trace[number - 1];
    return step === undefined || OPENING_RULES.has(step.rule) ? [] : [step];
  });
}

function inactionLines({ inaction }: Resolution, { width, paint }: Sheet): string[] {
  if (inaction.state !== 'yes') return [];
  const text = `Inaction: ${list(inaction.clauses)} conflict, and none of them gives way.`;
  return ['', ...hanging('', safeLine(text), width).map((line) => paint(['red', 'bold'], line))];
}

function questionLines(questions: readonly Question[], { width, paint }: Sheet): string[] {
  const open = questions.filter(({ answered }) => !answered);
  if (open.length === 0) return [];
  const lines = ['', paint('bold', cut('Questions of meaning that nobody has answered', width))];
  for (const { id, question, subjects, ifYes, ifNo, by } of open) {
    const about = list(subjects, IDS_SHOWN);
    lines.push(...hanging('  ', safeLine(`${id} · ${about}`), width));
    lines.push(...hanging('      ', safeLine(question), width));
    lines.push(...hanging('      ', safeLine(`If so: ${ifYes} If not: ${ifNo}`), width));
    if (by !== null) lines.push(...hanging('      ', safeLine(`Not answered: ${by}`), width));
  }
  return lines;
}

/** Attempts that the order of authority refused are worth a line even without the trace. */
function refusalLines(trace: readonly Step[], { width, paint }: Sheet): string[] {
  const refused = trace.filter(({ rule }) => rule === 'impossible-answer');
  if (refused.length === 0) return [];
  return [
    '',
    paint('bold', 'Put aside'),
    ...refused.flatMap(({ from, to, reason }) =>
      hanging('  ', safeLine(`${from} → ${to}: ${reason}`), width),
    ),
  ];
}

function traceLines(trace: readonly Step[], { width, paint }: Sheet): string[] {
  const rules = [...new Set(trace.map(({ rule }) => rule))];
  const lines = ['', paint('bold', 'Trace')];
  for (const step of trace) {
    const settled = step.settledBy === 'text' ? '' : ` [${step.settledBy}]`;
    const text = `${step.rule}: ${step.from} → ${step.to}: ${step.result}. ${step.reason}${settled}`;
    lines.push(...hanging(`${String(step.number).padStart(4)}  `, safeLine(text), width));
    lines.push(
      ...hanging('      ', safeLine(step.locator), width).map((line) => paint('dim', line)),
    );
  }
  lines.push('', paint('bold', 'Rules'));
  for (const rule of rules) {
    const text = (RULES as Record<string, string>)[rule] ?? '';
    lines.push(...hanging(`  ${rule}: `, safeLine(text), width));
  }
  return lines;
}
