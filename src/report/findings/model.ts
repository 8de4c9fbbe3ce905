/** @module report/findings/model Findings attributed to the model. */

import { nameAt } from '../../run/names.ts';
import { clauseAt } from '../../run/plan.ts';
import type { ClauseTally, SubjectTally } from '../../run/tally.ts';
import { chanceOfAtLeast, sum } from '../../stats/index.ts';
import { at } from '../../text/at.ts';
import { discoveries } from './chance.ts';
import { type Evidence, type Finding, foundAt } from './finding.ts';
import { standingRate } from './stand-out.ts';

const found = foundAt('model');

const TRANSCRIPTS_SHOWN = 5;

/** A share of samples without a reply, or of replies that a provider withheld, that is too large to pass over. */
const TOO_MANY = { missing: 0.05, withheld: 0.1 };

/** What a rule is told of one subject. */
interface Case extends Pick<Evidence, 'plan' | 'standOut'> {
  subject: string;
  /** Place in the plan. */
  place: number;
  tallied: SubjectTally;
}

/** All findings about single subjects. */
export function modelFindings({ plan, standOut, tally, subjects }: Evidence): Finding[] {
  return tally.subjects.flatMap((tallied, place) => {
    const one: Case = { plan, standOut, subject: nameAt(subjects, place), place, tallied };
    return [critical, below, withheld, missing]
      .map((rule) => rule(one))
      .filter((finding) => finding !== null);
  });
}

function critical({ plan, subject, tallied }: Case): Finding | null {
  const violations = tallied.overall.severity.critical;
  if (violations === 0) return null;
  const rows = tallied.clauses
    .filter(({ severity }) => severity.critical > 0)
    .toSorted((a, b) => b.severity.critical - a.severity.critical);
  const clauses = rows.map((row) => ({
    clause: idOf(plan, row),
    violations: row.severity.critical,
  }));
  return found(
    'critical-violations',
    'high',
    { subject, violations, clauses },
    {
      subject,
      clause: clauses[0]?.clause,
      evidence: rows
        .flatMap(({ worst }) => worst.filter(({ severity }) => severity === 'critical'))
        .slice(0, TRANSCRIPTS_SHOWN)
        .map(({ sample }) => sample),
    },
  );
}

function below({ plan, standOut, subject, place, tallied }: Case): Finding | null {
  // What every subject fails on is told at the spec's door.
  const low = at(standOut.bySubject, place).filter((clause) => !standOut.everyone.includes(clause));
  const overall = tallied.overall.rate.estimate;
  if (low.length === 0 || overall === null) return null;
  const rows = low.flatMap((own) => tallied.clauses.filter(({ clause }) => clause === own));
  const clauses = rows.map((row) => ({
    clause: idOf(plan, row),
    adherence: standingRate(row),
    cases: row.rate.trials,
  }));
  const shown = rows.flatMap(({ worst }) => worst.slice(0, 2).map(({ sample }) => sample));
  return found(
    'clauses-below-overall',
    'medium',
    { subject, overall, clauses },
    { subject, clause: clauses[0]?.clause, evidence: shown.slice(0, TRANSCRIPTS_SHOWN) },
  );
}

/** Replies that the provider refused or filtered; a clause that draws them is a hole in what was measured. */
function withheld({ plan, subject, tallied }: Case): Finding | null {
  const overall = sharesOf(tallied.overall);
  if (overall.withheld === 0) return null;
  const rate = overall.withheld / overall.asked;
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
  if (clauses.length === 0 && rate <= TOO_MANY.withheld) return null;
  const data = { subject, ...overall, clauses };
  return found('replies-withheld', 'medium', data, { subject, clause: clauses[0]?.clause });
}

function sharesOf({ verdicts, missing: without }: SubjectTally['overall']) {
  const judged = sum(Object.values(verdicts));
  const hits = without.refused + without.filtered;
  return { withheld: hits, asked: judged + hits };
}

function missing({ subject, tallied: { samples } }: Case): Finding | null {
  const { not_run: _, ...outcomes } = samples;
  const { failed, unsupported } = outcomes;
  const asked = sum(Object.values(outcomes));
  const without = unsupported + failed;
  if (without === 0 || without <= asked * TOO_MANY.missing) return null;
  return found(
    'samples-without-reply',
    'medium',
    { subject, asked, failed, unsupported },
    { subject },
  );
}

function idOf(plan: Evidence['plan'], { clause }: ClauseTally): string {
  return clauseAt(plan, clause).id;
}
