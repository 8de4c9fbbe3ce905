/** @module features/audit/health/blocks A spec's health as people are shown it. */
import { quoted } from '../../../app/shell-words.ts';
import type { Detail } from '../../../report/section.ts';
import { specName } from '../../../spec/index.ts';
import {
  type Block,
  type Column,
  SIMULATED,
  section,
  type TableRow,
} from '../../../text/blocks.ts';
import {
  estimateText,
  intervalText,
  NOTHING,
  probabilityText,
  UNMEASURED,
} from '../../../text/figures.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import { listed, type Words, words } from '../../../text/words.ts';
import { becauseWords, SIGNALS, stepWords } from './messages.ts';
import type { HealthClause, HealthDocument } from './schema.ts';

type Told = HealthDocument['diagnoses'][number];
type Step = HealthDocument['next'][number];

const PICTURE = 10;
const SHOWN = 8;
const NAMES_SHOWN = 6;

/** Narrower than this the columns leave no room for a clause. */
const LEAST_TABLE = 60;

/** Columns before what is said of a diagnosis. */
const KEY_WIDTH = 10;

/** What coverage is called, in the order of what needs doing. */
const COVERAGE: Record<HealthClause['coverage'], string> = {
  never: 'never tested',
  'cannot-fail': "can't fail",
  'no-power': 'no power',
  tested: 'tested',
};

const ORDER = Object.keys(COVERAGE) as HealthClause['coverage'][];

/** The document for a reader; at a glance only clauses with something to do. */
export function healthBlocks(document: HealthDocument, detail: Detail): Block[] {
  const stamp = document.simulated ? [SIMULATED] : [];
  return [
    section(
      stamp,
      { type: 'heading', level: 1, text: `Health of ${specName(document.spec)}` },
      evidenceText(document).map((text) => paragraph(text)),
    ),
    section({ type: 'paragraph', text: summaryText(document), tone: 'strong' }),
    ...document.diagnoses.map(diagnosisBlock),
    clausesBlock(document, detail),
    nextBlock(document),
    section(stamp),
  ];
}

function paragraph(text: Words): Block {
  return { type: 'paragraph', text };
}

/** What stands behind it all, a sentence each. */
function evidenceText({ evidence, simulated }: HealthDocument): Words[] {
  const { runs, subjects, judges, transcripts, cases, labels, leftOut } = evidence;
  if (runs.length === 0) return ['No run of this spec is in the ledger.'];
  const named = (items: readonly { name: string }[]) =>
    listed(
      items.map(({ name }) => [{ model: name }]),
      NAMES_SHOWN,
    );
  const measured = judges.filter(({ measured: is }) => is).length;
  const out = [
    leftOut.otherWords > 0
      ? `${count(leftOut.otherWords, 'verdict or label', 'verdicts and labels')} about words that are others now`
      : '',
    leftOut.simulatedRuns > 0 && !simulated ? count(leftOut.simulatedRuns, 'simulated run') : '',
    leftOut.certificates > 0
      ? `${count(leftOut.certificates, 'certificate')} of another text or wording`
      : '',
  ].filter(Boolean);
  return [
    `${count(runs.length, 'run')}: ${count(transcripts, 'transcript')}, ${count(cases, 'case')} (a transcript under a clause), ${count(labels, 'label')} by people.`,
    words`${count(subjects.length, 'subject')}: ${named(subjects)}.`,
    words`${count(judges.length, 'judge')}, ${measured} measured on this text: ${named(judges)}.`,
    ...(out.length === 0 ? [] : [`Left out: ${list(out)}.`]),
  ];
}

/** How much is told, and what was asked for it. */
function summaryText({ diagnoses, questions, counts }: HealthDocument): string {
  const { asked, falseDiscoveryRate, least } = questions;
  const thin = `there is not enough evidence of ${grouped(counts.thin)} of ${count(counts.clauses, 'clause')}`;
  if (asked === 0) {
    return `Nothing can be told: ${thin} (at least ${least} looks at a clause, and as many elsewhere).`;
  }
  const told =
    diagnoses.length === 0
      ? 'Nothing stands out'
      : `${count(diagnoses.length, 'clause stands', 'clauses stand')} out`;
  return `${told} among ${count(asked, 'question')} put to chance, at a false discovery rate of ${Math.round(falseDiscoveryRate * 100)} %; ${thin}.`;
}

/** The fault, or those between which the evidence does not decide. */
function faultText(faults: readonly string[]): string {
  return faults.length === 1
    ? faults.join()
    : `undecided between ${faults.slice(0, -1).join(', ')} and ${faults.at(-1)}`;
}

function diagnosisBlock(told: Told): Block {
  const { clause, partner, faults, scenario, rule, signal, evidence, also } = told;
  const ids = partner === null ? [clause] : [clause, partner];
  return section(
    {
      type: 'heading',
      level: 3,
      fit: 'wrap',
      tone: ['strong', faults.length === 1 ? 'bad' : 'warning'],
      text: words`${listed(ids.map((id) => [{ clause: id }]))}: ${faultText(faults)}`,
    },
    {
      type: 'keyValues',
      indent: 2,
      keyWidth: KEY_WIDTH,
      rows: [
        { key: 'because', value: [...becauseWords(told, scenario), '.'] },
        { key: 'rule', value: `${rule}; p adjusted ${probabilityText(signal.adjusted)}` },
        { key: 'read', value: readWords(evidence) },
        { key: 'also', value: list(also.map((other) => SIGNALS[other])) },
        { key: 'settle', value: stepWords(told.settle) },
      ],
    },
    commandBlocks(told.settle, 4),
    elsewhereBlock(evidence),
  );
}

/** Transcripts of the first run that has any. */
function readWords(evidence: Told['evidence']): Words {
  const [first] = evidence;
  if (first === undefined) return '';
  const same = evidence.filter(({ run }) => run === first.run);
  const { run, transcript } = first;
  return words`${transcriptWords(same)} of run ${run}: ${{ code: `tenet show ${run} ${transcript}` }}`;
}

function transcriptWords(evidence: Told['evidence']): ReturnType<typeof listed> {
  return listed(evidence.map(({ run, transcript }) => [{ transcript, run }]));
}

/** Transcripts of other runs, which a glance leaves out. */
function elsewhereBlock(evidence: Told['evidence']): Block[] {
  const others = evidence.filter(({ run }) => run !== evidence[0]?.run);
  if (others.length === 0) return [];
  return [
    {
      type: 'details',
      summary: 'In other runs',
      blocks: [
        {
          type: 'list',
          items: others.map(({ run, transcript }) => ({
            text: [{ code: `tenet show ${run} ${transcript}` }],
          })),
        },
      ],
    },
  ];
}

function commandBlocks({ words: command }: Step, indent: number): Block[] {
  return command === null ? [] : [{ type: 'command', words: command.map(quoted), indent }];
}

function nextBlock({ next }: HealthDocument): Block {
  if (next.length === 0) return section();
  return section(
    { type: 'heading', level: 2, text: 'What would let more be told' },
    {
      type: 'list',
      items: next.map((step) => ({ text: stepWords(step), blocks: commandBlocks(step, 2) })),
    },
  );
}

const COLUMNS: readonly Column[] = [
  { head: '█ kept ▒ broken · open', fills: true, cut: 'end', least: 3 },
  { head: '', width: PICTURE },
  { head: 'kept', align: 'right', width: 6 },
  { head: 'interval', align: 'right', details: true },
  { head: 'n', align: 'right', width: 6 },
  { head: 'subj', align: 'right', width: 4 },
  { head: 'judg', align: 'right', width: 4 },
  { head: 'seeds', align: 'right', details: true },
  { head: 'drop', align: 'right', width: 5 },
  { head: 'judges divided', align: 'right', details: true },
  { head: '', width: 15 },
];

function clausesBlock({ clauses, counts }: HealthDocument, detail: Detail): Block {
  const groups = Map.groupBy(byNeed(clauses), ({ told, coverage }) =>
    told.length > 0 ? 'told' : coverage,
  );
  const rows = [...groups].flatMap(([group, own]): TableRow[] => {
    const most = detail === 'all' || group === 'told' ? own.length : group === 'tested' ? 0 : SHOWN;
    const left = own.length - Math.min(most, own.length);
    const shown = own.slice(0, most).map((clause): TableRow => {
      const cells = cellsOf(clause);
      return group === 'told' ? { cells, tone: 'strong' } : { cells };
    });
    const more = shown.length > 0 ? `and ${grouped(left)} more` : grouped(left);
    const kind = group === 'told' ? '' : COVERAGE[group];
    return left === 0 ? shown : [...shown, { heading: `  ${more} ${kind} (--all shows them)` }];
  });
  return section(
    { type: 'heading', level: 2, text: 'How each clause is tested' },
    { type: 'table', columns: COLUMNS, gap: 1, heads: 'dim', stackedBelow: LEAST_TABLE, rows },
    paragraph(
      `${grouped(counts.never)} never tested, ${grouped(counts.cannotFail)} only by what can't fail, ${grouped(counts.noPower)} without power, ${grouped(counts.tested)} tested. drop: the least drop in points that as many transcripts again would find (80 % of the time); more than 20 is no power.${unmeasuredText(clauses)}`,
    ),
  );
}

function cellsOf(clause: HealthClause): Words[] {
  const { id, rate, adheres, violates, subjects, judges, seeds, compared } = clause;
  return [
    [{ clause: id }],
    picture(clause),
    estimateText(rate),
    intervalText(rate),
    grouped(adheres + violates),
    String(subjects),
    String(judges),
    String(seeds),
    dropText(clause),
    `${compared.divided} of ${compared.cases}`,
    statusText(clause),
  ];
}

/** Ten signs: kept, broken, not decided; whatever there is has one at least. */
function picture({ adheres, violates, notApplicable, undecided }: HealthClause): string {
  const parts = [
    { sign: '█', number: adheres },
    { sign: '▒', number: violates },
    { sign: '·', number: notApplicable + undecided },
  ].filter(({ number }) => number > 0);
  const total = parts.reduce((sum, { number }) => sum + number, 0);
  if (total === 0) return '';
  const signs = parts.map(({ sign, number }) => ({
    sign,
    size: Math.max(1, Math.round((number / total) * PICTURE)),
  }));
  const over = signs.reduce((sum, { size }) => sum + size, 0) - PICTURE;
  const widest = signs.reduce((a, b) => (b.size > a.size ? b : a));
  widest.size -= over;
  return signs.map(({ sign, size }) => sign.repeat(size)).join('');
}

/** Clauses in the order of what needs doing: told, then badly covered, then the others. */
function byNeed(clauses: readonly HealthClause[]): HealthClause[] {
  const need = ({ told, coverage }: HealthClause): number =>
    told.length > 0 ? -1 : ORDER.indexOf(coverage);
  return clauses.toSorted((a, b) => need(a) - need(b));
}

/** What a clause's row ends with. */
function statusText({ told, coverage }: HealthClause): string {
  if (told.length === 0) return COVERAGE[coverage];
  return told.length === 1 ? told.join() : 'undecided';
}

/** The drop that would be found, in points. */
function dropText({ drop, coverage }: HealthClause): string {
  if (coverage === 'never') return NOTHING;
  return drop === null ? 'none' : String(Math.round(drop * 100));
}

/** What the mark on rates means, where there is one. */
function unmeasuredText(clauses: readonly HealthClause[]): string {
  return clauses.some(({ rate }) => rate.estimate !== null && rate.judge === 'unmeasured')
    ? ` ${UNMEASURED} The errors of a judge in it were not measured on this text.`
    : '';
}
