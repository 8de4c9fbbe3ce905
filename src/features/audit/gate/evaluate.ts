/**
 * @module features/audit/gate/evaluate
 * Holds a report to a policy. What can't be checked has not passed.
 */

import { SEVERITIES } from '../../../ledger/records.ts';
import { differenceText, estimateText, intervalText } from '../../../report/figures.ts';
import type {
  Report,
  ReportClause,
  ReportCorrectedRate,
  ReportMeasure,
  ReportSubject,
  ReportWorst,
} from '../../../report/schema.ts';
import { sum } from '../../../stats/index.ts';
import {
  type ComparedGroup,
  type Comparison,
  type NotComparable,
  whyNot,
} from '../compare/index.ts';
import { DEMANDS, type Demand, type Policy, type PolicyGate, targetName } from './policy.ts';

/** One demand on one thing of one subject, and whether it holds. */
export interface GateCheck {
  gate: string;
  /** Line of the policy file. */
  line: number;
  subject: string;
  target: string;
  demand: Demand;
  /**
   * `unknown`: the data can't tell. It fails the gate like `failed`, save where one of many clauses can't be
   * compared with a baseline and others can: no number of runs would give a clause with one scenario an interval.
   */
  outcome: 'passed' | 'failed' | 'unknown';
  passed: boolean;
  /** What was asked, and what there is. */
  asked: string;
  found: string;
  /** Why it failed, where the figure alone does not say. */
  reason: string | null;
  /** Transcripts that show it, gravest first. */
  evidence: { clause: string; worst: ReportWorst }[];
}

export interface GateResult {
  run: string;
  simulated: boolean;
  passed: boolean;
  checks: GateCheck[];
}

/** What the report is held against for drops: by the report's subjects, this run minus the baseline. */
export type Baseline =
  | { run: string; comparisons: ReadonlyMap<string, Comparison | { reason: NotComparable }> }
  | { reason: string };

/** A policy that names what the report does not have: a level, a clause, a subject. */
export interface UnknownTargets {
  problems: string[];
}

const EVIDENCE_SHOWN = 3;

/** Checks every gate against every subject it is about. */
export function evaluatePolicy(
  policy: Policy,
  file: string,
  report: Report,
  baseline: Baseline,
): GateResult | UnknownTargets {
  const problems: string[] = [];
  const checks: GateCheck[] = [];
  for (const gate of policy.gates) {
    const place = `${file}:${gate.line}:1`;
    const subjects = report.subjects.filter(
      ({ id }) => gate.subject === undefined || id === gate.subject,
    );
    if (subjects.length === 0) {
      const known = report.subjects.map(({ id }) => id).join(', ');
      problems.push(`${place}: the run has no subject '${gate.subject}'. It has ${known}.`);
    }
    for (const subject of subjects) {
      const targets = targetsOf(gate, subject);
      if (targets.length === 0) {
        problems.push(`${place}: ${missingTarget(gate, report, subject)}`);
        break;
      }
      for (const target of targets) {
        for (const demand of DEMANDS) {
          if (gate[demand] === undefined) continue;
          checks.push(checkOf(gate, demand, subject, target, baseline));
        }
      }
    }
  }
  if (problems.length > 0) return { problems };
  return {
    run: report.run.id,
    simulated: report.run.simulated,
    passed: checks.every(({ passed }) => passed),
    checks,
  };
}

/** What a gate is about in one subject's results. */
interface Target {
  name: string;
  measure: ReportMeasure;
  /** The clauses behind it. */
  clauses: ReportClause[];
  group: (comparison: Comparison) => ComparedGroup | undefined;
}

function targetsOf(gate: PolicyGate, subject: ReportSubject): Target[] {
  const name = targetName(gate);
  if (gate.overall === true) {
    const { overall, clauses } = subject;
    return [{ name, measure: overall, clauses, group: (comparison) => comparison.overall }];
  }
  if (gate.level !== undefined) {
    const measure = subject.levels.find(({ level }) => level === gate.level);
    if (measure === undefined) return [];
    const clauses = subject.clauses.filter(({ level }) => (level ?? 'none') === gate.level);
    return [
      {
        name,
        measure,
        clauses,
        group: ({ levels }) => levels.find(({ level }) => level === gate.level),
      },
    ];
  }
  if (gate.kind !== undefined) {
    const measure = subject.kinds.find(({ kind }) => kind === gate.kind);
    if (measure === undefined) return [];
    const clauses = subject.clauses.filter(({ kind }) => kind === gate.kind);
    return [{ name, measure, clauses, group: () => undefined }];
  }
  const wanted = gate.clause?.replace(/^#/, '');
  return subject.clauses
    .filter(({ id }) => wanted === '*' || id === wanted)
    .map((clause) => ({
      name: `#${clause.id}`,
      measure: clause,
      clauses: [clause],
      group: ({ clauses }) => clauses.find(({ id }) => id === clause.id),
    }));
}

function missingTarget(gate: PolicyGate, report: Report, subject: ReportSubject): string {
  if (gate.level !== undefined) {
    const known = subject.levels.map(({ level }) => level).join(', ');
    return `no tested clause has the level '${gate.level}'. This run has ${known || 'none'}.`;
  }
  if (gate.kind !== undefined) return `no tested clause is of the kind '${gate.kind}'.`;
  const id = gate.clause?.replace(/^#/, '') ?? '';
  return report.untested.includes(id)
    ? `the run does not test #${id}: a gate on it can't pass. Test it, or take the gate out.`
    : `the run's spec has no clause #${id}.`;
}

function checkOf(
  gate: PolicyGate,
  demand: Demand,
  subject: ReportSubject,
  target: Target,
  baseline: Baseline,
): GateCheck {
  const base = {
    gate: gate.name ?? targetName(gate),
    line: gate.line,
    subject: subject.id,
    target: target.name,
    demand,
  };
  const verdict = VERDICTS[demand](gate, target, baseline, subject.id);
  const { passed, asked, found, reason } = verdict;
  const isUnknown = found === NO_FIGURE;
  const isExcused =
    isUnknown && demand === 'drop' && gate.clause === '*' && comparesSome(baseline, subject.id);
  const evidence = passed || isUnknown || demand === 'missing' ? [] : evidenceOf(target, gate);
  return {
    ...base,
    outcome: isUnknown ? 'unknown' : passed ? 'passed' : 'failed',
    passed: passed || isExcused,
    asked,
    found,
    reason: reason ?? null,
    evidence,
  };
}

/** Whether a drop could be seen under any clause at all; where under none, nothing was held against the baseline. */
function comparesSome(baseline: Baseline, subject: string): boolean {
  if ('reason' in baseline) return false;
  const comparison = baseline.comparisons.get(subject);
  if (comparison === undefined || 'reason' in comparison) return false;
  return comparison.clauses.some(({ difference }) => difference.high !== null);
}

const NO_FIGURE = 'no figure';

interface Verdict {
  passed: boolean;
  asked: string;
  found: string;
  reason?: string | undefined;
}

const VERDICTS: Record<
  Demand,
  (gate: PolicyGate, target: Target, baseline: Baseline, subject: string) => Verdict
> = {
  adherence: (gate, { measure }) => {
    const least = gate.adherence ?? 0;
    const asked = `${gate.corrected === true ? 'corrected ' : ''}adherence, lower end ≥ ${shareText(least)}`;
    const rate = gate.corrected === true ? preferredRate(measure) : measure.rate;
    if (rate === null) {
      const reason =
        measure.corrected?.roganGladen.reason ??
        (measure.corrected === undefined
          ? 'there is no corrected rate: the judge has no certificate that fits this run'
          : 'labels show that the judge’s certificate does not hold on this run, and there are none to go by here');
      return { passed: false, asked, found: NO_FIGURE, reason };
    }
    if (rate.low === null) return { passed: false, asked, found: NO_FIGURE, reason: rate.reason };
    const found = `${estimateText(rate)} ${intervalText(rate)}${endText('lower', rate.low, least)}`;
    return { passed: rate.low >= least, asked, found };
  },
  severity: (gate, { measure }) => {
    const from = SEVERITIES.indexOf(gate.severity ?? 'minor');
    const graver = SEVERITIES.slice(from);
    const counted = graver.map((one) => ({ one, number: measure.severity[one] }));
    const total = counted.reduce((sum, { number }) => sum + number, 0);
    const asked = `no ${gate.severity} violation${from < 2 ? ' or graver' : ''}`;
    const parts = counted.filter(({ number }) => number > 0).reverse();
    const found =
      total === 0 ? 'none' : parts.map(({ one, number }) => `${number} ${one}`).join(', ');
    const { adheres, violates } = measure.counts;
    if (adheres + violates === 0) {
      return { passed: false, asked, found: NO_FIGURE, reason: 'nothing was judged' };
    }
    return { passed: total === 0, asked, found };
  },
  missing: (gate, { measure }) => {
    const most = gate.missing ?? 0;
    const { adheres, violates, cannot_judge, unsupported, missing } = measure.counts;
    const unknown = cannot_judge + unsupported + sum(Object.values(missing));
    const all = adheres + violates + unknown;
    const asked = `missing ≤ ${shareText(most)}`;
    if (all === 0) {
      return { passed: false, asked, found: NO_FIGURE, reason: 'nothing was asked of it' };
    }
    return {
      passed: unknown / all <= most,
      asked,
      found: `${unknown} of ${all}, ${shareText(unknown / all)}`,
    };
  },
  drop: (gate, target, baseline, subject) => {
    const by = typeof gate.drop === 'number' ? gate.drop : 0;
    const asked = `no drop beyond noise${by > 0 ? ` and ${shareText(by)}` : ''}`;
    const none = (reason: string): Verdict => ({
      passed: false,
      asked,
      found: NO_FIGURE,
      reason,
    });
    if ('reason' in baseline) return none(baseline.reason);
    const comparison = baseline.comparisons.get(subject);
    if (comparison === undefined) return none(`${baseline.run} has no subject like it`);
    if ('reason' in comparison) return none(whyNot(comparison.reason));
    const group = target.group(comparison);
    if (group === undefined) return none(`it can't be compared with ${baseline.run}`);
    const { difference } = group;
    if (difference.high === null) return none(difference.reason ?? 'the data carry no interval');
    const end = endText('upper', difference.high, -by);
    const found = `${differenceText(difference)} points${end} against ${baseline.run}`;
    // Among many clauses some drop by luck: one counts only where it is called among all of them.
    const isOneOfMany = gate.clause === '*' && 'called' in group && !group.called;
    return { passed: isOneOfMany || difference.high >= -by, asked, found };
  },
};

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

function preferredRate({ corrected }: ReportMeasure): ReportCorrectedRate | null {
  const preferred = corrected?.preferred ?? null;
  return corrected === undefined || preferred === null ? null : corrected[preferred];
}

function evidenceOf(target: Target, gate: PolicyGate): GateCheck['evidence'] {
  const from = gate.severity === undefined ? 0 : SEVERITIES.indexOf(gate.severity);
  return target.clauses
    .flatMap(({ id, worst }) => worst.map((one) => ({ clause: id, worst: one })))
    .filter(({ worst }) => SEVERITIES.indexOf(worst.severity) >= from)
    .sort((a, b) => SEVERITIES.indexOf(b.worst.severity) - SEVERITIES.indexOf(a.worst.severity))
    .slice(0, EVIDENCE_SHOWN);
}
