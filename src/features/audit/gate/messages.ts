/** @module features/audit/gate/messages The sentences of gates: what was asked, what was found, why it can't be told. */
import { problemsOf } from '../../../app/errors.ts';
import type { Severity } from '../../../ledger/records.ts';
import { differenceText, estimateText, intervalText } from '../../../text/figures.ts';
import { type Coded, type Sentences, sentence } from '../../../text/sentences.ts';
import { type NotComparable, whyNot } from '../compare/index.ts';
import { DEMANDS, type Demand, type Demanded } from './policy-schema.ts';
import type { Figure } from './schema.ts';

const NO_INTERVAL = 'the data carry no interval';

const UNDETERMINED = {
  'no-calibration': () =>
    'there is no corrected rate: the judge has no certificate that fits this run',
  'calibration-refuted': () =>
    'labels show that the judge’s certificate does not hold on this run, and there are none to go by here',
  'not-corrected': ({ reason }: { reason: string }) => reason,
  'no-interval': ({ reason }: { reason: string | null }) => reason ?? NO_INTERVAL,
  'nothing-judged': () => 'nothing was judged',
  'nothing-asked': () => 'nothing was asked of it',
  'no-baseline': () => 'no baseline was named',
  'subject-not-in-baseline': ({ baseline }: { baseline: string }) =>
    `${baseline} has no subject like it`,
  'not-comparable': ({ reason }: { reason: NotComparable }) => whyNot(reason),
  'not-in-baseline': ({ baseline }: { baseline: string }) =>
    `it can't be compared with ${baseline}`,
} satisfies Sentences;

/** Why the data can't tell whether a demand is met. */
export type Undetermined = Coded<typeof UNDETERMINED>;

/** Why it can't be told, in words. */
export function whyText(why: Undetermined): string {
  return sentence(UNDETERMINED, why);
}

/** What was asked: `adherence, lower end ≥ 80 %`. */
export function askedText(demanded: Demanded): string {
  switch (demanded.demand) {
    case 'adherence':
      return `${demanded.corrected ? 'corrected ' : ''}adherence, lower end ≥ ${shareText(demanded.value)}`;
    case 'severity':
      return `no ${demanded.value} violation${demanded.value === 'critical' ? '' : ' or graver'}`;
    case 'missing':
      return `missing ≤ ${shareText(demanded.value)}`;
    case 'drop':
      return `no drop beyond noise${demanded.value > 0 ? ` and ${shareText(demanded.value)}` : ''}`;
  }
}

/** What there is, as near to what was asked as tells them apart. */
export function foundText(figure: Figure | null, { value }: Demanded): string {
  switch (figure?.type) {
    case undefined:
      return 'no figure';
    case 'rate':
      return `${estimateText(figure)} ${intervalText(figure)}${endText('lower', figure.low, Number(value))}`;
    case 'violations':
      return violationsText(figure.counts);
    case 'undecided': {
      const { undecided, of } = figure;
      return `${undecided} of ${of}, ${shareText(undecided / of)}`;
    }
    case 'difference':
      return `${differenceText(figure)} points${endText('upper', figure.high, -Number(value))} against ${figure.baseline}`;
  }
}

function violationsText(counts: Partial<Record<Severity, number>>): string {
  const seen = Object.entries(counts).filter(([, number]) => number > 0);
  return seen.length === 0
    ? 'none'
    : seen
        .reverse()
        .map(([severity, number]) => `${number} ${severity}`)
        .join(', ');
}

/** A share in percent, with up to two decimals: `95 %`, `99.5 %`. Whole percentages would hide what was asked. */
function shareText(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

/** An interval's end with as many decimals as tell it from the bound; nothing where whole percentages do. */
function endText(side: 'lower' | 'upper', end: number, bound: number): string {
  for (let digits = 0; digits <= 6; digits++) {
    const shown = Number((end * 100).toFixed(digits)) / 100;
    if (shown >= bound === end >= bound) {
      return digits === 0 ? '' : `, ${side} end ${(end * 100).toFixed(digits).replace('-', '−')} %`;
    }
  }
  return '';
}

const HINTS: Readonly<Record<string, string>> = {
  policy: ". A policy begins with 'policy: tenet.policy/1'",
  baseline: ". Put the run's id in quotes, since YAML takes some for numbers",
  adherence: '. It takes a share from 0 to 1, such as 0.9',
  missing: '. It takes a share from 0 to 1, such as 0.9',
  drop: ". Write 'true' or a share such as 0.05, or leave it out",
};

/** What to write there, for what is often written otherwise. */
function hintOn(path: readonly string[]): string {
  // Most values are seldom written otherwise.
  return HINTS[path.at(-1) ?? 'policy'] ?? '';
}

const ISSUES = {
  'no-yaml': ({ reason }: { reason: string }) => `this is no YAML: ${reason}`,
  'wrong-value': ({ path, message }: { path: string[]; message: string }) =>
    `${path.length === 0 ? '' : `${path.join('.')}: `}${message}${hintOn(path)}.`,
  'not-one-target': ({ targets }: { targets: string[] }) =>
    `a gate is about exactly one of overall, level, kind or clause; this one has ${targets.length === 0 ? 'none' : targets.join(' and ')}.`,
  'asks-nothing': () => `this gate asks for nothing. Give it ${DEMANDS.join(', ')}, or several.`,
  'corrects-nothing': () =>
    "'corrected' says which rate 'adherence' is about, and there is no 'adherence'.",
  'asked-twice': ({ target, demand, line, there, here }: AskedTwice) =>
    `${target} has ${there === here ? 'the same' : 'another'} '${demand}' at line ${line} already (${there} there, ${here} here). Keep one of them.`,
  'no-such-subject': ({ subject, known }: { subject: string; known: string[] }) =>
    `the run has no subject '${subject}'. It has ${known.join(', ')}.`,
  'no-such-level': ({ level, known }: { level: string; known: string[] }) =>
    `no tested clause has the level '${level}'. This run has ${known.join(', ') || 'none'}.`,
  'no-such-kind': ({ kind }: { kind: string }) => `no tested clause is of the kind '${kind}'.`,
  'untested-clause': ({ clause }: { clause: string }) =>
    `the run does not test #${clause}: a gate on it can't pass. Test it, or take the gate out.`,
  'no-such-clause': ({ clause }: { clause: string }) => `the run's spec has no clause #${clause}.`,
  'drop-without-baseline': () =>
    "'drop' needs a run to measure against. Give --baseline RUN, or 'baseline: RUN' in the policy.",
} satisfies Sentences;

interface AskedTwice {
  target: string;
  demand: Demand;
  line: number;
  there: number | string | true;
  here: number | string | true;
}

/** What is wrong with a policy. */
export type IssueKind = Coded<typeof ISSUES>;

/** The same with its place in the policy file, both from 1. */
export type PolicyIssue = IssueKind & { line: number; column: number };

export const problem = problemsOf({
  'wrong-policy': ({ file, issues }: { file: string; issues: readonly PolicyIssue[] }) => {
    const [first, ...others] = issues;
    const text = (issue: PolicyIssue): string => sentence(ISSUES, issue);
    return {
      ...(first === undefined ? {} : { where: { file, line: first.line, column: first.column } }),
      what: [
        ...(first === undefined ? [] : [text(first)]),
        ...others.map((issue) => `${file}:${issue.line}:${issue.column}: ${text(issue)}`),
      ].join('\n'),
    };
  },
  'baseline-is-the-run': ({ baseline }: { baseline: string }) => ({
    where: { flag: '--baseline', value: baseline },
    what: "a run can't be measured against itself.",
  }),
  'simulated-and-real': ({ baseline }: { baseline: string }) => ({
    where: { flag: '--baseline', value: baseline },
    what: "one run is simulated and the other is not. They can't be compared.",
  }),
});
