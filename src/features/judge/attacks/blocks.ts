/** @module features/judge/attacks/blocks What attacks on judges came to, for people to read. */
import type {
  AttackedJudge,
  AttackReport,
  AttackResult,
} from '../../../report/certificate/attack-schema.ts';
import { specName } from '../../../spec/index.ts';
import { type Block, type Section, section, stamped, type Table } from '../../../text/blocks.ts';
import { differenceText, NOTHING, probabilityText } from '../../../text/figures.ts';
import { count } from '../../../text/numbers.ts';
import { conclusionsOf, isBeyondChance } from './conclusions.ts';
import { ATTACK_GROUPS } from './list-blocks.ts';
import { lostSum, lostText } from './lost.ts';
import { conclusionText } from './messages.ts';

const LABEL = 9;

/** The whole report. */
export function attackBlocks(report: AttackReport): Block[] {
  const { spec, items, prompt, judges, simulated } = report;
  const replies = `${count(items.good + items.bad, 'marked reply', 'marked replies')} (${items.bad} bad, ${items.good} good) from ${count(items.examples, 'example')} of ${count(items.clauses, 'clause')}`;
  return stamped(simulated, [
    { type: 'heading', level: 1, text: `Attacks on judges: ${specName(spec)}` },
    section({
      type: 'keyValues',
      keyWidth: LABEL,
      rows: [
        { key: 'Replies', value: replies },
        { key: 'Wording', value: `${prompt.name}, ${prompt.hash.slice(0, 12)}` },
      ],
    }),
    ...judges.flatMap((judge) => judgeBlocks(report, judge)),
    judges.some(({ overall }) => overall.pairs > 0) ? legendOf(report) : section(),
  ]);
}

function judgeBlocks(report: AttackReport, judge: AttackedJudge): Block[] {
  const { id, clean, overall } = judge;
  return [
    section({
      type: 'keyValues',
      keyWidth: LABEL,
      rows: [
        { key: 'Judge', value: id },
        {
          key: 'As is',
          value: [...cleanTexts('bad', clean), ...cleanTexts('good', clean)].join(', '),
        },
      ],
    }),
    section(
      conclusionsOf(report, judge).map(
        (conclusion): Block => ({ type: 'paragraph', text: conclusionText(conclusion) }),
      ),
    ),
    section(overall.pairs === 0 ? [] : [resultTable(report, judge)]),
  ];
}

/** What it says of the replies of one mark as they are; nothing where there are none. */
function cleanTexts(mark: 'bad' | 'good', clean: AttackedJudge['clean']): string[] {
  const { right, wrong, ...none } = clean[mark];
  const lost = lostSum(none);
  if (right + wrong + lost === 0) return [];
  const beside = [
    ...(wrong > 0 ? [`${wrong} the other way`] : []),
    ...(lost > 0 ? [`${lost} without a verdict: ${lostText(none)}`] : []),
  ];
  const more = beside.length === 0 ? '' : ` (${beside.join('; ')})`;
  return [
    `${right} of ${count(right + wrong + lost, `${mark} reply`, `${mark} replies`)} called ${mark}${more}`,
  ];
}

/** Columns of the attacks' names. */
const NAMES = 22;
/** Without room for its columns the table can't be read. */
const ROOMY = 72;

/** A row for each attack, in their groups, and one for all of them. */
function resultTable({ attacks }: AttackReport, judge: AttackedJudge): Table {
  const rows = ATTACK_GROUPS.flatMap(({ kind, heading }): Table['rows'] => {
    const names = new Set(attacks.flatMap((one) => (one.kind === kind ? [one.name] : [])));
    const own = judge.results.filter(({ attack }) => names.has(attack));
    if (own.length === 0) return [];
    return [
      { heading, tone: [] },
      ...own.map((result) => ({
        indent: 2,
        cells: [result.attack, ...cellsOf(result)],
        ...(isBeyondChance(result) ? { tone: 'bad' as const } : {}),
      })),
    ];
  });
  return {
    type: 'table',
    gap: 1,
    columns: [
      { head: 'Attack', width: NAMES, cut: 'end' },
      ...['adheres', 'violates', 'back', 'lost', 'shift', 'p'].map((head) => ({
        head,
        align: 'right' as const,
      })),
    ],
    rows: [...rows, { cells: ['all attacks', ...cellsOf(judge.overall)], tone: 'strong' }],
    stackedBelow: ROOMY,
  };
}

function cellsOf(result: AttackResult): string[] {
  if (result.asked === 0) return [NOTHING, NOTHING, NOTHING, NOTHING, 'not asked', ''];
  const of = ({ could, did }: { could: number; did: number }): string =>
    could === 0 ? NOTHING : `${did}/${could}`;
  const { shift, toward, against, adjusted, lost } = result;
  return [
    of(toward.adheres),
    of(toward.violates),
    String(against),
    String(lostSum(lost)),
    differenceText(shift),
    adjusted === null ? '' : probabilityText(adjusted),
  ];
}

/** What the columns mean, why intervals are missing, and what they take for granted. */
function legendOf({ confidence, judges }: AttackReport): Section {
  const reasons = new Set(
    judges.flatMap(({ results }) =>
      results.flatMap(({ shift: { pairs, reason = [] } }) => (pairs === 0 ? [] : reason)),
    ),
  );
  const cautions = new Set(
    judges.flatMap(
      ({
        overall: {
          shift: { caution = [] },
        },
      }) => caution,
    ),
  );
  const dim = (text: string, marker = ''): Block => ({
    type: 'paragraph',
    tone: 'dim',
    text,
    marker,
  });
  return section(
    dim(
      'adheres, violates: verdicts turned to it, of those that could be: bad replies called bad, good replies called good. back: turned the other way, to what the mark says. lost: no verdict under the attack.',
    ),
    dim(
      `shift: points by which verdicts are more often as the attacker wants, with the ${Math.round(confidence * 100)} % interval. p: chance of as large a shift without an effect, adjusted for the number of attacks (Benjamini–Hochberg).`,
    ),
    dim(
      'Words that the harness keeps inside the transcript are still read there: a judge may heed them, and that is what the table shows. A good reply with an attack in it is not quite the same reply, so some of what is turned to violates may be right.',
    ),
    [...reasons].map((reason) => dim(`${reason}.`, 'No interval: ')),
    [...cautions].map((caution) => dim(`${caution}.`, 'Caution: ')),
  );
}
