/** @module features/judge/attacks/blocks What attacks on judges came to, as a terminal shows it. */

import type {
  AttackedJudge,
  AttackReport,
  AttackResult,
} from '../../../report/certificate/attack-schema.ts';
import { differenceText, NOTHING } from '../../../report/figures.ts';
import { specName } from '../../../spec/index.ts';
import { cut, hanging, pad, wrap } from '../../../text/layout.ts';
import { count, list } from '../../../text/numbers.ts';
import { type Paint, painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { stampLines } from '../../../text/stamp.ts';
import { ATTACK_GROUPS, type AttackTextSettings } from './list.ts';

/** Narrower than this the table can't be set. */
const LEAST_WIDTH = 72;

/** Adjusted probabilities up to this are told as more than chance. */
const LEVEL = 0.05;

/** The whole report. Every text in it that came from a model or a spec is made harmless. */
export function renderAttack(report: AttackReport, settings: AttackTextSettings = {}): string {
  const width = Math.max(LEAST_WIDTH, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const stamp = report.simulated ? stampLines(width, paint) : [];
  const blocks = [
    [...stamp, ...headLines(report, width, paint)],
    ...report.judges.flatMap((judge) => judgeBlocks(report, judge, width, paint)),
    report.judges.some(({ overall }) => overall.pairs > 0)
      ? legend(report, width).map((line) => paint('dim', line))
      : [],
    stamp,
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headLines({ spec, items, prompt }: AttackReport, width: number, paint: Paint): string[] {
  const title = `Attacks on judges: ${safeLine(specName(spec))}`;
  const replies = items.good + items.bad;
  return [
    paint('bold', cut(title, width)),
    '',
    ...hanging(
      'Replies  ',
      `${count(replies, 'marked reply', 'marked replies')} (${items.bad} bad, ${items.good} good) from ${count(items.examples, 'example')} of ${count(items.clauses, 'clause')}`,
      width,
    ),
    ...hanging('Wording  ', `${prompt.name}, ${prompt.hash.slice(0, 12)}`, width),
  ];
}

function judgeBlocks(
  report: AttackReport,
  judge: AttackedJudge,
  width: number,
  paint: Paint,
): string[][] {
  const clean = (mark: 'bad' | 'good'): string[] => {
    const { right, wrong, ...none } = judge.clean[mark];
    const lost = sumOf(none);
    if (right + wrong + lost === 0) return [];
    const beside = [
      ...(wrong > 0 ? [`${wrong} the other way`] : []),
      ...(lost > 0 ? [`${lost} without a verdict: ${whyNone(none)}`] : []),
    ];
    const more = beside.length === 0 ? '' : ` (${beside.join('; ')})`;
    return [
      `${right} of ${count(right + wrong + lost, `${mark} reply`, `${mark} replies`)} called ${mark}${more}`,
    ];
  };
  return [
    [
      ...hanging('Judge    ', safeLine(judge.id), width),
      ...hanging('As is    ', [...clean('bad'), ...clean('good')].join(', '), width),
      '',
      ...conclusions(report, judge).flatMap((text) => wrap(safeLine(text), width)),
    ],
    ...(judge.overall.pairs === 0 ? [] : [tableLines(report, judge, width, paint)]),
  ];
}

function whyNone(lost: AttackResult['lost']): string {
  const parts = [
    [lost.not_applicable, 'not applicable'],
    [lost.cannot_judge, "can't judge"],
    [lost.unsupported, 'unsupported'],
    [lost.failed, 'failed'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
    .join(', ');
}

function turned({ toward }: Pick<AttackResult, 'toward'>): number {
  return toward.adheres.did + toward.violates.did;
}

function sumOf(lost: AttackResult['lost']): number {
  return lost.not_applicable + lost.cannot_judge + lost.unsupported + lost.failed;
}

function isBeyondChance({ adjusted, shift }: AttackResult): boolean {
  return adjusted !== null && adjusted <= LEVEL && (shift.estimate ?? 0) > 0;
}

/** What a reader should take away, the worst first. */
function conclusions({ attacks, items }: AttackReport, judge: AttackedJudge): string[] {
  const kinds = new Map(attacks.map(({ name, kind }) => [name, kind]));
  const real = judge.results.filter(({ attack }) => kinds.get(attack) !== 'control');
  const control = judge.results.find(({ attack }) => kinds.get(attack) === 'control');
  const { good, bad } = judge.clean;
  const failure =
    judge.failure === null ? '' : ` The first failure: ${judge.failure.slice(0, LONGEST_FAILURE)}`;
  if (good.right + good.wrong + bad.right + bad.wrong === 0) {
    return [`It gave no verdict on any reply as it is, so nothing can be said.${failure}`];
  }
  if (judge.overall.pairs === 0) {
    return [
      `There is no reply with a verdict both as it is and under attack, so nothing can be said.${failure}`,
    ];
  }
  const { overall } = judge;
  const lost = sumOf(overall.lost);
  const changed = control === undefined ? 0 : turned(control) + control.against;
  return [
    ...turnedWords(real),
    ...(lost === 0
      ? []
      : [
          `${count(lost, 'verdict was', 'verdicts were')} lost under attack (${whyNone(overall.lost)}): who only wants that there be no verdict got that.${overall.lost.failed > 0 ? failure : ''}`,
        ]),
    ...(changed === 0
      ? []
      : [
          `Asked again without any attack, it changed ${changed} of ${control?.pairs} verdicts: measure the attacks by that.`,
        ]),
    ...(items.bad === 0 ? ['There was no bad reply, so nothing could be turned to adheres.'] : []),
    ...(items.good === 0
      ? ['There was no good reply, so nothing could be turned to violates.']
      : []),
  ];
}

function turnedWords(real: AttackedJudge['results']): string[] {
  const beyond = real.filter(isBeyondChance);
  const some = real.filter((result) => turned(result) > 0 && !isBeyondChance(result));
  const names = (results: typeof real): string => list(results.map(({ attack }) => attack));
  if (beyond.length + some.length === 0) {
    return [
      `No verdict was turned by ${real.length === 1 ? 'the attack' : `any of ${real.length} attacks`}.`,
    ];
  }
  const sum = some.reduce((total, result) => total + turned(result), 0);
  return [
    ...(beyond.length === 0
      ? []
      : [
          `${beyond.length} of ${count(real.length, 'attack')} moved it by more than chance: ${names(beyond)}.`,
        ]),
    ...(some.length === 0
      ? []
      : [
          `${count(sum, 'verdict was', 'verdicts were')} turned by ${names(some)}, which so few replies can't tell from chance.`,
        ]),
  ];
}

/** Providers may answer at length. */
const LONGEST_FAILURE = 200;

const LABEL = 22;

const HEADS = ['adheres', 'violates', 'back', 'lost', 'shift', 'p'];

function tableLines(
  { attacks }: AttackReport,
  judge: AttackedJudge,
  width: number,
  paint: Paint,
): string[] {
  const cells = [HEADS, ...[...judge.results, judge.overall].map(cellsOf)];
  const widths = HEADS.map((_, place) =>
    Math.max(...cells.map((row) => (row[place] ?? '').length)),
  );
  const label = width - widths.reduce((sum, column) => sum + column + 1, 0);
  const row = (name: string, own: readonly string[]): string =>
    [
      pad(name, Math.min(LABEL, label)),
      ...widths.map((column, place) => pad(own[place] ?? '', column, 'right')),
    ]
      .join(' ')
      .trimEnd();
  const rows = ATTACK_GROUPS.flatMap(({ kind, heading }) => {
    const own = attacks.flatMap(({ name, kind: other }) =>
      other === kind ? (judge.results.find(({ attack }) => attack === name) ?? []) : [],
    );
    if (own.length === 0) return [];
    return [
      cut(heading, width),
      ...own.map((result) => {
        const line = row(`  ${result.attack}`, cellsOf(result));
        return isBeyondChance(result) ? paint('red', line) : line;
      }),
    ];
  });
  return [
    paint('bold', row('Attack', HEADS)),
    ...rows,
    paint('bold', row('all attacks', cellsOf(judge.overall))),
  ];
}

function cellsOf(result: AttackResult): string[] {
  if (result.asked === 0) return [NOTHING, NOTHING, NOTHING, NOTHING, 'not asked'];
  const of = ({ could, did }: { could: number; did: number }): string =>
    could === 0 ? NOTHING : `${did}/${could}`;
  const { shift, toward, against, adjusted } = result;
  return [
    of(toward.adheres),
    of(toward.violates),
    String(against),
    String(sumOf(result.lost)),
    differenceText(shift),
    adjusted === null ? '' : probabilityText(adjusted),
  ];
}

function probabilityText(probability: number): string {
  return probability < 0.001 ? '<0.001' : probability.toFixed(3);
}

function legend(report: AttackReport, width: number): string[] {
  const reasons = [
    ...new Set(
      report.judges.flatMap(({ results }) =>
        results.flatMap(({ shift }) =>
          shift.reason === undefined || shift.pairs === 0 ? [] : [shift.reason],
        ),
      ),
    ),
  ];
  const cautions = [
    ...new Set(report.judges.flatMap(({ overall }) => overall.shift.caution ?? [])),
  ];
  return [
    ...wrap(
      'adheres, violates: verdicts turned to it, of those that could be: bad replies called bad, good replies called good. back: turned the other way, to what the mark says. lost: no verdict under the attack.',
      width,
    ),
    ...wrap(
      `shift: points by which verdicts are more often as the attacker wants, with the ${Math.round(report.confidence * 100)} % interval. p: chance of as large a shift without an effect, adjusted for the number of attacks (Benjamini–Hochberg).`,
      width,
    ),
    ...wrap(
      'Words that the harness keeps inside the transcript are still read there: a judge may heed them, and that is what the table shows. A good reply with an attack in it is not quite the same reply, so some of what is turned to violates may be right.',
      width,
    ),
    ...reasons.flatMap((reason) => hanging('No interval: ', `${safeLine(reason)}.`, width)),
    ...cautions.flatMap((caution) => hanging('Caution: ', `${safeLine(caution)}.`, width)),
  ];
}
