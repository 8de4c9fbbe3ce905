/**
 * @module features/audit/gate/evaluate-policy
 * Holds a report to a policy. What can't be checked has not passed.
 */
import { SEVERITIES } from '../../../ledger/records.ts';
import type { Report, ReportClause, ReportSubject } from '../../../report/schema.ts';
import type { Comparison } from '../compare/index.ts';
import type { Check, GateResult } from './check.ts';
import { type Baseline, type Finding, findingOn, type Subject } from './find-figure.ts';
import type { IssueKind, PolicyIssue } from './messages.ts';
import { type Demanded, type Policy, type PolicyGate, targetName } from './policy-schema.ts';

const EVIDENCE_SHOWN = 3;

/** Checks every gate against every subject it is about, or says what the policy names that the report lacks. */
export function evaluatePolicy(
  policy: Policy,
  report: Report,
  baseline: Baseline | null,
): GateResult | { issues: PolicyIssue[] } {
  const issues: PolicyIssue[] = [];
  const checks: Check[] = [];
  for (const gate of policy.gates) {
    const refuse = (kind: IssueKind): number =>
      issues.push({ line: gate.line, column: 1, ...kind });
    const subjects = report.subjects.filter(
      ({ id }) => gate.subject === undefined || id === gate.subject,
    );
    if (subjects.length === 0) {
      const known = report.subjects.map(({ id }) => id);
      refuse({ code: 'no-such-subject', data: { subject: gate.subject ?? '', known } });
    }
    for (const subject of subjects) {
      const targets = targetsOf(gate, subject);
      if (targets.length === 0) {
        refuse(missingTarget(gate, report, subject));
        break;
      }
      for (const target of targets) {
        for (const demanded of demandsOf(gate)) {
          checks.push(checkOf(gate, demanded, subject.id, target, baseline));
        }
      }
    }
  }
  if (issues.length > 0) return { issues };
  return {
    run: report.run.id,
    simulated: report.run.simulated,
    passed: checks.every(({ passed }) => passed),
    checks,
  };
}

/** What a gate is about in one subject's results, with the clauses behind it. */
interface Target extends Subject {
  name: string;
  clauses: ReportClause[];
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
    const group = ({ levels }: Comparison) => levels.find(({ level }) => level === gate.level);
    return [{ name, measure, clauses, group }];
  }
  if (gate.kind !== undefined) {
    const measure = subject.kinds.find(({ kind }) => kind === gate.kind);
    if (measure === undefined) return [];
    const clauses = subject.clauses.filter(({ kind }) => kind === gate.kind);
    return [{ name, measure, clauses, group: () => undefined }];
  }
  const wanted = clauseOf(gate);
  return subject.clauses
    .filter(({ id }) => wanted === '*' || id === wanted)
    .map((clause) => ({
      name: `#${clause.id}`,
      measure: clause,
      clauses: [clause],
      group: ({ clauses }) => clauses.find(({ id }) => id === clause.id),
    }));
}

function clauseOf({ clause = '' }: PolicyGate): string {
  return clause.replace(/^#/, '');
}

function missingTarget(gate: PolicyGate, report: Report, subject: ReportSubject): IssueKind {
  const { level, kind } = gate;
  if (level !== undefined) {
    const known = subject.levels.map(({ level: name }) => name);
    return { code: 'no-such-level', data: { level, known } };
  }
  if (kind !== undefined) return { code: 'no-such-kind', data: { kind } };
  const clause = clauseOf(gate);
  const code = report.untested.includes(clause) ? 'untested-clause' : 'no-such-clause';
  return { code, data: { clause } };
}

function demandsOf(gate: PolicyGate): Demanded[] {
  const { adherence, corrected = false, severity, missing, drop } = gate;
  return [
    ...(adherence === undefined
      ? []
      : [{ demand: 'adherence', value: adherence, corrected } as const]),
    ...(severity === undefined ? [] : [{ demand: 'severity', value: severity } as const]),
    ...(missing === undefined ? [] : [{ demand: 'missing', value: missing } as const]),
    ...(drop === undefined ? [] : [{ demand: 'drop', value: drop === true ? 0 : drop } as const]),
  ];
}

function checkOf(
  gate: PolicyGate,
  demanded: Demanded,
  subject: string,
  target: Target,
  baseline: Baseline | null,
): Check {
  const isEveryClause = gate.clause === '*';
  const finding = findingOn(demanded, target, { baseline, subject, isEveryClause });
  const { demand } = demanded;
  const isUnknown = 'why' in finding;
  const isExcused =
    isUnknown && demand === 'drop' && isEveryClause && comparesSome(baseline, subject);
  const isMet = !isUnknown && finding.passed;
  return {
    gate: gate.name ?? targetName(gate),
    line: gate.line,
    subject,
    target: target.name,
    demanded,
    outcome: outcomeOf(finding),
    passed: isMet || isExcused,
    figure: isUnknown ? null : finding.figure,
    why: isUnknown ? finding.why : null,
    evidence: isMet || isUnknown || demand === 'missing' ? [] : evidenceOf(target, gate),
  };
}

function outcomeOf(finding: Finding): Check['outcome'] {
  if ('why' in finding) return 'unknown';
  return finding.passed ? 'passed' : 'failed';
}

/** Whether a drop could be seen under any clause at all; where under none, nothing was held against the baseline. */
function comparesSome(baseline: Baseline | null, subject: string): boolean {
  if (baseline === null || 'reason' in baseline.comparisons) return false;
  const comparison = baseline.comparisons.get(subject);
  if (comparison === undefined || 'reason' in comparison) return false;
  return comparison.clauses.some(({ difference }) => difference.high !== null);
}

function evidenceOf(target: Target, gate: PolicyGate): Check['evidence'] {
  const from = gate.severity === undefined ? 0 : SEVERITIES.indexOf(gate.severity);
  return target.clauses
    .flatMap(({ id, worst }) => worst.map((one) => ({ clause: id, worst: one })))
    .filter(({ worst }) => SEVERITIES.indexOf(worst.severity) >= from)
    .sort((a, b) => SEVERITIES.indexOf(b.worst.severity) - SEVERITIES.indexOf(a.worst.severity))
    .slice(0, EVIDENCE_SHOWN);
}
