/** @module features/audit/health/health-text A spec's health in a terminal. */

import { estimateText, NOTHING, UNMEASURED } from '../../../report/figures.ts';
import { specName } from '../../../spec/index.ts';
import { cut, hanging, pad } from '../../../text/layout.ts';
import { count, grouped, list } from '../../../text/numbers.ts';
import { painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { stampLines } from '../../../text/stamp.ts';
import type { HealthClause, HealthDocument } from './health-schema.ts';
import { SIGNALS } from './signal.ts';

const PICTURE = 10;
const COLUMNS = [PICTURE, 6, 6, 4, 4, 5, 15] as const;
const SHOWN = 8;

/** What coverage is called. */
const COVERAGE: Record<HealthClause['coverage'], string> = {
  never: 'never tested',
  'cannot-fail': "can't fail",
  'no-power': 'no power',
  tested: 'tested',
};

/** In the order of what needs doing. */
const ORDER = Object.keys(COVERAGE) as HealthClause['coverage'][];

/** The document as text; `all` shows every clause, otherwise those with something to do. */
export function renderHealth(
  document: HealthDocument,
  settings: { width?: number; color?: boolean; all?: boolean } = {},
): string {
  const width = Math.max(60, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const wrapped = (prefix: string, text: string): string[] =>
    hanging(prefix, safeLine(text), width);
  const stamp = document.simulated ? stampLines(width, paint) : [];
  const blocks = [
    [
      ...stamp,
      paint('bold', cut(`Health of ${safeLine(specName(document.spec))}`, width)),
      ...evidenceText(document).flatMap((text) => wrapped('', text)),
    ],
    [
      ...wrapped('', summaryText(document)).map((line) => paint('bold', line)),
      ...document.diagnoses.flatMap((told) => ['', ...diagnosisLines(told, width, paint)]),
    ],
    tableLines(document, width, settings.all === true, paint),
    document.next.length === 0
      ? []
      : [
          paint('bold', 'What would let more be told'),
          ...document.next.flatMap(({ text, command }) => [
            ...wrapped('- ', text),
            ...(command === null ? [] : commandLines(command, width)),
          ]),
        ],
    stamp,
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** What stands behind it all, a sentence each. */
export function evidenceText({ evidence, simulated }: HealthDocument): string[] {
  const { runs, subjects, judges, transcripts, cases, labels, leftOut } = evidence;
  if (runs.length === 0) return ['No run of this spec is in the ledger.'];
  const named = (items: readonly { name: string }[]): string =>
    list(
      items.map(({ name }) => name),
      6,
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
    `${count(subjects.length, 'subject')}: ${named(subjects)}.`,
    `${count(judges.length, 'judge')}, ${measured} measured on this text: ${named(judges)}.`,
    ...(out.length === 0 ? [] : [`Left out: ${list(out)}.`]),
  ];
}

/** How much is told, and what was asked for it. */
export function summaryText({ diagnoses, questions, counts }: HealthDocument): string {
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

/** `told as ambiguity`, or between what the evidence does not decide. */
export function faultText(faults: readonly string[]): string {
  return faults.length === 1
    ? (faults[0] ?? '')
    : `undecided between ${faults.slice(0, -1).join(', ')} and ${faults.at(-1)}`;
}

function diagnosisLines(
  told: HealthDocument['diagnoses'][number],
  width: number,
  paint: ReturnType<typeof painter>,
): string[] {
  const wrapped = (prefix: string, text: string): string[] =>
    hanging(prefix, safeLine(text), width);
  const names = `#${told.clause}${told.partner === null ? '' : ` and #${told.partner}`}`;
  const [first] = told.evidence;
  const same = told.evidence.filter(({ run }) => run === first?.run);
  return [
    ...wrapped('', `${names}: ${faultText(told.faults)}`).map((line) =>
      paint(['bold', told.faults.length === 1 ? 'red' : 'yellow'], line),
    ),
    ...wrapped('  because ', `${told.because}.`),
    ...wrapped('  rule    ', `${told.rule}; p adjusted ${probability(told.signal.adjusted)}`),
    ...(first === undefined
      ? []
      : wrapped(
          '  read    ',
          `${list(same.map(({ transcript }) => transcript))} of run ${first.run}: tenet show ${first.run} ${first.transcript}`,
        )),
    ...(told.also.length === 0
      ? []
      : wrapped('  also    ', list(told.also.map((code) => SIGNALS[code])))),
    ...wrapped('  settle  ', told.settle.text),
    ...(told.settle.command === null ? [] : commandLines(told.settle.command, width)),
  ];
}

function probability(value: number): string {
  return value < 0.001 ? '<0.001' : value.toFixed(3);
}

/** A command on one line, or on several that a shell takes for one. */
function commandLines(command: string, width: number): string[] {
  const indent = '    ';
  const words = safeLine(command).match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const [place, word] of words.entries()) {
    const next = words[place + 1];
    const isFlag = word.startsWith('--') && next !== undefined && !next.startsWith('--');
    const size = line.length + 1 + word.length + (isFlag ? next.length + 1 : 0);
    const mayBreak = line !== '' && (word.startsWith('--') || !words[place - 1]?.startsWith('--'));
    if (mayBreak && indent.length + size + 2 > width) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((text) => indent + text);
}

/** Ten signs: kept, broken, not decided; whatever there is has one at least. */
export function picture(clause: HealthClause): string {
  const { adheres, violates, notApplicable, undecided } = clause;
  const parts = [
    { sign: '█', number: adheres },
    { sign: '▒', number: violates },
    { sign: '·', number: notApplicable + undecided },
  ].filter(({ number }) => number > 0);
  const total = parts.reduce((sum, { number }) => sum + number, 0);
  if (total === 0) return ' '.repeat(PICTURE);
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
export function byNeed(clauses: readonly HealthClause[]): HealthClause[] {
  const need = ({ told, coverage }: HealthClause): number =>
    told.length > 0 ? -1 : ORDER.indexOf(coverage);
  return clauses.toSorted((a, b) => need(a) - need(b));
}

/** What a clause's row ends with. */
export function statusText({ told, coverage }: HealthClause): string {
  if (told.length === 1) return told[0] ?? '';
  return told.length > 1 ? 'undecided' : COVERAGE[coverage];
}

/** The drop that would be found, in points. */
export function dropText({ drop, coverage }: HealthClause): string {
  if (coverage === 'never') return NOTHING;
  return drop === null ? 'none' : String(Math.round(drop * 100));
}

/** What the mark on rates means, where there is one. */
export function unmeasuredText(clauses: HealthDocument['clauses']): string {
  return clauses.some(({ rate }) => rate.estimate !== null && rate.judge === 'unmeasured')
    ? ` ${UNMEASURED} The errors of a judge in it were not measured on this text.`
    : '';
}

function tableLines(
  { clauses, counts }: HealthDocument,
  width: number,
  all: boolean,
  paint: ReturnType<typeof painter>,
): string[] {
  const label = width - COLUMNS.reduce((sum, column) => sum + column + 1, 0);
  const row = (name: string, cells: readonly string[]): string =>
    [
      pad(name, label),
      ...cells.map((cell, place) =>
        pad(
          cell,
          COLUMNS[place] ?? 0,
          place === 0 || place === COLUMNS.length - 1 ? 'left' : 'right',
        ),
      ),
    ]
      .join(' ')
      .trimEnd();
  const ordered = byNeed(clauses);
  const groups = Map.groupBy(ordered, (clause) =>
    clause.told.length > 0 ? 'told' : clause.coverage,
  );
  const lines = [...groups].flatMap(([group, own]) => {
    const shown = all || group === 'told' ? own : own.slice(0, group === 'tested' ? 0 : SHOWN);
    const rest = own.length - shown.length;
    return [
      ...shown.map((clause) => {
        const line = row(`#${safeLine(clause.id)}`, [
          picture(clause),
          estimateText(clause.rate),
          grouped(clause.adheres + clause.violates),
          String(clause.subjects),
          String(clause.judges),
          dropText(clause),
          statusText(clause),
        ]);
        return group === 'told' ? paint('bold', line) : line;
      }),
      ...(rest > 0
        ? [
            paint(
              'dim',
              `  ${shown.length > 0 ? 'and ' : ''}${grouped(rest)} ${shown.length > 0 ? 'more ' : ''}${COVERAGE[own[0]?.coverage ?? 'tested']} (--all shows them)`,
            ),
          ]
        : []),
    ];
  });
  return [
    paint('bold', 'How each clause is tested'),
    paint('dim', row('█ kept ▒ broken · open', ['', 'kept', 'n', 'subj', 'judg', 'drop', ''])),
    ...lines,
    ...hanging(
      '',
      `${grouped(counts.never)} never tested, ${grouped(counts.cannotFail)} only by what can't fail, ${grouped(counts.noPower)} without power, ${grouped(counts.tested)} tested. drop: the least drop in points that as many transcripts again would find (80 % of the time); more than 20 is no power.${unmeasuredText(clauses)}`,
      width,
    ),
  ];
}
