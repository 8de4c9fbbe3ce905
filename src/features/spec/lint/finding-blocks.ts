/** @module features/spec/lint/finding-blocks What lint found in files, how readable and how tested each of them is. */
import { addUnder } from '../../../spec/groups.ts';
import { type Block, section } from '../../../text/blocks.ts';
import { widthOf } from '../../../text/layout.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import { safeLine } from '../../../text/safe-text.ts';
import type { Tone } from '../../../text/words.ts';
import { type LintedFile, severityCounts } from './linted-file.ts';
import type { LevelCoverage, Readability } from './schema.ts';
import type { LintFinding, LintSeverity } from './types.ts';

/** Of one rule's remarks for information so many are shown; the rest says nothing new. */
const SHOWN_OF_A_RULE = 3;
const PLACE = 9;
const SEVERITIES: Readonly<Record<LintSeverity, { word: string; tone: Tone }>> = {
  error: { word: 'error  ', tone: 'bad' },
  warning: { word: 'warning', tone: 'warning' },
  information: { word: 'info   ', tone: 'dim' },
};

/**
 * All findings by file, what was left out, and how readable and tested each spec is.
 * @param all also the remarks for information that repeat
 */
export function findingBlocks(files: readonly LintedFile[], all: boolean): Block[] {
  return [
    ...files.flatMap((file) => fileBlocks(file, all)),
    section({ type: 'paragraph', text: totalText(files) }),
  ];
}

function fileBlocks(
  { spec, findings, suppressed, overlooked, summary }: LintedFile,
  all: boolean,
): Block[] {
  const { shown, hidden } = selected(findings, all);
  const nothing: Block = { type: 'paragraph', indent: 2, text: 'nothing found' };
  const hints = [...hidden].map(([rule, number]) => `${grouped(number)} of ${rule}`);
  const aside = [
    ...(suppressed.length > 0
      ? [`${count(suppressed.length, 'finding')} suppressed in the text`]
      : []),
    ...(overlooked > 0 ? [`${count(overlooked, 'finding')} in the baseline`] : []),
  ];
  return [
    ...[...Map.groupBy(shown, ({ file }) => file)].map(([file, own]) =>
      section(fileHeading(file), own.flatMap(blocksOf)),
    ),
    ...(findings.length === 0 ? [section(fileHeading(spec.file), nothing)] : []),
    noteBlock(hints.length === 0 ? '' : `and ${list(hints)} (--all shows them)`),
    noteBlock(list(aside)),
    section(readabilityBlocks(summary.readability), coverageBlocks(summary.coverage)),
  ];
}

function fileHeading(file: string): Block {
  return { type: 'heading', level: 2, text: file };
}

function noteBlock(text: string): Block {
  return section({ type: 'paragraph', indent: 2, text });
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
    if (addUnder(seen, rule) <= SHOWN_OF_A_RULE) return true;
    addUnder(hidden, rule);
    return false;
  });
  return { shown, hidden };
}

function blocksOf({ span, severity, rule, message, fix }: LintFinding): Block[] {
  const place = `${span.start.line}:${span.start.column}`.padEnd(PLACE);
  const { word, tone } = SEVERITIES[severity];
  const marker = `${place} ${word} ${rule}  `;
  const found: Block = { type: 'paragraph', indent: 2, marker, markerTone: tone, text: message };
  if (fix === undefined) return [found];
  const [indent, text] = [2 + marker.length, `${fix.title} (--fix)`];
  return [found, { type: 'paragraph', indent, marker: '→ ', tone: 'dim', text }];
}

function readabilityBlocks(readability: Readability): Block[] {
  const { sentences, words, meanWords, longSentences, grade, duties } = readability;
  if (meanWords === null || grade === null) return [];
  const text = `${count(sentences, 'sentence')}, ${grouped(words)} words, ${meanWords.toFixed(1)} a sentence; ${share(longSentences, sentences)} above 40 words; Flesch–Kincaid grade ${grade.toFixed(1)}; ${grouped(duties)} with a duty`;
  return [
    { type: 'heading', level: 3, text: 'Readability' },
    { type: 'paragraph', indent: 2, text },
  ];
}

function share(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  return `${grouped(part)} (${percent.toFixed(percent > 0 && percent < 10 ? 1 : 0)} %)`;
}

function coverageBlocks(coverage: readonly LevelCoverage[]): Block[] {
  if (coverage.length === 0) return [];
  const widest = Math.max(5, ...coverage.map(({ level }) => widthOf(safeLine(level))));
  const number = (head: string, width: number) => ({ head, width, align: 'right' as const });
  return [
    { type: 'heading', level: 3, text: 'Clauses, and how many have no' },
    {
      type: 'table',
      indent: 2,
      gap: 0,
      heads: 'dim',
      columns: [
        { head: 'level', width: Math.min(24, widest) },
        number('clauses', 9),
        number('example', 9),
        number('counter-example', 17),
        number('eval prompt', 13),
      ],
      rows: coverage.map((one) => ({
        cells: [
          one.level,
          grouped(one.clauses),
          grouped(one.withoutExample),
          grouped(one.withoutCounterExample),
          grouped(one.withoutEvalPrompt),
        ],
      })),
    },
  ];
}

function totalText(files: readonly LintedFile[]): string {
  const { errors, warnings, information } = severityCounts(files);
  if (errors + warnings + information === 0) return 'Nothing found.';
  const rest = `${grouped(information)} for information`;
  const parts = [count(errors, 'error'), count(warnings, 'warning'), rest];
  const all = files.flatMap(({ findings }) => findings);
  const fixable = all.filter(({ fix }) => fix !== undefined).length;
  const hint = fixable === 0 ? '' : `; --fix puts ${grouped(fixable)} right`;
  return `${list(parts)}${hint}.`;
}
