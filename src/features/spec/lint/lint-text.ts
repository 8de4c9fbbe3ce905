/** @module features/spec/lint/lint-text Findings of a lint for a terminal, a rule explained, and what was put right. */

import { cut, hanging, pad, widthOf } from '../../../text/layout.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import { type Paint, painter, type Style } from '../../../text/paint.ts';
import { safeLine, safeText } from '../../../text/safe-text.ts';
import type { LevelCoverage, LintFinding, LintRule, LintSeverity, Sample } from './index.ts';
import { type LintedFile, severityCounts } from './lint-report.ts';

interface Settings {
  width?: number;
  color?: boolean;
  /** Also the findings that repeat. */
  all?: boolean;
}

interface Sheet {
  width: number;
  paint: Paint;
  all: boolean;
}

/** Of one rule's remarks for information so many are shown; the rest says nothing new. */
const SHOWN_OF_A_RULE = 3;
const PLACE = 9;
const STYLES: Readonly<Record<LintSeverity, Style>> = {
  error: 'red',
  warning: 'yellow',
  information: 'dim',
};
const WORDS: Readonly<Record<LintSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'info',
};

/** All findings by file, what was left out, and how readable and tested each spec is. */
export function renderLint(files: readonly LintedFile[], settings: Settings = {}): string {
  const { width = 80, color = false, all = false } = settings;
  const sheet: Sheet = { width, paint: painter(color), all };
  const lines = files.flatMap((file) => fileLines(file, sheet));
  return `${[...lines, ...hanging('', totalText(files), width)].join('\n')}\n`;
}

function fileLines(linted: LintedFile, sheet: Sheet): string[] {
  const { spec, findings, summary } = linted;
  const { shown, hidden } = selected(findings, sheet.all);
  const byFile = Map.groupBy(shown, ({ file }) => file);
  const lines: string[] = [];
  for (const [file, own] of byFile) {
    lines.push(sheet.paint('bold', cut(safeLine(file), sheet.width)));
    for (const finding of own) lines.push(...findingLines(finding, sheet));
    lines.push('');
  }
  if (findings.length === 0) {
    lines.push(sheet.paint('bold', cut(safeLine(spec.file), sheet.width)), '  nothing found', '');
  }
  if (hidden.size > 0) {
    const parts = [...hidden].map(([rule, number]) => `${grouped(number)} of ${rule}`);
    lines.push(...hanging('  ', `and ${list(parts)} (--all shows them)`, sheet.width), '');
  }
  const { suppressed, overlooked } = linted;
  const aside = [
    ...(suppressed.length > 0
      ? [`${count(suppressed.length, 'finding')} suppressed in the text`]
      : []),
    ...(overlooked > 0 ? [`${count(overlooked, 'finding')} in the baseline`] : []),
  ];
  if (aside.length > 0) lines.push(...hanging('  ', list(aside), sheet.width), '');
  return [
    ...lines,
    ...readabilityLines(summary.readability, sheet),
    ...coverageLines(summary.coverage, sheet),
    '',
  ];
}

/** Errors and warnings are always shown. */
function selected(
  findings: readonly LintFinding[],
  all: boolean,
): { shown: LintFinding[]; hidden: Map<string, number> } {
  const seen = new Map<string, number>();
  const hidden = new Map<string, number>();
  const shown = findings.filter(({ rule, severity }) => {
    if (all || severity !== 'information') return true;
    const number = (seen.get(rule) ?? 0) + 1;
    seen.set(rule, number);
    if (number <= SHOWN_OF_A_RULE) return true;
    hidden.set(rule, (hidden.get(rule) ?? 0) + 1);
    return false;
  });
  return { shown, hidden };
}

function findingLines(finding: LintFinding, { width, paint }: Sheet): string[] {
  const { span, severity, rule, message, fix } = finding;
  const { line, column } = span.start;
  const place = pad(`${line}:${column}`, Math.max(PLACE, widthOf(`${line}:${column}`)));
  const prefix = `  ${place} ${pad(WORDS[severity], 7)} ${rule}  `;
  const [first = '', ...rest] = hanging(prefix, safeLine(message), width);
  const lines = [
    paint(STYLES[severity], first.slice(0, prefix.length)) + first.slice(prefix.length),
    ...rest,
  ];
  if (fix === undefined) return lines;
  const hint = hanging(`${' '.repeat(widthOf(prefix))}→ `, safeLine(`${fix.title} (--fix)`), width);
  return [...lines, ...hint.map((text) => paint('dim', text))];
}

function readabilityLines(
  {
    sentences,
    words,
    meanWords,
    longSentences,
    grade,
    duties,
  }: LintedFile['summary']['readability'],
  { width, paint }: Sheet,
): string[] {
  if (meanWords === null || grade === null) return [];
  const text = `${count(sentences, 'sentence')}, ${grouped(words)} words, ${meanWords.toFixed(1)} a sentence; ${share(longSentences, sentences)} above 40 words; Flesch–Kincaid grade ${grade.toFixed(1)}; ${grouped(duties)} with a duty`;
  return [paint('bold', 'Readability'), ...hanging('  ', text, width)];
}

function share(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  return `${grouped(part)} (${percent.toFixed(percent > 0 && percent < 10 ? 1 : 0)} %)`;
}

function coverageLines(coverage: readonly LevelCoverage[], { width, paint }: Sheet): string[] {
  if (coverage.length === 0) return [];
  const names = Math.min(24, Math.max(5, ...coverage.map(({ level }) => widthOf(safeLine(level)))));
  const row = (level: string, cells: readonly string[]): string =>
    cut(
      `  ${pad(level, names)}${cells.map((cell, index) => pad(cell, COLUMNS[index] ?? 9, 'right')).join('')}`,
      width,
    );
  const rows = coverage.map((one) =>
    row(
      safeLine(one.level),
      [one.clauses, one.withoutExample, one.withoutCounterExample, one.withoutEvalPrompt].map(
        grouped,
      ),
    ),
  );
  return [
    paint('bold', 'Clauses, and how many have no'),
    paint('dim', row('level', ['clauses', 'example', 'counter-example', 'eval prompt'])),
    ...rows,
  ];
}

const COLUMNS = [9, 9, 17, 13];

function totalText(files: readonly LintedFile[]): string {
  const { errors, warnings, information } = severityCounts(files);
  if (errors + warnings + information === 0) return 'Nothing found.';
  const parts = [
    count(errors, 'error'),
    count(warnings, 'warning'),
    `${grouped(information)} for information`,
  ];
  const fixable = files
    .flatMap(({ findings }) => findings)
    .filter(({ fix }) => fix !== undefined).length;
  const hint = fixable === 0 ? '' : `; --fix puts ${grouped(fixable)} right`;
  return `${list(parts)}${hint}.`;
}

/** What `--fix` did to a file: rules and lines. */
export function fixedText(file: string, applied: readonly LintFinding[]): string {
  const byRule = Map.groupBy(applied, ({ rule }) => rule);
  const parts = [...byRule].map(([rule, own]) => {
    const lines = own.map(({ span }) => String(span.start.line));
    return `${rule} in ${own.length === 1 ? 'line' : 'lines'} ${list(lines, 8)}`;
  });
  return safeLine(`${file}: ${count(applied.length, 'finding')} put right: ${parts.join('; ')}`);
}

const STANDINGS = {
  fixed: 'in a clause that nobody below may override',
  default: 'in a clause that may be overridden',
  weakest: 'in a clause of the lowest level',
  none: 'in a section without a level',
} as const;

/** Why a rule is there, with a good and a bad sample. */
export function renderRule(rule: LintRule, settings: Settings = {}): string {
  const { width = 80, color = false } = settings;
  const paint = painter(color);
  const byLevel = Object.entries(rule.severityByLevel ?? {}).map(
    ([standing, severity]) => `${severity} ${STANDINGS[standing as keyof typeof STANDINGS]}`,
  );
  const severity = byLevel.length === 0 ? rule.severity : byLevel.join('; ');
  const lines = [
    paint('bold', cut(`${rule.id} ${rule.title}`, width)),
    ...hanging('', `Severity: ${severity}`, width),
    '',
    ...hanging('', rule.reason, width),
    '',
    paint('green', 'Good'),
    ...sampleLines(rule.good, width),
    '',
    paint('red', 'Bad'),
    ...sampleLines(rule.bad, width),
  ];
  return `${lines.join('\n')}\n`;
}

function sampleLines({ text, evalFiles = {} }: Sample, width: number): string[] {
  const shown = (content: string): string[] =>
    safeText(content.trimEnd())
      .split('\n')
      .flatMap((line) => (line === '' ? [''] : hanging('    ', line, width)));
  return [
    ...shown(text),
    ...Object.entries(evalFiles).flatMap(([name, content]) => [
      '',
      `  examples/${name}`,
      ...shown(content),
    ]),
  ];
}
