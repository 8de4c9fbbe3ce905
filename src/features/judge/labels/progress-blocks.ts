/**
 * @module features/judge/labels/progress-blocks
 * How far people are with a run's labels, and what these say of the judge.
 */
import type { ReportAgreement } from '../../../report/sections/panel/schema.ts';
import type { Tally } from '../../../stats/judge-error/types.ts';
import { wilsonInterval } from '../../../stats/wilson.ts';
import { type Block, type KeyValues, section, stamped } from '../../../text/blocks.ts';
import { coefficientText, intervalText } from '../../../text/figures.ts';
import { count, grouped, percent } from '../../../text/numbers.ts';
import { narrowingText } from './messages.ts';
import type { LabelProgress } from './schema.ts';

/** What `tenet label RUN --progress` shows. */
export function progressBlocks(progress: LabelProgress): Block[] {
  const { run, simulated, labelled, cases } = progress;
  const title = `Labels of run ${run}: ${grouped(labelled)} of ${count(cases, 'case')}`;
  return stamped(simulated, [
    { type: 'heading', level: 1, text: title },
    section(peopleBlock(progress)),
    section(named(agreementLines(progress))),
    section(named(judgeLines(progress))),
  ]);
}

/** In a narrower terminal the columns have no room. */
const LEAST_TABLE = 48;

function peopleBlock({ people }: LabelProgress): Block {
  if (people.length === 0) {
    return { type: 'paragraph', text: 'Nobody has labelled yet.', tone: 'dim' };
  }
  const numbers = ['labels', 'adheres', 'violates', 'n/a', 'can’t', 'open'];
  return {
    type: 'table',
    heads: 'dim',
    stackedBelow: LEAST_TABLE,
    columns: [
      { head: 'Who', cut: 'end', least: 3 },
      ...numbers.map((head) => ({ head, align: 'right' as const })),
    ],
    rows: people.map(({ person, labels, outcomes, open }) => ({
      cells: [
        person,
        ...[
          labels,
          outcomes.adheres,
          outcomes.violates,
          outcomes.not_applicable,
          outcomes.cannot_judge,
          open,
        ].map(grouped),
      ],
    })),
  };
}

/** A line under the name of what it says; without a name it goes on with the one before. */
type Line = readonly [name: string, text: string];

const NAME_WIDTH = 13;

function named(lines: readonly Line[]): KeyValues {
  const rows = lines.map(([key, value]) => ({ key, value }));
  return { type: 'keyValues', keyWidth: NAME_WIDTH, rows };
}

function agreementLines({ pairs, alpha, tied }: LabelProgress): Line[] {
  const lines: Line[] = pairs.map(({ first, second, common, kappa }, place) => [
    place === 0 ? 'Agreement' : '',
    `${first} and ${second}: Cohen’s kappa ${agreementText(kappa)} on ${count(common, 'case')}`,
  ]);
  if (alpha !== null) lines.push(['', `all: Krippendorff’s alpha ${agreementText(alpha)}`]);
  if (pairs.length === 0) {
    lines.push(['Agreement', 'not measured: no two people have labelled the same case']);
  }
  if (tied > 0) {
    lines.push(['', `people are divided on ${count(tied, 'case')}, which count in no rate`]);
  }
  return lines;
}

function agreementText(agreement: ReportAgreement): string {
  const { reason } = agreement;
  return `${coefficientText(agreement)}${reason === undefined ? '' : ` (${reason})`}`;
}

function judgeLines({ judge, corrected, next }: LabelProgress): Line[] {
  const { labels, left, errors } = judge;
  if (labels === 0) {
    return [
      [
        'The judge',
        'not measured: no label is on a case that the judge decided and that was drawn by chance',
      ],
    ];
  }
  const notCounted = LEFT.flatMap(([why, text]): Line[] =>
    left[why] > 0 ? [['', `not counted: ${grouped(left[why])} ${text}`]] : [],
  );
  return [
    [
      'The judge',
      `on ${count(labels, 'labelled case')}, each weighted by its chance of being drawn`,
    ],
    ['', `finds ${shareText(errors.sensitivity)} of what people call violates (sensitivity)`],
    ['', `passes ${shareText(errors.specificity)} of what people call adheres (specificity)`],
    ...notCounted,
    ['Adherence', correctedText(corrected)],
    ['Next', narrowingText(next)],
  ];
}

const LEFT: readonly (readonly [keyof LabelProgress['judge']['left'], string])[] = [
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

function correctedText({
  estimate,
  low,
  high,
  reason,
  caution,
}: LabelProgress['corrected']): string {
  if (estimate === null || low === null || high === null) {
    return `not corrected: ${reason ?? 'the labels do not carry it'}`;
  }
  const doubt = caution === undefined ? '' : `; caution: ${caution}`;
  return `${percent(estimate)} ${intervalText({ low, high })}, corrected with these labels${doubt}`;
}
