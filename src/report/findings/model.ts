/** @module report/findings/model Findings attributed to the model. */

import type { ClauseTally, SubjectTally } from '../../run/tally.ts';
import { chanceOfAtLeast, sum } from '../../stats/index.ts';
import { discoveries } from './chance.ts';
import { type Evidence, type Finding, found } from './finding.ts';

const TRANSCRIPTS_SHOWN = 5;

/** A share of samples without a reply, or of replies that a provider withheld, that is too large to pass over. */
const TOO_MANY = { missing: 0.05, withheld: 0.1 };

/** What a rule is told of one subject. */
interface Case {
  evidence: Evidence;
  subject: string;
  /** Place in the plan. */
  place: number;
  tallied: SubjectTally;
}

/** All findings about single subjects. */
export function modelFindings(evidence: Evidence): Finding[] {
  return evidence.tally.subjects.flatMap((tallied, place) => {
    const one: Case = { evidence, subject: evidence.subjects[place] ?? '', place, tallied };
    return [...critical(one), ...below(one), ...withheld(one), ...missing(one)];
  });
}

function critical({ evidence: { plan }, subject, tallied }: Case): Finding[] {
  const violations = tallied.overall.severity.critical;
  if (violations === 0) return [];
  const rows = tallied.clauses
    .filter(({ severity }) => severity.critical > 0)
    .toSorted((a, b) => b.severity.critical - a.severity.critical);
  const clauses = rows.map((row) => ({
    clause: idOf(plan, row),
    violations: row.severity.critical,
  }));
  return [
    found('critical-violations', {
      door: 'model',
      severity: 'high',
      subject,
      clause: clauses[0]?.clause,
      evidence: rows
        .flatMap(({ worst }) => worst.filter(({ severity }) => severity === 'critical'))
        .slice(0, TRANSCRIPTS_SHOWN)
        .map(({ sample }) => sample),
      data: { subject, violations, clauses },
    }),
  ];
}

function below({ evidence: { plan, standOut }, subject, place, tallied }: Case): Finding[] {
  // What every subject fails on is told at the spec's door.
  const low = (standOut.bySubject[place] ?? []).filter(
    (clause) => !standOut.everyone.includes(clause),
  );
  const overall = tallied.overall.rate.estimate;
  if (low.length === 0 || overall === null) return [];
  const rows = low.flatMap((own) => tallied.clauses.find(({ clause }) => clause === own) ?? []);
  const clauses = rows.map((row) => ({
    clause: idOf(plan, row),
    adherence: row.rate.estimate ?? 0,
    cases: row.rate.trials,
  }));
  return [
    found('clauses-below-overall', {
      door: 'model',
      severity: 'medium',
      subject,
      clause: clauses[0]?.clause,
      evidence: rows
        .flatMap(({ worst }) => worst.slice(0, 2).map(({ sample }) => sample))
        .slice(0, TRANSCRIPTS_SHOWN),
      data: { subject, overall, clauses },
    }),
  ];
}

/** Replies that the provider refused or filtered; a clause that draws them is a hole in what was measured. */
function withheld({ evidence: { plan }, subject, tallied }: Case): Finding[] {
  const share = (of: Shares): number => (of.asked === 0 ? 0 : of.withheld / of.asked);
  const overall = sharesOf(tallied.overall);
  if (overall.withheld === 0) return [];
  const rate = share(overall);
  const tests = tallied.clauses.map((row) => {
    const { withheld: hits, asked } = sharesOf(row);
    return {
      key: row,
      probability: chanceOfAtLeast(hits, asked, rate),
      least: chanceOfAtLeast(asked, asked, rate),
    };
  });
  const clauses = discoveries(tests).map(({ key }) => ({
    clause: idOf(plan, key),
    ...sharesOf(key),
  }));
  if (clauses.length === 0 && rate <= TOO_MANY.withheld) return [];
  return [
    found('replies-withheld', {
      door: 'model',
      severity: 'medium',
      subject,
      clause: clauses[0]?.clause,
      data: { subject, ...overall, clauses },
    }),
  ];
}

interface Shares {
  withheld: number;
  asked: number;
}

function sharesOf({ verdicts, missing: without }: SubjectTally['overall']): Shares {
  const judged = sum(Object.values(verdicts));
  const hits = without.refused + without.filtered;
  return { withheld: hits, asked: judged + hits };
}

function missing({ subject, tallied }: Case): Finding[] {
  const { replied, refused, filtered, unsupported, failed } = tallied.samples;
  const asked = replied + refused + filtered + unsupported + failed;
  const without = unsupported + failed;
  if (without === 0 || without <= asked * TOO_MANY.missing) return [];
  return [
    found('samples-without-reply', {
      door: 'model',
      severity: 'medium',
      subject,
      data: { subject, asked, failed, unsupported },
    }),
  ];
}

function idOf(plan: Evidence['plan'], { clause }: ClauseTally): string {
  return plan.clauses[clause]?.id ?? '';
}
