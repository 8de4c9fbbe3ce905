/** @module features/judge/calibration/blocks What is known of judges, for people to read. */
import type { Certificate } from '../../../report/certificate/schema.ts';
import type { Detail } from '../../../report/section.ts';
import { specName } from '../../../spec/index.ts';
import { sum } from '../../../stats/index.ts';
import { type Bars, type BarsRow, type Block, section, stamped } from '../../../text/blocks.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import { factsOf } from './facts.ts';
import { attackUntried, exclusionsText } from './messages.ts';

/** Certificates one after the other; of several, a table of all comes first. */
export function certificatesBlocks(
  certificates: readonly Certificate[],
  detail: Detail = 'glance',
): Block[] {
  const overview = certificates.map((certificate) =>
    errorRow(certificateName(certificate), certificate.overall),
  );
  return stamped(
    certificates.some(({ simulated }) => simulated),
    [
      section(certificates.length > 1 ? [errorTable('All judges', overview)] : []),
      ...certificates.flatMap((certificate) => blocksOf(certificate, detail)),
    ],
  );
}

function blocksOf(certificate: Certificate, detail: Detail): Block[] {
  return [
    section({ type: 'heading', level: 1, text: certificateName(certificate) }),
    headOf(certificate),
    section(
      errorTable('How often it is right', groupRows(certificate)),
      legendOf(certificate).map((text): Block => ({ type: 'paragraph', tone: 'dim', ...text })),
    ),
    section(saidTable(certificate)),
    section({ type: 'keyValues', keyWidth: 14, rows: factsOf(certificate) }),
    section(clausesOf(certificate, detail)),
    section(absentOf(certificate)),
  ];
}

/** The judge's name, or the panel's. */
export function certificateName({ judge, panel }: Pick<Certificate, 'judge' | 'panel'>): string {
  if (judge !== null) return judge.name;
  if (panel === null) return 'nobody';
  const { judges, consensus } = panel;
  return `panel of ${judges.length} judges by ${consensus === 'latent' ? 'latent classes' : consensus}`;
}

/** Who was measured, on what, when, and in which wording. */
function headOf({ data, spec, created, prompt, panel, rubrics }: Certificate): Block {
  const excluded = exclusionsText(data.excluded);
  return section({
    type: 'keyValues',
    keyWidth: 9,
    rows: [
      {
        key: 'Judges',
        value: panel === null ? '' : panel.judges.map(({ name }) => name).join(', '),
      },
      { key: 'Spec', value: specName(spec) },
      { key: 'Items', value: itemsText(data) },
      ...data.runs.map((run) => ({ key: '', value: labelledText(run) })),
      { key: '', value: excluded === '' ? '' : `no items: ${excluded}` },
      {
        key: 'Rubrics',
        value:
          rubrics.length === 0 ? '' : count(rubrics.length, 'clause has one', 'clauses have one'),
      },
      { key: 'Prompt', value: `${prompt.name} (${prompt.hash.slice(0, 12)})` },
      { key: 'Date', value: created.slice(0, 10) },
    ],
  });
}

function itemsText({ marks, marked, abridged }: Certificate['data']): string {
  if (marked === 0) return 'no marked reply';
  const { good, ok, bad, elsewhere } = marks;
  const kinds = [
    `${grouped(good)} good`,
    `${grouped(ok)} ok`,
    `${grouped(bad)} bad`,
    ...(elsewhere > 0 ? [`${grouped(elsewhere)} bad for another clause`] : []),
  ].join(', ');
  const part = abridged === 0 ? '' : `, ${grouped(abridged)} of them printed in part`;
  return `${count(marked, 'marked reply', 'marked replies')} (${kinds})${part}`;
}

function labelledText(run: Certificate['data']['runs'][number]): string {
  const { people, labelled, contested, excluded } = run;
  const left = exclusionsText(excluded);
  const disagreed = contested === 0 ? '' : `, not all of one mind on ${grouped(contested)}`;
  const without = left === '' ? '' : `; left out: ${left}`;
  return `${count(labelled, 'transcript')} of run ${run.run}, labelled by ${count(people, 'person', 'people')}${disagreed}${without}`;
}

type Errors = Pick<Certificate['overall'], 'sensitivity' | 'specificity'>;

/** Sensitivity and specificity side by side, a row for each part of the data. */
export function errorTable(title: string, rows: readonly BarsRow[]): Bars {
  const subjects = ['sensitivity', 'specificity'].map((id) => ({ key: '', id }));
  return { type: 'bars', form: 'figures', title, subjects, rows, beside: [] };
}

/** A row of that table. */
export function errorRow(label: string, { sensitivity, specificity }: Errors): BarsRow {
  return { label, rates: [sensitivity, specificity] };
}

function groupRows(certificate: Certificate): BarsRow[] {
  const { overall, sources, levels, lengths, print, releases, cutoff } = certificate;
  const part = <Row extends Errors>(
    heading: string,
    rows: readonly Row[],
    labelOf: (row: Row) => string,
  ): BarsRow[] =>
    rows.length < 2
      ? []
      : [{ heading }, ...rows.map((row) => ({ ...errorRow(labelOf(row), row), indent: 2 }))];
  return [
    { ...errorRow('overall', overall), strong: true },
    ...part('by source', sources, ({ source }) =>
      source === 'marks' ? "the spec's marks" : "people's labels",
    ),
    ...part('by level', levels, ({ level }) => level ?? 'no level'),
    ...part("by the reply's length", lengths, ({ length, characters }) =>
      length === 'short'
        ? `up to ${grouped(characters.to)} characters`
        : `more than ${grouped(characters.from - 1)}`,
    ),
    ...part('by how the spec prints it', print, (one) =>
      one.print === 'whole' ? 'whole' : 'in part, with [...]',
    ),
    ...part('by the first release that has it', releases, ({ release }) => release),
    ...part(
      'by training cutoff',
      cutoff === null ? [] : [cutoff.older, cutoff.newer],
      (one) => `${one === cutoff?.older ? 'up to' : 'after'} ${cutoff?.version}`,
    ),
  ];
}

const OF_PANELS =
  'Replies on which the panel came to no verdict, its judges being divided, are in neither: these figures, and rates that are corrected with them, are about what it decides.';

function legendOf(certificate: Certificate): { marker?: string; text: string }[] {
  const { confidence, overall, panel } = certificate;
  const caution = overall.sensitivity.caution ?? overall.specificity.caution;
  return [
    {
      text: `sensitivity: bad replies that it calls violations; specificity: good ones that it says adhere; both of those it decided, with ${Math.round(confidence * 100)} % intervals, replies of one example being alike.`,
    },
    { text: panel === null ? '' : OF_PANELS },
    ...(caution === undefined ? [] : [{ marker: 'Caution: ', text: `${caution}.` }]),
  ];
}

const MARK_NAMES = {
  good: 'marked good',
  ok: 'marked ok',
  bad: 'marked bad',
  elsewhere: 'bad, another clause',
} as const;

const SAID_LABEL = 20;
const SAID_COLUMN = 9;
/** Columns that are there even where they hold nothing but zeros; an empty one of the others is good news. */
const SAID_ALWAYS = 3;

/** What was said of each kind of reply, so that nothing is left out of the counts. */
function saidTable({ marks, sources }: Certificate): Block {
  const kinds = [
    ...marks.map(({ mark, items, outcomes }) => ({ label: MARK_NAMES[mark], items, outcomes })),
    ...sources
      .filter(({ source }) => source === 'labels')
      .map(({ items, outcomes }) => ({ label: "people's labels", items, outcomes })),
  ];
  const known: { head: string; of: (kind: (typeof kinds)[number]) => number }[] = [
    { head: 'replies', of: ({ items }) => items },
    { head: 'adheres', of: ({ outcomes }) => outcomes.adheres },
    { head: 'violates', of: ({ outcomes }) => outcomes.violates },
    { head: 'not appl.', of: ({ outcomes }) => outcomes.not_applicable },
    { head: 'no quote', of: ({ outcomes }) => outcomes.unsupported },
    { head: "can't", of: ({ outcomes }) => sum(Object.values(outcomes.cannot_judge)) },
    { head: 'missing', of: ({ outcomes }) => outcomes.missing },
  ];
  const columns = known.filter(
    ({ of }, place) => place < SAID_ALWAYS || kinds.some((kind) => of(kind) > 0),
  );
  return {
    type: 'table',
    gap: 0,
    columns: [
      { head: 'What it says', width: SAID_LABEL },
      ...columns.map(({ head }) => ({ head, align: 'right' as const, width: SAID_COLUMN })),
    ],
    rows: kinds.map((kind) => ({
      cells: [kind.label, ...columns.map(({ of }) => grouped(of(kind)))],
    })),
    stackedBelow: SAID_LABEL + columns.length * SAID_COLUMN,
    cellFirst: true,
  };
}

const MOST_CLAUSES = 15;

/** The clauses on which it errs, most errors first. */
function clausesOf({ clauses, overall, wrong }: Certificate, detail: Detail): Block[] {
  const errors = ({ sensitivity, specificity }: Errors): number =>
    sensitivity.trials - sensitivity.hits + (specificity.trials - specificity.hits);
  const decided = clauses.filter(
    ({ sensitivity, specificity }) => sensitivity.trials + specificity.trials > 0,
  );
  if (decided.length === 0) return [];
  const erring = decided
    .filter((clause) => errors(clause) > 0)
    .toSorted((a, b) => errors(b) - errors(a));
  const shown = detail === 'all' ? erring : erring.slice(0, MOST_CLAUSES);
  const rest = [
    ...(erring.length > shown.length
      ? [`${erring.length - shown.length} more with errors (--json has them)`]
      : []),
    `${count(decided.length - erring.length, 'clause')} without an error`,
    ...(decided.length < clauses.length
      ? [`${count(clauses.length - decided.length, 'clause')} without a decided reply`]
      : []),
  ];
  const total =
    wrong.length === 0
      ? 'It errs on no reply it decided'
      : `${count(wrong.length, 'error')} in ${grouped(overall.sensitivity.trials + overall.specificity.trials)} decided replies`;
  const rows = shown.map((clause) => errorRow(`#${clause.clause}`, clause));
  return [
    ...(rows.length === 0 ? [] : [errorTable('Where it errs', rows)]),
    { type: 'paragraph', tone: 'dim', text: `${total}; ${list(rest)}.` },
  ];
}

function absentOf({ absent, attack, panel }: Certificate): Block[] {
  const rows = [...absent, ...(attack === null ? [attackUntried(panel !== null)] : [])];
  if (rows.length === 0) return [];
  return [
    { type: 'heading', level: 2, text: 'Not measured' },
    {
      type: 'list',
      marker: '',
      indent: 2,
      items: rows.map(({ figure, reason }) => ({ text: `${figure}: ${reason}.` })),
    },
  ];
}
