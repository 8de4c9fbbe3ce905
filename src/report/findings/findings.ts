/**
 * @module report/findings/findings
 * The findings of a run, which are what a reader should act on: each is attributed to the model, the spec, the judge
 * or the scenarios.
 */

import { plainText } from '../../text/words.ts';
import { DOORS, type Evidence, FINDING_SEVERITIES, type Finding } from './finding.ts';
import { judgeFindings } from './judge.ts';
import { type FindingCode, findingWords } from './messages.ts';
import { modelFindings } from './model.ts';
import { scenarioFindings } from './scenario.ts';
import { specFindings } from './spec.ts';

/** More than these nobody reads. */
const READABLE = 12;

/** All findings of a run, most important first; the same tally always gives the same ones. */
export function findings(evidence: Evidence): Finding[] {
  const all = [modelFindings, specFindings, judgeFindings, scenarioFindings].flatMap((rule) =>
    rule(evidence),
  );
  return readable(all).toSorted(
    (a, b) =>
      FINDING_SEVERITIES.indexOf(a.severity) - FINDING_SEVERITIES.indexOf(b.severity) ||
      DOORS.indexOf(a.door) - DOORS.indexOf(b.door),
  );
}

/** With many subjects, fewer and fewer of each kind are told one by one. */
function readable(all: readonly Finding[]): readonly Finding[] {
  for (const told of [3, 2, 1]) {
    if (all.length <= READABLE) return all;
    const fewer = folded(all, told);
    if (fewer.length <= READABLE || told === 1) return fewer;
  }
  return all;
}

/** So many of each kind as they are, and the others named in one finding. */
function folded(all: readonly Finding[], told: number): Finding[] {
  return [...Map.groupBy(all, ({ code }) => code).values()].flatMap((group) => {
    const rest = group.length > told + 1 ? group.slice(told) : [];
    const [first] = rest;
    if (first === undefined) return group;
    const data = { folded: rest.map((one) => one.data) };
    const { text, next } = findingWords({ code: first.code as FindingCode, data });
    const evidence = rest.flatMap((one) => one.evidence.slice(0, 1));
    const others = { subject: null, clause: null, text: plainText(text), evidence, next, data };
    return [...group.slice(0, told), { ...first, ...others }];
  });
}
