/** @module features/audit/gate/blocks What became of a policy as people are shown it. */
import { type Block, type Paragraph, SIMULATED, section } from '../../../text/blocks.ts';
import { count } from '../../../text/numbers.ts';
import { listed, type Words, words } from '../../../text/words.ts';
import { headline, isExcused } from './check.ts';
import type { Check, GateDocument } from './schema.ts';

const TARGETS_NAMED = 4;

/** Subject by subject: what failed with what shows it, what can't be told, what passed in a line for each gate. */
export function gateBlocks({ run, simulated, passed, checks }: GateDocument): Block[] {
  const stamp = simulated ? [SIMULATED] : [];
  const verdict = passed
    ? ({ text: 'PASSED', tone: ['good', 'strong'] } as const)
    : ({ text: 'FAILED', tone: ['bad', 'strong'] } as const);
  const subjects = [...Map.groupBy(checks, ({ subject }) => subject)];
  return [
    ...stamp,
    {
      type: 'heading',
      level: 1,
      tone: [],
      fit: 'wrap',
      text: words`${verdict}  run ${run}: ${tallyText(checks)}`,
    },
    ...subjects.map(([subject, own], index) =>
      section(
        { type: 'heading', level: 2, fit: 'wrap', text: [{ model: subject }] },
        subjectBlocks(own, run),
        index === subjects.length - 1 ? stamp : [],
      ),
    ),
  ];
}

/** `20 of 54 checks passed, 34 can't be told`: a check that was let off has not passed. */
export function tallyText(checks: readonly Check[]): string {
  const held = checks.filter(({ outcome }) => outcome === 'passed').length;
  const unknown = checks.filter(isExcused).length;
  const told = `${held} of ${count(checks.length, 'check')} passed`;
  return unknown === 0 ? told : `${told}, ${unknown} can't be told`;
}

function subjectBlocks(checks: readonly Check[], run: string): Block[] {
  const shown = new Set<string>();
  return [
    ...checks.filter(({ passed }) => !passed).flatMap((check) => failedBlocks(check, run, shown)),
    ...grouped(checks.filter(isExcused)).map(
      ([{ gate, asked, reason }, targets]): Block => ({
        type: 'paragraph',
        indent: 2,
        marker: '? ',
        text: words`${gate}: ${asked}: ${listed(targets, TARGETS_NAMED)} can't be told (${reason ?? 'no figure'})`,
      }),
    ),
    ...grouped(checks.filter(({ outcome }) => outcome === 'passed')).map(
      ([check, targets]): Block => ({
        type: 'paragraph',
        indent: 2,
        marker: '✓ ',
        text:
          targets.length === 1
            ? headline(check)
            : `${check.gate}: ${check.asked}: ${count(targets.length, 'clause')}`,
      }),
    ),
    everyCheck(checks),
  ];
}

/** Checks of one gate and demand together, with the names of what they are about. */
function grouped(checks: readonly Check[]): [Check, string[]][] {
  const groups = Map.groupBy(checks, ({ line, demand }) => `${line} ${demand}`);
  return [...groups.values()].flatMap((group): [Check, string[]][] => {
    const [first] = group;
    return first === undefined ? [] : [[first, group.map(({ target }) => target)]];
  });
}

/** A check that failed with its transcripts. `shown` are those that stand above: they would be the same under every demand. */
function failedBlocks(check: Check, run: string, shown: Set<string>): Block[] {
  const fresh = check.evidence.filter(
    ({ clause, worst }) => !shown.has(`${clause} ${worst.transcript}`),
  );
  for (const { clause, worst } of fresh) shown.add(`${clause} ${worst.transcript}`);
  return [
    { type: 'paragraph', indent: 2, marker: '✗ ', tone: 'bad', text: headline(check) },
    ...(check.reason === null ? [] : [paragraph(6, check.reason)]),
    ...fresh.flatMap(({ clause, worst: { transcript, severity, reason, quotes } }) => [
      paragraph(6, words`${{ transcript, run }}  ${{ clause }}  ${severity}: ${reason}`),
      ...quotes.slice(0, 1).map(({ quote }) => paragraph(8, `“${quote}”`)),
    ]),
    ...fresh.slice(0, 1).map(({ worst }) => ({
      ...paragraph(6, [{ code: `tenet show ${run} ${worst.transcript}` }]),
      tone: 'dim' as const,
    })),
  ];
}

function paragraph(indent: number, text: Words): Paragraph {
  return { type: 'paragraph', indent, text };
}

function everyCheck(checks: readonly Check[]): Block {
  return {
    type: 'details',
    summary: 'Every check',
    blocks: [
      {
        type: 'table',
        columns: ['gate', 'about', 'asked', 'found', 'outcome', 'why'].map((head) => ({ head })),
        rows: checks.map(({ gate, target, asked, found, outcome, reason }) => ({
          // Where the data can tell there is nothing to explain.
          cells: [gate, target, asked, found, outcome, reason ?? ''],
        })),
      },
    ],
  };
}
