/** @module report/findings/scenario Findings attributed to the scenarios. */

import { type Evidence, type Finding, found } from './finding.ts';

const NAMED = 3;
const TRUNCATED_TOO_MANY = 0.05;
const SILENT_TOO_MANY = 0.05;
const TOO_WIDE = 0.5;

/** All findings about the scenarios. */
export function scenarioFindings(evidence: Evidence): Finding[] {
  return [
    ...nothingJudged(evidence),
    ...silent(evidence),
    ...inapplicable(evidence),
    ...truncated(evidence),
    ...fewScenarios(evidence),
    ...excluded(evidence),
  ];
}

function nothingJudged({ plan, tally }: Evidence): Finding[] {
  const asked = plan.suite.scenarios.length > 0 && plan.subjects.length > 0;
  if (!asked || tally.subjects.some(({ overall }) => overall.rate.trials > 0)) return [];
  return [found('nothing-judged', { door: 'scenario', severity: 'high', data: {} })];
}

/** Scenarios that came to no verdict with anybody: the fault is not one subject's. */
function silent({ plan, tally }: Evidence): Finding[] {
  // Asked once, a scenario without a verdict is one case among those that the judge's findings count.
  if (plan.subjects.length * plan.repeats < 2) return [];
  if (tally.subjects.every(({ overall }) => overall.rate.trials === 0)) return [];
  // Where scenarios are drawn by chance, some never are.
  if (tally.sequential !== undefined) return [];
  // In a run that stopped early, most scenarios are silent because nobody was asked.
  if (tally.subjects.some(({ samples }) => samples.not_run > 0)) return [];
  const places = placesWhere(tally.scenarios, ({ violates, adheres, notApplicable }) => {
    return notApplicable === 0 && [...violates, ...adheres].every((number) => number === 0);
  });
  if (places.length === 0) return [];
  const scenarios = plan.suite.scenarios.length;
  return [
    found('no-verdict-with-anyone', {
      door: 'scenario',
      severity: places.length > scenarios * SILENT_TOO_MANY ? 'medium' : 'low',
      evidence: samplesOf(plan, places),
      data: { silent: places.length, scenarios, first: firstOf(plan, places) },
    }),
  ];
}

function inapplicable({ plan, tally }: Evidence): Finding[] {
  const places = placesWhere(tally.scenarios, ({ violates, adheres, notApplicable }) => {
    return notApplicable > 0 && [...violates, ...adheres].every((number) => number === 0);
  });
  if (places.length === 0) return [];
  return [
    found('never-applicable', {
      door: 'scenario',
      severity: 'low',
      evidence: samplesOf(plan, places),
      data: { inapplicable: places.length, first: firstOf(plan, places) },
    }),
  ];
}

function truncated({ tally, subjects }: Evidence): Finding[] {
  const cut = tally.subjects.flatMap(({ truncated: number, samples: { replied } }, place) =>
    number > replied * TRUNCATED_TOO_MANY
      ? [{ subject: subjects[place] ?? '', truncated: number, replied }]
      : [],
  );
  if (cut.length === 0) return [];
  return [
    found('replies-truncated', { door: 'scenario', severity: 'medium', data: { subjects: cut } }),
  ];
}

function fewScenarios({ tally }: Evidence): Finding[] {
  if (tally.subjects.every(({ overall }) => overall.rate.trials === 0)) return [];
  const first = tally.subjects[0]?.clauses ?? [];
  const wide = first.filter((_, row) =>
    tally.subjects.some(({ clauses }) => {
      const rate = clauses[row]?.rate;
      return rate !== undefined && (rate.high ?? 1) - (rate.low ?? 0) > TOO_WIDE;
    }),
  );
  if (wide.length === 0) return [];
  const trials = wide.map(({ rate }) => rate.trials).toSorted((a, b) => a - b);
  const median = trials[Math.floor(trials.length / 2)] ?? 0;
  return [
    found('few-scenarios', {
      door: 'scenario',
      severity: 'low',
      data: { wide: wide.length, clauses: first.length, median },
    }),
  ];
}

function excluded({ plan }: Evidence): Finding[] {
  const reasons = Object.entries(plan.suite.excluded).filter(([, number]) => number > 0);
  if (reasons.length === 0) return [];
  return [
    found('scenarios-excluded', {
      door: 'scenario',
      severity: 'low',
      data: { excluded: Object.fromEntries(reasons) },
    }),
  ];
}

function placesWhere<Item>(items: readonly Item[], test: (item: Item) => boolean): number[] {
  return items.flatMap((item, place) => (test(item) ? [place] : []));
}

function firstOf(plan: Evidence['plan'], places: readonly number[]): string[] {
  return places.slice(0, NAMED).map((place) => plan.suite.scenarios[place]?.id ?? '');
}

/** Each scenario's sample with the first subject. */
function samplesOf(plan: Evidence['plan'], places: readonly number[]): number[] {
  return places.slice(0, NAMED).map((place) => place * plan.subjects.length);
}
