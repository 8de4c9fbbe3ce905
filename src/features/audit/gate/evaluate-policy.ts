/**
 * @module features/audit/gate/evaluate-policy
 * Holds a report to a policy. What can't be checked has not passed.
 */
import { SEVERITIES } from '../../../ledger/records.ts';
import type { Report, ReportClause, ReportSubject } from '../../../report/schema.ts';
import type { Comparison } from '../compare/index.ts';
import { type Baseline, findingOn, type Subject } from './find-figure.ts';
import { askedText, foundText, type IssueKind, type PolicyIssue, whyText } from './messages.ts';
import { type Demanded, type Policy, type PolicyGate, targetName } from './policy-schema.ts';
import type { Check, GateDocument } from './schema.ts';

const EVIDENCE_SHOWN = 3;

/** Checks every gate against every subject it is about, or says what the policy names that the report lacks. */
export function evaluatePolicy(
  policy: Policy,
  report: Report,
  baseline: Baseline | null,
): GateDocument | { issues: PolicyIssue[] } {
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
      // A gate on every subject names none.
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
    schema: 'tenet.gate/1',
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
  const asked = [
    { demand: 'adherence', value: adherence, corrected },
    { demand: 'severity', value: severity },
    { demand: 'missing', value: missing },
    { demand: 'drop', value: drop === true ? 0 : drop },
  ];
  return asked.filter(({ value }) => value !== undefined) as Demanded[];
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
  const { demand, value } = demanded;
  const [found, why] = 'why' in finding ? [null, finding.why] : [finding, null];
  const isExcused =
    found === null && demand === 'drop' && isEveryClause && comparesSome(baseline, subject);
  const figure = found?.figure ?? null;
  return {
    gate: gate.name ?? targetName(gate),
    line: gate.line,
    subject,
    target: target.name,
    demand,
    value,
    corrected: demand === 'adherence' && demanded.corrected,
    outcome: found === null ? 'unknown' : found.passed ? 'passed' : 'failed',
    passed: found?.passed ?? isExcused,
    asked: askedText(demanded),
    found: foundText(figure, demanded),
    figure,
    reason: why && whyText(why),
    code: why?.code ?? null,
    data: why?.data ?? {},
    evidence: found?.passed === false && demand !== 'missing' ? evidenceOf(target, gate) : [],
  };
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
