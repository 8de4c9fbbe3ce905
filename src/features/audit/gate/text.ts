/** @module features/audit/gate/text What became of a policy, in a terminal. */

import { hanging } from '../../../text/layout.ts';
import { count, list } from '../../../text/numbers.ts';
import { type Paint, painter } from '../../../text/paint.ts';
import { safeLine } from '../../../text/safe-text.ts';
import { stampLines } from '../../../text/stamp.ts';
import type { GateCheck, GateResult } from './evaluate.ts';

interface Sheet {
  run: string;
  width: number;
  paint: Paint;
}

/** Subject by subject: what failed with what shows it, what can't be told, what passed in a line for each gate. */
export function renderGate(
  result: GateResult,
  settings: { width?: number; color?: boolean } = {},
): string {
  const width = Math.max(40, settings.width ?? 80);
  const paint = painter(settings.color ?? false);
  const sheet = { run: safeLine(result.run), width, paint };
  const stamp = result.simulated ? stampLines(width, paint) : [];
  const verdict = result.passed
    ? paint(['green', 'bold'], 'PASSED')
    : paint(['red', 'bold'], 'FAILED');
  const bySubject = [...Map.groupBy(result.checks, ({ subject }) => subject)];
  const lines = [
    ...stamp,
    `${verdict}  run ${sheet.run}: ${tallyText(result.checks)}`,
    ...bySubject.flatMap(([subject, checks]) => [
      '',
      ...hanging('', paint('bold', safeLine(subject)), width),
      ...subjectLines(checks, sheet),
    ]),
    ...stamp,
  ];
  return `${lines.join('\n')}\n`;
}

/** `20 of 54 checks passed, 34 can't be told`: a check that was let off has not passed. */
export function tallyText(checks: readonly GateCheck[]): string {
  const held = checks.filter(({ outcome }) => outcome === 'passed').length;
  const unknown = checks.filter(({ passed, outcome }) => passed && outcome === 'unknown').length;
  const told = `${held} of ${count(checks.length, 'check')} passed`;
  return unknown === 0 ? told : `${told}, ${unknown} can't be told`;
}

function subjectLines(checks: readonly GateCheck[], sheet: Sheet): string[] {
  const shown = new Set<string>();
  const failed = checks.filter((check) => !check.passed);
  const excused = checks.filter(({ passed, outcome }) => passed && outcome === 'unknown');
  const held = checks.filter(({ outcome }) => outcome === 'passed');
  return [
    ...failed.flatMap((check) => failedLines(check, shown, sheet)),
    ...grouped(excused).flatMap(([{ gate, asked, reason }, targets]) =>
      hanging(
        '  ? ',
        safeLine(`${gate}: ${asked}: ${list(targets, 4)} can't be told (${reason ?? 'no figure'})`),
        sheet.width,
      ),
    ),
    ...grouped(held).flatMap(([check, targets]) =>
      hanging(
        '  ✓ ',
        targets.length === 1
          ? safeLine(headline(check))
          : safeLine(`${check.gate}: ${check.asked}: ${count(targets.length, 'clause')}`),
        sheet.width,
      ),
    ),
  ];
}

/** Checks of one gate and demand together, with the names of what they are about. */
function grouped(checks: readonly GateCheck[]): [GateCheck, string[]][] {
  return [...Map.groupBy(checks, ({ line, demand }) => `${line} ${demand}`).values()].flatMap(
    (group) => {
      const [first] = group;
      return first === undefined ? [] : [[first, group.map(({ target }) => target)]];
    },
  );
}

function failedLines(check: GateCheck, shown: Set<string>, sheet: Sheet): string[] {
  const { run, width, paint } = sheet;
  const lines = hanging('  ✗ ', safeLine(headline(check)), width).map((line) => paint('red', line));
  if (check.reason !== null) lines.push(...hanging('      ', safeLine(check.reason), width));
  // The same transcripts would stand under every demand on one clause.
  const fresh = check.evidence.filter(
    ({ clause, worst }) => !shown.has(`${clause} ${worst.transcript}`),
  );
  for (const { clause, worst } of fresh) {
    shown.add(`${clause} ${worst.transcript}`);
    const head = `${worst.transcript}  #${clause}  ${worst.severity}: ${worst.reason}`;
    lines.push(...hanging('      ', safeLine(head), width));
    for (const { quote } of worst.quotes.slice(0, 1)) {
      lines.push(...hanging('        ', `“${safeLine(quote)}”`, width));
    }
  }
  const [first] = fresh;
  if (first !== undefined) {
    lines.push(paint('dim', `      tenet show ${run} ${first.worst.transcript}`));
  }
  return lines;
}

/** One check in a line: what was asked of what, and what there is. */
export function headline({ gate, target, asked, found }: GateCheck): string {
  const name = gate === target ? target : `${gate}: ${target}`;
  return `${name}: ${asked}; found ${found}`;
}
