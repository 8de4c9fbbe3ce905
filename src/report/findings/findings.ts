/**
 * @module report/findings/findings
 * The findings of a run, which are what a reader should act on: each is attributed to the model, the spec, the judge
 * or the scenarios.
 */

import { judgeIds, subjectIds } from '../../run/names.ts';
import type { Plan } from '../../run/plan.ts';
import type { Tally } from '../../run/tally.ts';
import { list } from '../../text/numbers.ts';
import type { Evidence, Finding } from './finding.ts';
import { judgeFindings } from './judge.ts';
import { modelFindings } from './model.ts';
import { scenarioFindings } from './scenario.ts';
import { specFindings } from './spec.ts';
import { findStandOut } from './stand-out.ts';

export type { Finding } from './finding.ts';

/** The doors in the order in which reports go through them. */
export const DOORS = ['model', 'spec', 'judge', 'scenario'] as const;

const SEVERITIES = ['high', 'medium', 'low'] as const;

/** More than these nobody reads. */
const READABLE = 12;

/**
 * All findings of a run, most important first; the same tally always gives the same ones.
 * @param isMeasured whether there is a certificate of the judge
 */
export function findings(plan: Plan, tally: Tally, isMeasured = false): Finding[] {
  const evidence: Evidence = {
    plan,
    tally,
    isMeasured,
    subjects: subjectIds(plan),
    judges: judgeIds(plan),
    standOut: findStandOut(tally),
  };
  const all = [modelFindings, specFindings, judgeFindings, scenarioFindings].flatMap((rule) =>
    rule(evidence),
  );
  return readable(all, evidence.subjects).toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      DOORS.indexOf(a.door) - DOORS.indexOf(b.door),
  );
}

/** With many subjects, fewer and fewer of each kind are told one by one. */
function readable(all: readonly Finding[], subjects: readonly string[]): readonly Finding[] {
  for (const told of [3, 2, 1]) {
    if (all.length <= READABLE) return all;
    const fewer = folded(all, subjects, told);
    if (fewer.length <= READABLE || told === 1) return fewer;
  }
  return all;
}

/** So many of each kind as they are, and the others named in one finding. */
function folded(all: readonly Finding[], subjects: readonly string[], told: number): Finding[] {
  const result: Finding[] = [];
  for (const group of Map.groupBy(all, ({ code }) => code).values()) {
    const rest = group.length > told + 1 ? group.slice(told) : [];
    result.push(...group.slice(0, group.length - rest.length));
    const first = rest[0];
    if (first === undefined) continue;
    const names = rest.flatMap(({ subject }) => subjects[subject ?? -1] ?? []);
    result.push({
      door: first.door,
      code: first.code,
      severity: first.severity,
      text: `The same holds for ${names.length > 0 ? list(names, 6) : `${rest.length} others`}: see their rates.`,
      evidence: rest.flatMap(({ evidence }) => evidence.slice(0, 1)),
      next: first.next,
    });
  }
  return result;
}
