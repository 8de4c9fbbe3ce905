/** @module report/findings/scenario Findings attributed to the scenarios. */

import type { ScenarioCounts } from '../../run/count-rows.ts';
import { nameAt } from '../../run/names.ts';
import { sampleAt } from '../../run/plan.ts';
import { at } from '../../text/at.ts';
import { type Evidence, type Finding, foundAt } from './finding.ts';

const found = foundAt('scenario');

const NAMED = 3;
const TRUNCATED_TOO_MANY = 0.05;
const SILENT_TOO_MANY = 0.05;
const TOO_WIDE = 0.5;

/** All findings about the scenarios. */
export function scenarioFindings(evidence: Evidence): Finding[] {
  const rules = [nothingJudged, silent, inapplicable, truncated, fewScenarios, excluded];
  return rules.map((rule) => rule(evidence)).filter((finding) => finding !== null);
}

/** Whether there is a verdict that decides anything. */
function isJudged({ tally }: Evidence): boolean {
  return tally.subjects.some(({ overall }) => overall.rate.trials > 0);
}

function nothingJudged(evidence: Evidence): Finding | null {
  const { suite, subjects } = evidence.plan;
  const asked = suite.scenarios.length > 0 && subjects.length > 0;
  return asked && !isJudged(evidence) ? found('nothing-judged', 'high', {}) : null;
}

/** Scenarios that came to no verdict with anybody: the fault is not one subject's. */
function silent(evidence: Evidence): Finding | null {
  const { plan, tally } = evidence;
  // Asked once, a scenario without a verdict is one case among those that the judge's findings count.
  if (plan.subjects.length * plan.repeats < 2 || !isJudged(evidence)) return null;
  // Where scenarios are drawn by chance, some never are.
  if (tally.sequential !== undefined) return null;
  // In a run that stopped early, most scenarios are silent because nobody was asked.
  if (tally.subjects.some(({ samples }) => samples.not_run > 0)) return null;
  const { number, ...named } = undecided(evidence, (inapplicable) => inapplicable === 0);
  if (number === 0) return null;
  const scenarios = plan.suite.scenarios.length;
  const severity = number > scenarios * SILENT_TOO_MANY ? 'medium' : 'low';
  const data = { silent: number, scenarios, first: named.first };
  return found('no-verdict-with-anyone', severity, data, named);
}

function inapplicable(evidence: Evidence): Finding | null {
  const { number, ...named } = undecided(evidence, (times) => times > 0);
  if (number === 0) return null;
  return found('never-applicable', 'low', { inapplicable: number, first: named.first }, named);
}

/**
 * Scenarios without a verdict that decides, which were so often held not to be the clause's: how many, the first by
 * name, and the sample of each of these with the first subject.
 */
function undecided({ plan, tally }: Evidence, so: (inapplicable: number) => boolean) {
  const test = ({ violates, adheres, notApplicable }: ScenarioCounts): boolean =>
    so(notApplicable) && [...violates, ...adheres].every((times) => times === 0);
  const places = tally.scenarios.flatMap((counts, place) => (test(counts) ? [place] : []));
  const shown = places.slice(0, NAMED).map((place) => place * plan.subjects.length);
  return {
    number: places.length,
    first: shown.map((sample) => sampleAt(plan, sample).scenario.id),
    evidence: shown,
  };
}

function truncated({ tally, subjects }: Evidence): Finding | null {
  const cut = tally.subjects.flatMap(({ truncated: number, samples: { replied } }, place) =>
    number > replied * TRUNCATED_TOO_MANY
      ? [{ subject: nameAt(subjects, place), truncated: number, replied }]
      : [],
  );
  return cut.length === 0 ? null : found('replies-truncated', 'medium', { subjects: cut });
}

function fewScenarios(evidence: Evidence): Finding | null {
  const { tally } = evidence;
  const [first] = tally.subjects;
  if (first === undefined || !isJudged(evidence)) return null;
  const wide = first.clauses.filter((_, row) =>
    tally.subjects.some(({ clauses }) => {
      const { low, high } = at(clauses, row).rate;
      // Without an interval everything is possible.
      return (high ?? 1) - (low ?? 0) > TOO_WIDE;
    }),
  );
  const trials = wide.map(({ rate }) => rate.trials).toSorted((a, b) => a - b);
  const median = trials[Math.floor(trials.length / 2)];
  if (median === undefined) return null;
  const data = { wide: wide.length, clauses: first.clauses.length, median };
  return found('few-scenarios', 'low', data);
}

function excluded({ plan }: Evidence): Finding | null {
  const reasons = Object.entries(plan.suite.excluded).filter(([, number]) => number > 0);
  if (reasons.length === 0) return null;
  return found('scenarios-excluded', 'low', { excluded: Object.fromEntries(reasons) });
}
