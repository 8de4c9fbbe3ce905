/** @module report/sections/counted/counted What became of everything that was planned, and what it took. */
import { CAUSES, VERDICT_OUTCOMES } from '../../../ledger/records.ts';
import { addEach, MISSING, totalSpending, zeros } from '../../../run/counts.ts';
import { nameAt } from '../../../run/names.ts';
import type { SubjectTally } from '../../../run/tally.ts';
import { sum } from '../../../stats/index.ts';
import { at } from '../../../text/at.ts';
import { type Block, details, section } from '../../../text/blocks.ts';
import { rangeText, usageText } from '../../../text/figures.ts';
import { count, grouped } from '../../../text/numbers.ts';
import { subjectKeys } from '../../page-names.ts';
import type { RunView } from '../../run-view.ts';
import { ownParts, type Report } from '../../schema.ts';
import { fieldsOf } from '../../schema-parts.ts';
import type { Detail, ReportSection } from '../../section.ts';
import { type ReportAccounting, samplesSchema } from './schema.ts';

export const countedSection: ReportSection<ReportAccounting> = {
  key: 'accounting',
  order: 60,
  part: { order: 40, schema: ownParts.accounting, build: accountingOf },
  render: (accounting, report, detail) => countedBlocks(accounting, report, detail),
};

type Samples = ReportAccounting['samples'];

function accountingOf({ tally, subjects, judges }: RunView): ReportAccounting {
  const samples = tally.subjects.map(samplesOf);
  return {
    samples: samples.reduce(addEach, zeros(['planned', 'replied', ...MISSING] as const)),
    verdicts: tally.subjects
      .map(({ overall }) => overall.verdicts)
      .reduce(addEach, zeros(VERDICT_OUTCOMES)),
    cannotJudge: {
      ...(tally.panel?.cannotJudge ??
        tally.judges.map(({ cannotJudge }) => cannotJudge).reduce(addEach, zeros(CAUSES))),
    },
    truncated: sum(tally.subjects.map(({ truncated }) => truncated)),
    usage: totalSpending([...tally.subjects, ...tally.judges].map(({ usage }) => usage)),
    subjects: tally.subjects.map(({ truncated, usage }, place) => ({
      id: nameAt(subjects, place),
      samples: at(samples, place),
      truncated,
      usage: { ...usage },
    })),
    judges: tally.judges.map(({ verdicts, cannotJudge, usage }, place) => ({
      id: nameAt(judges, place),
      verdicts,
      cannotJudge: { ...cannotJudge },
      usage: { ...usage },
    })),
  };
}

function samplesOf({ samples }: SubjectTally): Samples {
  return fieldsOf(samplesSchema, { ...samples, planned: sum(Object.values(samples)) });
}

/** Lines that would only say 0 are left out. */
function countedBlocks(accounting: ReportAccounting, report: Report, detail: Detail): Block[] {
  const { samples, truncated, usage } = accounting;
  const cut =
    truncated === 0 ? '' : `${count(truncated, 'reply', 'replies')}, judged as they stand`;
  return [
    section(
      { type: 'heading', level: 2, text: 'Counted' },
      {
        type: 'keyValues',
        indent: 2,
        keyWidth: 14,
        rows: [
          { key: 'Samples', value: samplesText(samples) },
          { key: 'Verdicts', value: verdictsText(accounting) },
          { key: 'Severity', value: severityText(report) },
          { key: 'Truncated', value: cut },
          { key: 'Worst case', value: worstCaseText(report) },
          { key: 'Used', value: usageText(usage) },
        ],
      },
    ),
    ...(detail === 'all' ? [usedBlock(accounting)] : []),
  ];
}

/** `166 of 168 replied; 1 refused by the provider, 1 failed`. */
function samplesText(samples: Samples): string {
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
function verdictsText({ verdicts, cannotJudge }: ReportAccounting): string {
  const { adheres, violates, not_applicable, cannot_judge, unsupported } = verdicts;
  // Without a panel there is neither.
  const { split = 0, own_family: ownFamily = 0 } = cannotJudge;
  const causes = nonZero([
    [cannotJudge.judge, 'by the judge’s own word'],
    [cannotJudge.malformed, 'in answers that fit no form'],
    [cannotJudge.refused, 'refused by its provider'],
    [cannotJudge.filtered, 'filtered by its provider'],
    [cannotJudge.unsupported, 'with roles its provider has no form for'],
    [cannotJudge.failed, 'failed'],
    [split, 'with the judges divided'],
    [ownFamily, 'by judges of the subject’s own family alone'],
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

function severityText(report: Report): string {
  const keys = subjectKeys(report);
  const parts = report.subjects.flatMap(({ overall: { severity } }, place) => {
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

/** Empty where everything was decided. */
function worstCaseText(report: Report): string {
  const { samples, verdicts } = report.accounting;
  const undecided =
    samples.planned - samples.replied + verdicts.cannot_judge + verdicts.unsupported;
  if (undecided === 0) return '';
  const keys = subjectKeys(report);
  const bounds = report.subjects.map(({ overall }, place) =>
    `${nameAt(keys, place)} ${rangeText(overall.worstCase)}`.trim(),
  );
  return `${bounds.join(', ')} overall, had all that is undecided gone one way or the other`;
}

function nonZero(parts: readonly [number, string][]): string[] {
  return parts.flatMap(([number, text]) => (number === 0 ? [] : [`${grouped(number)} ${text}`]));
}

function usedBlock({ subjects, judges }: ReportAccounting): Block {
  const items = [...subjects, ...judges].map(({ id, usage }) => ({
    text: [{ model: id }, `: ${usageText(usage)}`],
  }));
  return details('Used by each model', { type: 'list', items });
}
