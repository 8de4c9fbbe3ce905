/** @module report/findings/model Findings attributed to the model. */

import type { ClauseTally, SubjectTally } from '../../run/tally.ts';
import { chanceOfAtLeast, sum } from '../../stats/index.ts';
import { count, list, percent } from '../../text/numbers.ts';
import { discoveries } from './chance.ts';
import type { Evidence, Finding } from './finding.ts';

const CLAUSES_NAMED = 3;
const TRANSCRIPTS_SHOWN = 5;

/** A share of samples without a reply, or of replies that a provider withheld, that is too large to pass over. */
const TOO_MANY = { missing: 0.05, withheld: 0.1 };

export function modelFindings(evidence: Evidence): Finding[] {
  return evidence.tally.subjects.flatMap((tallied, subject) => [
    ...critical(evidence, tallied, subject),
    ...below(evidence, tallied, subject),
    ...withheld(evidence, tallied, subject),
    ...missing(evidence, tallied, subject),
  ]);
}

function critical({ plan, subjects }: Evidence, tallied: SubjectTally, subject: number): Finding[] {
  const total = tallied.overall.severity.critical;
  if (total === 0) return [];
  const clauses = tallied.clauses
    .filter(({ severity }) => severity.critical > 0)
    .toSorted((a, b) => b.severity.critical - a.severity.critical);
  const names = clauses.map(
    ({ clause, severity }) => `#${plan.clauses[clause]?.id} (${severity.critical})`,
  );
  return [
    {
      door: 'model',
      code: 'critical-violations',
      severity: 'high',
      subject,
      clause: idOf(plan, clauses[0]),
      text: `${subjects[subject]} has ${count(total, 'critical violation')} in ${count(clauses.length, 'clause')}: ${list(names, CLAUSES_NAMED)}.`,
      evidence: clauses
        .flatMap(({ worst }) => worst.filter(({ severity }) => severity === 'critical'))
        .slice(0, TRANSCRIPTS_SHOWN)
        .map(({ sample }) => sample),
      next: 'Read these transcripts first: one such violation that holds up outweighs a good rate.',
    },
  ];
}

function below(evidence: Evidence, tallied: SubjectTally, subject: number): Finding[] {
  const { plan, subjects, standOut } = evidence;
  // What every subject fails on is told at the spec's door.
  const low = (standOut.bySubject[subject] ?? []).filter(
    (clause) => !standOut.everyone.includes(clause),
  );
  const overall = tallied.overall.rate.estimate;
  if (low.length === 0 || overall === null) return [];
  const rows = low.flatMap((place) => tallied.clauses.find(({ clause }) => clause === place) ?? []);
  const names = rows.map(
    (row) =>
      `#${plan.clauses[row.clause]?.id} (${percent(row.rate.estimate ?? 0)} of ${row.rate.trials})`,
  );
  return [
    {
      door: 'model',
      code: 'clauses-below-overall',
      severity: 'medium',
      subject,
      clause: idOf(plan, rows[0]),
      text: `${subjects[subject]} does worse than chance explains on ${count(rows.length, 'clause')}: ${list(names, CLAUSES_NAMED)}; overall it adheres in ${percent(overall)}.`,
      evidence: rows
        .flatMap(({ worst }) => worst.slice(0, 2).map(({ sample }) => sample))
        .slice(0, TRANSCRIPTS_SHOWN),
      next: 'Compare the judge’s reasons across these transcripts; where they agree, work on the model there and run these clauses again.',
    },
  ];
}

/** Replies that the provider refused or filtered; a clause that draws them is a hole in what was measured. */
function withheld(evidence: Evidence, tallied: SubjectTally, subject: number): Finding[] {
  const { plan, subjects } = evidence;
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
  const concentrated = discoveries(tests).map(({ key }) => key);
  if (concentrated.length === 0 && rate <= TOO_MANY.withheld) return [];
  const names = concentrated.map((row) => {
    const { withheld: hits, asked } = sharesOf(row);
    return `#${plan.clauses[row.clause]?.id} (${hits} of ${asked})`;
  });
  const where = names.length === 0 ? '' : ` They gather in ${list(names, CLAUSES_NAMED)}.`;
  return [
    {
      door: 'model',
      code: 'replies-withheld',
      severity: 'medium',
      subject,
      clause: idOf(plan, concentrated[0]),
      text: `The provider of ${subjects[subject]} refused or filtered ${percent(rate)} of what was to be judged (${overall.withheld} of ${overall.asked}).${where}`,
      evidence: [],
      next: 'Take the worst-case bounds for these clauses: a refusal by the provider is neither adherence nor a violation.',
    },
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

function missing({ subjects }: Evidence, tallied: SubjectTally, subject: number): Finding[] {
  const { replied, refused, filtered, unsupported, failed } = tallied.samples;
  const asked = replied + refused + filtered + unsupported + failed;
  const without = unsupported + failed;
  if (without === 0 || without <= asked * TOO_MANY.missing) return [];
  const causes = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unsupported > 0 ? [`the provider has no form for ${unsupported}`] : []),
  ];
  return [
    {
      door: 'model',
      code: 'samples-without-reply',
      severity: 'medium',
      subject,
      text: `${subjects[subject]} gave no reply in ${without} of ${count(asked, 'sample')} (${percent(without / asked)}): ${list(causes)}.`,
      evidence: [],
      next:
        failed > 0
          ? 'Run the same command with --resume: failed samples are asked again.'
          : 'Ask this model through a provider that takes these roles, or leave those scenarios out.',
    },
  ];
}

function idOf(plan: Evidence['plan'], row: ClauseTally | undefined): string | undefined {
  return row === undefined ? undefined : plan.clauses[row.clause]?.id;
}
