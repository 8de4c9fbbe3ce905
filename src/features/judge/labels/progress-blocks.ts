/**
 * @module features/judge/labels/progress-blocks
 * How far people are with a run's labels, and what these say of the judge.
 */

import { coefficientText, intervalText } from '../../../report/figures.ts';
import type { Agreement } from '../../../stats/index.ts';
import type { CorrectedRate, Tally } from '../../../stats/judge-error/types.ts';
import { wilsonInterval } from '../../../stats/wilson.ts';
import { hanging, pad, widthOf } from '../../../text/layout.ts';
import { count, grouped, percent } from '../../../text/numbers.ts';
import { painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { stampLines } from '../../../text/stamp.ts';
import type { NarrowingPlan } from './narrowing.ts';
import type { LabelProgress } from './progress.ts';

export interface ProgressView {
  run: string;
  simulated: boolean;
  progress: LabelProgress;
  /** The rate as people's labels correct it. */
  corrected: CorrectedRate;
  /** What more labels would do. */
  narrowing: NarrowingPlan;
}

/** Progress as one JSON document. */
export function progressJson({
  run,
  simulated,
  progress,
  corrected,
  narrowing,
}: ProgressView): object {
  const { overall, errors, ...rest } = progress;
  const { items, ...judge } = overall;
  return {
    schema: 'tenet.labels/1',
    run,
    simulated,
    ...rest,
    judge: { judged: items.verdicts.length, ...judge, errors },
    corrected,
    next: { labels: narrowing.labels, before: narrowing.before, after: narrowing.after },
  };
}

/** Progress for a terminal. */
export function renderProgress(
  view: ProgressView,
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const stamp = view.simulated ? stampLines(width, paint) : [];
  const { progress, run } = view;
  const title = `Labels of run ${safeLine(run)}: ${grouped(progress.labelled)} of ${count(progress.cases, 'case')}`;
  const about = (label: string, text: string): string[] => hanging(label.padEnd(13), text, width);
  const blocks = [
    [...stamp, paint('bold', title)],
    peopleLines(progress, width).map((line, row) => (row === 0 ? paint('dim', line) : line)),
    agreementLines(progress).flatMap(([label, text]) => about(label, text)),
    judgeLines(view).flatMap(([label, text]) => about(label, text)),
    stamp,
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function peopleLines({ people }: LabelProgress, width: number): string[] {
  if (people.length === 0) return ['Nobody has labelled yet.'];
  const head = ['Who', 'labels', 'adheres', 'violates', 'n/a', 'can’t', 'open'];
  const rows = people.map(({ person, labels, outcomes, open }) => [
    safeLine(person),
    ...[
      labels,
      outcomes.adheres,
      outcomes.violates,
      outcomes.not_applicable,
      outcomes.cannot_judge,
      open,
    ].map(grouped),
  ]);
  const columns = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => widthOf(row[column] ?? ''))),
  );
  const numbers = columns.slice(1).reduce((sum, columnWidth) => sum + columnWidth + 2, 0);
  const first = Math.max(3, Math.min(columns[0] ?? 3, width - numbers));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? pad(cell, first) : pad(cell, (columns[column] ?? 0) + 2, 'right'),
      )
      .join('')
      .trimEnd(),
  );
}

function agreementLines({ pairs, alpha, tied }: LabelProgress): [string, string][] {
  const lines: [string, string][] = pairs.map(({ first, second, common, kappa }, place) => [
    place === 0 ? 'Agreement' : '',
    `${safeLine(first)} and ${safeLine(second)}: ${agreementText(kappa)} on ${count(common, 'case')}`,
  ]);
  if (alpha !== null) lines.push(['', `all: ${agreementText(alpha)}`]);
  if (pairs.length === 0) {
    lines.push(['Agreement', 'not measured: no two people have labelled the same case']);
  }
  if (tied > 0) {
    lines.push(['', `people are divided on ${count(tied, 'case')}, which count in no rate`]);
  }
  return lines;
}

function agreementText(agreement: Agreement): string {
  const [name] = agreement.method.split(',');
  const why = agreement.reason === undefined ? '' : ` (${agreement.reason})`;
  return `${name} ${coefficientText(agreement)}${why}`;
}

function judgeLines({ progress, corrected, narrowing }: ProgressView): [string, string][] {
  const { overall, errors } = progress;
  if (overall.labels === 0) {
    return [
      [
        'The judge',
        'not measured: no label is on a case that the judge decided and that was drawn by chance',
      ],
    ];
  }
  const lines: [string, string][] = [
    [
      'The judge',
      `on ${count(overall.labels, 'labelled case')}, each weighted by its chance of being drawn`,
    ],
    ['', `finds ${shareText(errors.sensitivity)} of what people call violates (sensitivity)`],
    ['', `passes ${shareText(errors.specificity)} of what people call adheres (specificity)`],
  ];
  for (const [why, text] of LEFT) {
    if (overall.left[why] > 0)
      lines.push(['', `not counted: ${grouped(overall.left[why])} ${text}`]);
  }
  lines.push(['Adherence', correctedText(corrected)]);
  lines.push(['Next', narrowingText(narrowing)]);
  return lines;
}

const LEFT: readonly [keyof LabelProgress['overall']['left'], string][] = [
  ['tied', 'on which people are divided'],
  ['not_applicable', 'that people call not applicable'],
  ['cannot_judge', 'that people can’t judge'],
  ['chosen', 'chosen for labelling, not drawn by chance'],
  ['undecided', 'that the judge did not decide'],
];

/** Effective counts: the interval is right for them, and the counts themselves say nothing to a reader. */
function shareText({ hits, trials }: Tally): string {
  if (trials === 0) return '– (there is none)';
  const share = hits / trials;
  return `${percent(share)} ${intervalText(wilsonInterval(share, trials, 0.95))}`;
}

function correctedText({ estimate, low, high, reason, caution }: CorrectedRate): string {
  if (estimate === null || low === null || high === null) {
    return `not corrected: ${safeLine(reason ?? 'the labels do not carry it')}`;
  }
  const doubt = caution === undefined ? '' : `; caution: ${safeLine(caution)}`;
  return `${percent(estimate)} ${intervalText({ low, high })}, corrected with these labels${doubt}`;
}

/** What the labels that are worth giving next would do. */
export function narrowingText({ before, after, labels }: NarrowingPlan): string {
  if (after === null) return 'no more label would narrow the interval';
  const does =
    before === null
      ? `give an interval of about ${points(after)}`
      : `narrow the interval from ${points(before)} to about ${points(after)}`;
  return `${count(labels, 'more label')} would ${does}: --sample narrowing:${labels}`;
}

function points(width: number): string {
  return `${Math.round(width * 100)} points`;
}
