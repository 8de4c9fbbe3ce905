/**
 * @module features/spec/inspect/spec-text
 * A specification for a terminal: its counts, its outline, one of its clauses.
 */

import {
  type ClauseText,
  clauseText,
  type Example,
  locator,
  type Section,
  type Spec,
  type SpecStats,
  specName,
  titlesResolved,
} from '../../../spec/index.ts';
import { cut, hanging, pad, widthOf } from '../../../text/layout.ts';
import { markSpans } from '../../../text/mark-spans.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import { type Paint, painter, type Style } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';

interface Settings {
  width?: number;
  color?: boolean;
}

interface Sheet {
  width: number;
  paint: Paint;
}

const LABEL = 13;
const DIAGNOSTICS_SHOWN = 20;

function sheetOf({ width, color }: Settings): Sheet {
  return { width: Math.max(40, width ?? 80), paint: painter(color ?? false) };
}

function headingLines(spec: Spec, { width, paint }: Sheet): string[] {
  const name = `${specName(spec)} · ${spec.title}`;
  return [paint('bold', cut(safeLine(name), width)), cut(`sha256 ${spec.sha256}`, width), ''];
}

/** What a spec holds, and what is wrong with it. */
export function renderSpecStats(stats: SpecStats, spec: Spec, settings: Settings = {}): string {
  const sheet = sheetOf(settings);
  const { width } = sheet;
  const line = (label: string, text: string): string[] =>
    text === '' ? [] : hanging(label.padEnd(LABEL), safeLine(text), width);
  const { total, ...depths } = stats.headings;
  const clauses = spec.sections.filter(({ isClause }) => isClause).length;
  const ids = (names: readonly string[]): string => list(names, 8);
  const lines = [
    ...headingLines(spec, sheet),
    ...line('Headings', `${total}: ${numbers(depths)}`),
    ...line('Clauses', grouped(clauses)),
    ...line('Levels', numbers(stats.levels)),
    ...line(
      'Examples',
      `${grouped(stats.examples)} with ${count(stats.comparisons, 'comparison')}; replies marked ${numbers(stats.verdicts)}`,
    ),
    ...line('Commentary', grouped(stats.commentary)),
    ...line(
      'Eval prompts',
      `${grouped(stats.evalPrompts)} in ${count(stats.evalFiles, 'file')}; ${count(stats.evalTags, 'tag')} in the text`,
    ),
    ...line('References', numbers(stats.references)),
    ...line(
      'Dangling',
      stats.dangling.length === 0 ? '' : ids(stats.dangling.map((id) => `#${id}`)),
    ),
    ...line('No file for', ids(stats.tagsWithoutFile)),
    ...line('No tag for', ids(stats.filesWithoutTag)),
    ...diagnosticLines(spec, sheet),
  ];
  return `${lines.join('\n')}\n`;
}

function numbers(counts: Record<string, number | undefined>): string {
  return Object.entries(counts)
    .flatMap(([name, number]) => (number === undefined ? [] : [`${grouped(number)} ${name}`]))
    .join(', ');
}

function diagnosticLines(spec: Spec, { width, paint }: Sheet): string[] {
  const { diagnostics } = spec;
  if (diagnostics.length === 0) return ['', 'Nothing in it is out of order.'];
  const styles: Record<string, Style> = { error: 'red', warning: 'yellow', information: 'dim' };
  const lines = diagnostics.slice(0, DIAGNOSTICS_SHOWN).flatMap((one) => {
    const { line, column } = one.span.start;
    const [first = '', ...rest] = hanging(
      '  ',
      safeLine(`${one.file}:${line}:${column} ${one.severity}: ${one.message}`),
      width,
    );
    return [paint(styles[one.severity] ?? 'dim', first), ...rest];
  });
  const more = diagnostics.length - DIAGNOSTICS_SHOWN;
  return [
    '',
    paint('bold', count(diagnostics.length, 'diagnostic')),
    ...lines,
    ...(more > 0 ? [`  and ${grouped(more)} more (--json has all)`] : []),
  ];
}

/** The sections of a spec as a tree, with levels and what each holds. */
export function renderOutline(spec: Spec, settings: Settings = {}): string {
  const sheet = sheetOf(settings);
  const { width, paint } = sheet;
  const rows = spec.sections.map((section) => ({
    // The id comes first: a title may be cut, and the id is what one goes on with.
    name: `${'  '.repeat(Math.max(0, section.depth - 1))}#${safeLine(section.id)} ${safeLine(section.title)}`,
    level: safeLine(section.level ?? ''),
    holds: holdsText(spec, section),
    isClause: section.isClause,
  }));
  const levels = Math.min(16, Math.max(0, ...rows.map(({ level }) => widthOf(level))));
  const holds = Math.max(0, ...rows.map(({ holds: text }) => widthOf(text)));
  const most = Math.max(0, ...rows.map(({ name }) => widthOf(name)));
  const names = Math.max(10, Math.min(most, width - levels - holds - 4));
  const lines = rows.map(({ name, level, holds: text, isClause }) => {
    const row = `${pad(name, names)}  ${pad(level, levels)}  ${text}`.trimEnd();
    return isClause ? cut(row, width) : paint('dim', cut(row, width));
  });
  return `${[...headingLines(spec, sheet), ...lines].join('\n')}\n`;
}

function holdsText(spec: Spec, section: Section): string {
  const { examples } = clauseText(spec, section);
  return examples.length === 0 ? '' : count(examples.length, 'example');
}

/** One section as it reads: its words, commentary, what it refers to, its examples with their marks. */
export function renderClause(spec: Spec, section: Section, settings: Settings = {}): string {
  const sheet = sheetOf(settings);
  const { width, paint } = sheet;
  const text = clauseText(spec, section);
  const about = [
    section.level === null ? 'no level' : `level ${section.level}`,
    section.kind ?? (section.isClause ? 'clause' : 'no clause'),
    `line ${section.heading.start.line}`,
  ].join(' · ');
  const lines = [
    paint('bold', cut(safeLine(section.title), width)),
    ...hanging('', safeLine(locator(spec, section.id)), width),
    ...hanging('', safeLine(about), width),
    ...hanging('', `sha256 ${section.textHash}`, width),
    ...paragraphs(text.text, sheet, ''),
    ...commentaryLines(text, sheet),
    ...referenceLines(text, sheet),
    ...text.examples.flatMap((example) => exampleLines(spec, example, sheet)),
  ];
  return `${lines.join('\n')}\n`;
}

function paragraphs(text: string, { width, paint }: Sheet, indent: string): string[] {
  if (text.trim() === '') return [];
  const lines = markSpans(text, [], { width: width - indent.length, paint, color: false });
  return ['', ...lines.map((line) => (line === '' ? '' : indent + line))];
}

function commentaryLines({ commentary }: ClauseText, sheet: Sheet): string[] {
  return commentary.flatMap((text) => [
    '',
    sheet.paint('dim', 'Commentary'),
    ...paragraphs(text, sheet, '  ').slice(1),
  ]);
}

function referenceLines({ references }: ClauseText, { width, paint }: Sheet): string[] {
  if (references.length === 0) return [];
  const lines = references.flatMap(({ id, title, level }) =>
    hanging('  ', safeLine(`#${id} ${title}${level === null ? '' : ` (${level})`}`), width),
  );
  return ['', paint('dim', 'Refers to'), ...lines];
}

const MARK_STYLES = { good: 'green', ok: 'yellow', bad: 'red' } as const;

function exampleLines(spec: Spec, example: Example, sheet: Sheet): string[] {
  const { width, paint } = sheet;
  const title = titlesResolved(example.title, spec);
  const lines = ['', paint('bold', cut(safeLine(`Example ${example.ordinal}: ${title}`), width))];
  for (const turn of example.turns) {
    if (turn.type === 'message') {
      lines.push(`  ${turn.role}`, ...paragraphs(turn.content, sheet, '    ').slice(1));
      continue;
    }
    for (const { mark, note, content } of turn.replies) {
      const why = note === null ? '' : `: ${titlesResolved(note, spec)}`;
      const head = hanging('  ', safeLine(`reply, ${mark ?? 'unmarked'}${why}`), width);
      const style = mark === null ? 'dim' : MARK_STYLES[mark];
      lines.push(...head.map((line) => paint(style, line)));
      lines.push(...paragraphs(content, sheet, '    ').slice(1));
    }
  }
  return lines;
}
