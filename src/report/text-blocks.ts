/**
 * @module report/text-blocks
 * The parts of the terminal report below its tables: what was and was not counted, differences, findings.
 */

import { capital } from '../text/capital.ts';
import { cut, hanging, pad, widthOf } from '../text/layout.ts';
import { count, grouped, list } from '../text/numbers.ts';
import { safeLine } from '../text/safe-text.ts';
import { differenceText, isDifferent, rangeText, reasonsOf, usageText } from './figures.ts';
import { DOORS } from './findings/findings.ts';
import type { Report, ReportDifference, ReportFinding } from './schema.ts';
import type { Sheet } from './sheet.ts';

const LABEL = 14;

/** What became of everything that was planned. Lines that would only say 0 are left out. */
export function accountingLines({ report, width, paint, keys }: Sheet): string[] {
  const { samples, verdicts, truncated, usage } = report.accounting;
  const line = (label: string, text: string): string[] =>
    text === '' ? [] : hanging(pad(`  ${label}`, LABEL), safeLine(text), width);
  const lines = [
    ...line('Samples', samplesText(samples)),
    ...line('Verdicts', verdictsText(report)),
    ...line('Severity', severityText(report, keys)),
    ...line(
      'Truncated',
      truncated === 0 ? '' : `${count(truncated, 'reply', 'replies')}, judged as they stand`,
    ),
  ];
  const undecided =
    samples.planned - samples.replied + verdicts.cannot_judge + verdicts.unsupported;
  if (undecided > 0) {
    const bounds = report.subjects.map(({ overall }, place) =>
      `${keys[place] ?? ''} ${rangeText(overall.worstCase)}`.trim(),
    );
    lines.push(
      ...line(
        'Worst case',
        `${bounds.join(', ')} overall, had all that is undecided gone one way or the other`,
      ),
    );
  }
  lines.push(...line('Used', usageText(usage)));
  return [paint('bold', 'Counted'), ...lines];
}

/** `166 of 168 replied; 1 refused by the provider, 1 failed`. */
export function samplesText(samples: Report['accounting']['samples']): string {
  const { planned, replied, refused, filtered, unsupported, failed, not_run } = samples;
  const others = nonZero([
    [refused, 'refused by the provider'],
    [filtered, 'filtered by the provider'],
    [unsupported, 'with roles the provider has no form for'],
    [failed, 'failed'],
    [not_run, 'not asked'],
  ]);
  const rest = others.length === 0 ? '' : `; ${others.join(', ')}`;
  return `${grouped(replied)} of ${grouped(planned)} replied${rest}`;
}

/** `140 adheres, 20 violates; beside them 4 not applicable`. */
export function verdictsText({ accounting }: Report): string {
  const { adheres, violates, not_applicable, cannot_judge, unsupported } = accounting.verdicts;
  const causes = nonZero([
    [accounting.cannotJudge.judge, 'by the judge’s own word'],
    [accounting.cannotJudge.malformed, 'in answers that fit no form'],
    [accounting.cannotJudge.refused, 'refused by its provider'],
    [accounting.cannotJudge.filtered, 'filtered by its provider'],
    [accounting.cannotJudge.unsupported, 'with roles its provider has no form for'],
    [accounting.cannotJudge.failed, 'failed'],
    [accounting.cannotJudge.split ?? 0, 'with the judges divided'],
    [accounting.cannotJudge.own_family ?? 0, 'by judges of the subject’s own family alone'],
  ]);
  const why = causes.length === 0 ? '' : ` (${causes.join(', ')})`;
  const beside = nonZero([
    [not_applicable, 'not applicable'],
    [cannot_judge, `cannot judge${why}`],
    [unsupported, 'unsupported (no words of the subject shown)'],
  ]);
  const rest = beside.length === 0 ? '' : `; beside them ${beside.join(', ')}`;
  return `${grouped(adheres)} adheres, ${grouped(violates)} violates${rest}`;
}

function severityText({ subjects }: Report, keys: readonly string[]): string {
  const parts = subjects.flatMap(({ overall: { severity } }, place) => {
    const kinds = nonZero([
      [severity.critical, 'critical'],
      [severity.major, 'major'],
      [severity.minor, 'minor'],
    ]);
    if (kinds.length === 0) return [];
    return [`${keys[place] ? `${keys[place]} ` : ''}${kinds.join(', ')}`];
  });
  return parts.join('; ');
}

function nonZero(parts: readonly [number, string][]): string[] {
  return parts.flatMap(([number, text]) => (number === 0 ? [] : [`${grouped(number)} ${text}`]));
}

const PAIRS_AT_MOST = 6;

/** Paired differences: overall, and the levels on which two subjects differ. */
export function differenceLines({ report, width, paint, keys, all }: Sheet): string[] {
  const { comparisons, subjects } = report;
  if (comparisons.length === 0) return [];
  const keyOf = (id: string): string => keys[subjects.findIndex((one) => one.id === id)] ?? '';
  const shown = all ? comparisons : comparisons.slice(0, PAIRS_AT_MOST);
  const rows = shown.flatMap(({ first, second, overall, levels }) => {
    const pair = `${keyOf(first)} − ${keyOf(second)}`;
    const differing = levels.filter(({ difference }) => all || isDifferent(difference));
    return [
      { pair, name: 'overall', difference: overall },
      ...differing.map(({ level, difference }) => ({
        pair: '',
        name: safeLine(level),
        difference,
      })),
    ];
  });
  const pairWidth = Math.max(...rows.map(({ pair }) => widthOf(pair)));
  const nameWidth = Math.min(20, Math.max(...rows.map(({ name }) => widthOf(name))));
  const figureWidth = Math.max(
    ...rows.map(({ difference }) => widthOf(differenceText(difference))),
  );
  const lines = rows.map(({ pair, name, difference }) =>
    cut(
      `  ${pad(pair, pairWidth)}  ${pad(name, nameWidth)}  ${pad(differenceText(difference), figureWidth)}  ${pairsText(difference)}`.trimEnd(),
      width,
    ),
  );
  const left = comparisons.length - shown.length;
  if (left > 0) lines.push(cut(`  and ${count(left, 'more pair')} in the other formats`, width));
  for (const reason of reasonsOf(rows.map(({ difference }) => difference))) {
    lines.push(...hanging('  – ', safeLine(reason), width));
  }
  return [paint('bold', cut('Differences in points, on the same scenarios', width)), ...lines];
}

/** What the difference stands on, and what it says. */
export function pairsText(difference: ReportDifference): string {
  const { estimate, pairs, low } = difference;
  if (estimate === null) return '';
  const alike = low !== null && !isDifferent(difference) ? '; could be chance' : '';
  return `${count(pairs, 'pair')}${alike}`;
}

/** Headings of the doors, in words. */
export const DOOR_NAMES: Record<ReportFinding['door'], string> = {
  model: 'At the model’s door',
  spec: 'At the spec’s door',
  judge: 'At the judge’s door',
  scenario: 'At the scenarios’ door',
};

const SEVERITY_STYLES = { high: 'red', medium: 'yellow', low: 'dim' } as const;

/** Findings by door, the most serious first. */
export function findingLines({ report, width, paint, keys }: Sheet): string[] {
  const { findings } = report;
  if (findings.length === 0) return [];
  const lines = [paint('bold', 'Findings')];
  for (const door of DOORS) {
    const own = findings.filter((finding) => finding.door === door);
    if (own.length === 0) continue;
    lines.push(paint('dim', cut(DOOR_NAMES[door], width)));
    for (const finding of own) {
      const [head = '', ...rest] = findingText(withKeys(finding, report, keys), width);
      const label = head.slice(0, FINDING_INDENT);
      lines.push(
        paint(SEVERITY_STYLES[finding.severity], label) + head.slice(FINDING_INDENT),
        ...rest,
      );
    }
  }
  return lines;
}

/**
 * Names of models are long, and the heading tells who they are: letters stand for subjects, and plain words for
 * the only subject and the only judge.
 */
function withKeys(
  finding: ReportFinding,
  { subjects, run }: Report,
  keys: readonly string[],
): ReportFinding {
  const judge = run.judges.length === 1 ? run.judges[0]?.id : undefined;
  if (finding.door === 'judge') {
    // The first name alone: the sentence may go on to a subject that is the same model.
    return judge === undefined
      ? finding
      : { ...finding, text: capital(finding.text.replace(judge, () => 'the judge')) };
  }
  const text = subjects
    .map(({ id }, place) => ({ id, key: keys[place] || 'the subject' }))
    // Longer names first: one may begin with another.
    .toSorted((a, b) => b.id.length - a.id.length)
    .reduce((sum, { id, key }) => sum.replace(wholeName(id), key), finding.text);
  return { ...finding, text: capital(text) };
}

/** A name where it stands alone: `openai:gpt-5` is no part of `openai:gpt-5-mini`. */
function wholeName(id: string): RegExp {
  return new RegExp(`(?<=^|[\\s(])${RegExp.escape(id)}(?=$|[\\s,.;:)])`, 'g');
}

const FINDING_INDENT = 10;

function findingText({ severity, text, evidence, next }: ReportFinding, width: number): string[] {
  const see = evidence.length === 0 ? '' : ` See ${list(evidence.map(safeLine))}.`;
  return [
    ...hanging(pad(`  ${severity}`, FINDING_INDENT), `${safeLine(text)}${see}`, width),
    ...hanging(`${' '.repeat(FINDING_INDENT)}→ `, safeLine(next), width),
  ];
}
